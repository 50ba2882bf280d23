import { describe, expect, it } from 'vitest';
import { openTestBooks } from '#test/books.ts';
import { listCharts } from './chart.service.ts';
import { listAccounts, listCompanies } from './companies.queries.ts';
import { companySettings, createCompany, setSetting } from './companies.service.ts';

describe('companies', () => {
	it.each(listCharts().map((chart) => [chart.name, chart.country] as const))('are made with the chart %s', (name) => {
		const books = openTestBooks();
		const { company, accounts } = books.runner.write((tx) => createCompany(tx, { name: `With ${name}`, currency: 'KES', chart: name }));
		const made = listAccounts(books.runner.db, company.id);
		expect(made).toHaveLength(accounts);
		expect(accounts).toBeGreaterThan(50);
		expect(made.filter((account) => account.subtype === 'CASH').every((account) => account.currency === 'KES' && account.requiresReconciliation === 1)).toBe(
			true,
		);
		expect(made.every((account) => account.ref === account.code)).toBe(true);
		books.close();
	});

	it.each([
		['a name that is taken', { name: 'TESTWRIGHT & daughters', currency: 'USD' }, 'ALREADY_EXISTS'],
		['a currency that does not exist', { name: 'A', currency: 'ABC' }, 'CURRENCY_UNKNOWN'],
		['a timezone that does not exist', { name: 'A', currency: 'USD', timezone: 'Mars/Olympus' }, 'INPUT_INVALID'],
		['a chart that does not exist', { name: 'A', currency: 'USD', chart: 'mars' }, 'NOT_FOUND'],
		[
			'a chart with two result accounts',
			{ name: 'A', currency: 'USD', chartRows: ['1', '2'].map((code) => ({ code, name: code, type: 'EQUITY', subtype: 'RETAINED_EARNINGS' })) },
			'ALREADY_EXISTS',
		],
		['a chart with a code twice', { name: 'A', currency: 'USD', chartRows: ['a', 'b'].map((name) => ({ code: '1', name, type: 'ASSET' })) }, 'ALREADY_EXISTS'],
		['a chart row without a type', { name: 'A', currency: 'USD', chartRows: [{ code: '1', name: 'x', type: '' }] }, 'INPUT_INVALID'],
		['an expense that is a bank', { name: 'A', currency: 'USD', chartRows: [{ code: '1', name: 'x', type: 'EXPENSE', subtype: 'BANK' }] }, 'INPUT_INVALID'],
	])('are refused with %s, and nothing is left of them', (_what, input, code) => {
		const books = openTestBooks();
		expect(() => books.runner.write((tx) => createCompany(tx, input))).toThrow(expect.objectContaining({ code }));
		expect(listCompanies(books.runner.db)).toHaveLength(1);
		books.close();
	});

	it.each([
		['reopen_policy', 'never', 'NEVER'],
		['closing_entry', 'YEAR_END', 'YEAR_END'],
		['calendar', 'quarter', 'QUARTER'],
		['strict_opening', 'yes', true],
		['backdated_days', '45', 45],
		['internal_domains', 'Example.com, books.example', ['example.com', 'books.example']],
		['number_format', 'indian', 'indian'],
		['name', ' New name ', 'New name'],
		['timezone', 'Asia/Kolkata', 'Asia/Kolkata'],
	])('set %s to %s', (key, text, value) => {
		const books = openTestBooks();
		expect(books.runner.write((tx) => setSetting(tx, books.company, key, text))).toEqual(value);
		const settings = { ...companySettings(books.runner.db, books.company.id), name: books.company.name, timezone: books.company.timezone };
		expect(settings[key as keyof typeof settings]).toEqual(value);
		books.close();
	});

	it.each([
		['colour', 'red', 'SETTING_UNKNOWN'],
		['reopen_policy', 'sometimes', 'SETTING_REFUSED'],
		['backdated_days', '-1', 'SETTING_REFUSED'],
		['fiscal_year_start', '13-01', 'SETTING_REFUSED'],
		['fiscal_year_start', '02-29', 'SETTING_REFUSED'],
		['calendar', '4-4-5', 'SETTING_REFUSED'],
		['books_from', '2026-02-30', 'INPUT_INVALID'],
		['name', '  ', 'SETTING_REFUSED'],
	])('refuse %s = %s', (key, text, code) => {
		const books = openTestBooks();
		expect(() => books.runner.write((tx) => setSetting(tx, books.company, key, text))).toThrow(expect.objectContaining({ code }));
		books.close();
	});

	it('keep their fiscal year once they have periods', () => {
		const books = openTestBooks({ booksFrom: '2026-01-01' });
		books.openPeriods('2026-01-01');
		expect(() => books.runner.write((tx) => setSetting(tx, books.company, 'fiscal_year_start', '04-01'))).toThrow(
			expect.objectContaining({ code: 'SETTING_REFUSED' }),
		);
		books.close();
	});
});
