import { defineCommand, type TerminalContext } from '../context.ts';
import { EXIT } from '../output.ts';
import { giveReport, REPORT_OPTIONS } from '../report-output.ts';
import { UsageError } from '../usage-error.ts';
import { currencyCode } from '../values.ts';

const BASIS = {
	type: 'string',
	choices: ['adjusted', 'ledger'],
	default: 'adjusted',
	summary: 'adjusted leaves out the closing entries of the fiscal year; ledger counts everything',
} as const;
const FROM = { type: 'string', value: 'DATE', required: true, summary: 'the first day' } as const;
const TO = { type: 'string', value: 'DATE', required: true, summary: 'the last day' } as const;
const RECOMPUTE = { type: 'boolean', summary: 'adds up the lines instead of reading the kept balances' } as const;
const AS_OF = { type: 'string', value: 'DATE', required: true, summary: 'at the end of this day' } as const;

export const reportTrialBalance = defineCommand({
	path: ['report', 'trial-balance'],
	summary: 'shows the balance of every account',
	examples: [
		'report trial-balance --as-of 2026-01-31',
		'report trial-balance --from 2026-01-01 --as-of 2026-01-31 --basis ledger',
		'report trial-balance --as-of 2026-01-31 --recompute --format csv --out trial-balance.csv',
	],
	options: {
		'as-of': AS_OF,
		from: { type: 'string', value: 'DATE', summary: 'adds the movements from this day on' },
		basis: BASIS,
		recompute: RECOMPUTE,
		...REPORT_OPTIONS,
	},
	positionals: [],
	run: async (context, { options }) => {
		const { 'as-of': asOf, from, basis, recompute } = options;
		await giveReport(context, options, { report: 'trialBalance', asOf, from, basis, recompute });
	},
});

export const reportIncomeStatement = defineCommand({
	path: ['report', 'income-statement'],
	summary: 'shows income, expenses and the result of a span',
	examples: ['report income-statement --from 2026-01-01 --to 2026-01-31', 'report income-statement --from 2026-01-01 --to 2026-01-31 --json'],
	options: { from: FROM, to: TO, basis: BASIS, recompute: RECOMPUTE, ...REPORT_OPTIONS },
	positionals: [],
	run: async (context, { options }) => {
		const { from, to, basis, recompute } = options;
		await giveReport(context, options, { report: 'incomeStatement', from, to, basis, recompute });
	},
});

export const reportBalanceSheet = defineCommand({
	path: ['report', 'balance-sheet'],
	summary: 'shows assets, liabilities and equity at a day',
	examples: ['report balance-sheet --as-of 2026-01-31', 'report balance-sheet --as-of 2026-01-31 --out balance-sheet.xlsx'],
	options: { 'as-of': AS_OF, recompute: RECOMPUTE, ...REPORT_OPTIONS },
	positionals: [],
	run: async (context, { options }) => {
		await giveReport(context, options, { report: 'balanceSheet', asOf: options['as-of'], recompute: options.recompute });
	},
});

export const reportLedger = defineCommand({
	path: ['report', 'ledger'],
	summary: 'shows the ledger of one account or party',
	examples: [
		'report ledger --account 1010 --from 2026-01-01 --to 2026-01-31',
		'report ledger --party "Baobab Stores" --from 2026-01-01 --to 2026-03-31 --json',
		'report ledger --account 1010 --from 2026-01-01 --to 2026-03-31 --out bank.pdf',
	],
	options: {
		account: { type: 'string', value: 'CODE', summary: 'the account: code, path or ref' },
		party: { type: 'string', value: 'NAME', summary: 'the party, over receivables and payables' },
		from: FROM,
		to: TO,
		currency: { type: 'string', value: 'USD', summary: 'only lines in this currency' },
		recompute: RECOMPUTE,
		...REPORT_OPTIONS,
	},
	positionals: [],
	run: async (context, { options }) => {
		const { account, party, from, to, recompute } = options;
		if ((account === undefined) === (party === undefined)) throw new UsageError('Say whose ledger: either --account CODE or --party NAME.', {});
		const currency = options.currency && currencyCode(options.currency);
		await giveReport(context, options, { report: 'ledger', account, party, from, to, currency, recompute });
	},
});

export const reportDayBook = defineCommand({
	path: ['report', 'day-book'],
	summary: 'shows every entry of a span with its lines',
	examples: ['report day-book --from 2026-01-05 --to 2026-01-05', 'report day-book --from 2026-01-01 --to 2026-01-31 --out day-book.csv'],
	options: { from: FROM, to: TO, recompute: RECOMPUTE, ...REPORT_OPTIONS },
	positionals: [],
	run: async (context, { options }) => {
		const { from, to, recompute } = options;
		await giveReport(context, options, { report: 'dayBook', from, to, recompute });
	},
});

export const reportCheck = defineCommand({
	path: ['report', 'check'],
	summary: 'compares every kept balance with the lines',
	description: 'Ends with exit status 1 where they differ.',
	examples: ['report check', 'report check --json'],
	options: REPORT_OPTIONS,
	positionals: [],
	run: async (context, { options }) => {
		const answer = await giveReport(context, options, { report: 'checkBalances' });
		const agree = answer?.agree ?? (await agreeAsked(context));
		return agree ? EXIT.done : EXIT.refused;
	},
});

/** The exit status tells of the balances also where the answer went into a document. */
async function agreeAsked(context: TerminalContext): Promise<boolean> {
	const { client, companyId } = await context.inCompany();
	return (await client.reports.checkBalances({ companyId })).agree;
}
