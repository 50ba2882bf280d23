import { describe, expect, it } from 'vitest';
import { balanceSheetOf, type StatedAccount, statementAmount } from './statements.rules.ts';
import { addSums, baseBalance, negated, type SumsByAccount, sumsOf } from './sums.rules.ts';

const CASH: StatedAccount = { id: 1, code: '1000', name: 'Cash', type: 'ASSET', subtype: 'CASH' };
const LOAN: StatedAccount = { id: 2, code: '2000', name: 'Loan', type: 'LIABILITY', subtype: null };
const CAPITAL: StatedAccount = { id: 3, code: '3000', name: 'Capital', type: 'EQUITY', subtype: null };
const RETAINED: StatedAccount = { id: 4, code: '3100', name: 'Retained earnings', type: 'EQUITY', subtype: 'RETAINED_EARNINGS' };
const SALES: StatedAccount = { id: 5, code: '4000', name: 'Sales', type: 'INCOME', subtype: null };
const RENT: StatedAccount = { id: 6, code: '6000', name: 'Rent', type: 'EXPENSE', subtype: null };
const ACCOUNTS = [CASH, LOAN, CAPITAL, RETAINED, SALES, RENT];

const sums = (debit: number, credit: number, currency = 'USD') => ({
	currency,
	debit: BigInt(debit),
	credit: BigInt(credit),
	baseDebit: BigInt(debit),
	baseCredit: BigInt(credit),
});

/** Balances, debit positive. */
function books(balances: readonly (readonly [StatedAccount, number])[]): SumsByAccount {
	const table: SumsByAccount = new Map();
	for (const [account, balance] of balances) addSums(table, account.id, balance > 0 ? sums(balance, 0) : sums(0, -balance));
	return table;
}

describe('sums by account', () => {
	it('keeps currencies apart and adds within one', () => {
		const table: SumsByAccount = new Map();
		addSums(table, 1, sums(500, 0));
		addSums(table, 1, sums(0, 200, 'EUR'));
		addSums(table, 1, sums(30, 10));
		expect(sumsOf(table, 1, 'USD')).toEqual(sums(530, 10));
		expect(sumsOf(table, 1, 'KES')).toMatchObject({ debit: 0n, credit: 0n });
		expect(baseBalance(table, 1)).toBe(320n);
		expect(baseBalance(table, 2)).toBe(0n);
	});

	it('passes 2^53 without losing a unit', () => {
		const table: SumsByAccount = new Map();
		for (let line = 0; line < 3; line++) addSums(table, 1, sums(Number.MAX_SAFE_INTEGER, 0));
		expect(baseBalance(table, 1)).toBe(27021597764222973n);
	});

	it('takes back what was added', () => {
		const table: SumsByAccount = new Map();
		addSums(table, 1, sums(500, 20));
		addSums(table, 1, negated(sums(500, 20)));
		expect(sumsOf(table, 1, 'USD')).toEqual(sums(0, 0));
	});
});

describe('the side where a type grows', () => {
	it.each([
		[CASH, 100, 100n],
		[RENT, 100, 100n],
		[LOAN, -100, 100n],
		[CAPITAL, -100, 100n],
		[SALES, -100, 100n],
		[SALES, 40, -40n],
	])('$code with a balance of %i shows %i', (account, balance, shown) => {
		expect(statementAmount(account, books([[account, balance]]))).toBe(shown);
	});
});

describe('balance sheet', () => {
	const equityRows = (adjusted: SumsByAccount, beforeYear: SumsByAccount) =>
		balanceSheetOf(ACCOUNTS, adjusted, beforeYear)
			.rows.filter((row) => row.type === 'EQUITY')
			.map((row) => [row.line, row.name, row.amount]);

	// Cash 1000 and a loan of 300 from the start, capital 700; the year before made 50, this year makes 80.
	const notClosed = books([
		[CASH, 1130],
		[LOAN, -300],
		[CAPITAL, -700],
		[SALES, -180],
		[RENT, 50],
	]);
	const notClosedBefore = books([
		[CASH, 1050],
		[LOAN, -300],
		[CAPITAL, -700],
		[SALES, -70],
		[RENT, 20],
	]);
	const closed = books([
		[CASH, 1130],
		[LOAN, -300],
		[CAPITAL, -700],
		[RETAINED, -50],
		[SALES, -110],
		[RENT, 30],
	]);
	const closedBefore = books([
		[CASH, 1050],
		[LOAN, -300],
		[CAPITAL, -700],
		[RETAINED, -50],
	]);

	it('shows the result of an earlier year that was not closed apart from that of this year', () => {
		expect(equityRows(notClosed, notClosedBefore)).toEqual([
			['ACCOUNT', 'Capital', 700n],
			['RESULT_EARLIER_YEARS', 'Result of earlier years, not closed', 50n],
			['RESULT_YEAR_TO_DATE', 'Result of the year to date', 80n],
		]);
	});

	it('shows it as retained earnings brought forward once it was closed', () => {
		expect(equityRows(closed, closedBefore)).toEqual([
			['ACCOUNT', 'Capital', 700n],
			['RETAINED_EARNINGS', 'Retained earnings', 50n],
			['RESULT_YEAR_TO_DATE', 'Result of the year to date', 80n],
		]);
	});

	it('balances either way', () => {
		for (const [adjusted, before] of [
			[notClosed, notClosedBefore],
			[closed, closedBefore],
		] as const) {
			const sheet = balanceSheetOf(ACCOUNTS, adjusted, before);
			expect(sheet).toMatchObject({ assets: 1130n, liabilities: 300n, equity: 830n });
			expect(sheet.assets).toBe(sheet.liabilities + sheet.equity);
		}
	});

	it('shows a result of nothing where nothing happened', () => {
		expect(balanceSheetOf(ACCOUNTS, new Map(), new Map()).rows).toEqual([
			{ code: '', name: 'Result of the year to date', type: 'EQUITY', line: 'RESULT_YEAR_TO_DATE', amount: 0n },
		]);
	});
});
