import { defineCommand, type TerminalContext } from '../context.ts';
import { giveReport, REPORT_OPTIONS } from '../report-output.ts';
import { choiceNamed, optionalNumber, wholeNumber } from '../values.ts';

const FROM = { type: 'string', value: 'DATE', required: true, summary: 'the first day' } as const;
const TO = { type: 'string', value: 'DATE', required: true, summary: 'the last day' } as const;
const RECOMPUTE = { type: 'boolean', summary: 'adds up the lines instead of reading the kept balances' } as const;

export const reportOutstanding = defineCommand({
	path: ['report', 'outstanding'],
	summary: 'shows open receivables or payables by party and age',
	description: `Payments settle bills where an allocation says so (journal allocate), else by their reference, else what was due first.
What is above zero is owed to us (receivable) or by us (payable); advances and credit notes are items below zero.
This report is for people of the company.`,
	examples: [
		'report outstanding --side receivable --as-of 2026-01-31',
		'report outstanding --side payable --as-of 2026-01-31 --buckets 15,30,60,90 --age-by entry --format csv --out payables.csv',
	],
	options: {
		side: { type: 'string', value: 'SIDE', required: true, summary: 'receivable or payable' },
		'as-of': { type: 'string', value: 'DATE', required: true, summary: 'at the end of this day' },
		buckets: { type: 'string', value: '30,60,90', summary: 'days overdue at which an age class ends' },
		'age-by': { type: 'string', choices: ['due', 'entry'], default: 'due', summary: 'age from the due date, or from the date of the entry' },
		...REPORT_OPTIONS,
	},
	positionals: [],
	run: async (context, { options }) => {
		const side = choiceNamed('side', options.side, SIDES);
		const buckets = options.buckets?.split(',').map((days) => wholeNumber('--buckets', days.trim()));
		await giveReport(context, options, { report: 'outstanding', side, asOf: options['as-of'], buckets, ageBy: options['age-by'] });
	},
});

const SIDES = ['receivable', 'payable'] as const;

interface MoneyBookOptions extends Pick<Parameters<typeof giveReport>[1], 'format' | 'out'> {
	readonly account: string | undefined;
	readonly from: string;
	readonly to: string;
	readonly recompute: boolean | undefined;
}

async function giveMoneyBook(context: TerminalContext, kind: 'cash' | 'bank', options: MoneyBookOptions): Promise<void> {
	const { account, from, to, recompute } = options;
	await giveReport(context, options, { report: 'moneyBook', kind, account, from, to, recompute });
}

export const reportCashBook = defineCommand({
	path: ['report', 'cash-book'],
	summary: 'shows receipts and payments of a cash account with the balance of each day',
	examples: ['report cash-book --from 2026-01-01 --to 2026-01-31', 'report cash-book --account 1000 --from 2026-01-01 --to 2026-01-31 --out cash.csv'],
	options: {
		account: { type: 'string', value: 'CODE', summary: 'the cash account; not needed where there is one' },
		from: FROM,
		to: TO,
		recompute: RECOMPUTE,
		...REPORT_OPTIONS,
	},
	positionals: [],
	run: (context, { options }) => giveMoneyBook(context, 'cash', options),
});

export const reportBankBook = defineCommand({
	path: ['report', 'bank-book'],
	summary: 'shows receipts and payments of a bank account with the balance of each day',
	examples: ['report bank-book --account 1010 --from 2026-01-01 --to 2026-01-31'],
	options: {
		account: { type: 'string', value: 'CODE', summary: 'the bank, mobile money, card or clearing account; not needed where there is one' },
		from: FROM,
		to: TO,
		recompute: RECOMPUTE,
		...REPORT_OPTIONS,
	},
	positionals: [],
	run: (context, { options }) => giveMoneyBook(context, 'bank', options),
});

export const reportClosingVoucher = defineCommand({
	path: ['report', 'closing-voucher'],
	summary: 'shows the closing entry of a close, with who closed and when',
	examples: ['report closing-voucher --period 2026-01', 'report closing-voucher --period 2026-01 --close-number 1 --json'],
	options: {
		period: { type: 'string', value: 'P', required: true, summary: 'its name, a day in it, or its id' },
		'close-number': { type: 'string', value: 'N', summary: 'which close of it; the newest unless given' },
		...REPORT_OPTIONS,
	},
	positionals: [],
	run: async (context, { options }) => {
		const closeNumber = optionalNumber('--close-number', options['close-number']);
		await giveReport(context, options, { report: 'closingVoucher', period: options.period, closeNumber });
	},
});

export const reportReopenDifference = defineCommand({
	path: ['report', 'reopen-difference'],
	summary: 'shows what changed between two closes of a period that was reopened',
	description: `By account: figures before and after, and the entries that changed them, with who posted them; then who reopened and why,
and what is called or reconciled otherwise. Compares the newest close with the one before it unless told otherwise.`,
	examples: ['report reopen-difference 2026-01', 'report reopen-difference 2026-01 --from 1 --to 3 --format pdf --out difference.pdf'],
	options: {
		from: { type: 'string', value: 'N', summary: 'the earlier close; the one before --to unless given' },
		to: { type: 'string', value: 'N', summary: 'the later close; the newest unless given' },
		...REPORT_OPTIONS,
	},
	positionals: [{ name: 'P', summary: 'the period: its name, a day in it, or its id' }],
	run: async (context, { options, positionals }) => {
		const from = optionalNumber('--from', options.from);
		const to = optionalNumber('--to', options.to);
		await giveReport(context, options, { report: 'reopenDifference', period: positionals.P, from, to });
	},
});
