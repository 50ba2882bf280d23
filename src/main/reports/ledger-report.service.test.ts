import { describe, expect, it } from 'vitest';
import { openTestBooks, SMALL_CHART, type TestBooks } from '#test/books.ts';
import { type LedgerReport, ledgerReport } from './index.ts';

/** A shop in dollars with a bank account in euros. */
function books(): TestBooks {
	const shop = openTestBooks({ chart: [...SMALL_CHART, ['1150', 'Euro bank', 'ASSET', 'BANK', 'EUR']] });
	shop.post('2026-01-02', 'Capital', [
		['1100', '1000.00', ''],
		['3000', '', '1000.00'],
	]);
	shop.post('2026-01-20', 'Euros bought', [
		['1150', '100.00', '', { currency: 'EUR', base: '110.00', reference: 'FX-1' }],
		['1100', '', '110.00'],
	]);
	shop.post('2026-02-05', 'Sold to both', [
		['1200', '40.00', '', { party: 'Marigold Bakery' }],
		['1200', '50.00', '', { party: 'Lindenhof Cafe', currency: 'EUR', base: '55.00' }],
		['4000', '', '95.00'],
	]);
	shop.post('2026-02-11', 'Marigold paid', [
		['1100', '15.00', ''],
		['1200', '', '15.00', { party: 'Marigold Bakery' }],
	]);
	shop.post('2026-02-28', 'Bought from Marigold', [
		['5000', '8.00', ''],
		['2000', '', '8.00', { party: 'Marigold Bakery' }],
	]);
	return shop;
}

const lines = (report: LedgerReport) => report.rows.map((row) => [row.date, row.no, row.debit, row.credit, row.balance]);

describe('ledger of an account', () => {
	it('opens with what stood before, runs, and closes', () => {
		const shop = books();
		const report = ledgerReport(shop.runner.db, shop.actor, { account: '1100', from: '2026-01-10', to: '2026-02-28' });
		expect(report).toMatchObject({ account: { code: '1100', name: 'Bank' }, party: null, currency: 'USD', opening: '1000.00', closing: '905.00', more: false });
		expect(lines(report)).toEqual([
			['2026-01-20', 2, '0.00', '110.00', '890.00'],
			['2026-02-11', 4, '15.00', '0.00', '905.00'],
		]);
	});

	it('merges currencies in the company’s currency, in order of day and entry', () => {
		const shop = books();
		const report = ledgerReport(shop.runner.db, shop.actor, { account: '1200', from: '2026-01-01', to: '2026-12-31' });
		expect(report.rows.map((row) => [row.lineNo, row.party, row.currency, row.debit, row.credit, row.balance])).toEqual([
			[1, 'Marigold Bakery', 'USD', '40.00', '0.00', '40.00'],
			[2, 'Lindenhof Cafe', 'USD', '55.00', '0.00', '95.00'],
			[2, 'Marigold Bakery', 'USD', '0.00', '15.00', '80.00'],
		]);
	});

	it.each([
		['EUR', '50.00', 1],
		['USD', '25.00', 2],
		['KES', '0.00', 0],
	])('in %s alone closes at %s', (currency, closing, rows) => {
		const shop = books();
		const report = ledgerReport(shop.runner.db, shop.actor, { account: '1200', from: '2026-02-01', to: '2026-02-28', currency });
		expect([report.currency, report.closing, report.rows.length]).toEqual([currency, closing, rows]);
	});

	it('of money in a foreign currency is in that currency', () => {
		const shop = books();
		const span = { account: '1150', from: '2026-01-01', to: '2026-01-31' };
		expect(ledgerReport(shop.runner.db, shop.actor, span)).toMatchObject({
			currency: 'EUR',
			closing: '100.00',
			rows: [{ debit: '100.00', currency: 'EUR', reference: 'FX-1' }],
		});
	});

	it('has an opening and no rows where nothing moved, also far from the books', () => {
		const shop = books();
		const { db } = shop.runner;
		expect(ledgerReport(db, shop.actor, { account: '1100', from: '2029-01-01', to: '2029-01-31' })).toMatchObject({
			opening: '905.00',
			closing: '905.00',
			rows: [],
		});
		expect(ledgerReport(db, shop.actor, { account: '1100', from: '2020-01-01', to: '2020-01-31' })).toMatchObject({
			opening: '0.00',
			closing: '0.00',
			rows: [],
		});
		expect(ledgerReport(db, shop.actor, { account: '6000', from: '2026-01-01', to: '2026-01-31' })).toMatchObject({ opening: '0.00', rows: [] });
	});
});

describe('ledger of a party', () => {
	it('holds its lines on receivables and payables, whatever the account', () => {
		const shop = books();
		const report = ledgerReport(shop.runner.db, shop.actor, { party: 'Marigold Bakery', from: '2026-02-06', to: '2026-02-28' });
		expect(report).toMatchObject({ account: null, party: 'Marigold Bakery', opening: '40.00', closing: '17.00' });
		expect(report.rows.map((row) => [row.code, row.name, row.debit, row.credit, row.balance])).toEqual([
			['1200', 'Receivables', '0.00', '15.00', '25.00'],
			['2000', 'Payables', '0.00', '8.00', '17.00'],
		]);
	});

	it('in a foreign currency shows its foreign lines alone', () => {
		const shop = books();
		const report = ledgerReport(shop.runner.db, shop.actor, { party: 'Lindenhof Cafe', from: '2026-01-01', to: '2026-02-28', currency: 'EUR' });
		expect([report.closing, lines(report)]).toEqual(['50.00', [['2026-02-05', 3, '50.00', '0.00', '50.00']]]);
	});
});

describe('what a ledger report refuses', () => {
	it.each([
		[{}, 'INPUT_INVALID'],
		[{ account: '1100', party: 'Marigold Bakery' }, 'INPUT_INVALID'],
		[{ account: '1100', currency: 'ZZZ' }, 'INPUT_INVALID'],
		[{ account: '9999' }, 'ACCOUNT_UNKNOWN'],
		[{ party: 'Nobody' }, 'PARTY_UNKNOWN'],
		[{ account: '1100', to: '2026-02-30' }, 'INPUT_INVALID'],
		[{ account: '1100', after: { date: '2026-13-01', no: 1, lineNo: 1 } }, 'INPUT_INVALID'],
	])('%j: %s', (input, code) => {
		const shop = books();
		expect(() => ledgerReport(shop.runner.db, shop.actor, { from: '2026-01-01', to: '2026-01-31', ...input })).toThrow(expect.objectContaining({ code }));
	});
});

describe('pages', () => {
	it('continue where the one before ended, whatever the limit', () => {
		const shop = books();
		const input = { account: '1200', from: '2026-01-01', to: '2026-12-31' };
		const whole = ledgerReport(shop.runner.db, shop.actor, input);
		for (const limit of [1, 2, 3, 4]) expect(pages(shop, input, limit)).toEqual(whole.rows);
	});
});

function pages(shop: TestBooks, input: Parameters<typeof ledgerReport>[2], limit: number): LedgerReport['rows'] {
	const rows: LedgerReport['rows'] = [];
	for (let more = true; more; ) {
		const last = rows.at(-1);
		const page = ledgerReport(shop.runner.db, shop.actor, {
			...input,
			limit,
			...(last ? { after: { date: last.date, no: last.no, lineNo: last.lineNo } } : {}),
		});
		rows.push(...page.rows);
		more = page.more;
	}
	return rows;
}
