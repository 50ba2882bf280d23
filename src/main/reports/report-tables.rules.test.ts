import { describe, expect, it } from 'vitest';
import { openTestBooks } from '#test/books.ts';
import {
	balanceCheckTable,
	balanceSheet,
	balanceSheetTable,
	cellsOf,
	checkBalances,
	dayBook,
	dayBookTable,
	incomeStatement,
	incomeStatementTable,
	ledgerReport,
	ledgerTable,
	type ReportTable,
	trialBalance,
	trialBalanceTable,
} from './index.ts';

/** A table as a person would read it: header, rows, a line, totals. */
const read = (table: ReportTable) => [
	table.columns.map((column) => column.label).join('|'),
	...table.rows.map((row) => cellsOf(table, row).join('|')),
	'--',
	...table.totals.map((row) => cellsOf(table, row).join('|')),
];

function shop() {
	const books = openTestBooks();
	books.post('2026-01-02', 'Capital', [
		['1100', '100.00', ''],
		['3000', '', '100.00'],
	]);
	books.post('2026-02-03', 'Sale', [
		['1200', '30.00', '', { party: 'Marigold Bakery', reference: 'S-1' }],
		['4000', '', '30.00'],
	]);
	books.post('2026-02-04', 'Rent', [
		['6000', '12.00', ''],
		['1100', '', '12.00'],
	]);
	return { books, db: books.runner.db, actor: books.actor };
}

describe('tables of reports', () => {
	it('trial balance', () => {
		const { db, actor } = shop();
		const table = trialBalanceTable(trialBalance(db, actor, { asOf: '2026-02-28' }));
		expect(table.title).toBe('Trial balance at 2026-02-28, adjusted basis, USD');
		expect(read(table)).toEqual([
			'Code|Account|Type|Debit|Credit',
			'1100|Bank|ASSET|88.00|0.00',
			'1200|Receivables|ASSET|30.00|0.00',
			'3000|Capital|EQUITY|0.00|100.00',
			'4000|Sales|INCOME|0.00|30.00',
			'6000|Rent|EXPENSE|12.00|0.00',
			'--',
			'|Total||130.00|130.00',
		]);
		expect(table.columns.map((column) => column.kind)).toEqual(['text', 'text', 'text', 'side', 'side']);
	});

	it('trial balance with movements and a foreign currency: totals stand in the company’s columns', () => {
		const { books, db, actor } = shop();
		books.post('2026-02-10', 'Euro sale', [
			['1200', '10.00', '', { currency: 'EUR', base: '11.00', party: 'Lindenhof Cafe' }],
			['4000', '', '11.00'],
		]);
		const rows = read(trialBalanceTable(trialBalance(db, actor, { asOf: '2026-02-28', from: '2026-02-01' })));
		expect(rows[0]).toBe('Code|Account|Type|Currency|Opening in USD|Debits in USD|Credits in USD|Debit|Credit|Debit in USD|Credit in USD');
		expect(rows[1]).toBe('1100|Bank|ASSET|USD|100.00|0.00|12.00|88.00|0.00|88.00|0.00');
		expect(rows[3]).toBe('1200|Receivables|ASSET|EUR|0.00|11.00|0.00|10.00|0.00|11.00|0.00');
		expect(rows.at(-1)).toBe('|Total||||||||141.00|141.00');
	});

	it('says by how much a trial balance differs', () => {
		const { db, actor } = shop();
		const report = trialBalance(db, actor, { asOf: '2026-02-28' });
		const table = trialBalanceTable({ ...report, balanced: false, difference: '1.00' });
		expect(read(table).at(-1)).toBe('|Difference||1.00|');
	});

	it('income statement, without the columns that the books hold nothing for', () => {
		const { db, actor } = shop();
		expect(read(incomeStatementTable(incomeStatement(db, actor, { from: '2026-02-01', to: '2026-02-28' })))).toEqual([
			'Code|Account|Type|Amount|Year to date|Previous month',
			'4000|Sales|INCOME|30.00|30.00|0.00',
			'6000|Rent|EXPENSE|12.00|12.00|0.00',
			'--',
			'|Total income||30.00|30.00|0.00',
			'|Total expenses||12.00|12.00|0.00',
			'|Net profit||18.00|18.00|0.00',
		]);
	});

	it('balance sheet', () => {
		const { db, actor } = shop();
		expect(read(balanceSheetTable(balanceSheet(db, actor, { asOf: '2026-02-28' })))).toEqual([
			'Code|Account|Type|Amount',
			'1100|Bank|ASSET|88.00',
			'1200|Receivables|ASSET|30.00',
			'3000|Capital|EQUITY|100.00',
			'|Result of the year to date|EQUITY|18.00',
			'--',
			'|Total assets||118.00',
			'|Total liabilities||0.00',
			'|Total equity||118.00',
			'|Liabilities and equity||118.00',
		]);
	});

	it('ledger of an account, page by page', () => {
		const { db, actor } = shop();
		const input = { account: '1100', from: '2026-01-01', to: '2026-02-28', limit: 1 };
		const first = ledgerReport(db, actor, input);
		expect(read(ledgerTable(first))).toEqual([
			'Date|Entry|Party|Description|Reference|Debit|Credit|Balance',
			'|||Opening balance||||0.00',
			'2026-01-02|1||Capital||100.00|0.00|100.00',
			'--',
		]);
		const second = ledgerReport(db, actor, { ...input, after: { date: '2026-01-02', no: 1, lineNo: 1 } });
		expect(read(ledgerTable(second)).slice(1)).toEqual([
			'|||Brought forward||||100.00',
			'2026-02-04|3||Rent||0.00|12.00|88.00',
			'--',
			'|||Closing balance||||88.00',
		]);
	});

	it('ledger of a party', () => {
		const { db, actor } = shop();
		const table = ledgerTable(ledgerReport(db, actor, { party: 'Marigold Bakery', from: '2026-01-01', to: '2026-02-28' }));
		expect(table.title).toBe('Ledger of Marigold Bakery from 2026-01-01 to 2026-02-28, USD');
		expect(read(table)[2]).toBe('2026-02-03|2|1200|Receivables|Sale|S-1|30.00|0.00|30.00');
	});

	it('ledger in which nothing moved', () => {
		const { db, actor } = shop();
		expect(read(ledgerTable(ledgerReport(db, actor, { account: '1100', from: '2026-03-01', to: '2026-03-31' }))).slice(1)).toEqual([
			'|||Opening balance||||88.00',
			'--',
			'|||Total||0.00|0.00|',
			'|||Closing balance||||88.00',
		]);
	});

	it('day book: what belongs to the entry stands on its first line', () => {
		const { db, actor } = shop();
		expect(read(dayBookTable(dayBook(db, actor, { from: '2026-02-01', to: '2026-02-03' })))).toEqual([
			'Date|Entry|Description|Reference|Code|Account|Party|Debit|Credit',
			'2026-02-03|2|Sale||1200|Receivables|Marigold Bakery|30.00|0.00',
			'2026-02-03|2|||4000|Sales||0.00|30.00',
			'--',
			'||Total of all entries|||||30.00|30.00',
		]);
	});

	it('check of balances', () => {
		const { books } = shop();
		expect(balanceCheckTable(checkBalances(books.runner.db, books.company)).title).toBe('All 6 kept balances agree with their lines');
		books.connection.raw.exec('UPDATE account_balances SET line_count = 9 WHERE account_id = (SELECT id FROM accounts WHERE code = 3000)');
		const table = balanceCheckTable(checkBalances(books.runner.db, books.company));
		expect(table.title).toBe('Kept balances that differ from their lines: 1 of 6');
		expect(read(table)[1]).toBe('3000|Capital|USD|2026-01|LINES|9|1');
	});
});
