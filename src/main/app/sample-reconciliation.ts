import { join } from 'node:path';
import type { Client } from '#shared/contract/client.ts';
import { present } from '#shared/kernel/assert.ts';
import { isNilAmount } from '#shared/kernel/money.ts';
import type { ReconciledAccount, SampleMaker } from './sample-steps.ts';

const MONTH = '2026-01';
const BANK = '1100';

interface StatementFile {
	readonly account: string;
	readonly file: string;
}

const STATEMENTS: readonly StatementFile[] = [
	{ account: BANK, file: 'bank-1100-2026-01.ofx' },
	{ account: '1150', file: 'mpesa-1150-2026-01.csv' },
	{ account: '1170', file: 'card-1170-2026-01.mt940' },
];

/** Those of the months that stay open, for whoever tries the rest. */
const LATER_STATEMENTS: readonly StatementFile[] = ['02', '03'].flatMap((month) => [
	{ account: BANK, file: `bank-1100-2026-${month}.camt053.xml` },
	{ account: '1150', file: `mpesa-1150-2026-${month}.csv` },
	{ account: '1170', file: `card-1170-2026-${month}.mt940` },
]);

/** What the banks take and give without asking, and where it is booked. */
const RULES = [
	{ name: 'Cheque book', text: 'CHQ BOOK', counterAccount: '6500', direction: 'OUT' },
	{ name: 'Excise duty on charges', text: 'EXCISE DUTY', counterAccount: '6500', direction: 'OUT' },
	{ name: 'SMS alerts', text: 'SMS ALERTS', counterAccount: '6500', direction: 'OUT' },
	{ name: 'Interest earned', text: 'CR INTEREST', counterAccount: '4400', direction: 'IN' },
	{ name: 'M-Pesa to customers', text: 'Business Payment to Customer Charge', counterAccount: '6510', direction: 'OUT' },
	{ name: 'M-Pesa pay bill', text: 'Business Pay Bill Charge', counterAccount: '6510', direction: 'OUT' },
] as const;

/** The entry that was typed with two digits exchanged, and what the bank really paid. */
const MISTYPED = { externalNo: 'S0089', amount: '7540.00' } as const;

/** Cash is counted: pieces by denomination. */
const COUNTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
	'1000': { '1000': 45, '500': 12, '200': 6, '100': 4, '50': 1, '20': 1, '10': 1 },
	'1010': { '1000': 6, '500': 4, '200': 2, '100': 2 },
};

interface Work {
	readonly maker: SampleMaker;
	readonly client: Client;
	readonly companyId: string;
}

export interface SampleReconciliation {
	readonly statementLines: number;
	readonly matched: number;
	readonly reconciled: readonly ReconciledAccount[];
}

/** Reconciles the sample company's January as an accountant would: statements in, matched, the rest dealt with, every account verified. */
export async function reconcileMonth(work: Work, sampleFolder: string): Promise<SampleReconciliation> {
	const statementLines = await importStatements(work, sampleFolder, STATEMENTS);
	await matchAccounts(work);
	await bookCharges(work);
	await correctMistyped(work);
	const matched = await countMatched(work);
	work.maker.tell({ kind: 'MATCHED', matched, statementLines });
	return { statementLines, matched, reconciled: await verifyAccounts(work) };
}

/** Takes in the statements of the months that stay open; nothing of them is matched. */
export async function importLaterStatements(work: Work, sampleFolder: string): Promise<void> {
	await importStatements(work, sampleFolder, LATER_STATEMENTS);
}

async function importStatements({ maker, client, companyId }: Work, sampleFolder: string, statements: readonly StatementFile[]): Promise<number> {
	let count = 0;
	for (const { account, file } of statements) {
		const path = join(sampleFolder, 'statements', file);
		const taken = await maker.longWork('reading a statement', (call) => client.statements.import({ companyId, account, path }, call));
		count += taken.lines;
		const closing = present(taken.closingBalance, 'the closing balance of a statement');
		maker.tell({ kind: 'STATEMENT', account, name: taken.account.name, lines: taken.lines, format: taken.format, closing });
	}
	return count;
}

/** What is certain confirms itself; what is suggested and adds up is looked at and confirmed. */
async function matchAccounts(work: Work): Promise<void> {
	const { maker, client, companyId } = work;
	let certain = 0;
	for (const { account } of STATEMENTS) certain += (await client.matching.match({ companyId, account, auto: true })).confirmed.count;
	maker.tell({ kind: 'CERTAIN', count: certain });
	const accepted = await confirmSuggestions(work);
	maker.tell({ kind: 'SUGGESTED', count: accepted.length, groups: accepted.filter((kind) => kind === 'GROUP').length });
}

async function confirmSuggestions({ client, companyId }: Work): Promise<string[]> {
	const kinds: string[] = [];
	for (const { account } of STATEMENTS) {
		const { lines } = await client.matching.lines({ companyId, account, status: 'SUGGESTED', limit: 1000 });
		const proposals = new Map(lines.flatMap(({ match }) => (match ? [[match.matchId, match]] : [])));
		for (const { matchId, kind, difference } of proposals.values()) {
			if ((kind !== 'SINGLE' && kind !== 'GROUP') || !isNilAmount(difference)) continue;
			await client.matching.confirm({ companyId, match: matchId });
			kinds.push(kind);
		}
	}
	return kinds;
}

async function bookCharges({ maker, client, companyId }: Work): Promise<void> {
	for (const rule of RULES) await client.matching.addRule({ companyId, rule });
	const { drafts } = await client.matching.applyRules({ companyId });
	for (const { draftId } of drafts) await client.ledger.postDraft({ companyId, id: draftId });
	maker.tell({ kind: 'CHARGES', rules: RULES.length, drafts: drafts.length });
	for (const { account } of STATEMENTS) await client.matching.match({ companyId, account, auto: true });
}

/** The difference explainer points at it; a posted entry is never edited, so it is reversed and entered again. */
async function correctMistyped({ maker, client, companyId }: Work): Promise<void> {
	const draft = await client.reconciliation.createReconciliation({ companyId, account: BANK, period: MONTH });
	await client.reconciliation.setReconciliationItems({ companyId, id: draft.id, all: true });
	const { hints } = await client.reconciliation.explainDifference({ companyId, id: draft.id });
	const { lines } = await client.matching.ledgerLines({ companyId, account: BANK, limit: 1000 });
	const wrong = present(
		lines.find(({ externalNo }) => externalNo === MISTYPED.externalNo),
		'the mistyped entry of the sample',
	);
	const entry = await client.ledger.showEntry({ companyId, no: wrong.no });
	const corrected = entry.lines.map((line) => ({
		account: line.code,
		...(isNilAmount(line.debit) ? { credit: MISTYPED.amount } : { debit: MISTYPED.amount }),
		...(line.party === null ? {} : { party: line.party }),
		...(line.reference === null ? {} : { reference: line.reference }),
	}));
	const { entries } = await client.ledger.correct({
		companyId,
		no: wrong.no,
		entry: { date: entry.date, description: entry.description, ...(entry.reference === null ? {} : { reference: entry.reference }), lines: corrected },
	});
	await client.matching.match({ companyId, account: BANK, auto: true });
	const by = present(entries.at(-1), 'the corrected entry').no;
	maker.tell({ kind: 'CORRECTED', no: wrong.no, by, amount: MISTYPED.amount, hint: hints[0]?.text ?? null });
}

async function countMatched({ client, companyId }: Work): Promise<number> {
	let count = 0;
	for (const { account } of STATEMENTS) count += (await client.matching.lines({ companyId, account, limit: 1 })).matched.count;
	return count;
}

async function verifyAccounts({ maker, client, companyId }: Work): Promise<readonly ReconciledAccount[]> {
	await client.reconciliation.startSession({ companyId, period: MONTH, notes: 'Sample: January with the statements of the bank, the till and the cards.' });
	const { accounts } = await client.reconciliation.periodReconciliationStatus({ companyId, period: MONTH });
	const reconciled: ReconciledAccount[] = [];
	for (const { code, name } of accounts) {
		const count = COUNTS[code];
		const draft = await client.reconciliation.createReconciliation({ companyId, account: code, period: MONTH, ...(count ? { count } : {}) });
		if (!isNilAmount(draft.variance)) await client.reconciliation.setReconciliationItems({ companyId, id: draft.id, all: true });
		const { expected, actual, variance, items } = await client.reconciliation.verifyReconciliation({ companyId, id: draft.id });
		const account: ReconciledAccount = { code, expected, actual, variance, items: items.filter((item) => item.chosen).length };
		reconciled.push(account);
		maker.tell({ kind: 'VERIFIED', name, isCounted: count !== undefined, ...account });
	}
	await client.reconciliation.closeSession({ companyId, period: MONTH });
	return reconciled;
}
