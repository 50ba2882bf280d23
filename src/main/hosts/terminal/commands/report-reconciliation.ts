import { defineCommand } from '../context.ts';
import { giveReport, REPORT_OPTIONS } from '../report-output.ts';

export const reportReconciliation = defineCommand({
	path: ['report', 'reconciliation'],
	summary: 'shows the reconciliation statement of an account',
	description: `Balance per bank, with deposits in transit, less unpresented payments, with errors of the bank put right, is the balance per books; for each
period of the span that was reconciled.`,
	examples: ['report reconciliation --account 1010 --from 2026-01', 'report reconciliation --account 1010 --from 2026-01 --to 2026-03 --out bank.pdf'],
	options: {
		account: { type: 'string', value: 'CODE', required: true, summary: 'the account: code, path or ref' },
		from: { type: 'string', value: 'P', required: true, summary: 'the first period: 2026-01, FY2025-26, a date inside it, or its id' },
		to: { type: 'string', value: 'P', summary: 'the last one (default: the first)' },
		...REPORT_OPTIONS,
	},
	positionals: [],
	run: async (context, { options }) => {
		const { account, from, to } = options;
		await giveReport(context, options, { report: 'reconciliationStatement', account, from, to });
	},
});
