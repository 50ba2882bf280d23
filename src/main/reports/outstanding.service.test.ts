import { describe, expect, it } from 'vitest';
import { allocate, reverseEntry } from '#main/ledger/index.ts';
import { openTestBooks, type TestBooks } from '#test/books.ts';
import { cellsOf, moneyBook, moneyBookTable, outstanding, outstandingTable } from './index.ts';
import { bucketIndex, bucketsOf } from './outstanding.rules.ts';

type Side = 'receivable' | 'payable';

/** Opening items, bills with and without due dates, payments of every kind, a credit note, an advance. */
function shop(): TestBooks {
	const books = openTestBooks({ booksFrom: '2026-01-01', now: '2026-04-30T12:00:00.000Z' });
	books.postOpening([
		['1200', '500.00', '', { party: 'Marigold Bakery', reference: 'S-98', dueDate: '2025-12-20' }],
		['1200', '', '40.00', { party: 'Marigold Bakery', reference: 'CN-7' }],
		['3900', '', '460.00'],
	]);
	const sale = (date: string, party: string, amount: string, reference: string, dueDate?: string) =>
		books.post(date, `Sale ${reference}`, [
			['1200', amount, '', { party, reference, ...(dueDate === undefined ? {} : { dueDate }) }],
			['4000', '', amount],
		]);
	const receipt = (date: string, party: string, amount: string, reference?: string) =>
		books.post(date, 'Receipt', [
			['1100', amount, ''],
			['1200', '', amount, { party, ...(reference === undefined ? {} : { reference }) }],
		]);
	sale('2026-01-05', 'Marigold Bakery', '118.00', 'S-101', '2026-02-04');
	sale('2026-01-20', 'Marigold Bakery', '236.00', 'S-102', '2026-03-31');
	sale('2026-01-25', 'Lindenhof Cafe', '59.00', 'S-103');
	receipt('2026-02-10', 'Marigold Bakery', '118.00', 'S-101');
	receipt('2026-02-20', 'Marigold Bakery', '100.00');
	receipt('2026-03-01', 'Paper Giraffe', '75.00');
	books.post('2026-03-05', 'Goods came back', [
		['4000', '10.00', ''],
		['1200', '', '10.00', { party: 'Lindenhof Cafe', reference: 'CN-8' }],
	]);
	books.post('2026-03-06', 'Till sale on account', [
		['1200', '5.00', ''],
		['4000', '', '5.00'],
	]);
	return books;
}

/** The report as a person reads it. */
const read = (books: TestBooks, asOf: string, side: Side = 'receivable', more: { ageBy?: 'due' | 'entry'; buckets?: number[] } = {}) => {
	const table = outstandingTable(outstanding(books.runner.db, books.actor, { side, asOf, ...more }));
	return [table.columns.map(({ label }) => label).join('|'), ...[...table.rows, ...table.totals].map((row) => cellsOf(table, row).join('|'))];
};
const items = (books: TestBooks, asOf: string, side: Side = 'receivable') =>
	outstanding(books.runner.db, books.actor, { side, asOf }).parties.flatMap(({ party, items: own }) =>
		own.map(({ no, kind, open, currency, baseOpen }) => `${party} ${no ?? '-'} ${kind} ${open} ${currency} ${baseOpen}`),
	);

describe('outstanding', () => {
	it('lists open items by party, oldest first, with age classes; advances and credits stand below zero', () => {
		expect(read(shop(), '2026-03-31')).toEqual([
			'Party|Entry|Date|Due|Reference|What|Amount|Open|Days overdue|Age',
			'(none)|9|2026-03-06||||5.00|5.00|25|0-30',
			'Lindenhof Cafe|4|2026-01-25||S-103||59.00|59.00|65|61-90',
			'Lindenhof Cafe|8|2026-03-05||CN-8|credit|-10.00|-10.00|26|0-30',
			'Marigold Bakery|1|2025-12-31|2025-12-20|S-98||500.00|400.00|101|over 90',
			'Marigold Bakery|1|2025-12-31||CN-7|credit|-40.00|-40.00|90|61-90',
			'Marigold Bakery|3|2026-01-20|2026-03-31|S-102||236.00|236.00|0|0-30',
			'Paper Giraffe|7|2026-03-01|||advance|-75.00|-75.00|30|0-30',
			'Total|||||||575.00||',
			'|||||||||',
			'By party|||||||||',
			'(none)|||||||5.00||',
			'Lindenhof Cafe|||||||49.00||',
			'Marigold Bakery|||||||596.00||',
			'Paper Giraffe|||||||-75.00||',
			'Total|||||||575.00||',
			'|||||||||',
			'By age|||||||||',
			'Not due|||||||0.00||',
			'0-30 days|||||||156.00||',
			'31-60 days|||||||0.00||',
			'61-90 days|||||||19.00||',
			'Over 90 days|||||||400.00||',
			'Total|||||||575.00||',
		]);
	});

	it('shows each day what was known of it: the receipt of February is not in January', () => {
		const books = shop();
		expect(items(books, '2026-01-31')).toEqual([
			'Lindenhof Cafe 4 BILL 59.00 USD 59.00',
			'Marigold Bakery 1 BILL 500.00 USD 500.00',
			'Marigold Bakery 1 CREDIT -40.00 USD -40.00',
			'Marigold Bakery 2 BILL 118.00 USD 118.00',
			'Marigold Bakery 3 BILL 236.00 USD 236.00',
		]);
		expect(outstanding(books.runner.db, books.actor, { side: 'receivable', asOf: '2026-01-31' })).toMatchObject({
			total: '873.00',
			control: { balance: '873.00', agrees: true },
			buckets: [{ amount: '354.00' }, { amount: '59.00' }, { amount: '460.00' }, { amount: '0.00' }, { amount: '0.00' }],
		});
	});

	it('ages from the entry instead, in other classes; then nothing is not due', () => {
		const report = outstanding(shop().runner.db, shop().actor, { side: 'receivable', asOf: '2026-01-31', ageBy: 'entry', buckets: [7, 28] });
		expect(report.buckets).toEqual([
			{ label: 'not due', fromDays: null, toDays: null, amount: '0.00' },
			{ label: '0-7', fromDays: 0, toDays: 7, amount: '59.00' },
			{ label: '8-28', fromDays: 8, toDays: 28, amount: '354.00' },
			{ label: 'over 28', fromDays: 29, toDays: null, amount: '460.00' },
		]);
	});

	it('lets a bill and its reversal go, and gives back what paid it', () => {
		const books = shop();
		books.runner.write((tx) => reverseEntry(tx, books.actor, 2, { date: '2026-03-10' }));
		const marigold = (asOf: string) => items(books, asOf).filter((text) => text.startsWith('Marigold'));
		expect(marigold('2026-03-09')).toContain('Marigold Bakery 1 BILL 400.00 USD 400.00');
		// The receipt of S-101 is money without a bill now: it pays what was due first.
		expect(marigold('2026-03-31')).toEqual([
			'Marigold Bakery 1 BILL 282.00 USD 282.00',
			'Marigold Bakery 1 CREDIT -40.00 USD -40.00',
			'Marigold Bakery 3 BILL 236.00 USD 236.00',
		]);
	});

	it('goes by what somebody said before references and due dates', () => {
		const books = shop();
		books.runner.write((tx) => allocate(tx, books.actor, { no: 6, to: 3 }));
		expect(items(books, '2026-03-31').filter((text) => text.startsWith('Marigold'))).toEqual([
			'Marigold Bakery 1 BILL 500.00 USD 500.00',
			'Marigold Bakery 1 CREDIT -40.00 USD -40.00',
			'Marigold Bakery 3 BILL 136.00 USD 136.00',
		]);
	});

	it('payables: what we owe is above zero, an advance to a supplier below', () => {
		const books = openTestBooks();
		books.post('2026-01-05', 'Rent', [
			['6000', '900.00', ''],
			['2000', '', '900.00', { party: 'Kilima Properties', dueDate: '2026-01-31' }],
		]);
		books.post('2026-01-09', 'Paid ahead', [
			['2000', '50.00', '', { party: 'Blue Lantern Ltd' }],
			['1100', '', '50.00'],
		]);
		expect(items(books, '2026-01-31', 'payable')).toEqual(['Blue Lantern Ltd 2 ADVANCE -50.00 USD -50.00', 'Kilima Properties 1 BILL 900.00 USD 900.00']);
		expect(outstanding(books.runner.db, books.actor, { side: 'payable', asOf: '2026-01-31' })).toMatchObject({ total: '850.00', control: { agrees: true } });
		expect(items(books, '2026-01-31')).toEqual([]);
	});

	it('keeps currencies apart, and shows what rates changed as an item of its own', () => {
		const books = openTestBooks();
		const euro = (date: string, side: 'bill' | 'receipt', amount: string, base: string) => {
			const extra = { party: 'Lindenhof Cafe', currency: 'EUR', base };
			books.post(date, side, [
				['1200', side === 'bill' ? amount : '', side === 'bill' ? '' : amount, extra],
				side === 'bill' ? ['4000', '', base] : ['1100', base, ''],
			]);
		};
		euro('2026-01-05', 'bill', '100.00', '110.00');
		euro('2026-01-20', 'receipt', '40.00', '46.00');
		books.post('2026-01-21', 'Sale at home', [
			['1200', '7.00', '', { party: 'Lindenhof Cafe' }],
			['4000', '', '7.00'],
		]);
		// 60.00 EUR at the bill's own rate are 66.00; the receipt took 2.00 more than its share.
		expect(items(books, '2026-01-31')).toEqual([
			'Lindenhof Cafe 1 BILL 60.00 EUR 66.00',
			'Lindenhof Cafe 3 BILL 7.00 USD 7.00',
			'Lindenhof Cafe - EXCHANGE_DIFFERENCE 0.00 EUR -2.00',
		]);
		expect(outstanding(books.runner.db, books.actor, { side: 'receivable', asOf: '2026-01-31' })).toMatchObject({
			total: '71.00',
			currencies: [
				{ currency: 'EUR', total: '60.00', baseTotal: '64.00' },
				{ currency: 'USD', total: '7.00', baseTotal: '7.00' },
			],
			control: { balance: '71.00', agrees: true },
		});
	});

	it.each([[[]], [[30, 30]], [[60, 30]]])('refuses age classes that do not rise: %j', (buckets) => {
		expect(() => outstanding(shop().runner.db, shop().actor, { side: 'receivable', asOf: '2026-01-31', buckets })).toThrow(
			expect.objectContaining({ code: 'INPUT_INVALID' }),
		);
	});

	it.each([
		[-1, 'not due'],
		[0, '0-30'],
		[30, '0-30'],
		[31, '31-60'],
		[90, '61-90'],
		[91, 'over 90'],
		[null, 'not due'],
	])('%s days overdue is %s', (days, label) => {
		const buckets = bucketsOf([30, 60, 90]);
		expect(buckets[bucketIndex(days, buckets)]?.label).toBe(label);
	});
});

describe('cash and bank book', () => {
	function till(): TestBooks {
		const books = openTestBooks();
		const move = (date: string, description: string, amount: string, other: string, into: boolean) =>
			books.post(date, description, [into ? ['1000', amount, ''] : ['1000', '', amount], into ? [other, '', amount] : [other, amount, '']]);
		move('2026-01-30', 'From the bank', '50.00', '1100', true);
		move('2026-02-02', 'Till', '20.00', '4000', true);
		move('2026-02-02', 'Rent', '45.00', '6000', false);
		move('2026-02-05', 'Till', '5.00', '4000', true);
		return books;
	}

	it('shows receipts, payments and the balance of each day', () => {
		const books = till();
		const table = moneyBookTable(moneyBook(books.runner.db, books.actor, { kind: 'cash', from: '2026-02-01', to: '2026-02-28' }));
		expect([table.title, ...[...table.rows, ...table.totals].map((row) => cellsOf(table, row).join('|'))]).toEqual([
			'Cash book of 1000 Cash from 2026-02-01 to 2026-02-28, USD',
			'|||Opening balance||||50.00',
			'2026-02-02|2||Till||20.00||70.00',
			'2026-02-02|3||Rent|||45.00|25.00',
			'2026-02-02|||At the end of the day||20.00|45.00|25.00',
			'2026-02-05|4||Till||5.00||30.00',
			'2026-02-05|||At the end of the day||5.00|0.00|30.00',
			'|||Closing balance||25.00|45.00|30.00',
		]);
	});

	it('of the bank is another one, and a ledger of another kind is none', () => {
		const books = till();
		const ask = (kind: 'cash' | 'bank', account?: string) =>
			moneyBook(books.runner.db, books.actor, { kind, from: '2026-01-01', to: '2026-02-28', ...(account === undefined ? {} : { account }) });
		expect(ask('bank')).toMatchObject({ account: { code: '1100' }, opening: '0.00', closing: '-50.00', days: [{ date: '2026-01-30', payments: '50.00' }] });
		expect(() => ask('cash', '1100')).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
		expect(() => ask('bank', '7777')).toThrow(expect.objectContaining({ code: 'ACCOUNT_UNKNOWN' }));
	});

	it('asks which of several accounts is meant, and says where there is none', () => {
		const several = openTestBooks({
			chart: [
				['1000', 'Till', 'ASSET', 'CASH'],
				['1001', 'Safe', 'ASSET', 'CASH'],
				['4000', 'Sales', 'INCOME'],
			],
		});
		const ask = (kind: 'cash' | 'bank') => moneyBook(several.runner.db, several.actor, { kind, from: '2026-01-01', to: '2026-01-31' });
		expect(() => ask('cash')).toThrow(expect.objectContaining({ code: 'INPUT_INVALID', details: { accounts: ['1000', '1001'] } }));
		expect(() => ask('bank')).toThrow(expect.objectContaining({ code: 'INPUT_INVALID', details: { accounts: [] } }));
	});
});
