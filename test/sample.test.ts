import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { isCivilDate } from '#shared/kernel/civil-date.ts';
import { formatAmount, parseAmountMinor } from '#shared/kernel/money.ts';
import { isCleanText } from '#shared/kernel/text.ts';
import { type ChartAccount, sampleFiles } from '../scripts/sample/sample-company.ts';

const RESOURCES = new URL('../resources/', import.meta.url);
const MONTHS = ['2026-01', '2026-02', '2026-03'];

interface SampleRow {
	readonly entryNo: string;
	readonly date: string;
	readonly account: string;
	readonly accountName: string;
	readonly accountType: string;
	readonly party: string;
	readonly description: string;
	/** Debit less credit in minor units. */
	readonly amountMinor: number;
	readonly currency: string;
	readonly reference: string;
	readonly dueDate: string;
	readonly memo: string;
}

function resource(name: string): string {
	return readFileSync(new URL(name, RESOURCES), 'utf8');
}

function records(name: string): readonly Record<string, string>[] {
	return parse(resource(name), { columns: true });
}

function rowsOf(name: string): readonly SampleRow[] {
	return records(name).map((record) => {
		const field = (column: string) => record[column] ?? `no column ${column}`;
		const [debit, credit] = [field('debit'), field('credit')];
		expect(
			[debit, credit].filter((side) => side !== ''),
			`${field('entry_no')} has one side`,
		).toHaveLength(1);
		const amountMinor = debit === '' ? -parseAmountMinor(credit, 'KES') : parseAmountMinor(debit, 'KES');
		expect(parseAmountMinor(debit === '' ? credit : debit, 'KES')).toBeGreaterThan(0);
		return {
			entryNo: field('entry_no'),
			date: field('date'),
			account: field('account_code'),
			accountName: field('account_name'),
			accountType: field('account_type'),
			party: field('party'),
			description: field('description'),
			amountMinor,
			currency: field('currency'),
			reference: field('reference'),
			dueDate: field('due_date'),
			memo: field('memo'),
		};
	});
}

const chart = records('charts/kenya.csv').map(
	(record) => ({ code: record['code'] ?? '', name: record['name'] ?? '', type: record['type'] ?? '' }) satisfies ChartAccount,
);
const subtypes = new Map(records('charts/kenya.csv').map((record) => [record['code'] ?? '', record['subtype'] ?? '']));
const opening = rowsOf('sample/opening.csv');
const journal = rowsOf('sample/journal.csv');
const all = [...opening, ...journal];

function sum(rows: readonly SampleRow[]): number {
	return rows.reduce((total, row) => total + row.amountMinor, 0);
}

function balanceAt(date: string, chosen: (row: SampleRow) => boolean): number {
	return sum(all.filter((row) => row.date <= date && chosen(row)));
}

const ofSubtype =
	(...wanted: readonly string[]) =>
	(row: SampleRow) =>
		wanted.includes(subtypes.get(row.account) ?? '');

describe('the files of the sample company', () => {
	it.each([...sampleFiles(chart)])('%s is what the generator makes, byte for byte', (name, text) => {
		expect(resource(`sample/${name}`)).toBe(text);
	});

	it('name a chart template and plainly say that the company is a sample', () => {
		expect(JSON.parse(resource('sample/company.json'))).toEqual({
			name: 'Mango Lane Traders (sample)',
			currency: 'KES',
			timezone: 'Africa/Nairobi',
			fiscalYearStart: '01-01',
			chart: 'kenya',
		});
	});

	it('use accounts of that chart, under its names and types, in one currency', () => {
		const accounts = new Map(chart.map((account) => [account.code, account]));
		for (const row of all) {
			expect({ code: row.account, name: row.accountName, type: row.accountType }).toEqual(accounts.get(row.account));
			expect(row.currency).toBe('KES');
			expect([row.party, row.description, row.reference, row.memo].every((text) => isCleanText(text) && text === text.normalize('NFC'))).toBe(true);
			expect(row.description).not.toBe('');
		}
	});
});

describe('the entries of the sample company', () => {
	const entries = Map.groupBy(all, (row) => row.entryNo);

	it('balance, with two lines or more, one date and one description each', () => {
		for (const [entryNo, rows] of entries) {
			expect(sum(rows), entryNo).toBe(0);
			expect(rows.length, entryNo).toBeGreaterThanOrEqual(2);
			expect(new Set(rows.map((row) => `${row.date} ${row.description}`)).size, entryNo).toBe(1);
		}
	});

	it('are numbered without gaps in the order of their dates, the opening first and alone in its file', () => {
		const numbers = [...entries.keys()];
		expect(numbers).toEqual(numbers.map((_, index) => `S${String(index).padStart(4, '0')}`));
		expect(all.map((row) => row.date)).toEqual(all.map((row) => row.date).toSorted());
		expect(all.every((row) => isCivilDate(row.date))).toBe(true);
		expect(new Set(opening.map((row) => `${row.entryNo} ${row.date}`))).toEqual(new Set(['S0000 2025-12-31']));
		expect(new Set(journal.map((row) => row.date.slice(0, 7)))).toEqual(new Set(MONTHS));
	});

	it.each(MONTHS)('of %s are as many as a small shop has', (month) => {
		const count = [...entries.values()].filter((rows) => rows[0]?.date.startsWith(month)).length;
		expect(count).toBeGreaterThanOrEqual(120);
		expect(count).toBeLessThanOrEqual(200);
	});

	it('carry a reference on every line of a place where money sits', () => {
		for (const row of journal.filter(ofSubtype('BANK', 'MOBILE_MONEY', 'CLEARING'))) expect(row.reference, row.entryNo).not.toBe('');
		const receipts = journal.filter(ofSubtype('MOBILE_MONEY')).map((row) => row.reference);
		expect(receipts.every((receipt) => /^U[ABC][1-9A-V][0-9A-Z]{7}$/.test(receipt))).toBe(true);
		expect(new Set(receipts).size).toBe(receipts.length);
		const bankReferences = all.filter(ofSubtype('BANK')).map((row) => row.reference);
		expect(new Set(bankReferences).size).toBe(bankReferences.length);
	});
});

describe('the money of the sample company', () => {
	it.each([
		['1000', 'Cash on hand'],
		['1010', 'Petty cash'],
		['1100', 'Bank current account'],
		['1150', 'M-Pesa till (Buy Goods)'],
		['1170', 'Card sales clearing'],
	])('%s %s never goes below nil on any day', (account, name) => {
		const rows = all.filter((row) => row.account === account);
		expect(rows[0]?.accountName).toBe(name);
		for (const date of new Set(rows.map((row) => row.date)))
			expect(
				balanceAt(date, (row) => row.account === account),
				`${name} on ${date}`,
			).toBeGreaterThanOrEqual(0);
	});

	it.each(['2026-01-31', '2026-02-28', '2026-03-31'])('leaves nothing in clearing, suspense and opening equity on %s', (date) => {
		expect(balanceAt(date, ofSubtype('CLEARING'))).toBe(0);
		expect(balanceAt(date, ofSubtype('SUSPENSE', 'OPENING_EQUITY'))).toBe(0);
	});

	it('keeps receivables and payables by party and invoice: raised with a due date, settled under the same reference, never overpaid', () => {
		const control = all.filter(ofSubtype('RECEIVABLE', 'PAYABLE'));
		for (const row of control) {
			const raises = row.amountMinor > 0 === (subtypes.get(row.account) === 'RECEIVABLE');
			expect(row.party === '' || row.reference === '', row.entryNo).toBe(false);
			expect(raises ? isCivilDate(row.dueDate) : row.dueDate === '', row.entryNo).toBe(true);
		}
		const items = Map.groupBy(control, (row) => `${row.account} ${row.party} ${row.reference}`);
		for (const [item, rows] of items) {
			expect(
				rows.filter((row) => row.dueDate !== ''),
				item,
			).toHaveLength(1);
			expect(rows[0]?.dueDate, item).not.toBe('');
			// What is left stands on the side of the invoice.
			expect(sum(rows) * (rows[0]?.amountMinor ?? 0), item).toBeGreaterThanOrEqual(0);
		}
		const parties = (subtype: string) => new Set(all.filter(ofSubtype(subtype)).map((row) => row.party)).size;
		expect([parties('RECEIVABLE'), parties('PAYABLE')]).toEqual([12, 8]);
	});

	it('pays in full what it withheld and collected for the state the month before', () => {
		const duePaidBy: readonly (readonly [string, string, string])[] = [
			['2310', '2026-01-31', '2026-02-09'],
			['2320', '2026-01-31', '2026-02-09'],
			['2330', '2026-02-28', '2026-03-09'],
			['2340', '2026-02-28', '2026-03-09'],
			['2210', '2026-01-31', '2026-02-20'],
			['2210', '2026-02-28', '2026-03-20'],
		];
		for (const [account, owedOn, paidOn] of duePaidBy) {
			expect(
				balanceAt(owedOn, (row) => row.account === account),
				`${account} on ${owedOn}`,
			).toBeLessThan(0);
			expect(
				balanceAt(paidOn, (row) => row.account === account),
				`${account} on ${paidOn}`,
			).toBe(0);
		}
	});
});

describe('the results of the sample company', () => {
	const kes = (minor: number) => formatAmount(minor, 'KES');

	it.each([
		{
			month: '2026-01',
			income: '2913899.98',
			expense: '2625844.46',
			profit: '288055.52',
			cash: '52680.00',
			pettyCash: '8600.00',
			bank: '2189272.35',
			mobileMoney: '47186.75',
			receivables: '1298475.00',
			payables: '-2254347.00',
		},
		{
			month: '2026-02',
			income: '2789320.68',
			expense: '2509696.94',
			profit: '279623.74',
			cash: '50630.00',
			pettyCash: '8900.00',
			bank: '1893346.35',
			mobileMoney: '42200.02',
			receivables: '1648273.00',
			payables: '-2278881.00',
		},
		{
			month: '2026-03',
			income: '3194592.20',
			expense: '2808083.89',
			profit: '386508.31',
			cash: '49240.00',
			pettyCash: '15000.00',
			bank: '2453062.66',
			mobileMoney: '11333.58',
			receivables: '1707549.00',
			payables: '-2167059.00',
		},
	])('$month: income $income, expense $expense, profit $profit', (expected) => {
		const month = expected.month;
		const income = -sum(journal.filter((row) => row.date.startsWith(month) && row.accountType === 'INCOME'));
		const expense = sum(journal.filter((row) => row.date.startsWith(month) && row.accountType === 'EXPENSE'));
		const at = (account: string) => kes(balanceAt(`${month}-31`, (row) => row.account === account));
		expect(income - expense).toBeGreaterThan(0);
		expect({
			month,
			income: kes(income),
			expense: kes(expense),
			profit: kes(income - expense),
			cash: at('1000'),
			pettyCash: at('1010'),
			bank: at('1100'),
			mobileMoney: at('1150'),
			receivables: at('1200'),
			payables: at('2000'),
		}).toEqual(expected);
	});
});
