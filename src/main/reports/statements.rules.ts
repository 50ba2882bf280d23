import { baseBalance, type SumsByAccount } from './sums.rules.ts';

type AccountType = 'ASSET' | 'LIABILITY' | 'EQUITY' | 'INCOME' | 'EXPENSE';

export interface StatedAccount {
	readonly id: number;
	readonly code: string;
	readonly name: string;
	readonly type: AccountType;
	readonly subtype: string | null;
}

/** Is it an account of the income statement? */
export function isResult(account: StatedAccount): boolean {
	return account.type === 'INCOME' || account.type === 'EXPENSE';
}

/** What a statement shows for an account, in minor units of the company's currency: positive on the side where its type grows. */
export function statementAmount(account: StatedAccount, table: SumsByAccount): bigint {
	const balance = baseBalance(table, account.id);
	return account.type === 'ASSET' || account.type === 'EXPENSE' ? balance : -balance;
}

/** Income and expense over all accounts, each positive on its side. */
export function resultOf(accounts: readonly StatedAccount[], table: SumsByAccount): { readonly income: bigint; readonly expense: bigint } {
	let income = 0n;
	let expense = 0n;
	for (const account of accounts) {
		if (account.type === 'INCOME') income += statementAmount(account, table);
		if (account.type === 'EXPENSE') expense += statementAmount(account, table);
	}
	return { income, expense };
}

/** What a row of a balance sheet is: an account, or a result that no closing entry has brought into equity yet. */
type BalanceSheetLine = 'ACCOUNT' | 'RETAINED_EARNINGS' | 'RESULT_YEAR_TO_DATE' | 'RESULT_EARLIER_YEARS';

interface BalanceSheetRow {
	/** Empty for a result row. */
	readonly code: string;
	readonly name: string;
	readonly type: 'ASSET' | 'LIABILITY' | 'EQUITY';
	readonly line: BalanceSheetLine;
	readonly amount: bigint;
}

export interface BalanceSheetFigures {
	readonly assets: bigint;
	readonly liabilities: bigint;
	/** With the result rows. */
	readonly equity: bigint;
	readonly rows: readonly BalanceSheetRow[];
}

/**
 * Balance sheet from the adjusted sums at the date and the sums of everything up to the fiscal year's first day. Because the adjusted sums
 * leave out the year's closing entries, the result account shows what was brought forward, and the income and expense accounts hold the
 * year's result and whatever earlier years were not closed. Accounts that are nil are left out.
 */
export function balanceSheetOf(accounts: readonly StatedAccount[], adjusted: SumsByAccount, beforeYear: SumsByAccount): BalanceSheetFigures {
	const rows: BalanceSheetRow[] = [];
	const totals = { ASSET: 0n, LIABILITY: 0n, EQUITY: 0n };
	const add = (row: BalanceSheetRow): void => {
		rows.push(row);
		totals[row.type] += row.amount;
	};
	for (const account of accounts) {
		const { code, name, type } = account;
		if (type === 'INCOME' || type === 'EXPENSE') continue;
		const amount = statementAmount(account, adjusted);
		if (amount !== 0n) add({ code, name, type, line: account.subtype === 'RETAINED_EARNINGS' ? 'RETAINED_EARNINGS' : 'ACCOUNT', amount });
	}
	rows.sort((one, other) => SECTIONS.indexOf(one.type) - SECTIONS.indexOf(other.type));
	const all = resultOf(accounts, adjusted);
	const earlier = resultOf(accounts, beforeYear);
	const earlierResult = earlier.income - earlier.expense;
	if (earlierResult !== 0n) add({ code: '', name: 'Result of earlier years, not closed', type: 'EQUITY', line: 'RESULT_EARLIER_YEARS', amount: earlierResult });
	const yearResult = all.income - all.expense - earlierResult;
	add({ code: '', name: 'Result of the year to date', type: 'EQUITY', line: 'RESULT_YEAR_TO_DATE', amount: yearResult });
	return { assets: totals.ASSET, liabilities: totals.LIABILITY, equity: totals.EQUITY, rows };
}

const SECTIONS: readonly AccountType[] = ['ASSET', 'LIABILITY', 'EQUITY'];
