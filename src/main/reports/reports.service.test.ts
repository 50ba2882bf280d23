import { describe, expect, it } from 'vitest';
import { reportsContract } from '#shared/contract/reports.contract.ts';
import { assert } from '#shared/kernel/assert.ts';
import type { Actor } from '#main/platform/run/actor.ts';
import type { Handler } from '#main/platform/run/handlers.ts';
import { openTestBooks, type TestBooks } from '#test/books.ts';
import { balanceSheet, checkBalances, dayBook, incomeStatement, ledgerReport, reportsHandlers, trialBalance } from './index.ts';

/** A year of a small shop: January to March 2026, with euros and open items. */
function shop(): TestBooks {
	const books = openTestBooks({ chart: 'generic' });
	books.post('2026-01-02', 'Capital paid in', [
		['1100', '10000.00', ''],
		['3000', '', '10000.00'],
	]);
	books.post('2026-01-15', 'Sale', [
		['1200', '500.00', '', { party: 'Marigold Bakery', reference: 'S-1' }],
		['4000', '', '500.00'],
	]);
	books.post('2026-02-03', 'Paid', [
		['1100', '500.00', ''],
		['1200', '', '500.00', { party: 'Marigold Bakery', reference: 'S-1' }],
	]);
	books.post('2026-02-10', 'Sale in euros', [
		['1200', '100.00', '', { currency: 'EUR', base: '110.00', party: 'Lindenhof Cafe' }],
		['4000', '', '110.00'],
	]);
	books.post('2026-03-05', 'Paid in euros at another rate', [
		['1100', '112.00', ''],
		['1200', '', '100.00', { currency: 'EUR', base: '109.00', party: 'Lindenhof Cafe' }],
		['4000', '', '3.00'],
	]);
	return books;
}

const brief = (rows: readonly { code: string; currency: string; debit: string; credit: string }[]) =>
	rows.map((row) => `${row.code} ${row.currency} ${row.debit} ${row.credit}`);

describe('trial balance', () => {
	it('shows each account and currency on its side, totals in the company’s currency', () => {
		const books = shop();
		const report = trialBalance(books.runner.db, books.actor, { asOf: '2026-02-28' });
		expect(brief(report.rows)).toEqual(['1100 USD 10500.00 0.00', '1200 EUR 100.00 0.00', '3000 USD 0.00 10000.00', '4000 USD 0.00 610.00']);
		expect(report.rows[1]).toMatchObject({ baseDebit: '110.00', baseCredit: '0.00', name: 'Trade receivables', type: 'ASSET' });
		expect(report).toMatchObject({ totals: { debit: '10610.00', credit: '10610.00' }, balanced: true, difference: '0.00', basis: 'adjusted' });
	});

	it('keeps a foreign row that is nil but for a residue in the company’s currency', () => {
		const books = shop();
		const { rows } = trialBalance(books.runner.db, books.actor, { asOf: '2026-03-31' });
		expect(rows.find((row) => row.currency === 'EUR')).toMatchObject({ debit: '0.00', credit: '0.00', baseDebit: '1.00', baseCredit: '0.00' });
	});

	it('stops at the day it is asked for, inside a period', () => {
		const books = shop();
		const { rows } = trialBalance(books.runner.db, books.actor, { asOf: '2026-02-03' });
		expect(brief(rows)).toEqual(['1100 USD 10500.00 0.00', '3000 USD 0.00 10000.00', '4000 USD 0.00 500.00']);
	});

	it('adds opening and movement with `from`, and keeps what moved though it is nil', () => {
		const books = shop();
		const { rows } = trialBalance(books.runner.db, books.actor, { asOf: '2026-02-09', from: '2026-02-01' });
		expect(rows.map((row) => [row.code, row.openingBase, row.movementDebit, row.movementCredit, row.debit])).toEqual([
			['1100', '10000.00', '500.00', '0.00', '10500.00'],
			['1200', '500.00', '0.00', '500.00', '0.00'],
			['3000', '-10000.00', '0.00', '0.00', '0.00'],
			['4000', '-500.00', '0.00', '0.00', '0.00'],
		]);
	});

	it('is empty and balanced before anything is posted', () => {
		const books = openTestBooks();
		expect(trialBalance(books.runner.db, books.actor, { asOf: '2026-01-31' })).toMatchObject({ rows: [], balanced: true, totals: { debit: '0.00' } });
	});

	it('refuses a day that does not exist, and a span that ends before it begins', () => {
		const books = openTestBooks();
		expect(() => trialBalance(books.runner.db, books.actor, { asOf: '2026-02-30' })).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
		expect(() => trialBalance(books.runner.db, books.actor, { asOf: '2026-01-01', from: '2026-01-02' })).toThrow(
			expect.objectContaining({ code: 'INPUT_INVALID' }),
		);
	});

	it('shows another company nothing', () => {
		const books = shop();
		const stranger = { company: { ...books.company, id: 99, uuid: '01900000-0000-7000-8000-00000000ffff' } };
		expect(trialBalance(books.runner.db, stranger, { asOf: '2026-03-31' }).rows).toEqual([]);
	});
});

describe('income statement', () => {
	it('shows income and expense positive, with the year to date and the months the books hold', () => {
		const books = shop();
		books.post('2026-02-20', 'Rent', [
			['6200', '200.00', ''],
			['1100', '', '200.00'],
		]);
		const report = incomeStatement(books.runner.db, books.actor, { from: '2026-02-01', to: '2026-02-28' });
		expect(report).toMatchObject({ income: '110.00', expense: '200.00', netProfit: '-90.00', yearToDate: { income: '610.00', netProfit: '410.00' } });
		expect(report.rows).toEqual([
			expect.objectContaining({
				code: '4000',
				amount: '110.00',
				yearToDate: '610.00',
				previousMonth: '500.00',
				sameMonthLastYear: null,
				yearToDateLastYear: null,
			}),
			expect.objectContaining({ code: '6200', amount: '200.00', yearToDate: '200.00', previousMonth: '0.00' }),
		]);
	});

	it('counts openings of income and expense in the year to date, never in a month', () => {
		const books = openTestBooks({ fiscalYearStart: '04-01', booksFrom: '2026-07-01' });
		books.openPeriods('2026-07-01');
		books.postOpening([
			['1100', '900.00', ''],
			['4000', '', '900.00'],
		]);
		books.post('2026-07-04', 'Sale', [
			['1100', '50.00', ''],
			['4000', '', '50.00'],
		]);
		const { db } = books.runner;
		expect(incomeStatement(db, books.actor, { from: '2026-07-01', to: '2026-07-31' })).toMatchObject({ income: '50.00', yearToDate: { income: '950.00' } });
		expect(incomeStatement(db, books.actor, { from: '2026-06-01', to: '2026-06-30' })).toMatchObject({ income: '0.00', yearToDate: { income: '900.00' } });
		expect(incomeStatement(db, books.actor, { from: '2026-06-01', to: '2026-07-31' }).income).toBe('50.00');
		expect(incomeStatement(db, books.actor, { from: '2026-04-01', to: '2026-07-31' }).income).toBe('950.00');
	});
});

describe('balance sheet', () => {
	it('balances with the result of the year and of years that were not closed', () => {
		const books = openTestBooks();
		books.post('2025-12-30', 'Old sale', [
			['1100', '70.00', ''],
			['4000', '', '70.00'],
		]);
		books.post('2026-01-10', 'New sale', [
			['1100', '30.00', ''],
			['4000', '', '30.00'],
		]);
		const sheet = balanceSheet(books.runner.db, books.actor, { asOf: '2026-01-15' });
		expect(sheet).toMatchObject({ assets: '100.00', liabilities: '0.00', equity: '100.00', balanced: true });
		expect(sheet.rows.map((row) => [row.line, row.amount])).toEqual([
			['ACCOUNT', '100.00'],
			['RESULT_EARLIER_YEARS', '70.00'],
			['RESULT_YEAR_TO_DATE', '30.00'],
		]);
	});
});

describe('a first fiscal year of 18 months', () => {
	it('begins with the books: what stood before is of an earlier year', () => {
		const books = openTestBooks({ settings: { first_year_end: '2026-12-31' }, booksFrom: '2025-07-01' });
		books.openPeriods('2025-07-01');
		books.postOpening([
			['1100', '900.00', ''],
			['4000', '', '900.00'],
		]);
		for (const date of ['2025-08-01', '2026-08-01']) {
			books.post(date, 'Sale', [
				['1100', '5.00', ''],
				['4000', '', '5.00'],
			]);
		}
		const { db } = books.runner;
		expect(incomeStatement(db, books.actor, { from: '2026-08-01', to: '2026-08-31' })).toMatchObject({ income: '5.00', yearToDate: { income: '10.00' } });
		const results = (asOf: string) => balanceSheet(db, books.actor, { asOf }).rows.map((row) => [row.line, row.amount]);
		expect(results('2026-08-31')).toEqual([
			['ACCOUNT', '910.00'],
			['RESULT_EARLIER_YEARS', '900.00'],
			['RESULT_YEAR_TO_DATE', '10.00'],
		]);
		expect(results('2025-06-30')).toEqual([
			['ACCOUNT', '900.00'],
			['RESULT_YEAR_TO_DATE', '900.00'],
		]);
	});
});

describe('day book', () => {
	it('lists entries in order of date and number, page after page, with the totals of the span', () => {
		const books = shop();
		books.post('2026-01-20', 'Entered late', [
			['6200', '1.00', ''],
			['1100', '', '1.00'],
		]);
		const span = { from: '2026-01-10', to: '2026-02-28' };
		const whole = dayBook(books.runner.db, books.actor, span);
		expect(whole.entries.map((entry) => [entry.date, entry.no])).toEqual([
			['2026-01-15', 2],
			['2026-01-20', 6],
			['2026-02-03', 3],
			['2026-02-10', 4],
		]);
		expect(whole).toMatchObject({ totals: { debit: '1111.00', credit: '1111.00' }, more: false });
		expect(whole.entries[3]?.lines[0]).toMatchObject({ party: 'Lindenhof Cafe', currency: 'EUR', debit: '100.00', baseDebit: '110.00' });
		const first = dayBook(books.runner.db, books.actor, { ...span, limit: 2 });
		const second = dayBook(books.runner.db, books.actor, { ...span, limit: 2, afterNo: first.entries.at(-1)?.no });
		expect([first.more, second.more]).toEqual([true, false]);
		expect([...first.entries, ...second.entries]).toEqual(whole.entries);
		expect(() => dayBook(books.runner.db, books.actor, { ...span, afterNo: 99 })).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
	});
});

describe('check of kept balances', () => {
	it('agrees with books that were only posted to', () => {
		const books = shop();
		expect(checkBalances(books.runner.db, books.company)).toEqual({ agree: true, compared: 11, differences: [] });
	});

	it.each([
		[
			`UPDATE account_balances SET base_debit_minor = base_debit_minor + 1, debit_minor = debit_minor + 1 WHERE account_id = ?`,
			'BALANCE',
			'10000.01',
			'10000.00',
		],
		[`UPDATE account_balances SET debit_minor = debit_minor + 5, credit_minor = credit_minor + 5 WHERE account_id = ?`, 'DEBIT', '10000.05', '10000.00'],
		[`UPDATE account_balances SET base_credit_minor = 7 WHERE account_id = ?`, 'BASE_BALANCE', '9999.93', '10000.00'],
		[`UPDATE account_balances SET line_count = 2 WHERE account_id = ?`, 'LINES', '2', '1'],
		[`DELETE FROM account_balances WHERE account_id = ?`, 'BALANCE', '0.00', '10000.00'],
	])('finds what was changed: %s', (sql, what, kept, lines) => {
		const books = openTestBooks();
		books.post('2026-01-02', 'Capital', [
			['1100', '10000.00', ''],
			['3000', '', '10000.00'],
		]);
		books.connection.raw.prepare(sql).run(books.account('1100').id);
		const difference = { code: '1100', name: 'Bank', currency: 'USD', period: '2026-01', what, kept, lines };
		expect(checkBalances(books.runner.db, books.company)).toEqual({ agree: false, compared: 2, differences: [difference] });
		const period = books.runner.db.value<number>(`SELECT id FROM accounting_periods WHERE name = '2026-02'`) ?? 0;
		expect(checkBalances(books.runner.db, books.company, { id: period }).agree).toBe(true);
	});

	it('finds a line that lies in no period', () => {
		const books = shop();
		books.connection.raw.exec('DROP TRIGGER journal_lines_never_changed; PRAGMA foreign_keys = OFF');
		books.connection.raw.prepare('UPDATE journal_lines SET day = 90000 WHERE entry_id = 1 AND line_no = 1').run();
		const { differences } = checkBalances(books.runner.db, books.company);
		expect(differences.map(({ code, period, kept, lines }) => [code, period, kept, lines])).toEqual([
			['1100', '2026-01', '10000.00', '0.00'],
			['1100', '(no period)', '0.00', '10000.00'],
		]);
	});
});

describe('handlers', () => {
	it('answer what the contract declares', () => {
		const books = shop();
		const { db } = books.runner;
		const companyId = books.company.uuid;
		const span = { companyId, from: '2026-01-01', to: '2026-03-31' };
		const answers = {
			trialBalance: answerOf(books, reportsHandlers.trialBalance, { companyId, asOf: '2026-03-31', from: '2026-02-01' }),
			incomeStatement: answerOf(books, reportsHandlers.incomeStatement, span),
			balanceSheet: answerOf(books, reportsHandlers.balanceSheet, { companyId, asOf: '2026-03-31' }),
			ledger: answerOf(books, reportsHandlers.ledger, { ...span, account: '1200' }),
			dayBook: answerOf(books, reportsHandlers.dayBook, span),
			checkBalances: answerOf(books, reportsHandlers.checkBalances, { companyId }),
		};
		for (const name of Object.keys(answers) as (keyof typeof answers)[]) {
			const schema = reportsContract[name]['~orpc'].outputSchema;
			expect(schema?.parse(answers[name]), name).toEqual(answers[name]);
		}
		expect(ledgerReport(db, books.actor, { ...span, account: '1200' })).toEqual(answers.ledger);
	});
});

function answerOf<Input, Output>(books: TestBooks, handler: Handler<Actor, Input, Output>, input: Input): Output {
	assert('query' in handler, 'a report is a query');
	const paths = { root: '', database: '', content: '', packages: '', secrets: '', logs: '', backups: '', work: '' };
	return handler.query(books.runner.db, books.actor, input, { clock: books.clock, paths });
}
