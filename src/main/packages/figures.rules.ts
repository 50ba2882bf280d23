import type { CivilDate } from '#shared/kernel/civil-date.ts';
import type { DateSpan } from '#shared/kernel/period.ts';
import { balanceKey, type SealedAccount, type SealedBalance } from '#shared/seal/index.ts';
import { incomeSpans } from '#main/reports/bases.rules.ts';
import { type BalanceSheetFigures, balanceSheetOf, isResult, resultOf, type StatedAccount, statementAmount } from '#main/reports/statements.rules.ts';
import type { ClosingSum } from '#main/close/reopen-difference.rules.ts';
import type { SumsByAccount } from '#main/reports/sums.rules.ts';

/** Sums by ref of the account, in the company's currency; minor units, signed, debit positive. */
export type BaseByRef = ReadonlyMap<string, bigint>;

/** A balance in minor units, signed, debit positive. */
export interface TrialBalanceFigure {
	readonly basis: 'ledger' | 'adjusted';
	readonly account: SealedAccount;
	readonly currency: string;
	readonly amount: bigint;
	readonly base: bigint;
}

/** The trial balance on both bases; accounts that are nil are left out. `closings` are the closing entries of the fiscal year to date. */
export function trialBalanceFigures(
	balances: readonly SealedBalance[],
	accountOf: (ref: string) => SealedAccount,
	closings: readonly ClosingSum[],
): TrialBalanceFigure[] {
	const byKey = new Map(closings.map((sum) => [balanceKey(sum.ref, sum.currency), sum]));
	const figures = (basis: 'ledger' | 'adjusted'): TrialBalanceFigure[] =>
		balances.map((row) => {
			const closing = basis === 'ledger' ? undefined : byKey.get(balanceKey(row.account, row.currency));
			return {
				basis,
				account: accountOf(row.account),
				currency: row.currency,
				amount: BigInt(row.closingMinor) - (closing?.amount ?? 0n),
				base: BigInt(row.baseClosingMinor) - (closing?.base ?? 0n),
			};
		});
	return [...figures('ledger'), ...figures('adjusted')].filter(({ amount, base }) => amount !== 0n || base !== 0n);
}

export interface StatementRow {
	/** ACCOUNT for an account, else what is summed. */
	readonly line: string;
	readonly code: string;
	readonly name: string;
	readonly type: string;
	/** In minor units of the company's currency, positive on the side where the type grows; null where the books hold none. */
	readonly amounts: readonly (bigint | null)[];
}

export const INCOME_COLUMNS = ['amount', 'year_to_date', 'previous_month', 'same_month_last_year', 'year_to_date_last_year'] as const;

/** The spans of INCOME_COLUMNS; null where the books hold nothing of one. */
export function incomeColumnSpans(period: DateSpan, booksFrom: CivilDate | null, fiscalYearAt: (date: CivilDate) => DateSpan): (DateSpan | null)[] {
	const spans = incomeSpans(period, booksFrom, fiscalYearAt);
	return [spans.asked, spans.yearToDate, spans.previousMonth, spans.sameMonthLastYear, spans.yearToDateLastYear];
}

/** Income statement: rows of accounts, then income, expense and net profit. `columns` has a table for each of INCOME_COLUMNS. */
export function incomeStatementRows(accounts: readonly SealedAccount[], columns: readonly (BaseByRef | null)[]): StatementRow[] {
	const stated = statedAccounts(accounts);
	const tables = columns.map((table) => table && sumsByAccount(accounts, table));
	const rows: StatementRow[] = stated.filter(isResult).map((account) => ({
		line: 'ACCOUNT',
		code: account.code,
		name: account.name,
		type: account.type,
		amounts: tables.map((table) => table && statementAmount(account, table)),
	}));
	const moved = rows.filter(({ amounts }) => amounts.some((amount) => amount !== null && amount !== 0n));
	const results = tables.map((table) => table && resultOf(stated, table));
	const total = (line: string, amounts: StatementRow['amounts']): StatementRow => ({ line, code: '', name: '', type: '', amounts });
	return [
		...moved,
		total(
			'INCOME',
			results.map((result) => result && result.income),
		),
		total(
			'EXPENSE',
			results.map((result) => result && result.expense),
		),
		total(
			'NET_PROFIT',
			results.map((result) => result && result.income - result.expense),
		),
	];
}

/** Of one month; minor units of the company's currency. */
export interface MonthlyResult {
	readonly name: string;
	readonly income: bigint;
	readonly expense: bigint;
}

/** Income and expense over all accounts, each positive on its side. */
export function resultsOfTypes(accounts: readonly SealedAccount[], table: BaseByRef): { readonly income: bigint; readonly expense: bigint } {
	return resultOf(statedAccounts(accounts), sumsByAccount(accounts, table));
}

/** Balance sheet on the adjusted basis. `beforeYear` are the result accounts up to the fiscal year's first day. */
export function balanceSheetRows(accounts: readonly SealedAccount[], adjusted: BaseByRef, beforeYear: BaseByRef): StatementRow[] {
	const figures: BalanceSheetFigures = balanceSheetOf(statedAccounts(accounts), sumsByAccount(accounts, adjusted), sumsByAccount(accounts, beforeYear));
	const rows = figures.rows.map(({ line, code, name, type, amount }) => ({ line, code, name, type, amounts: [amount] }));
	const total = (line: string, amount: bigint): StatementRow => ({ line, code: '', name: '', type: '', amounts: [amount] });
	return [...rows, total('ASSETS', figures.assets), total('LIABILITIES', figures.liabilities), total('EQUITY', figures.equity)];
}

function statedAccounts(accounts: readonly SealedAccount[]): StatedAccount[] {
	return accounts.map(({ code, name, type, subtype }, id) => ({ id, code, name, type: type as StatedAccount['type'], subtype }));
}

function sumsByAccount(accounts: readonly SealedAccount[], table: BaseByRef): SumsByAccount {
	const sums: SumsByAccount = new Map();
	for (const [id, { ref }] of accounts.entries()) {
		const base = table.get(ref);
		if (base !== undefined) sums.set(id, [{ currency: '', debit: 0n, credit: 0n, baseDebit: base, baseCredit: 0n }]);
	}
	return sums;
}
