import { describe, expect, it } from 'vitest';
import { openTestBooks, type TestBooksOptions } from '#test/books.ts';
import { companySettings, setSetting } from '#main/companies/index.ts';
import { listPeriods } from './periods.queries.ts';
import { ensureOpeningPeriod, findPeriod, fiscalYearAt, openPeriod, periodForPosting, softClose } from './periods.service.ts';

const open = (options: TestBooksOptions = {}) => openTestBooks({ now: '2026-06-30T10:00:00.000Z', ...options });
const names = (books: ReturnType<typeof open>) => listPeriods(books.runner.db, books.company.id).map((period) => period.name);
const post = (books: ReturnType<typeof open>, date: string) =>
	books.post(date, 'x', [
		['1000', '1.00', ''],
		['3000', '', '1.00'],
	]);

describe('periods come to be by themselves', () => {
	it.each<[string, TestBooksOptions, string, string, string, number]>([
		['months of a calendar year', {}, '2026-05-17', '2026-05', 'FY2026', 8 + 1],
		['months of an Indian year', { fiscalYearStart: '04-01' }, '2026-05-17', '2026-05', 'FY2026-27', 11 + 1],
		['months of a British year', { fiscalYearStart: '04-06' }, '2026-05-05', '2026-04', 'FY2026-27', 12 + 1],
		['quarters', { calendar: 'QUARTER', fiscalYearStart: '04-01' }, '2026-05-17', 'FY2026-27-Q1', 'FY2026-27', 4 + 1],
		['days', { calendar: 'DAY' }, '2026-12-01', '2026-12-01', 'FY2026', 31 + 1],
	])('%s', (_what, options, date, first, year, count) => {
		const books = open(options);
		post(books, date);
		expect(names(books)[0]).toBe(first);
		expect(names(books).at(-1)).toBe(year);
		expect(names(books)).toHaveLength(count);
		books.close();
	});

	it('covers every day from the first on, without gap or overlap, over a leap year', () => {
		const books = open({ fiscalYearStart: '02-28', now: '2028-06-30T10:00:00.000Z' });
		post(books, '2026-03-15');
		post(books, '2028-06-01');
		const periods = listPeriods(books.runner.db, books.company.id).filter((period) => period.kind === 'MONTH');
		expect(periods.length).toBeGreaterThan(24);
		for (const [index, period] of periods.entries()) {
			const next = periods[index + 1];
			if (next) expect(Date.parse(next.start) - Date.parse(period.end)).toBe(86_400_000);
		}
		books.close();
	});

	it.each([
		['a short first year', '2026-03-31', '2026-02-10', ['2026-02', '2026-03', 'FY2026']],
		['a first year of 17 months', '2027-06-30', '2026-02-10', ['2026-02', '2027-06', 'FY2026-27']],
	])('%s', (_what, end, date, expected) => {
		const books = open({ fiscalYearStart: '04-01', settings: { first_year_end: end } });
		post(books, date);
		const all = names(books);
		expect([all[0], all.at(-2), all.at(-1)]).toEqual(expected);
		expect(fiscalYearAt(companySettings(books.runner.db, books.company.id), books.company.booksFrom, '2027-08-01').end).toBe('2028-03-31');
		books.close();
	});

	it('refuses a first year of 19 months', () => {
		const books = open({ settings: { first_year_end: '2027-09-30' } });
		expect(() => post(books, '2026-02-10')).toThrow(expect.objectContaining({ code: 'SETTING_REFUSED' }));
		books.close();
	});

	it('lets the Admin move the first day earlier, and an import, until there are opening balances', () => {
		const books = open();
		post(books, '2026-05-17');
		expect(() => post(books, '2026-04-30')).toThrow(expect.objectContaining({ code: 'PERIOD_NOT_REACHED' }));
		books.runner.write((tx) => setSetting(tx, books.company, 'books_from', '2026-02-11'));
		expect(books.company.booksFrom).toBe('2026-02-01');
		post(books, '2026-04-30');
		books.runner.write((tx) => periodForPosting(tx, books.company, '2025-11-20', { mayMoveBooksFrom: true }));
		expect(names(books)[0]).toBe('2025-11');
		books.runner.write((tx) => ensureOpeningPeriod(tx, books.company));
		expect(() => books.runner.write((tx) => periodForPosting(tx, books.company, '2025-10-20', { mayMoveBooksFrom: true }))).toThrow(
			expect.objectContaining({ code: 'PERIOD_NOT_REACHED' }),
		);
		books.close();
	});

	it('opens one period after the other where the company is strict', () => {
		const books = open({ settings: { strict_opening: 'yes' } });
		post(books, '2026-05-17');
		expect(() => post(books, '2026-06-01')).toThrow(
			expect.objectContaining({ code: 'PERIOD_NOT_REACHED', details: expect.objectContaining({ before: '2026-05' }) }),
		);
		books.close();
	});
});

describe('a period is named', () => {
	it.each(['2026-05', '2026-05-17', '2026-05-31'])('%s', (named) => {
		const books = open();
		post(books, '2026-05-17');
		const period = findPeriod(books.runner.db, books.company, named);
		expect(period.name).toBe('2026-05');
		expect(findPeriod(books.runner.db, books.company, period.uuid)).toEqual(period);
		books.close();
	});

	it.each(['2026-13', 'FY1999', 'nonsense', '2031-01-01'])('and %s is none', (named) => {
		const books = open();
		post(books, '2026-05-17');
		expect(() => findPeriod(books.runner.db, books.company, named)).toThrow(expect.objectContaining({ code: 'PERIOD_NOT_FOUND' }));
		books.close();
	});
});

describe('soft close', () => {
	it('refuses ordinary entries, and is taken back with a reason only', () => {
		const books = open();
		post(books, '2026-05-17');
		const soft = books.runner.write((tx) => softClose(tx, books.company, '2026-05'));
		expect(soft.status).toBe('CLOSING');
		expect(books.runner.write((tx) => softClose(tx, books.company, '2026-05'))).toEqual(soft);
		expect(() => post(books, '2026-05-18')).toThrow(expect.objectContaining({ code: 'PERIOD_CLOSING' }));
		expect(() => books.runner.write((tx) => openPeriod(tx, books.company, '2026-05', ' '))).toThrow(expect.objectContaining({ code: 'PERIOD_STATE_REFUSED' }));
		expect(books.runner.write((tx) => openPeriod(tx, books.company, '2026-05', 'a bill came late')).status).toBe('OPEN');
		expect(() => books.runner.write((tx) => softClose(tx, books.company, 'FY2026'))).toThrow(expect.objectContaining({ code: 'PERIOD_STATE_REFUSED' }));
		books.close();
	});

	it('opens a later year by its name', () => {
		const books = open();
		post(books, '2026-05-17');
		expect(books.runner.write((tx) => openPeriod(tx, books.company, 'FY2028', undefined)).name).toBe('FY2028');
		expect(names(books)).toContain('2027-07');
		books.close();
	});
});
