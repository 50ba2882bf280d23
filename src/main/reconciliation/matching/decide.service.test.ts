import { describe, expect, it } from 'vitest';
import { ledgerHandlers } from '#main/ledger/index.ts';
import type { CommandHandler } from '#main/platform/run/handlers.ts';
import type { Actor } from '#main/platform/run/actor.ts';
import { softClose } from '#main/periods/index.ts';
import { closeDesk } from '#test/close-books.ts';
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

function bankHas(books: TestBooks, lines: readonly TestBankLine[], account = '1100') {
	return recordStatement(books, account, { from: '2026-01-01', to: '2026-01-31', lines }).lineIds;
}

function sale(books: TestBooks, date: string, amount: string, description = 'Sale', account = '1100'): number {
	return books.post(date, description, [
		[account, amount, ''],
		['4000', '', amount],
	]).no;
}

function exempt(books: TestBooks, account: string): void {
	const change = { account, requiresReconciliation: false, reason: 'A test closes without it' };
	const { command } = ledgerHandlers.setAccount as CommandHandler<Actor, unknown, unknown>;
	books.runner.write((tx) => command(tx, books.actor, change));
}

function startSession(books: TestBooks, period: string): void {
	books.runner.write((tx) =>
		tx.run(
			`INSERT INTO reconciliation_sessions (company_id, id, uuid, period_id, status, started_at, started_by)
			SELECT company_id, 1, '01890a5d-ac96-774b-bcce-b302099a8057', id, 'ACTIVE', ?, ? FROM accounting_periods WHERE company_id = ? AND name = ?`,
			tx.instant,
			books.actor.user.id,
			books.company.id,
			period,
		),
	);
}

const lastEvent = (books: TestBooks) => {
	const row = books.runner.read((db) => db.get<{ action: string; detail: string }>('SELECT action, detail FROM audit_events ORDER BY seq DESC LIMIT 1'));
	return { action: row?.action, detail: JSON.parse(row?.detail ?? '{}') as unknown };
};

describe('a proposal', () => {
	it('is confirmed by a person, once, and the audit trail keeps its lines with their amounts', () => {
		const books = shop();
		sale(books, '2026-01-20', '75.00');
		bankHas(books, [['2026-01-21', '75.00', 'DEPOSIT']]);
		const ask = matchingOf(books);
		ask('match', { account: '1100' });
		expect(ask('confirm', { match: '1' })).toMatchObject({ match: { no: 1, status: 'CONFIRMED', automatic: false } });
		expect(lastEvent(books)).toMatchObject({
			action: 'matching.confirm',
			detail: { match: 1, kind: 'SINGLE', lines: [{ no: 1, amount: '75.00' }], entries: [{ no: 1, line: 1, amount: '75.00' }], currency: 'USD' },
		});
		expect(refusalOf(() => ask('confirm', { match: '1' }))).toMatchObject({ code: 'MATCH_REFUSED', message: expect.stringContaining('confirmed already') });
		expect(refusalOf(() => ask('reject', { match: '1' }))).toMatchObject({ code: 'MATCH_REFUSED' });
		expect(refusalOf(() => ask('confirm', { match: '9' }))).toMatchObject({ code: 'NOT_FOUND' });
		expect(refusalOf(() => ask('show', { match: books.company.uuid }))).toMatchObject({ code: 'NOT_FOUND' });
	});

	it('that was rejected is not proposed again, not even by its other statement line', () => {
		const books = shop();
		sale(books, '2026-01-20', '75.00', 'Quiet Harbour Cafe');
		bankHas(books, [['2026-01-21', '75.00', 'QUIET HARBOUR CAFE']]);
		const ask = matchingOf(books);
		ask('match', { account: '1100' });
		expect(ask('reject', { match: '1' })).toMatchObject({ match: { status: 'REJECTED' } });
		expect(ask('match', { account: '1100', auto: true })).toMatchObject({ added: 0, proposed: 0, confirmed: { count: 0 }, unmatched: 1 });
	});

	it('of amounts that differ says what to do instead', () => {
		const books = shop();
		sale(books, '2026-01-20', '75.00', 'Quiet Harbour Cafe');
		bankHas(books, [['2026-01-20', '74.50', 'QUIET HARBOUR CAFE']]);
		const ask = matchingOf(books);
		ask('match', { account: '1100' });
		expect(ask('show', { match: '1' })).toMatchObject({ match: { difference: '-0.50', certain: false } });
		expect(refusalOf(() => ask('confirm', { match: '1' }))).toMatchObject({
			code: 'MATCH_UNEQUAL',
			details: { difference: '-0.50', currency: 'USD' },
			message: expect.stringContaining('statement join --lines 1 --entries 1:1,NO:LINE'),
		});
		books.post('2026-01-20', 'Charge', [
			['6100', '0.50', ''],
			['1100', '', '0.50'],
		]);
		const joined = ask('join', {
			lines: ['1'],
			entries: [
				{ no: 1, lineNo: 1 },
				{ no: 2, lineNo: 2 },
			],
		});
		expect(joined).toMatchObject({ match: { kind: 'MANUAL', status: 'CONFIRMED', lines: [{ no: 1 }], entries: [{ no: 1 }, { no: 2 }] } });
		expect(ask('match', { account: '1100' })).toMatchObject({ matched: 1, suggested: 0, unmatched: 0 });
	});
});

describe('a match', () => {
	it('is taken apart with a reason, proposed again, and never again confirmed by the program itself', () => {
		const books = shop();
		sale(books, '2026-01-20', '75.00', 'Quiet Harbour Cafe');
		bankHas(books, [['2026-01-21', '75.00', 'QUIET HARBOUR CAFE']]);
		const ask = matchingOf(books);
		expect(ask('match', { account: '1100', auto: true })).toMatchObject({ confirmed: { count: 1 } });
		expect(ask('unmatch', { match: '1', reason: 'Another customer' })).toMatchObject({ match: { status: 'UNMATCHED' } });
		expect(lastEvent(books)).toMatchObject({ action: 'matching.unmatch', detail: { reason: 'Another customer' } });
		expect(ask('match', { account: '1100', auto: true })).toMatchObject({ confirmed: { count: 0 }, suggested: 1 });
		expect(ask('confirm', { match: '2' })).toMatchObject({ match: { certain: false, status: 'CONFIRMED' } });
		expect(refusalOf(() => ask('unmatch', { match: '1', reason: 'Again' }))).toMatchObject({ code: 'MATCH_REFUSED' });
	});

	it('of a closed period stays', async () => {
		const books = shop();
		sale(books, '2026-01-20', '75.00');
		bankHas(books, [['2026-01-21', '75.00', 'DEPOSIT']]);
		const ask = matchingOf(books);
		ask('match', { account: '1100' });
		ask('confirm', { match: '1' });
		exempt(books, '1100');
		await closeDesk(books).close('2026-01');
		expect(refusalOf(() => ask('unmatch', { match: '1', reason: 'Wrong' }))).toMatchObject({ code: 'PERIOD_CLOSED', details: { period: '2026-01' } });
	});

	it.each([
		['nothing', [], [], 'MATCH_REFUSED'],
		['one line', ['1'], [], 'MATCH_UNEQUAL'],
		['lines that do not add up', ['1'], [[2, 1]], 'MATCH_UNEQUAL'],
		['a line of another account', ['1', '4'], [[1, 1]], 'MATCH_REFUSED'],
		['a ledger line of another account', ['1'], [[1, 2]], 'MATCH_REFUSED'],
		['a statement line that is not there', ['99'], [[1, 1]], 'NOT_FOUND'],
		['a ledger line that is not there', ['1'], [[1, 9]], 'NOT_FOUND'],
	] as const)('by hand of %s is refused', (_what, lines, entries, code) => {
		const books = shop();
		sale(books, '2026-01-05', '100.00');
		sale(books, '2026-01-06', '60.00');
		bankHas(books, [
			['2026-01-05', '100.00', 'A'],
			['2026-01-05', '-40.00', 'B'],
			['2026-01-06', '-60.00', 'C'],
		]);
		bankHas(books, [['2026-01-05', '100.00', 'D']], '1110');
		const input = { lines: [...lines], entries: entries.map(([no, lineNo]) => ({ no, lineNo })) };
		expect(refusalOf(() => matchingOf(books)('join', input))).toMatchObject({ code });
	});

	it('by hand may join several lines of both sides, or lines of one side that cancel each other; proposals that claim them go', () => {
		const books = shop();
		sale(books, '2026-01-05', '60.00');
		sale(books, '2026-01-06', '60.00');
		bankHas(books, [
			['2026-01-06', '60.00', 'DEPOSIT'],
			['2026-01-07', '-40.00', 'X'],
			['2026-01-08', '40.00', 'Y'],
			['2026-01-09', '60.00', 'Z'],
		]);
		const ask = matchingOf(books);
		ask('match', { account: '1100' });
		const claimed = ask('lines', { account: '1100', status: 'SUGGESTED' }).lines.length;
		expect(claimed).toBeGreaterThan(0);
		expect(
			ask('join', {
				lines: ['1', '4'],
				entries: [
					{ no: 1, lineNo: 1 },
					{ no: 2, lineNo: 1 },
				],
			}),
		).toMatchObject({ match: { status: 'CONFIRMED' } });
		expect(ask('join', { lines: ['2', '3'], entries: [] })).toMatchObject({ match: { kind: 'MANUAL', entries: [] } });
		expect(ask('lines', { account: '1100' })).toMatchObject({ matched: { count: 4 }, suggested: { count: 0 }, unmatched: { count: 0 } });
		expect(refusalOf(() => ask('join', { lines: ['2', '3'], entries: [] }))).toMatchObject({ code: 'MATCH_REFUSED', details: { taken: 'line 2' } });
	});
});

describe('an entry of a bank line', () => {
	it('takes date, amount, text and reference of the line and is matched at once', () => {
		const books = shop();
		sale(books, '2026-01-05', '1.00');
		bankHas(books, [['2026-01-31', '-2.50', 'MONTHLY FEE', { reference: 'F-1' }]]);
		const ask = matchingOf(books);
		expect(ask('addEntry', { line: '1', lines: [{ account: '6100', party: undefined }] })).toMatchObject({
			entry: { no: 2, date: '2026-01-31' },
			match: { kind: 'ENTRY', status: 'CONFIRMED', lines: [{ amount: '-2.50' }], entries: [{ no: 2, lineNo: 1, amount: '-2.50' }] },
		});
		expect(lastEvent(books)).toMatchObject({ action: 'matching.addEntry', detail: { kind: 'ENTRY', entry: 2 } });
		const posted = books.runner.read((db) => db.get('SELECT description, reference, source FROM journal_entries WHERE id = 2'));
		expect(posted).toEqual({ description: 'MONTHLY FEE', reference: 'F-1', source: 'MANUAL' });
		expect(refusalOf(() => ask('addEntry', { line: '1', lines: [{ account: '6100' }] }))).toMatchObject({ code: 'MATCH_REFUSED' });
	});

	it('is split by shares that add up, one of them perhaps the other way', () => {
		const books = shop();
		bankHas(books, [
			['2026-01-31', '-100.00', 'SUPPLIER'],
			['2026-01-31', '97.00', 'CARD PAYOUT'],
		]);
		const ask = matchingOf(books);
		expect(
			refusalOf(() =>
				ask('addEntry', {
					line: '1',
					lines: [
						{ account: '6000', amount: '60.00' },
						{ account: '6100', amount: '30.00' },
					],
				}),
			),
		).toMatchObject({
			code: 'MATCH_UNEQUAL',
			details: { amount: '-100.00', difference: '-10.00' },
		});
		expect(refusalOf(() => ask('addEntry', { line: '1', lines: [{ account: '6000', amount: '60.00' }, { account: '6100' }] }))).toMatchObject({
			code: 'INPUT_INVALID',
		});
		const first = ask('addEntry', {
			line: '1',
			lines: [
				{ account: '6000', amount: '60.00' },
				{ account: '6100', amount: '40.00' },
			],
		});
		const second = ask('addEntry', {
			line: '2',
			lines: [
				{ account: '4000', amount: '100.00' },
				{ account: '6100', amount: '-3.00' },
			],
			description: 'Card sales',
		});
		const sides = (no: number) =>
			books.runner.read((db) =>
				db.all(
					'SELECT a.code, l.debit_minor AS debit, l.credit_minor AS credit FROM journal_lines l JOIN accounts a ON a.id = l.account_id WHERE l.entry_id = ? ORDER BY l.line_no',
					no,
				),
			);
		expect(sides(first.entry.no)).toEqual([
			{ code: '1100', debit: 0, credit: 10_000 },
			{ code: '6000', debit: 6000, credit: 0 },
			{ code: '6100', debit: 4000, credit: 0 },
		]);
		expect(sides(second.entry.no)).toEqual([
			{ code: '1100', debit: 9700, credit: 0 },
			{ code: '4000', debit: 0, credit: 10_000 },
			{ code: '6100', debit: 300, credit: 0 },
		]);
	});

	it('goes into a soft-closed period as an adjusting entry of its active session only', () => {
		const books = shop();
		sale(books, '2026-01-05', '1.00');
		bankHas(books, [['2026-01-31', '-2.50', 'FEE']]);
		books.runner.write((tx) => softClose(tx, books.company, '2026-01'));
		const ask = matchingOf(books);
		const input = { line: '1', lines: [{ account: '6100' }] };
		expect(refusalOf(() => ask('addEntry', input))).toMatchObject({ code: 'PERIOD_CLOSING' });
		expect(refusalOf(() => ask('addEntry', { ...input, inSession: true }))).toMatchObject({ code: 'SESSION_NOT_ACTIVE', details: { period: '2026-01' } });
		startSession(books, '2026-01');
		const { entry } = ask('addEntry', { ...input, inSession: true });
		expect(books.runner.read((db) => db.get('SELECT source, session_id AS session FROM journal_entries WHERE id = ?', entry.no))).toEqual({
			source: 'ADJUSTING',
			session: 1,
		});
	});

	it('in a foreign currency takes its base amount from the rate that was given', () => {
		const books = openTestBooks({ chart: [...CHART, ['1120', 'Bank in euros', 'ASSET', 'BANK', 'EUR']] });
		bankHas(books, [['2026-01-31', '-2.50', 'FEE']], '1120');
		const ask = matchingOf(books);
		expect(refusalOf(() => ask('addEntry', { line: '1', lines: [{ account: '6100' }] }))).toMatchObject({ code: 'RATE_MISSING' });
		const { entry } = ask('addEntry', { line: '1', lines: [{ account: '6100' }], rate: '1.10' });
		const row = books.runner.read((db) =>
			db.get('SELECT currency, credit_minor AS credit, base_credit_minor AS base FROM journal_lines WHERE entry_id = ? AND line_no = 1', entry.no),
		);
		expect(row).toEqual({ currency: 'EUR', credit: 250, base: 275 });
	});
});

describe('a transfer between two own accounts', () => {
	function twoBanks(): TestBooks {
		const books = shop();
		sale(books, '2026-01-02', '500.00');
		bankHas(books, [['2026-01-10', '-200.00', 'TO MOBILE MONEY', { reference: 'TRF0001' }]]);
		bankHas(books, [['2026-01-11', '200.00', 'FROM BANK', { reference: 'TRF0001' }]], '1110');
		return books;
	}

	it('is proposed whichever account is matched, and its confirmation posts one entry and matches both sides', () => {
		const books = twoBanks();
		const ask = matchingOf(books);
		expect(ask('match', { account: '1110' })).toMatchObject({ suggested: 1 });
		expect(ask('match', { account: '1100' })).toMatchObject({ added: 0, suggested: 1 });
		expect(ask('show', { match: '1' })).toMatchObject({
			match: {
				kind: 'TRANSFER',
				account: '1100',
				certain: false,
				transfer: { from: '1100', to: '1110', date: '2026-01-10', amount: '200.00' },
				lines: [{ no: 1 }, { no: 2 }],
			},
		});
		expect(refusalOf(() => ask('confirm', { match: '1' }))).toMatchObject({ code: 'MATCH_REFUSED', details: { kind: 'TRANSFER' } });
		expect(refusalOf(() => ask('confirmSettlement', { match: '1' }))).toMatchObject({ code: 'MATCH_REFUSED' });
		const { entry, match } = ask('confirmTransfer', { match: '1' });
		expect(match).toMatchObject({ no: 1, status: 'CONFIRMED', entries: [{ no: entry.no, lineNo: 2, amount: '-200.00' }] });
		expect(books.runner.read((db) => db.get('SELECT date, source, reference FROM journal_entries WHERE id = ?', entry.no))).toEqual({
			date: '2026-01-10',
			source: 'TRANSFER',
			reference: 'TRF0001',
		});
		for (const account of ['1100', '1110'])
			expect(ask('lines', { account })).toMatchObject({ matched: { count: 1 }, suggested: { count: 0 }, unmatched: { count: 0 } });
		expect(ask('ledgerLines', { account: '1110' })).toMatchObject({ lines: [] });
	});

	it('that was rejected is not proposed again', () => {
		const books = twoBanks();
		const ask = matchingOf(books);
		ask('match', { account: '1100' });
		ask('reject', { match: '1' });
		expect(ask('match', { account: '1110' })).toMatchObject({ proposed: 0, unmatched: 1 });
	});

	it('needs no confirmation of its own where the books have it already', () => {
		const books = twoBanks();
		books.post(
			'2026-01-10',
			'To mobile money',
			[
				['1110', '200.00', ''],
				['1100', '', '200.00'],
			],
			{ source: 'TRANSFER', reference: 'TRF0001' },
		);
		const ask = matchingOf(books);
		ask('match', { account: '1100', auto: true });
		ask('match', { account: '1110', auto: true });
		expect([ask('lines', { account: '1100' }).matched.count, ask('lines', { account: '1110' }).matched.count]).toEqual([1, 1]);
	});
});

describe('a settlement of a clearing account', () => {
	function cardSales(): TestBooks {
		const books = shop();
		for (const day of ['05', '12', '19']) {
			sale(books, `2026-01-${day}`, '60.00', 'Card sale', '1150');
			sale(books, `2026-01-${day}`, '40.00', 'Card sale', '1150');
		}
		bankHas(books, [
			['2026-01-06', '97.50', 'CARD SETTLEMENT'],
			['2026-01-13', '97.50', 'CARD SETTLEMENT'],
			['2026-01-20', '97.50', 'CARD SETTLEMENT'],
		]);
		return books;
	}

	it('posts net and charge against gross, and what is settled is open no more', () => {
		const books = cardSales();
		const ask = matchingOf(books);
		expect(ask('match', { account: '1100' })).toMatchObject({ suggested: 3 });
		const [first] = ask('lines', { account: '1100' }).lines;
		expect(first?.match).toMatchObject({
			kind: 'SETTLEMENT',
			settlement: { clearing: '1150', gross: '100.00', charge: '2.50', net: '97.50', settles: [{ no: 1 }, { no: 2 }] },
		});
		const match = String(first?.match?.no);
		expect(refusalOf(() => ask('confirmSettlement', { match }))).toMatchObject({ code: 'INPUT_INVALID', message: expect.stringContaining('--charge-account') });
		const { entry } = ask('confirmSettlement', { match, chargeAccount: '6100' });
		const sides = books.runner.read((db) =>
			db.all(
				'SELECT a.code, l.debit_minor - l.credit_minor AS amount FROM journal_lines l JOIN accounts a ON a.id = l.account_id WHERE l.entry_id = ? ORDER BY l.line_no',
				entry.no,
			),
		);
		expect(sides).toEqual([
			{ code: '1100', amount: 9750 },
			{ code: '1150', amount: -10_000 },
			{ code: '6100', amount: 250 },
		]);
		expect(ask('ledgerLines', { account: '1150' }).lines.map(({ no }) => no)).toEqual([3, 4, 5, 6]);
		expect(ask('match', { account: '1100' })).toMatchObject({ matched: 1, suggested: 2 });
	});

	it('that was rejected is not proposed again', () => {
		const books = cardSales();
		const ask = matchingOf(books);
		ask('match', { account: '1100' });
		const before = ask('lines', { account: '1100' }).lines[0]?.match;
		ask('reject', { match: String(before?.no) });
		ask('match', { account: '1100' });
		expect(ask('lines', { account: '1100' }).lines[0]?.status).toBe('UNMATCHED');
	});
});
