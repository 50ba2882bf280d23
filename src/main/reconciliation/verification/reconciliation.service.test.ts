import { describe, expect, it } from 'vitest';
import type { TestBooks } from '#test/books.ts';
import { closeDesk } from '#test/close-books.ts';
import { confirmMatch, memberOf, move, openReconciliationBooks } from '#test/reconciliation-books.ts';
import { recordStatement } from '#test/statement-books.ts';
import { softClose } from '#main/periods/index.ts';
import { postCashDifference } from './cash-difference.service.ts';
import { itemsPage } from './items-page.ts';
import { type PrepareRequest, prepareReconciliation } from './prepare.service.ts';
import { reconciliationView } from './reconciliation-view.ts';
import { setItems, undoReconciliation, verifyReconciliation } from './verify.service.ts';

const refusal = (code: string, details: object = {}) => expect.objectContaining({ code, details: expect.objectContaining(details) });
const create = (books: TestBooks, account: string, extra: Partial<PrepareRequest> = {}, actor = books.actor) =>
	books.runner.write((tx) => reconciliationView(tx, books.company, prepareReconciliation(tx, actor, { account, period: '2026-01', ...extra })));
const verify = (books: TestBooks, id: string, actor = books.actor) =>
	books.runner.write((tx) => reconciliationView(tx, books.company, verifyReconciliation(tx, actor, id)));
const choose = (books: TestBooks, id: string, change: Parameters<typeof setItems>[3]) =>
	books.runner.write((tx) => reconciliationView(tx, books.company, setItems(tx, books.actor, id, change)));
const undo = (books: TestBooks, id: string, reason = 'the cheque was booked twice') =>
	books.runner.write((tx) => reconciliationView(tx, books.company, undoReconciliation(tx, books.actor, id, reason)));
const offered = (books: TestBooks, id: string, older = false) => itemsPage(books.runner.db, books.company, { id, older }).items;
const statement = (books: TestBooks, from: string, to: string, opening: string | undefined, lines: Parameters<typeof recordStatement>[2]['lines']) =>
	recordStatement(books, '1100', { from, to, ...(opening === undefined ? {} : { opening }), lines });

describe('the actual balance of a bank account', () => {
	it.each<[string, (books: TestBooks) => void, string]>([
		[
			'the closing balance less its own lines, where the bank gives no opening one',
			(books) =>
				recordStatement(books, '1100', {
					from: '2026-01-01',
					to: '2026-02-28',
					closing: '500.00',
					lines: [
						['2026-01-10', '50.00', 'in'],
						['2026-02-10', '350.00', 'in, a month later'],
					],
				}),
			'150.00',
		],
		['opening and lines up to the end', (books) => statement(books, '2026-01-01', '2026-01-31', '100.00', [['2026-01-10', '50.00', 'in']]), '150.00'],
		[
			'lines after the end do not count yet',
			(books) => {
				statement(books, '2026-01-15', '2026-02-14', '100.00', [
					['2026-01-31', '5.00', 'in'],
					['2026-02-01', '7.00', 'later'],
				]);
			},
			'105.00',
		],
		[
			'the latest statement that begins by then decides, not the sum of all lines',
			(books) => {
				statement(books, '2026-01-01', '2026-01-15', '100.00', [['2026-01-10', '50.00', 'in']]);
				statement(books, '2026-01-16', '2026-01-31', '160.00', [['2026-01-20', '1.00', 'in']]);
			},
			'161.00',
		],
		[
			'days without bookings are covered by the later statement that adjoins',
			(books) => {
				statement(books, '2026-01-01', '2026-01-20', '100.00', [['2026-01-10', '50.00', 'in']]);
				statement(books, '2026-02-03', '2026-02-28', '150.00', []);
			},
			'150.00',
		],
		[
			'a file without balances goes on from the last known one',
			(books) => {
				statement(books, '2026-01-01', '2026-01-15', '100.00', [['2026-01-10', '50.00', 'in']]);
				statement(books, '2026-01-16', '2026-01-31', undefined, [['2026-01-20', '-30.00', 'out']]);
			},
			'120.00',
		],
		[
			'money that is owed is a negative balance',
			(books) => statement(books, '2026-01-01', '2026-01-31', '-40.00', [['2026-01-10', '-10.00', 'out']]),
			'-50.00',
		],
	])('%s', (_what, prepare, actual) => {
		const books = openReconciliationBooks();
		move(books, '2026-01-05', '1100', '3000', '1.00');
		prepare(books);
		expect(create(books, '1100')).toMatchObject({ strategy: 'statement', actual, expected: '1.00', status: 'DRAFT' });
		books.close();
	});

	it.each<[string, (books: TestBooks) => void, object]>([
		['without a statement', () => undefined, { needed: '2026-01-31', reaches: null }],
		['by statements that end before', (books) => statement(books, '2026-01-01', '2026-01-30', '1.00', []), { reaches: '2026-01-30' }],
		[
			'where one is missing between',
			(books) => {
				statement(books, '2026-01-01', '2026-01-20', '100.00', []);
				statement(books, '2026-02-03', '2026-02-28', '150.00', []);
			},
			{ reaches: '2026-01-20', missingBefore: '2026-02-03' },
		],
	])('is not known %s', (_what, prepare, details) => {
		const books = openReconciliationBooks();
		move(books, '2026-01-05', '1100', '3000', '1.00');
		prepare(books);
		expect(() => create(books, '1100')).toThrow(refusal('STATEMENT_SHORT', { account: '1100', ...details }));
		books.close();
	});

	it('is asked for where no file gives a balance, and typed over no file that does', () => {
		const books = openReconciliationBooks();
		move(books, '2026-01-05', '1100', '3000', '1.00');
		statement(books, '2026-01-01', '2026-01-31', undefined, []);
		expect(() => create(books, '1100')).toThrow(refusal('NEEDS_ANSWER', { questions: [expect.objectContaining({ id: 'actual' })] }));
		expect(create(books, '1100', { actual: '1.00' })).toMatchObject({ actual: '1.00', actualFrom: { typed: true, reaches: '2026-01-31' } });
		expect(create(books, '1100')).toMatchObject({ actual: '1.00' });
		statement(books, '2026-01-01', '2026-02-28', '1.00', []);
		expect(() => create(books, '1100', { actual: '2.00' })).toThrow(refusal('RECONCILIATION_REFUSED', { said: '1.00', typed: '2.00' }));
		expect(create(books, '1100', { actual: '1.00' })).toMatchObject({ actualFrom: { typed: false, statement: { opening: '1.00' } } });
		books.close();
	});
});

describe('accounts without statements', () => {
	it('counts cash by denomination, refuses faces that do not exist, and books what is short', () => {
		const books = openReconciliationBooks();
		move(books, '2026-01-05', '1000', '3000', '70.00');
		expect(() => create(books, '1000')).toThrow(refusal('NEEDS_ANSWER'));
		expect(() => create(books, '1000', { count: { '30': 1 } })).toThrow(refusal('RECONCILIATION_REFUSED', { face: '30' }));
		expect(() => create(books, '1000', { count: { '20': 3 }, actual: '61.00' })).toThrow(refusal('RECONCILIATION_REFUSED', { counted: '60.00' }));
		const draft = create(books, '1000', { count: { '20': 3, '5': 1, '0.25': 2 } });
		expect(draft).toMatchObject({ strategy: 'cash-count', actual: '65.50', variance: '4.50', actualFrom: { count: { '20': 3, '5': 1, '0.25': 2 } } });
		expect(() => choose(books, draft.id, { add: ['entry:1'] })).toThrow(refusal('ITEM_REFUSED'));
		expect(() => verify(books, draft.id)).toThrow(refusal('RECONCILIATION_VARIANCE', { unexplained: '4.50' }));
		const booked = books.runner.write((tx) => postCashDifference(tx, books.actor, { id: draft.id }));
		expect(booked).toMatchObject({ entry: { date: '2026-01-31' }, reconciliation: { varianceMinor: 0, status: 'DRAFT' } });
		expect(books.runner.db.get('SELECT description, source FROM journal_entries WHERE id = ?', booked.entry.no)).toEqual({
			description: 'Cash short: count of Cash',
			source: 'MANUAL',
		});
		expect(() => books.runner.write((tx) => postCashDifference(tx, books.actor, { id: draft.id }))).toThrow(refusal('RECONCILIATION_REFUSED'));
		expect(verify(books, draft.id)).toMatchObject({ status: 'VERIFIED', variance: '0.00' });
		books.close();
	});

	it('books cash over to the other side, in a soft-closed period in the session only', () => {
		const books = openReconciliationBooks();
		move(books, '2026-01-05', '1000', '3000', '70.00');
		const { id } = create(books, '1000', { actual: '71.00' });
		books.runner.write((tx) => softClose(tx, books.company, '2026-01'));
		expect(() => books.runner.write((tx) => postCashDifference(tx, books.actor, { id }))).toThrow(refusal('PERIOD_CLOSING'));
		books.connection.raw.exec(
			`INSERT INTO reconciliation_sessions (company_id, id, uuid, period_id, status, started_at, started_by)
			SELECT company_id, 1, 's', id, 'ACTIVE', 'x', 1 FROM accounting_periods WHERE name = '2026-01'`,
		);
		const { entry } = books.runner.write((tx) => postCashDifference(tx, books.actor, { id }));
		expect(books.runner.db.get('SELECT source, session_id AS session FROM journal_entries WHERE id = ?', entry.no)).toEqual({
			source: 'ADJUSTING',
			session: 1,
		});
		expect(verify(books, id)).toMatchObject({ status: 'VERIFIED', actual: '71.00', expected: '71.00' });
		books.close();
	});

	it('takes a typed balance for clearing accounts, with ledger lines under way as items', () => {
		const books = openReconciliationBooks();
		const sale = move(books, '2026-01-30', '1190', '4000', '80.00', 'Card sales');
		expect(() => create(books, '1190')).toThrow(refusal('NEEDS_ANSWER'));
		const { id } = create(books, '1190', { actual: '0.00' });
		expect(() => verify(books, id)).toThrow(refusal('RECONCILIATION_VARIANCE', { unexplained: '80.00' }));
		expect(choose(books, id, { add: [`entry:${sale}`] })).toMatchObject({ unexplained: '0.00', items: [{ kind: 'BOOK', amount: '80.00', ageDays: 1 }] });
		expect(verify(books, id)).toMatchObject({ status: 'VERIFIED', strategy: 'balance' });
		books.close();
	});

	it('changes a clearing account to its statements once there are some', () => {
		const books = openReconciliationBooks();
		move(books, '2026-01-30', '1190', '4000', '80.00');
		const { id } = create(books, '1190', { actual: '0.00' });
		recordStatement(books, '1190', { from: '2026-01-01', to: '2026-01-31', opening: '0.00', lines: [['2026-01-31', '80.00', 'sales']] });
		expect(create(books, '1190')).toMatchObject({ id, strategy: 'statement', actual: '80.00', variance: '0.00', actualFrom: { typed: false } });
		books.close();
	});

	it('has stock counted, and its difference booked by hand', () => {
		const books = openReconciliationBooks();
		move(books, '2026-01-30', '1300', '2000', '500.00');
		const { id } = create(books, '1300', { actual: '480.00' });
		expect(() => choose(books, id, { all: true, add: ['entry:1'] })).toThrow(refusal('ITEM_REFUSED'));
		expect(() => verify(books, id)).toThrow(refusal('RECONCILIATION_VARIANCE', { unexplained: '20.00' }));
		move(books, '2026-01-31', '5000', '1300', '20.00', 'Stock lost');
		expect(verify(books, id)).toMatchObject({ status: 'VERIFIED', strategy: 'physical-count', expected: '480.00' });
		books.close();
	});

	it('reconciles an account that is bound to no currency by its base amounts', () => {
		const books = openReconciliationBooks();
		books.post('2026-01-10', 'Stock from abroad', [
			['1300', '100.00', '', { currency: 'EUR', base: '110.00' }],
			['2000', '', '110.00'],
		]);
		const { id } = create(books, '1300', { actual: '110.00' });
		expect(verify(books, id)).toMatchObject({ currency: 'USD', expected: '110.00', status: 'VERIFIED' });
		books.close();
	});

	it.each([
		['4000', {}, 'RECONCILIATION_REFUSED'],
		['1000', { period: 'FY2026' }, 'RECONCILIATION_REFUSED'],
		['1000', { period: '2031-01' }, 'PERIOD_NOT_FOUND'],
		['9999', {}, 'ACCOUNT_UNKNOWN'],
		['1000', { actual: '1.001' }, 'AMOUNT_INVALID'],
		['1100', { count: { '5': 1 } }, 'RECONCILIATION_REFUSED'],
	])('refuses %s with %o: %s', (account, extra, code) => {
		const books = openReconciliationBooks();
		move(books, '2026-01-05', '1000', '4000', '70.00');
		expect(() => create(books, account, extra)).toThrow(refusal(code));
		books.close();
	});
});

describe('reconciling items', () => {
	/** January: 1000.00 both agree on, a cheque that nobody presented, a deposit under way, a charge that the bank took wrongly. */
	function openJanuary() {
		const books = openReconciliationBooks();
		const capital = move(books, '2026-01-02', '1100', '3000', '1000.00', 'Capital');
		const cheque = move(books, '2026-01-20', '6000', '1100', '300.00', 'Cheque 17');
		const deposit = move(books, '2026-01-31', '1100', '4000', '80.00', 'Takings');
		const { lineIds } = statement(books, '2026-01-01', '2026-01-31', '0.00', [
			['2026-01-02', '1000.00', 'Capital'],
			['2026-01-25', '-5.00', 'Charge', { reference: 'TICKET-9' }],
		]);
		confirmMatch(books, '1100', [lineIds[0] ?? 0], [[capital, 1]]);
		return { books, capital, cheque, deposit };
	}

	it('are open lines of either side, chosen and never typed, and explain the variance to the last unit', () => {
		const { books, capital, cheque, deposit } = openJanuary();
		const { id, variance } = create(books, '1100');
		expect(variance).toBe('-215.00');
		expect(offered(books, id).map(({ ref, kind, amount, ageDays, chosen }) => [kind, kind === 'BOOK' ? ref : 'line', amount, ageDays, chosen])).toEqual([
			['BOOK', `entry:${cheque}:2`, '-300.00', 11, false],
			['BANK', 'line', '5.00', 6, false],
			['BOOK', `entry:${deposit}:1`, '80.00', 0, false],
		]);
		for (const wrong of [`entry:${capital}`, `entry:${cheque}:1`, 'entry:99', 'line:01890a5d-ac96-774b-bcce-b302099a8057', '300.00']) {
			expect(() => choose(books, id, { add: [wrong] }), wrong).toThrow(refusal('ITEM_REFUSED', { item: wrong }));
		}
		expect(choose(books, id, { add: [`entry:${cheque}`], note: ' Supplier is on holiday ' })).toMatchObject({
			explained: '-300.00',
			unexplained: '85.00',
			items: [{ note: 'Supplier is on holiday' }],
		});
		expect(() => verify(books, id)).toThrow(refusal('RECONCILIATION_VARIANCE', { unexplained: '85.00' }));
		const whole = choose(books, id, { all: true });
		expect(whole).toMatchObject({ explained: '-215.00', unexplained: '0.00' });
		expect(whole.items.map(({ note }) => note)).toEqual(['Supplier is on holiday', 'TICKET-9', null]);
		expect(choose(books, id, { remove: [`entry:${deposit}`] })).toMatchObject({ unexplained: '80.00' });
		expect(() => choose(books, id, { remove: [`entry:${deposit}`] })).toThrow(refusal('ITEM_REFUSED'));
		choose(books, id, { all: true });
		expect(verify(books, id)).toMatchObject({ status: 'VERIFIED', explained: '-215.00', verifiedBy: books.actor.user.login });
		expect(() => choose(books, id, { remove: [`entry:${deposit}`] })).toThrow(refusal('RECONCILIATION_FIXED'));
		expect(() => create(books, '1100')).toThrow(refusal('RECONCILIATION_FIXED'));
		expect(() => verify(books, id)).toThrow(refusal('RECONCILIATION_FIXED'));
		books.close();
	});

	it('carry forward with their age until they are cleared', () => {
		const { books, cheque } = openJanuary();
		const first = create(books, '1100');
		choose(books, first.id, { all: true, note: 'January' });
		verify(books, first.id);
		const { lineIds } = statement(books, '2026-02-01', '2026-02-28', '995.00', [
			['2026-02-03', '80.00', 'Takings'],
			['2026-02-10', '5.00', 'Charge taken back'],
		]);
		const february = create(books, '1100', { period: '2026-02' });
		const open = offered(books, february.id);
		expect(open.map(({ carriedSince, note, ageDays }) => [carriedSince, note, ageDays])).toEqual([
			['2026-01-31', 'January', 39],
			['2026-01-31', 'January', 34],
			['2026-01-31', 'January', 28],
			[null, null, 25],
			[null, null, 18],
		]);
		confirmMatch(books, '1100', [lineIds[0] ?? 0], [[3, 1]]);
		confirmMatch(books, '1100', [2, lineIds[1] ?? 0], []);
		expect(choose(books, february.id, { all: true }).items).toMatchObject([
			{ ref: `entry:${cheque}:2`, carriedSince: '2026-01-31', note: 'January', amount: '-300.00' },
		]);
		expect(verify(books, february.id)).toMatchObject({ status: 'VERIFIED', actual: '1080.00', expected: '780.00' });
		const march = statement(books, '2026-03-01', '2026-03-31', '1080.00', [['2026-03-05', '-300.00', 'Cheque 17']]);
		const third = create(books, '1100', { period: '2026-03' });
		expect(offered(books, third.id)[0]).toMatchObject({ ref: `entry:${cheque}:2`, carriedSince: '2026-01-31' });
		confirmMatch(books, '1100', [march.lineIds[0] ?? 0], [[cheque, 2]]);
		expect(offered(books, third.id)).toEqual([]);
		expect(verify(books, third.id)).toMatchObject({ variance: '0.00', items: [] });
		books.close();
	});

	it('drop out of a draft when their line is matched or reversed meanwhile', () => {
		const { books, cheque, deposit } = openJanuary();
		const { id } = create(books, '1100');
		choose(books, id, { all: true });
		const bank = statement(books, '2026-01-31', '2026-02-28', '995.00', [['2026-01-31', '80.00', 'Takings']]);
		confirmMatch(books, '1100', [bank.lineIds[0] ?? 0], [[deposit, 1]]);
		const refreshed = create(books, '1100');
		expect(refreshed).toMatchObject({ id, actual: '1075.00', explained: '-295.00', unexplained: '0.00' });
		books.post(
			'2026-01-31',
			'Cheque 17 taken back',
			[
				['6000', '', '300.00'],
				['1100', '300.00', ''],
			],
			{ source: 'REVERSAL', reverses: cheque },
		);
		expect(verify(books, id)).toMatchObject({ status: 'VERIFIED', explained: '5.00', expected: '1080.00' });
		books.close();
	});

	it('count a match that goes on after the end as open on both sides of it', () => {
		const { books, deposit } = openJanuary();
		const later = statement(books, '2026-02-01', '2026-02-28', '995.00', [['2026-02-02', '80.00', 'Takings']]);
		confirmMatch(books, '1100', [later.lineIds[0] ?? 0], [[deposit, 1]]);
		const { id } = create(books, '1100');
		expect(offered(books, id)).toContainEqual(expect.objectContaining({ ref: `entry:${deposit}:1`, amount: '80.00' }));
		choose(books, id, { all: true });
		expect(verify(books, id)).toMatchObject({ status: 'VERIFIED' });
		books.close();
	});

	it('take ledger lines before the first statement as contained in its opening balance, unless somebody or a later match knows better', () => {
		const books = openReconciliationBooks();
		books.postOpening([
			['1100', '1200.00', ''],
			['3900', '', '1200.00'],
		]);
		const cheque = books.postOpening([
			['3900', '150.00', ''],
			['1100', '', '150.00'],
		]).no;
		const other = books.postOpening([
			['3900', '50.00', ''],
			['1100', '', '50.00'],
		]).no;
		const january = statement(books, '2026-01-01', '2026-01-31', '1200.00', [['2026-01-09', '-150.00', 'Cheque 3']]);
		const { id, variance } = create(books, '1100');
		expect(variance).toBe('-50.00');
		expect(offered(books, id)).toEqual([expect.objectContaining({ kind: 'BANK' })]);
		confirmMatch(books, '1100', [january.lineIds[0] ?? 0], [[cheque, 2]]);
		expect(offered(books, id)).toEqual([]);
		expect(offered(books, id, true)).toMatchObject([
			{ amount: '1200.00', older: true },
			{ ref: `entry:${other}:2`, amount: '-50.00', older: true },
		]);
		expect(choose(books, id, { all: true }).items).toEqual([]);
		expect(choose(books, id, { add: [`entry:${other}`] })).toMatchObject({ unexplained: '0.00' });
		expect(create(books, '1100').items).toHaveLength(1);
		expect(verify(books, id)).toMatchObject({ status: 'VERIFIED' });
		const february = statement(books, '2026-02-01', '2026-02-28', '1050.00', [['2026-02-09', '-50.00', 'Cheque 4']]);
		const next = create(books, '1100', { period: '2026-02' });
		expect(offered(books, next.id)[0]).toMatchObject({ ref: `entry:${other}:2`, older: false, carriedSince: '2026-01-31' });
		confirmMatch(books, '1100', [february.lineIds[0] ?? 0], [[other, 2]]);
		expect(verify(books, next.id)).toMatchObject({ status: 'VERIFIED', variance: '0.00' });
		books.close();
	});
});

describe('who verifies', () => {
	it('is another than who prepared, where two people may and the company asks for it', () => {
		const books = openReconciliationBooks();
		move(books, '2026-01-05', '1000', '3000', '70.00');
		const viewer = memberOf(books, 'viewer', 'VIEWER');
		const { id } = create(books, '1000', { actual: '70.00' });
		expect(viewer.user.id).toBeGreaterThan(1);
		const second = memberOf(books, 'second');
		expect(() => verify(books, id)).toThrow(refusal('VERIFIER_IS_PREPARER', { others: ['second'] }));
		expect(verify(books, id, second)).toMatchObject({ preparedBy: books.actor.user.login, verifiedBy: 'second' });
		undo(books, id);
		books.connection.raw.exec(`UPDATE users SET disabled = 1 WHERE login = 'second'`);
		const alone = create(books, '1000', { actual: '70.00' });
		expect(verify(books, alone.id)).toMatchObject({ status: 'VERIFIED' });
		books.close();
	});

	it('is anybody where the setting is off', () => {
		const books = openReconciliationBooks({ settings: { verifier_differs: 'no' } });
		memberOf(books, 'second');
		move(books, '2026-01-05', '1000', '3000', '70.00');
		expect(verify(books, create(books, '1000', { actual: '70.00' }).id)).toMatchObject({ status: 'VERIFIED' });
		books.close();
	});

	it('waits for the last day of the period', () => {
		const books = openReconciliationBooks({ now: '2026-01-20T10:00:00.000Z' });
		move(books, '2026-01-05', '1000', '3000', '70.00');
		const { id } = create(books, '1000', { actual: '70.00' });
		expect(() => verify(books, id)).toThrow(refusal('PERIOD_DATE_INVALID', { end: '2026-01-31' }));
		books.close();
	});
});

describe('undoing', () => {
	it('needs a reason, goes newest first, and leaves closed periods alone', async () => {
		const books = openReconciliationBooks();
		move(books, '2026-01-05', '1000', '3000', '70.00');
		const first = create(books, '1000', { actual: '70.00' });
		const second = create(books, '1000', { period: '2026-02', actual: '70.00' });
		verify(books, first.id);
		verify(books, second.id);
		expect(() => undo(books, second.id, ' short  ')).toThrow(refusal('REASON_TOO_SHORT', { minLength: 10 }));
		expect(() => undo(books, first.id)).toThrow(refusal('RECONCILIATION_NOT_NEWEST', { first: second.id }));
		expect(undo(books, second.id)).toMatchObject({ status: 'UNDONE', undoReason: 'the cheque was booked twice' });
		expect(() => undo(books, second.id)).toThrow(refusal('RECONCILIATION_FIXED'));
		expect(() => verify(books, second.id)).toThrow(refusal('RECONCILIATION_FIXED'));
		const again = create(books, '1000', { period: '2026-02', actual: '70.00' });
		expect(again.id).not.toBe(second.id);
		const desk = closeDesk(books);
		await desk.close('2026-01');
		for (const act of [() => undo(books, first.id), () => create(books, '1000')]) expect(act).toThrow(refusal('PERIOD_CLOSED'));
		verify(books, again.id);
		await desk.reopen('2026-01');
		expect(() => undo(books, first.id)).toThrow(refusal('RECONCILIATION_NOT_NEWEST'));
		undo(books, again.id);
		expect(undo(books, first.id)).toMatchObject({ status: 'UNDONE' });
		books.close();
	});
});
