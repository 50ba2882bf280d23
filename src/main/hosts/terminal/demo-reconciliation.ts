import { join } from 'node:path';
import type { Client } from '#shared/contract/client.ts';
import { present } from '#shared/kernel/assert.ts';
import { isNilAmount } from '#shared/kernel/money.ts';
import type { TerminalContext } from './context.ts';
import { longWork } from './long-work.ts';
import { figuresOf } from './words.ts';

/** How a step is told: what was done, and what came of it. */
export type TellStep = (done: string, detail?: string) => void;

const MONTH = '2026-01';
const BANK = '1100';
const STATEMENTS = [
	{ account: BANK, file: 'bank-1100-2026-01.ofx' },
	{ account: '1150', file: 'mpesa-1150-2026-01.csv' },
	{ account: '1170', file: 'card-1170-2026-01.mt940' },
] as const;

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

interface Desk {
	readonly context: TerminalContext;
	readonly client: Client;
	readonly companyId: string;
	readonly currency: string;
	readonly tell: TellStep;
}

export interface DemoReconciliation {
	readonly statementLines: number;
	readonly matched: number;
	readonly reconciled: readonly {
		readonly code: string;
		readonly expected: string;
		readonly actual: string;
		readonly variance: string;
		readonly items: number;
	}[];
}

/** Reconciles the sample company's January as an accountant would: statements in, matched, the rest dealt with, every account verified. */
export async function reconcileMonth(desk: Desk, sampleFolder: string): Promise<DemoReconciliation> {
	const statementLines = await importStatements(desk, join(sampleFolder, 'statements'));
	await matchAccounts(desk);
	await bookCharges(desk);
	await correctMistyped(desk);
	const matched = await countMatched(desk);
	desk.tell('Matched', `${matched} of ${statementLines} statement lines; every match adds up to the cent`);
	return { statementLines, matched, reconciled: await verifyAccounts(desk) };
}

async function importStatements({ context, client, companyId, tell, currency }: Desk, folder: string): Promise<number> {
	let count = 0;
	for (const { account, file } of STATEMENTS) {
		const taken = await longWork(context, 'reading a statement', (call) => client.statements.import({ companyId, account, path: join(folder, file) }, call));
		count += taken.lines;
		const figures = figuresOf('western');
		const closing = `${figures.amount(present(taken.closingBalance, 'the closing balance of a statement'))} ${currency}`;
		tell(`Statement of ${account}`, `${taken.account.name}: ${taken.lines} lines, ${taken.format}, closing balance ${closing}`);
	}
	return count;
}

/** What is certain confirms itself; what is suggested and adds up is looked at and confirmed. */
async function matchAccounts(desk: Desk): Promise<void> {
	const { client, companyId, tell } = desk;
	let certain = 0;
	for (const { account } of STATEMENTS) certain += (await client.matching.match({ companyId, account, auto: true })).confirmed.count;
	tell('Matched by themselves', `${certain} certain matches, each with its reasons`);
	const accepted = await confirmSuggestions(desk);
	tell('Suggestions confirmed', `${accepted.length}, among them ${accepted.filter((kind) => kind === 'GROUP').length} groups of several lines`);
}

async function confirmSuggestions({ client, companyId }: Desk): Promise<string[]> {
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

async function bookCharges({ client, companyId, tell }: Desk): Promise<void> {
	for (const rule of RULES) await client.matching.addRule({ companyId, rule });
	const { drafts } = await client.matching.applyRules({ companyId });
	for (const { draftId } of drafts) await client.ledger.postDraft({ companyId, id: draftId });
	tell('Bank charges and interest', `${RULES.length} rules made ${drafts.length} drafts of what the books did not have; looked at and posted`);
	for (const { account } of STATEMENTS) await client.matching.match({ companyId, account, auto: true });
}

/** The difference explainer points at it; a posted entry is never edited, so it is reversed and entered again. */
async function correctMistyped({ client, companyId, tell }: Desk): Promise<void> {
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
	tell(
		`Corrected entry ${wrong.no}`,
		`two digits exchanged: reversed and entered again as ${entries.at(-1)?.no ?? ''} with ${figuresOf('western').amount(MISTYPED.amount)}`,
	);
	for (const { text } of hints.slice(0, 1)) tell('', `the explainer had said: ${text}`);
}

async function countMatched({ client, companyId }: Desk): Promise<number> {
	let count = 0;
	for (const { account } of STATEMENTS) count += (await client.matching.lines({ companyId, account, limit: 1 })).matched.count;
	return count;
}

async function verifyAccounts({ client, companyId, currency, tell }: Desk): Promise<DemoReconciliation['reconciled']> {
	await client.reconciliation.startSession({ companyId, period: MONTH, notes: 'Demo: January with the statements of the bank, the till and the cards.' });
	const { accounts } = await client.reconciliation.periodReconciliationStatus({ companyId, period: MONTH });
	const reconciled: DemoReconciliation['reconciled'][number][] = [];
	for (const { code, name } of accounts) {
		const count = COUNTS[code];
		const draft = await client.reconciliation.createReconciliation({ companyId, account: code, period: MONTH, ...(count ? { count } : {}) });
		if (!isNilAmount(draft.variance)) await client.reconciliation.setReconciliationItems({ companyId, id: draft.id, all: true });
		const { expected, actual, variance, items } = await client.reconciliation.verifyReconciliation({ companyId, id: draft.id });
		const chosen = items.filter((item) => item.chosen).length;
		reconciled.push({ code, expected, actual, variance, items: chosen });
		const figures = figuresOf('western');
		const difference = chosen === 0 ? 'they agree' : `variance ${figures.amount(variance)}, explained by ${chosen} items`;
		tell(`Verified ${code}`, `${name}: books ${figures.amount(expected)}, ${count ? 'counted' : 'bank'} ${figures.amount(actual)} ${currency}: ${difference}`);
	}
	await client.reconciliation.closeSession({ companyId, period: MONTH });
	return reconciled;
}
