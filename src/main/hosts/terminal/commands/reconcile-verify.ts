import type { ReconciliationAnswer } from '#shared/contract/reconciliation.contract.ts';
import { type CompanyContext, defineCommand, type TerminalContext } from '../context.ts';
import { reconciliationText } from '../reconciliation-words.ts';
import { formatTable } from '../table.ts';
import { companyFigures, counted, respond } from '../words.ts';

const ID = { name: 'ID', summary: 'the reconciliation, as `reconcile status` shows it' } as const;

/** What every command answers that makes or changes a reconciliation. */
export async function respondReconciliation(context: TerminalContext, company: CompanyContext, answer: ReconciliationAnswer): Promise<void> {
	const figures = context.output.json ? null : await companyFigures(company.client, company.companyId);
	respond(context.output, answer, () => reconciliationText.whole(answer, (plain) => figures?.amount(plain) ?? plain));
}

export const reconcileVerify = defineCommand({
	path: ['reconcile', 'verify'],
	summary: 'signs a reconciliation off',
	description: `Works everything out anew first. It is refused unless the items explain the difference between ledger and actual balance to the
last unit. Where two people may do it, who prepared it does not verify it (setting verifier_differs).`,
	examples: ['reconcile verify 0198c0de-0000-7000-8000-000000000001'],
	options: {},
	positionals: [ID],
	run: async (context, { positionals }) => {
		const company = await context.inCompany();
		const named = { companyId: company.companyId, id: positionals.ID };
		await respondReconciliation(context, company, await company.client.reconciliation.verifyReconciliation(named));
	},
});

export const reconcileUndo = defineCommand({
	path: ['reconcile', 'undo'],
	summary: 'takes a reconciliation back',
	description: 'Newest first for each account, and nothing of a closed period.',
	examples: ['reconcile undo 0198c0de-0000-7000-8000-000000000001 --reason "A cheque was booked to the wrong account"'],
	options: { reason: { type: 'string', value: 'TEXT', required: true, summary: 'why, at least 10 characters' } },
	positionals: [ID],
	run: async (context, { options, positionals }) => {
		const company = await context.inCompany();
		const named = { companyId: company.companyId, id: positionals.ID, reason: options.reason };
		await respondReconciliation(context, company, await company.client.reconciliation.undoReconciliation(named));
	},
});

export const reconcileOverShort = defineCommand({
	path: ['reconcile', 'over-short'],
	summary: 'books the difference of a cash count to cash over and short',
	description: 'Dated the last day of the period; in a soft-closed one it is an adjusting entry of the active session. The draft agrees afterwards.',
	examples: [
		'reconcile over-short 0198c0de-0000-7000-8000-000000000001',
		'reconcile over-short 0198c0de-0000-7000-8000-000000000001 --description "Till 2: 50 short"',
	],
	options: {
		description: { type: 'string', value: 'TEXT', summary: 'what the entry says' },
		rate: { type: 'string', value: '83.45', summary: "what one unit costs in the company's currency, for cash in another" },
	},
	positionals: [ID],
	run: async (context, { options, positionals }) => {
		const company = await context.inCompany();
		const { client, companyId } = company;
		const answer = await client.reconciliation.postCashDifference({ companyId, id: positionals.ID, ...options });
		const figures = context.output.json ? null : await companyFigures(client, companyId);
		respond(context.output, answer, () => {
			const text = reconciliationText.whole(answer.reconciliation, (plain) => figures?.amount(plain) ?? plain);
			return `Posted ${answer.entry.no} of ${answer.entry.date}.\n${text}`;
		});
	},
});

export const reconcileExplain = defineCommand({
	path: ['reconcile', 'explain'],
	summary: 'says where a difference may come from',
	description: `Lines that are open on either side, entries that came after the last verified reconciliation and are dated before its end, and
hints: lines that come to the difference, a line on the wrong side, digits that changed places.`,
	examples: ['reconcile explain 0198c0de-0000-7000-8000-000000000001', 'reconcile explain 0198c0de-0000-7000-8000-000000000001 --json'],
	options: {},
	positionals: [ID],
	run: async (context, { positionals }) => {
		const { client, companyId } = await context.inCompany();
		const answer = await client.reconciliation.explainDifference({ companyId, id: positionals.ID });
		const figures = context.output.json ? null : await companyFigures(client, companyId);
		respond(context.output, answer, () => explanationText(answer, (plain) => figures?.amount(plain) ?? plain));
	},
});

type Explanation = Awaited<ReturnType<CompanyContext['client']['reconciliation']['explainDifference']>>;

function explanationText(answer: Explanation, amount: (plain: string) => string): string {
	if (!/[1-9]/.test(answer.difference)) return `Account ${answer.code} agrees on ${answer.date}: there is nothing to explain.\n`;
	const lines = (title: string, list: Explanation['unmatchedBank']): string =>
		list.length === 0
			? ''
			: `\n${title}\n${formatTable(
					[{ header: 'Line' }, { header: 'Date' }, { header: 'Amount', align: 'right' }, { header: 'Description', maxWidth: 48 }, { header: 'Reference' }],
					list.map((line) => [line.ref, line.date, amount(line.amount), line.description, line.reference ?? '']),
					{ withoutEmpty: true },
				)}`;
	const changed =
		answer.changedSince.length === 0
			? ''
			: `\nPosted after the last verified reconciliation, dated before its end\n${formatTable(
					[{ header: 'Entry', align: 'right' }, { header: 'Date' }, { header: 'Amount', align: 'right' }, { header: 'Description', maxWidth: 48 }],
					answer.changedSince.map(({ no, date, amount: moved, description }) => [String(no), date, amount(moved), description]),
				)}`;
	const hints = answer.hints.map(({ text }) => `- ${text}\n`).join('');
	const counts = `${counted(answer.unmatchedBank.length, 'line')} of the bank and ${counted(answer.unmatchedBook.length, 'line')} of the books are open.`;
	return `Account ${answer.code} on ${answer.date}: ${amount(answer.difference)} ${answer.currency} is not explained. ${counts}\n${hints}${lines('Of the bank (turned round)', answer.unmatchedBank)}${lines('Of the books', answer.unmatchedBook)}${changed}${answer.cut ? 'The lists are cut.\n' : ''}`;
}
