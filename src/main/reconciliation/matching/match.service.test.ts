import { describe, expect, it } from 'vitest';
import { openTestBooks, SMALL_CHART, type TestBooks } from '#test/books.ts';
import { matchingOf, refusalOf } from '#test/matching-service.ts';
import { recordStatement, type TestBankLine } from '#test/statement-books.ts';

const CHART = [
	...SMALL_CHART,
	['1110', 'Mobile money', 'ASSET', 'MOBILE_MONEY'],
	['1150', 'Card clearing', 'ASSET', 'CLEARING'],
	['6100', 'Bank charges', 'EXPENSE'],
] as const;

function shop(): TestBooks {
	return openTestBooks({ chart: CHART });
}

const january = (...lines: TestBankLine[]) => ({ from: '2026-01-01', to: '2026-01-31', lines });

/** Money in above zero. */
function receipt(
	books: TestBooks,
	date: string,
	amount: string,
	description: string,
	extra: { reference?: string; party?: string; bank?: string } = {},
): number {
	const isOut = amount.startsWith('-');
	const plain = amount.replace('-', '');
	const bank = extra.bank ?? '1100';
	const other = extra.party === undefined ? {} : { party: extra.party };
	const lines = isOut
		? ([
				['6000', plain, '', other],
				[bank, '', plain, other],
			] as const)
		: ([
				[bank, plain, '', other],
				['4000', '', plain, other],
			] as const);
	return books.post(date, description, lines, extra.reference === undefined ? {} : { reference: extra.reference }).no;
}

/** Date, amount, status, numbers of the entries of the match. */
function linesOf(books: TestBooks, account = '1100') {
	return matchingOf(books)('lines', { account }).lines.map(({ date, amount, status, match }) => [
		date,
		amount,
		status,
		match?.entries.map(({ no }) => no) ?? [],
	]);
}

function matchesIn(books: TestBooks): unknown[] {
	return books.runner.read((db) =>
		db.all('SELECT id, uuid, kind, status, score, certain, reasons, line_ids, entry_lines, detail, made_at FROM statement_matches ORDER BY id'),
	);
}

describe('a statement that is matched', () => {
	it('finds what is in the books, says why, and confirms what is certain', () => {
		const books = shop();
		receipt(books, '2026-01-05', '500.00', 'Invoice 17 Blue Lantern Stores', { party: 'Blue Lantern Stores' });
		receipt(books, '2026-01-10', '-120.00', 'Rent January');
		receipt(books, '2026-01-20', '75.00', 'Sale');
		const statement = recordStatement(
			books,
			'1100',
			january(
				['2026-01-06', '500.00', 'BLUE LANTERN STORES INVOICE'],
				['2026-01-10', '-120.00', 'RENT JANUARY'],
				['2026-01-21', '75.00', 'DEPOSIT 0044'],
				['2026-01-31', '-2.50', 'FEE'],
			),
		);
		const ask = matchingOf(books);
		const answer = ask('match', { statement: statement.uuid, auto: true });
		expect(answer).toMatchObject({
			account: '1100',
			currency: 'USD',
			confirmed: { count: 2, sum: '620.00', numbers: '1-2' },
			matched: 2,
			suggested: 1,
			unmatched: 1,
		});
		expect(linesOf(books)).toEqual([
			['2026-01-06', '500.00', 'MATCHED', [1]],
			['2026-01-10', '-120.00', 'MATCHED', [2]],
			['2026-01-21', '75.00', 'SUGGESTED', [3]],
			['2026-01-31', '-2.50', 'UNMATCHED', []],
		]);
		const [first] = ask('lines', { statement: statement.uuid, status: 'MATCHED' }).lines;
		expect(first?.match).toMatchObject({
			kind: 'SINGLE',
			status: 'CONFIRMED',
			automatic: true,
			certain: true,
			difference: '0.00',
			entries: [{ no: 1, lineNo: 1, externalNo: null }],
		});
		const reasons = first?.match?.reasons ?? [];
		expect(reasons.reduce((sum, { points }) => sum + points, 0)).toBe(first?.match?.score);
		expect(reasons.map(({ code }) => code)).toEqual(expect.arrayContaining(['AMOUNT_EQUAL', 'DATE', 'TEXT']));
	});

	it('changes nothing when it is matched again, and a second --auto confirms nothing more', () => {
		const books = shop();
		receipt(books, '2026-01-05', '500.00', 'Blue Lantern Stores');
		receipt(books, '2026-01-20', '75.00', 'Sale');
		recordStatement(books, '1100', january(['2026-01-06', '500.00', 'BLUE LANTERN STORES'], ['2026-01-21', '75.00', 'DEPOSIT']));
		const ask = matchingOf(books);
		ask('match', { account: '1100' });
		const once = matchesIn(books);
		expect(ask('match', { account: '1100' })).toMatchObject({ added: 0, removed: 0, proposed: 2 });
		expect(matchesIn(books)).toEqual(once);
		ask('match', { account: '1100', auto: true });
		const confirmed = matchesIn(books);
		expect(ask('match', { account: '1100', auto: true })).toMatchObject({ confirmed: { count: 0, sum: '0.00', numbers: '' }, added: 0, removed: 0 });
		expect(matchesIn(books)).toEqual(confirmed);
	});

	it('gives the same answer whichever statement was named, and confirms the lines of the named one only', () => {
		const books = shop();
		receipt(books, '2026-01-05', '500.00', 'Blue Lantern Stores');
		receipt(books, '2026-02-05', '80.00', 'Quiet Harbour Cafe');
		const first = recordStatement(books, '1100', january(['2026-01-06', '500.00', 'BLUE LANTERN STORES']));
		const second = recordStatement(books, '1100', { from: '2026-02-01', to: '2026-02-28', lines: [['2026-02-06', '80.00', 'QUIET HARBOUR CAFE']] });
		const ask = matchingOf(books);
		expect(ask('match', { statement: second.uuid })).toMatchObject({ added: 2, suggested: 1 });
		expect(ask('match', { statement: first.uuid })).toMatchObject({ added: 0, removed: 0 });
		expect(ask('match', { statement: second.uuid, auto: true })).toMatchObject({ confirmed: { count: 1, sum: '80.00' }, matched: 1 });
		expect(linesOf(books).map(([, , status]) => status)).toEqual(['SUGGESTED', 'MATCHED']);
	});

	it('takes back what does not hold any more, and keeps the id of what does', () => {
		const books = shop();
		const no = receipt(books, '2026-01-05', '500.00', 'Sale');
		receipt(books, '2026-01-20', '75.00', 'Sale');
		recordStatement(books, '1100', january(['2026-01-06', '500.00', 'DEPOSIT'], ['2026-01-21', '75.00', 'DEPOSIT']));
		const ask = matchingOf(books);
		ask('match', { account: '1100' });
		const kept = ask('lines', { account: '1100' }).lines[1]?.match?.matchId;
		books.post(
			'2026-01-07',
			'Booked twice',
			[
				['4000', '500.00', ''],
				['1100', '', '500.00'],
			],
			{ source: 'REVERSAL', reverses: no },
		);
		expect(ask('match', { account: '1100' })).toMatchObject({ removed: 1 });
		expect(linesOf(books)[0]).toEqual(['2026-01-06', '500.00', 'UNMATCHED', []]);
		expect(ask('lines', { account: '1100' }).lines[1]?.match?.matchId).toBe(kept);
		expect(ask('ledgerLines', { account: '1100' }).lines.map(({ no: entry, status }) => [entry, status])).toEqual([
			[no, 'SUGGESTED'],
			[no + 2, 'SUGGESTED'],
			[no + 1, 'SUGGESTED'],
		]);
	});

	it('passes over revaluations and other currencies', () => {
		const books = openTestBooks({ chart: [...CHART, ['1120', 'Bank in euros', 'ASSET', 'BANK', 'EUR']], currency: 'USD' });
		books.post('2026-01-05', 'Consulting', [
			['1120', '100.00', '', { currency: 'EUR', base: '110.00' }],
			['4000', '', '110.00'],
		]);
		recordStatement(books, '1120', january(['2026-01-05', '100.00', 'CONSULTING'], ['2026-01-06', '110.00', 'CONSULTING']));
		expect(matchingOf(books)('match', { account: '1120', auto: true })).toMatchObject({
			currency: 'EUR',
			confirmed: { count: 1, sum: '100.00' },
			unmatched: 1,
		});
		expect(matchingOf(books)('ledgerLines', { account: '1120' })).toMatchObject({ lines: [], unmatched: { count: 0, sum: '0.00' } });
	});

	it('is asked for an account with a statement', () => {
		const books = shop();
		const ask = matchingOf(books);
		expect(refusalOf(() => ask('match', { account: '1100' }))).toMatchObject({
			code: 'MATCH_REFUSED',
			message: expect.stringContaining('statement import FILE --account 1100'),
		});
		expect(refusalOf(() => ask('match', { account: '9999' }))).toMatchObject({ code: 'ACCOUNT_UNKNOWN' });
		expect(refusalOf(() => ask('match', { statement: books.company.uuid }))).toMatchObject({ code: 'NOT_FOUND' });
		expect(refusalOf(() => ask('match', {}))).toMatchObject({ code: 'INPUT_INVALID' });
	});
});

describe('the open lines of both sides', () => {
	it('are paged, counted and summed, with the age of each ledger line', () => {
		const books = shop();
		receipt(books, '2026-01-05', '500.00', 'Sale');
		receipt(books, '2026-01-20', '-75.00', 'Rent');
		recordStatement(books, '1100', january(['2026-01-02', '1.00', 'A'], ['2026-01-02', '2.00', 'B'], ['2026-01-03', '-4.00', 'C']));
		const ask = matchingOf(books);
		const first = ask('lines', { account: '1100', limit: 2 });
		expect(first).toMatchObject({ more: true, unmatched: { count: 3, sum: '-1.00' }, matched: { count: 0, sum: '0.00' } });
		const last = first.lines[1];
		const second = ask('lines', { account: '1100', limit: 2, after: { date: last?.date ?? '', no: last?.no ?? 0 } });
		expect(second).toMatchObject({ more: false, lines: [{ date: '2026-01-03', amount: '-4.00' }] });
		const ledger = ask('ledgerLines', { account: '1100', asOf: '2026-01-31', limit: 1 });
		expect(ledger).toMatchObject({
			more: true,
			lines: [{ no: 1, lineNo: 1, amount: '500.00', age: 26, status: 'UNMATCHED' }],
			unmatched: { count: 2, sum: '425.00' },
		});
		expect(ask('ledgerLines', { account: '1100', asOf: '2026-01-31', after: { date: '2026-01-05', no: 1, lineNo: 1 } })).toMatchObject({
			more: false,
			lines: [{ no: 2, amount: '-75.00', age: 11 }],
		});
		expect(ask('ledgerLines', { account: '1100', asOf: '2026-01-10' })).toMatchObject({ unmatched: { count: 1, sum: '500.00' } });
	});
});
