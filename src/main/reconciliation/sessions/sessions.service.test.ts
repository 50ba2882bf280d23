import { describe, expect, it } from 'vitest';
import type { TestBooks } from '#test/books.ts';
import { changeAccount, move, openReconciliationBooks } from '#test/reconciliation-books.ts';
import { type EntryInput, postPrepared, prepareEntry } from '#main/ledger/index.ts';
import { findPeriod, softClose } from '#main/periods/index.ts';
import { periodReconciliation } from '../verification/period-reconciliation.service.ts';
import { closedPeriods, currentPeriodStatus, periodReconciliationStatus } from '../verification/period-status.service.ts';
import { prepareReconciliation } from '../verification/prepare.service.ts';
import { verifyReconciliation } from '../verification/verify.service.ts';
import { closeDesk } from '#test/close-books.ts';
import { activeSessions } from './sessions.queries.ts';
import { closeSession, findSession, noteSession, startSession } from './sessions.service.ts';
import { createTransfer, type TransferRequest } from './transfer.service.ts';

const refusal = (code: string, details: object = {}) => expect.objectContaining({ code, details: expect.objectContaining(details) });
const start = (books: TestBooks, period = '2026-01', notes = '') => books.runner.write((tx) => startSession(tx, books.actor, period, notes));
const close = (books: TestBooks, period = '2026-01') => books.runner.write((tx) => closeSession(tx, books.actor, { period }));
const transfer = (books: TestBooks, extra: Partial<TransferRequest> = {}) =>
	books.runner.write((tx) => createTransfer(tx, books.actor, { from: '1000', to: '1100', amount: '5.00', date: '2026-01-20', ...extra }));
const verifyCash = (books: TestBooks, period: string, actual: string) =>
	books.runner.write((tx) => verifyReconciliation(tx, books.actor, prepareReconciliation(tx, books.actor, { account: '1000', period, actual }).uuid));

describe('sessions', () => {
	it('are one at a time in a period, any number after another, and close when every account is verified', () => {
		const books = openReconciliationBooks();
		move(books, '2026-01-05', '1000', '3000', '70.00');
		const session = start(books, '2026-01', ' With the owner ');
		expect(session).toMatchObject({ period: '2026-01', status: 'ACTIVE', notes: 'With the owner', startedBy: 'owner' });
		expect(() => start(books)).toThrow(refusal('SESSION_REFUSED', { sessionId: session.uuid }));
		start(books, '2026-02');
		expect(activeSessions(books.runner.db, books.company.id).map(({ period }) => period)).toEqual(['2026-01', '2026-02']);
		expect(() => close(books)).toThrow(refusal('SESSION_INCOMPLETE', { accounts: [{ code: '1000', name: 'Cash', status: 'MISSING' }] }));
		verifyCash(books, '2026-01', '70.00');
		expect(books.runner.write((tx) => noteSession(tx, books.company, { sessionId: session.uuid }, 'Done')).notes).toBe('Done');
		expect(close(books)).toMatchObject({ status: 'CLOSED', closedBy: 'owner' });
		expect(() => close(books)).toThrow(refusal('SESSION_NOT_ACTIVE'));
		expect(() => books.runner.write((tx) => noteSession(tx, books.company, { period: '2026-01' }, 'More'))).toThrow(refusal('SESSION_NOT_ACTIVE'));
		const second = start(books);
		expect(findSession(books.runner.db, books.company, { period: '2026-01' }).uuid).toBe(second.uuid);
		expect(findSession(books.runner.db, books.company, { sessionId: session.uuid }).status).toBe('CLOSED');
		books.close();
	});

	it.each<[string, () => Parameters<typeof findSession>[2], string]>([
		['both a period and an id', () => ({ period: '2026-01', sessionId: 'x' }), 'INPUT_INVALID'],
		['nothing', () => ({}), 'INPUT_INVALID'],
		['an id of none', () => ({ sessionId: '01890a5d-ac96-774b-bcce-b302099a8057' }), 'NOT_FOUND'],
		['a period without one', () => ({ period: '2026-03' }), 'NOT_FOUND'],
		['a period that is none', () => ({ period: '2031-03' }), 'PERIOD_NOT_FOUND'],
	])('are not found by %s', (_what, name, code) => {
		const books = openReconciliationBooks();
		expect(() => findSession(books.runner.db, books.company, name())).toThrow(refusal(code));
		books.close();
	});

	it('are not of years or closed periods', async () => {
		const books = openReconciliationBooks();
		move(books, '2026-01-05', '4000', '3000', '70.00');
		expect(() => start(books, 'FY2026')).toThrow(refusal('SESSION_REFUSED'));
		await closeDesk(books).close('2026-01');
		expect(() => start(books)).toThrow(refusal('PERIOD_CLOSED'));
		books.close();
	});
});

describe('a transfer', () => {
	it('is an entry of source TRANSFER, in the active session where there is one', () => {
		const books = openReconciliationBooks();
		expect(transfer(books)).toMatchObject({ no: 1, sessionId: null });
		const session = start(books);
		expect(transfer(books, { description: 'To the bank', reference: 'SLIP-1', period: '2026-01' })).toMatchObject({ no: 2, sessionId: session.uuid });
		expect(books.runner.db.all('SELECT source, description, reference, session_id AS session FROM journal_entries ORDER BY id')).toEqual([
			{ source: 'TRANSFER', description: 'Transfer from Cash to Bank', reference: null, session: null },
			{ source: 'TRANSFER', description: 'To the bank', reference: 'SLIP-1', session: 1 },
		]);
		expect(
			books.runner.db.all(
				'SELECT a.code, l.debit_minor AS debit, l.credit_minor AS credit FROM journal_lines l JOIN accounts a ON a.id = l.account_id WHERE entry_id = 2 ORDER BY line_no',
			),
		).toEqual([
			{ code: '1100', debit: 500, credit: 0 },
			{ code: '1000', debit: 0, credit: 500 },
		]);
		books.close();
	});

	it('gets into a soft-closed period in its session only', () => {
		const books = openReconciliationBooks();
		books.runner.write((tx) => softClose(tx, books.company, '2026-01'));
		expect(() => transfer(books)).toThrow(refusal('PERIOD_CLOSING', { period: '2026-01' }));
		start(books, '2026-02');
		expect(() => transfer(books)).toThrow(refusal('PERIOD_CLOSING'));
		start(books);
		expect(transfer(books).sessionId).not.toBeNull();
		books.close();
	});

	it.each<[string, Partial<TransferRequest>, string]>([
		['to itself', { to: '1000' }, 'INPUT_INVALID'],
		['to an account where no money sits', { to: '6000' }, 'INPUT_INVALID'],
		['between two currencies', { to: '1120' }, 'CURRENCY_MISMATCH'],
		['of nothing', { amount: '0.00' }, 'AMOUNT_INVALID'],
		['of a negative amount', { amount: '-5.00' }, 'AMOUNT_INVALID'],
		['on no day', { date: '2026-02-30' }, 'ENTRY_DATE_INVALID'],
		['outside the period named', { period: '2026-02' }, 'PERIOD_DATE_INVALID'],
		['from an unknown account', { from: '7777' }, 'ACCOUNT_UNKNOWN'],
	])('is refused %s', (_what, extra, code) => {
		const books = openReconciliationBooks({
			chart: [
				['1000', 'Cash', 'ASSET', 'CASH'],
				['1100', 'Bank', 'ASSET', 'BANK'],
				['1120', 'Euro bank', 'ASSET', 'BANK', 'EUR'],
				['6000', 'Rent', 'EXPENSE'],
			],
		});
		expect(() => transfer(books, extra)).toThrow(refusal(code));
		books.close();
	});

	it('between two accounts in another currency takes a rate', () => {
		const books = openReconciliationBooks({
			chart: [
				['1000', 'Euro till', 'ASSET', 'CASH', 'EUR'],
				['1100', 'Euro bank', 'ASSET', 'BANK', 'EUR'],
			],
		});
		expect(() => transfer(books)).toThrow(refusal('RATE_MISSING'));
		transfer(books, { rate: '1.10' });
		expect(books.runner.db.all('SELECT currency, base_debit_minor + base_credit_minor AS base FROM journal_lines')).toEqual([
			{ currency: 'EUR', base: 550 },
			{ currency: 'EUR', base: 550 },
		]);
		books.close();
	});
});

describe('an entry of a session', () => {
	const entry = (extra: Partial<EntryInput>): EntryInput => ({
		date: '2026-01-31',
		description: 'Accrual',
		lines: [
			{ account: '6000', debit: '5.00' },
			{ account: '2000', credit: '5.00' },
		],
		...extra,
	});
	it.each<[string, Partial<EntryInput>, string | null]>([
		['adjusting', { source: 'ADJUSTING' }, null],
		['of an ordinary source', { source: 'MANUAL' }, 'PERIOD_CLOSING'],
		['dated in another period', { source: 'ADJUSTING', date: '2026-02-01' }, 'SESSION_NOT_ACTIVE'],
	])('%s', (_what, extra, code) => {
		const books = openReconciliationBooks();
		books.runner.write((tx) => softClose(tx, books.company, '2026-01'));
		const session = start(books).uuid;
		const post = () => books.runner.write((tx) => postPrepared(tx, books.actor, prepareEntry(tx, books.company, entry({ session, ...extra }))));
		if (code === null) expect(post()).toMatchObject({ no: 1 });
		else expect(post).toThrow(refusal(code));
		books.close();
	});
});

describe('the status of a period', () => {
	it('names what has to be reconciled: where money sits and moved or stands, and what is flagged; exempt ones with who, when and why', () => {
		const books = openReconciliationBooks();
		move(books, '2026-01-05', '1000', '3000', '70.00');
		move(books, '2026-01-05', '1300', '3000', '10.00');
		move(books, '2026-01-06', '1100', '1190', '1.00');
		move(books, '2026-01-06', '1190', '1100', '1.00');
		changeAccount(books, { account: '1300', requiresReconciliation: true });
		changeAccount(books, { account: '1100', requiresReconciliation: false, reason: 'Closed by the bank' });
		const rows = (period: string) =>
			periodReconciliationStatus(books.runner.db, books.company, period).accounts.map(({ code, status, expected, strategy }) => [
				code,
				status,
				expected,
				strategy,
			]);
		expect(rows('2026-01')).toEqual([
			['1000', 'MISSING', '70.00', 'cash-count'],
			['1100', 'EXEMPT', '0.00', 'statement'],
			['1190', 'MISSING', '0.00', 'balance'],
			['1300', 'MISSING', '10.00', 'physical-count'],
		]);
		expect(rows('2026-02').map(([code]) => code)).toEqual(['1000', '1300']);
		expect(periodReconciliationStatus(books.runner.db, books.company, '2026-01').accounts[1]).toMatchObject({
			exemptBy: 'owner',
			exemptReason: 'Closed by the bank',
			exemptAt: expect.stringMatching(/^2026/),
		});
		verifyCash(books, '2026-01', '70.00');
		const { accounts, complete } = periodReconciliationStatus(books.runner.db, books.company, '2026-01');
		expect(accounts[0]).toMatchObject({ status: 'VERIFIED', actual: '70.00', variance: '0.00', unexplained: '0.00', verifiedBy: 'owner' });
		expect(complete).toBe(false);
		expect(() => periodReconciliationStatus(books.runner.db, books.company, 'FY2026')).toThrow(refusal('RECONCILIATION_REFUSED'));
		books.close();
	});

	it('says which period is next, and which are closed, page by page', async () => {
		const books = openReconciliationBooks();
		move(books, '2026-01-05', '1000', '3000', '70.00');
		expect(currentPeriodStatus(books.runner.db, books.company)).toMatchObject({ period: { name: '2026-01' }, complete: false, counts: { missing: 1 } });
		const desk = closeDesk(books);
		for (const period of ['2026-01', '2026-02', '2026-03']) {
			verifyCash(books, period, '70.00');
			await desk.close(period);
		}
		expect(currentPeriodStatus(books.runner.db, books.company)).toMatchObject({ period: { name: '2026-04' }, counts: { missing: 1, verified: 0 } });
		const first = closedPeriods(books.runner.db, books.company, { limit: 2 });
		expect(first).toMatchObject({ periods: [{ name: '2026-03', reconciliations: 1 }, { name: '2026-02' }], more: true });
		expect(closedPeriods(books.runner.db, books.company, { limit: 2, before: '2026-02' })).toMatchObject({ periods: [{ name: '2026-01' }], more: false });
		expect(closedPeriods(books.runner.db, books.company, { before: '2026-05' }).periods).toHaveLength(3);
		books.close();
	});

	it('gives the close what it judges by', () => {
		const books = openReconciliationBooks();
		move(books, '2026-01-05', '1100', '3000', '70.00');
		const period = findPeriod(books.runner.db, books.company, '2026-01');
		expect(periodReconciliation(books.runner.db, books.company, period)).toMatchObject({
			accounts: [
				{ status: 'MISSING', statements: { reaches: null, isShort: true, balanceMinor: null }, unmatched: { count: 0, sumMinor: 0n }, exemption: null },
			],
			complete: false,
			session: null,
		});
		books.close();
	});
});
