import { z } from 'zod';
import { accountType } from './companies.contract.ts';
import { amount, civilDate, currency, inCompany, periodName, query, sha256, task } from './define.ts';
import { incomeStatementRow, monthByMonth } from './income-shapes.ts';
import { openItem, outstandingInput, outstandingTotals } from './outstanding-shapes.ts';
import { reopenDifferenceInput } from './reopen-difference-shapes.ts';

export const basis = z.enum(['adjusted', 'ledger']);

/** Each row's closing balance on its side, in the row's currency, and in the company's currency beside it. */
export const trialBalanceRow = z.object({
	code: z.string(),
	name: z.string(),
	type: accountType,
	currency,
	debit: amount,
	credit: amount,
	baseDebit: amount,
	baseCredit: amount,
	/** Only with `from`: movement of the span, both sides, in base. */
	openingBase: amount.optional(),
	movementDebit: amount.optional(),
	movementCredit: amount.optional(),
});

const amountRow = z.object({ code: z.string(), name: z.string(), type: accountType, currency, amount });

const asked = inCompany.extend({
	/** Reads the lines instead of the kept balances. */
	recompute: z.boolean().optional(),
});

/** What a row of a balance sheet is: an account, or a result that no closing entry has brought into equity yet (without a code). */
const balanceSheetLine = z.enum(['ACCOUNT', 'RETAINED_EARNINGS', 'RESULT_YEAR_TO_DATE', 'RESULT_EARLIER_YEARS']);

const trialBalanceInput = asked.extend({ asOf: civilDate, basis: basis.optional(), from: civilDate.optional() });
const incomeStatementInput = asked.extend({ from: civilDate, to: civilDate, basis: basis.optional() });
const balanceSheetInput = asked.extend({ asOf: civilDate });
const ledgerInput = asked.extend({
	account: z.string().optional(),
	party: z.string().optional(),
	from: civilDate,
	to: civilDate,
	currency: currency.optional(),
});
const dayBookInput = asked.extend({ from: civilDate, to: civilDate });

const moneyBookInput = asked.extend({ kind: z.enum(['cash', 'bank']), account: z.string().optional(), from: civilDate, to: civilDate });

/** Where a report is written to, and as what: pages (PDF) or a workbook (XLSX). */
const written = {
	format: z.enum(['pdf', 'xlsx']),
	/** Absolute. A file of that name is replaced. */
	file: z.string().min(1),
};

export const reportsContract = {
	trialBalance: query('ViewReports')
		.input(trialBalanceInput)
		.output(
			z.object({
				asOf: civilDate,
				basis,
				currency,
				rows: z.array(trialBalanceRow),
				totals: z.object({ debit: amount, credit: amount }),
				balanced: z.boolean(),
				difference: amount,
			}),
		),
	/** Amounts are positive where they increase profit (income) or decrease it (expense). */
	incomeStatement: query('ViewReports')
		.input(incomeStatementInput)
		.output(
			z.object({
				from: civilDate,
				to: civilDate,
				currency,
				income: amount,
				expense: amount,
				netProfit: amount,
				yearToDate: z.object({ income: amount, expense: amount, netProfit: amount }),
				rows: z.array(incomeStatementRow),
			}),
		),
	/** The months of the fiscal year that holds a day: what each earned, and what money stood at its end. */
	monthByMonth: query('ViewReports', ['INPUT_INVALID'])
		.input(inCompany.extend({ on: civilDate }))
		.output(monthByMonth),
	balanceSheet: query('ViewReports')
		.input(balanceSheetInput)
		.output(
			z.object({
				asOf: civilDate,
				currency,
				assets: amount,
				liabilities: amount,
				/** With the result rows. */
				equity: amount,
				balanced: z.boolean(),
				rows: z.array(amountRow.extend({ type: z.enum(['ASSET', 'LIABILITY', 'EQUITY']), line: balanceSheetLine })),
			}),
		),
	/** The ledger of one account, or of one party over the control accounts. */
	ledger: query('ViewReports', ['ACCOUNT_UNKNOWN', 'PARTY_UNKNOWN', 'INPUT_INVALID'])
		.input(
			ledgerInput.extend({
				/** A page: after this row, at most so many. Without a limit: all. */
				after: z.object({ date: civilDate, no: z.number().int(), lineNo: z.number().int() }).optional(),
				limit: z.number().int().min(1).max(10000).optional(),
			}),
		)
		.output(
			z.object({
				account: z.object({ code: z.string(), name: z.string() }).nullable(),
				party: z.string().nullable(),
				from: civilDate,
				to: civilDate,
				currency,
				/** Debit positive. */
				opening: amount,
				closing: amount,
				rows: z.array(
					z.object({
						date: civilDate,
						no: z.number().int(),
						lineNo: z.number().int(),
						code: z.string(),
						name: z.string(),
						party: z.string().nullable(),
						description: z.string(),
						reference: z.string().nullable(),
						currency,
						debit: amount,
						credit: amount,
						balance: amount,
					}),
				),
				more: z.boolean(),
			}),
		),
	dayBook: query('ViewReports')
		.input(dayBookInput.extend({ limit: z.number().int().min(1).max(100000).optional(), afterNo: z.number().int().optional() }))
		.output(
			z.object({
				from: civilDate,
				to: civilDate,
				currency,
				entries: z.array(
					z.object({
						date: civilDate,
						no: z.number().int(),
						externalNo: z.string().nullable(),
						description: z.string(),
						reference: z.string().nullable(),
						source: z.string(),
						lines: z.array(
							z.object({
								code: z.string(),
								name: z.string(),
								party: z.string().nullable(),
								currency,
								debit: amount,
								credit: amount,
								baseDebit: amount,
								baseCredit: amount,
							}),
						),
					}),
				),
				totals: z.object({ debit: amount, credit: amount }),
				more: z.boolean(),
			}),
		),
	/** Open receivables or payables by party and age. Amounts are above zero where the side grows; an advance or a credit is below it. */
	outstanding: query('ViewReports', ['INPUT_INVALID'])
		.input(outstandingInput)
		.output(
			outstandingTotals.extend({
				side: z.enum(['receivable', 'payable']),
				asOf: civilDate,
				ageBy: z.enum(['due', 'entry']),
				currency,
				/** The control accounts in the books, and whether the items add up to them. */
				control: z.object({ balance: amount, agrees: z.boolean() }),
				parties: z.array(outstandingTotals.extend({ party: z.string(), items: z.array(openItem) })),
			}),
		),
	/** The ledger of one account of money: receipts, payments, and a balance for each day. */
	moneyBook: query('ViewReports', ['ACCOUNT_UNKNOWN', 'INPUT_INVALID'])
		.input(moneyBookInput)
		.output(
			z.object({
				kind: z.enum(['cash', 'bank']),
				account: z.object({ code: z.string(), name: z.string() }),
				from: civilDate,
				to: civilDate,
				currency,
				opening: amount,
				receipts: amount,
				payments: amount,
				closing: amount,
				days: z.array(
					z.object({
						date: civilDate,
						opening: amount,
						receipts: amount,
						payments: amount,
						closing: amount,
						rows: z.array(
							z.object({
								no: z.number().int(),
								lineNo: z.number().int(),
								party: z.string().nullable(),
								description: z.string(),
								reference: z.string().nullable(),
								receipt: amount,
								payment: amount,
								balance: amount,
							}),
						),
					}),
				),
			}),
		),
	/** Kept balances against the lines, for every account, currency and period. */
	checkBalances: query('ViewReports')
		.input(inCompany)
		.output(
			z.object({
				agree: z.boolean(),
				compared: z.number().int(),
				differences: z.array(
					z.object({
						code: z.string(),
						name: z.string(),
						currency,
						period: z.string(),
						/** What differs first; `kept` and `lines` are this figure: an amount, or a number of lines. */
						what: z.enum(['BALANCE', 'BASE_BALANCE', 'DEBIT', 'CREDIT', 'BASE_DEBIT', 'BASE_CREDIT', 'LINES']),
						kept: amount,
						lines: amount,
					}),
				),
			}),
		),
	/** Writes any of these reports to a file for people, whole: no page of it. `sha256` is of the file. */
	write: task('ViewReports', [
		'ACCOUNT_UNKNOWN',
		'PARTY_UNKNOWN',
		'PERIOD_NOT_FOUND',
		'PERIOD_NOT_CLOSED',
		'PERIOD_NOT_REOPENED',
		'PACKAGE_DIFFERS',
		'INPUT_INVALID',
		'DISK_FULL',
		'DISK_READ_ONLY',
		'CANCELLED',
	])
		.input(
			z.discriminatedUnion('report', [
				trialBalanceInput.extend({ report: z.literal('trialBalance'), ...written }),
				incomeStatementInput.extend({ report: z.literal('incomeStatement'), ...written }),
				balanceSheetInput.extend({ report: z.literal('balanceSheet'), ...written }),
				ledgerInput.extend({ report: z.literal('ledger'), ...written }),
				dayBookInput.extend({ report: z.literal('dayBook'), ...written }),
				outstandingInput.extend({ report: z.literal('outstanding'), ...written }),
				moneyBookInput.extend({ report: z.literal('moneyBook'), ...written }),
				inCompany.extend({ report: z.literal('closingVoucher'), period: periodName, closeNumber: z.number().int().positive().optional(), ...written }),
				reopenDifferenceInput.extend({ report: z.literal('reopenDifference'), ...written }),
				inCompany.extend({ report: z.literal('checkBalances'), ...written }),
				inCompany.extend({ report: z.literal('reconciliationStatement'), account: z.string(), from: periodName, to: periodName.optional(), ...written }),
			]),
		)
		.output(z.object({ file: z.string(), bytes: z.number().int(), sha256 })),
};

export type ReportsContract = typeof reportsContract;

type Answer<Name extends keyof ReportsContract> = ReportsContract[Name] extends { '~orpc': { outputSchema?: infer Schema } }
	? z.output<Extract<NonNullable<Schema>, z.ZodType>>
	: never;

/** What the reports answer, for whatever shows them. */
export type TrialBalanceAnswer = Answer<'trialBalance'>;
export type IncomeStatementAnswer = Answer<'incomeStatement'>;
export type BalanceSheetAnswer = Answer<'balanceSheet'>;
export type LedgerAnswer = Answer<'ledger'>;
export type DayBookAnswer = Answer<'dayBook'>;
export type OutstandingAnswer = Answer<'outstanding'>;
export type MoneyBookAnswer = Answer<'moneyBook'>;
export type BalanceCheckAnswer = Answer<'checkBalances'>;
