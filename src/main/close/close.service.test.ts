import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { closeDesk } from '#test/close-books.ts';
import { openTestBooks, SMALL_CHART, type TestBooks, type TestBooksOptions, type TestLine } from '#test/books.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { readEntryTexts } from '#main/ledger/index.ts';
import { openConnection } from '#main/platform/database/connection.ts';
import { createRunner } from '#main/platform/run/write-path.ts';

/** Lines of an entry as an accountant writes them: account, debit, credit, with the currency where it is not the company's. */
function entryLines(books: TestBooks, no: number): string[] {
	const codes = new Map(books.runner.db.all<{ ref: string; code: string }>('SELECT ref, code FROM accounts').map(({ ref, code }) => [ref, code]));
	return [...readEntryTexts(books.runner.db, books.company, { by: 'number', from: no, through: no })].flatMap(({ entry }) =>
		entry.lines.map((line) => {
			const own = `${codes.get(line.account)} Dr ${line.debit} Cr ${line.credit}`;
			return line.currency === books.company.currency ? own : `${own} ${line.currency} (base Dr ${line.baseDebit} Cr ${line.baseCredit})`;
		}),
	);
}

/** What an account holds in the kept balances, in minor units of the company's currency, debit positive. */
function balance(books: TestBooks, code: string): number {
	return (
		books.runner.db.value<number>(
			'SELECT coalesce(sum(base_debit_minor - base_credit_minor), 0) FROM account_balances WHERE account_id = ?',
			books.account(code).id,
		) ?? 0
	);
}

const CAPITAL: readonly TestLine[] = [
	['1100', '1000.00', ''],
	['3000', '', '1000.00'],
];
const sale = (amount: string): TestLine[] => [
	['1100', amount, ''],
	['4000', '', amount],
];
const rent = (amount: string): TestLine[] => [
	['6000', amount, ''],
	['1100', '', amount],
];

function tradingBooks(options: TestBooksOptions = {}): TestBooks {
	const books = openTestBooks(options);
	books.post('2026-01-02', 'Capital paid in', CAPITAL);
	books.post('2026-01-15', 'Sales of January', sale('500.00'));
	books.post('2026-01-20', 'Rent of January', rent('120.00'));
	books.post('2026-02-15', 'Sales of February', sale('300.00'));
	books.post('2026-02-20', 'Rent of February', rent('120.00'));
	return books;
}

describe('closing a month', () => {
	it('whose first entry by number is not the first by date', async () => {
		const books = openTestBooks({ currency: 'USD', now: '2026-02-10T10:00:00.000Z' });
		const desk = closeDesk(books);
		books.post('2026-01-20', 'Capital', CAPITAL);
		books.post('2026-01-05', 'Sale', sale('10.00'));
		books.post('2026-01-05', 'Sale', sale('11.00'));
		expect(await desk.close('2026-01')).toMatchObject({ success: true });
		expect(desk.verify('2026-01')).toMatchObject({ result: 'VERIFIED' });
		books.close();
	});

	it('brings income and expense to nil against the result account, and seals', async () => {
		const books = tradingBooks();
		const desk = closeDesk(books);
		const closed = await desk.close('2026-01', { reason: 'Month end' });
		expect(closed).toMatchObject({ success: true, closeNumber: 1, alreadyClosed: false, netProfit: '380.00', closingEntryNo: 6, sealNo: 2 });
		expect(entryLines(books, 6)).toEqual(['4000 Dr 50000 Cr 0', '6000 Dr 0 Cr 12000', '3100 Dr 0 Cr 38000']);
		expect([balance(books, '4000'), balance(books, '6000'), balance(books, '3100')]).toEqual([-30000, 12000, -38000]);
		expect(desk.closes()).toMatchObject([
			{ period: 'opening', closeNumber: 1, status: 'CLOSED', netProfit: '0.00' },
			{ period: '2026-01', closeNumber: 1, status: 'CLOSED', netProfit: '380.00', reason: 'Month end', sealNo: 2, signer: closed.signer },
		]);
		expect(desk.verify('2026-01')).toMatchObject({ result: 'VERIFIED', signature: 'good', signer: { fingerprint: closed.signer, known: true }, findings: [] });
		expect(desk.verifyAll()).toMatchObject({ result: 'VERIFIED', seals: 2, findings: [] });
	});

	it('takes nothing into the closed month any more, and goes on in the next', async () => {
		const books = tradingBooks();
		const desk = closeDesk(books);
		await desk.close('2026-01');
		expect(() => books.post('2026-01-31', 'Too late', sale('1.00'))).toThrow(expect.objectContaining({ code: 'PERIOD_CLOSED' }));
		const february = await desk.close('2026-02-28');
		expect(february).toMatchObject({ netProfit: '180.00', closeNumber: 1, sealNo: 3 });
		expect([balance(books, '4000'), balance(books, '6000'), balance(books, '3100')]).toEqual([0, 0, -56000]);
		expect(desk.verifyAll()).toMatchObject({ result: 'VERIFIED', seals: 3 });
	});

	it('posts no entry where there is nothing to bring to nil', async () => {
		const books = openTestBooks();
		books.post('2026-01-02', 'Capital paid in', CAPITAL);
		const closed = await closeDesk(books).close('2026-01');
		expect(closed).toMatchObject({ closingEntryNo: null, netProfit: '0.00' });
	});

	it('closes with the year only under YEAR_END', async () => {
		const books = tradingBooks({ settings: { closing_entry: 'YEAR_END' }, now: '2027-01-05T00:00:00.000Z' });
		const desk = closeDesk(books);
		const months = Array.from({ length: 12 }, (_, index) => `2026-${String(index + 1).padStart(2, '0')}`);
		const entries = [];
		for (const month of months) entries.push((await desk.close(month)).closingEntryNo);
		expect(entries).toEqual([null, null, null, null, null, null, null, null, null, null, null, 6]);
		expect(entryLines(books, 6)).toEqual(['4000 Dr 80000 Cr 0', '6000 Dr 0 Cr 24000', '3100 Dr 0 Cr 56000']);
		const year = await desk.close('FY2026', { reason: 'Year end' });
		expect(year).toMatchObject({ netProfit: '560.00', closingEntryNo: null, closeNumber: 1 });
		expect(desk.verify('FY2026')).toMatchObject({ result: 'VERIFIED', findings: [] });
		const seal = JSON.parse(books.runner.db.value<string>("SELECT document FROM seals WHERE kind = 'YEAR'") ?? '') as { periods: string[]; kind: string };
		expect(seal.periods).toEqual(books.runner.db.column<string>("SELECT sha256 FROM seals WHERE kind = 'CLOSE' AND seal_no > 1 ORDER BY seal_no"));
		expect(desk.verifyAll()).toMatchObject({ result: 'VERIFIED', seals: 14 });
	});

	it('seals the opening balances first; their income counts in the year and is brought to nil by the first close', async () => {
		const books = openTestBooks({ fiscalYearStart: '01-01', booksFrom: '2026-04-01', now: '2026-12-31T12:00:00.000Z' });
		books.postOpening([
			['1100', '900.00', ''],
			['3000', '', '500.00'],
			['4000', '', '700.00'],
			['6000', '300.00', ''],
		]);
		books.post('2026-04-10', 'Sales of April', sale('100.00'));
		const desk = closeDesk(books);
		const closed = await desk.close('2026-04');
		expect(closed).toMatchObject({ netProfit: '100.00', sealNo: 2 });
		expect(entryLines(books, 3)).toEqual(['4000 Dr 80000 Cr 0', '6000 Dr 0 Cr 30000', '3100 Dr 0 Cr 50000']);
		expect(desk.verifyAll()).toMatchObject({ result: 'VERIFIED', seals: 2 });
		expect(desk.closes()[0]).toMatchObject({ period: 'opening', netProfit: '0.00', closingEntryNo: null });
	});

	it('in a calendar of days posts the closing entry on the last day of the month', async () => {
		const books = openTestBooks({ calendar: 'DAY', booksFrom: '2026-01-29' });
		books.post('2026-01-29', 'Capital paid in', CAPITAL);
		books.post('2026-01-30', 'Sales', sale('500.00'));
		const desk = closeDesk(books);
		const entries = [];
		for (const day of ['2026-01-29', '2026-01-30', '2026-01-31', '2026-02-01']) entries.push((await desk.close(day)).closingEntryNo);
		expect(entries).toEqual([null, null, 3, null]);
		expect(desk.verifyAll()).toMatchObject({ result: 'VERIFIED', seals: 5 });
	});

	it('brings a foreign account to nil in both currencies, and one that has only base left', async () => {
		const books = openTestBooks({ chart: [...SMALL_CHART, ['4100', 'Export sales', 'INCOME'], ['1110', 'Bank EUR', 'ASSET', 'BANK', 'EUR']] });
		books.post('2026-01-05', 'Export', [
			['1110', '100.00', '', { currency: 'EUR', base: '110.00' }],
			['4100', '', '100.00', { currency: 'EUR', base: '110.00' }],
		]);
		books.post('2026-01-06', 'Refund at another rate', [
			['4100', '100.00', '', { currency: 'EUR', base: '104.00' }],
			['1110', '', '100.00', { currency: 'EUR', base: '104.00' }],
		]);
		books.post('2026-01-07', 'Service abroad', [
			['1110', '50.00', '', { currency: 'EUR', base: '55.00' }],
			['4000', '', '50.00', { currency: 'EUR', base: '55.00' }],
		]);
		const desk = closeDesk(books);
		const closed = await desk.close('2026-01');
		expect(entryLines(books, closed.closingEntryNo ?? 0)).toEqual([
			'4000 Dr 5000 Cr 0 EUR (base Dr 5500 Cr 0)',
			'4100 Dr 0 Cr 0 EUR (base Dr 600 Cr 0)',
			'3100 Dr 0 Cr 6100',
		]);
		expect(closed.netProfit).toBe('61.00');
		expect(desk.verify('2026-01')).toMatchObject({ result: 'VERIFIED' });
	});

	it('shows the closing entry beforehand', () => {
		const books = tradingBooks();
		expect(closeDesk(books).preview('2026-01')).toEqual({
			netProfit: '380.00',
			lines: [
				{ code: '4000', name: 'Sales', currency: 'USD', debit: '500.00', credit: '0.00', baseDebit: '500.00', baseCredit: '0.00' },
				{ code: '6000', name: 'Rent', currency: 'USD', debit: '0.00', credit: '120.00', baseDebit: '0.00', baseCredit: '120.00' },
				{ code: '3100', name: 'Retained earnings', currency: 'USD', debit: '0.00', credit: '380.00', baseDebit: '0.00', baseCredit: '380.00' },
			],
		});
	});
});

describe('closing again', () => {
	it('a closed period answers with the close that stands', async () => {
		const books = tradingBooks();
		const desk = closeDesk(books);
		const first = await desk.close('2026-01', { reason: 'Month end' });
		const again = await desk.close('2026-01', { reason: 'Another reason' });
		expect(again).toEqual({ ...first, alreadyClosed: true });
		expect(books.runner.db.value('SELECT count(*) FROM audit_events WHERE action = ?', 'close.close')).toBe(2);
	});

	it('two programs at once make one close, one key and one closing entry', async () => {
		const file = join(temporaryFolder(), 'ledgerseal.db');
		const books = tradingBooks({ file });
		const first = closeDesk(books);
		const second = closeDesk(otherProgram(books, file), { secrets: first.context.secrets, contentFolder: first.context.paths.content });
		const results = await Promise.all([first.close('2026-01'), second.close('2026-01')]);
		expect(results.filter(({ alreadyClosed }) => alreadyClosed)).toHaveLength(1);
		expect(results[0]?.closeHash).toBe(results[1]?.closeHash);
		expect(books.runner.db.all('SELECT close_number FROM period_closes WHERE closing_entry_id IS NOT NULL')).toHaveLength(1);
		expect(books.runner.db.all('SELECT 1 FROM signing_keys')).toHaveLength(1);
		const february = await second.close('2026-02');
		expect(february.signer).toBe(results[0]?.signer);
		expect(first.verifyAll()).toMatchObject({ result: 'VERIFIED', signature: 'good' });
	});
});

/** The same books through a connection of another program. */
function otherProgram(books: TestBooks, file: string): TestBooks {
	const connection = openConnection(file, 'write');
	const runner = createRunner(connection, books.clock, { lastInstant: () => null, onClockSetBack: () => undefined, mapFault: (error) => error });
	return { ...books, connection, runner };
}
