import { describe, expect, it } from 'vitest';
import { openTestBooks } from '#test/books.ts';
import { incomeStatement, reportsHandlers } from './index.ts';
import { monthByMonth } from './month-by-month.service.ts';

const rows = (report: ReturnType<typeof monthByMonth>) =>
	report.months.map(({ from, moved, income, expense, netProfit, money }) => `${from.slice(0, 7)} ${moved} ${income} ${expense} ${netProfit} ${money}`);

describe('month by month', () => {
	it('shows what each month earned and what money stood at its end', () => {
		const books = openTestBooks({ chart: 'generic' });
		books.post('2026-01-02', 'Capital paid in', [
			['1100', '1000.00', ''],
			['3000', '', '1000.00'],
		]);
		books.post('2026-01-20', 'Sale on account', [
			['1200', '300.00', '', { party: 'Marigold Bakery' }],
			['4000', '', '300.00'],
		]);
		books.post('2026-03-05', 'Rent', [
			['6200', '450.00', ''],
			['1100', '', '450.00'],
		]);
		const report = monthByMonth(books.runner.db, books.actor, { on: '2026-02-10' });
		expect(report).toMatchObject({ from: '2026-01-01', to: '2026-12-31' });
		expect(rows(report).slice(0, 4)).toEqual([
			'2026-01 true 300.00 0.00 300.00 1000.00',
			'2026-02 false 0.00 0.00 0.00 1000.00',
			'2026-03 true 0.00 450.00 -450.00 550.00',
			'2026-04 false 0.00 0.00 0.00 550.00',
		]);
		expect(report.months).toHaveLength(12);
		const march = incomeStatement(books.runner.db, books.actor, { from: '2026-03-01', to: '2026-03-31' });
		expect(report.months[2]).toMatchObject({ income: march.income, expense: march.expense, netProfit: march.netProfit });
	});

	it('brings money forward from the year before, and counts openings of income in no month', () => {
		const books = openTestBooks({ fiscalYearStart: '04-01', booksFrom: '2026-07-01' });
		books.openPeriods('2026-07-01');
		books.postOpening([
			['1100', '900.00', ''],
			['4000', '', '900.00'],
		]);
		books.post('2027-04-04', 'Sale', [
			['1100', '50.00', ''],
			['4000', '', '50.00'],
		]);
		const { db } = books.runner;
		const first = monthByMonth(db, books.actor, { on: '2026-07-01' });
		expect(rows(first).slice(1, 4)).toEqual(['2026-05 false 0.00 0.00 0.00 0.00', '2026-06 true 0.00 0.00 0.00 900.00', '2026-07 false 0.00 0.00 0.00 900.00']);
		expect(rows(monthByMonth(db, books.actor, { on: '2027-12-31' }))[0]).toBe('2027-04 true 50.00 0.00 50.00 950.00');
	});

	it('refuses a day that does not exist, and is served', () => {
		const books = openTestBooks();
		expect(() => monthByMonth(books.runner.db, books.actor, { on: '2026-02-30' })).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
		expect(reportsHandlers.monthByMonth).toEqual({ query: monthByMonth });
	});
});
