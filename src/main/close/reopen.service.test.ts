import { describe, expect, it } from 'vitest';
import { setSetting } from '#main/companies/index.ts';
import { readEntryTexts } from '#main/ledger/index.ts';
import { closeDesk } from '#test/close-books.ts';
import { openTestBooks, type TestBooks, type TestBooksOptions, type TestLine } from '#test/books.ts';

const sale = (amount: string): TestLine[] => [
	['1100', amount, ''],
	['4000', '', amount],
];

function booksOfTwoMonths(options: TestBooksOptions = {}): TestBooks {
	const books = openTestBooks(options);
	books.post('2026-01-15', 'Sales', sale('500.00'));
	books.post('2026-02-15', 'Sales', sale('300.00'));
	return books;
}

describe('reopening', () => {
	it('reverses the closing entry exactly, and the second close counts what came in between', async () => {
		const books = booksOfTwoMonths();
		const desk = closeDesk(books);
		const first = await desk.close('2026-01');
		const reopened = await desk.reopen('2026-01', { reason: 'An invoice came late' });
		expect(reopened).toMatchObject({ closeNumber: 1, reversalEntryNo: 4, sealNo: 3, period: { name: '2026-01', status: 'OPEN', closedAt: null } });
		const [reversal] = [...readEntryTexts(books.runner.db, books.company, { by: 'number', from: 4, through: 4 })];
		expect(reversal?.entry).toMatchObject({ date: '2026-01-31', source: 'CLOSING', reverses: 3, lines: [{ credit: 50000 }, { debit: 50000 }] });

		books.post('2026-01-31', 'The late invoice', sale('40.00'));
		const second = await desk.close('2026-01');
		expect(second).toMatchObject({ closeNumber: 2, alreadyClosed: false, netProfit: '540.00', sealNo: 4 });
		expect(second.closeHash).not.toBe(first.closeHash);
		const seal = JSON.parse(books.runner.db.value<string>('SELECT document FROM seals WHERE seal_no = 4') ?? '') as Record<string, unknown>;
		expect(seal).toMatchObject({ supersedes: { sealSha256: first.sealSha256, reopenedBy: books.actor.user.login, reopenReason: 'An invoice came late' } });
		expect(desk.closes().filter(({ period }) => period === '2026-01')).toMatchObject([
			{ closeNumber: 1, status: 'REOPENED', reopenedBy: books.actor.user.login, reopenReason: 'An invoice came late', sealSha256: first.sealSha256 },
			{ closeNumber: 2, status: 'CLOSED', reopenedBy: null, reopenReason: null, sealSha256: second.sealSha256 },
		]);
	});

	it('leaves close number 1 verifiable, before and after close number 2', async () => {
		const books = booksOfTwoMonths();
		const desk = closeDesk(books);
		await desk.close('2026-01');
		await desk.reopen('2026-01');
		books.post('2026-01-31', 'The late invoice', sale('40.00'));
		expect(desk.verify('2026-01', { closeNumber: 1 })).toMatchObject({ result: 'VERIFIED', findings: [] });
		await desk.close('2026-01');
		expect(desk.verify('2026-01', { closeNumber: 1 })).toMatchObject({ result: 'VERIFIED', findings: [], signature: 'good' });
		expect(desk.verify('2026-01', { closeNumber: 2 })).toMatchObject({ result: 'VERIFIED', findings: [] });
		expect(desk.verifyAll()).toMatchObject({ result: 'VERIFIED', seals: 4, findings: [] });
	});

	it('soft leaves the period soft-closed, and it can be closed from there', async () => {
		const books = booksOfTwoMonths();
		const desk = closeDesk(books);
		await desk.close('2026-01');
		expect((await desk.reopen('2026-01', { soft: true })).period.status).toBe('CLOSING');
		expect(() => books.post('2026-01-31', 'Not now', sale('1.00'))).toThrow(expect.objectContaining({ code: 'PERIOD_CLOSING' }));
		expect(await desk.close('2026-01')).toMatchObject({ closeNumber: 2 });
	});

	it('of a year posts nothing, and comes before its months', async () => {
		const books = booksOfTwoMonths({ now: '2027-01-05T00:00:00.000Z' });
		const desk = closeDesk(books);
		for (let month = 1; month <= 12; month++) await desk.close(`2026-${String(month).padStart(2, '0')}`);
		await desk.close('FY2026');
		await expect(desk.reopen('2026-12')).rejects.toMatchObject({ code: 'REOPEN_REFUSED', details: { first: 'FY2026' } });
		expect(await desk.reopen('FY2026')).toMatchObject({ reversalEntryNo: null });
		expect(await desk.reopen('2026-12')).toMatchObject({ reversalEntryNo: null, closeNumber: 1 });
		await desk.close('2026-12');
		expect(await desk.close('FY2026')).toMatchObject({ closeNumber: 2 });
		expect(desk.verifyAll()).toMatchObject({ result: 'VERIFIED', findings: [] });
		expect(desk.verify('FY2026', { closeNumber: 1 })).toMatchObject({ result: 'VERIFIED' });
	});
});

describe('a reopening is refused', () => {
	it.each([
		['without a reason worth reading', '2026-02', { reason: 'late' }, 'REASON_TOO_SHORT'],
		['without the typed name', '2026-02', { confirm: 'yes' }, 'CONFIRMATION_MISSING'],
		['before the later month', '2026-01', {}, 'REOPEN_REFUSED'],
		['of the opening before any month', 'opening', {}, 'REOPEN_REFUSED'],
		['of what is open', '2026-03', {}, 'PERIOD_NOT_CLOSED'],
		['of what is not there', '2031-01', {}, 'PERIOD_NOT_FOUND'],
	])('%s', async (_what, period, input, code) => {
		const books = booksOfTwoMonths();
		const desk = closeDesk(books);
		await desk.close('2026-01');
		await desk.close('2026-02');
		await expect(desk.reopen(period, input)).rejects.toMatchObject({ code });
		expect(books.runner.db.value('SELECT count(*) FROM seals')).toBe(3);
	});

	it('where it was closed under NEVER, whatever the setting says later', async () => {
		const books = booksOfTwoMonths({ settings: { reopen_policy: 'NEVER' } });
		const desk = closeDesk(books);
		await desk.close('2026-01');
		books.runner.write((tx) => setSetting(tx, books.company, 'reopen_policy', 'ADMIN_WITH_REASON'));
		await expect(desk.reopen('2026-01')).rejects.toMatchObject({ code: 'REOPEN_REFUSED', details: { policy: 'NEVER' } });
		await desk.close('2026-02');
		expect(await desk.reopen('2026-02')).toMatchObject({ closeNumber: 1 });
	});
});

describe('what was reconciled, at a reopening', () => {
	const statuses = (books: TestBooks) =>
		books.runner.db.all<{ code: string; status: string }>(
			`SELECT a.code, r.status FROM reconciliations r JOIN accounts a ON a.company_id = r.company_id AND a.id = r.account_id ORDER BY a.code`,
		);

	it('stays verified, so that the period closes again at once as close 2, and says the same', async () => {
		const books = openTestBooks({ now: '2026-03-10T12:00:00.000Z' });
		books.post('2026-01-05', 'Capital', move('1100', '3000', '900.00'));
		const desk = closeDesk(books);
		await desk.close('2026-01');
		await desk.reopen('2026-01');
		expect(statuses(books)).toEqual([{ code: '1100', status: 'VERIFIED' }]);
		const again = closeDesk(books, { ...OTHER_DESK, secrets: desk.context.secrets, contentFolder: desk.context.paths.content });
		expect(await again.close('2026-01')).toMatchObject({ success: true, closeNumber: 2 });
		expect(sealedRows(books, 2)).toEqual(sealedRows(books, 1));
		expect(again.verifyAll()).toMatchObject({ result: 'VERIFIED', findings: [] });
		books.close();
	});

	it('goes stale when the account moves, and is verified again before close 2; close 1 stays what it was', async () => {
		const books = openTestBooks({ now: '2026-03-10T12:00:00.000Z' });
		books.post('2026-01-05', 'Capital', move('1100', '3000', '900.00'));
		const desk = closeDesk(books);
		await desk.close('2026-01');
		const before = sealedRows(books, 1);
		await desk.reopen('2026-01');
		books.post('2026-01-30', 'A bill that came late', move('6000', '1100', '40.00'));
		expect(statuses(books)).toEqual([{ code: '1100', status: 'STALE' }]);
		const bare = closeDesk(books, { ...OTHER_DESK, secrets: desk.context.secrets, contentFolder: desk.context.paths.content });
		await expect(bare.close('2026-01')).rejects.toMatchObject({
			code: 'CLOSE_REFUSED',
			details: { codes: ['RECONCILIATION_STALE'] },
			message: expect.stringContaining('was posted on 2026-01-30'),
		});
		expect(await desk.close('2026-01')).toMatchObject({ closeNumber: 2 });
		expect(sealedRows(books, 1)).toEqual(before);
		expect(sealedRows(books, 2)).toMatchObject([{ account: '1100', status: 'VERIFIED', expectedMinor: 86_000 }]);
		for (const closeNumber of [1, 2]) expect(desk.verify('2026-01', { closeNumber })).toMatchObject({ result: 'VERIFIED', findings: [] });
		books.close();
	});

	/** A desk that reconciles nothing. */
	const OTHER_DESK = { reconcile: false };
	const move = (debit: string, credit: string, amount: string): TestLine[] => [
		[debit, amount, ''],
		[credit, '', amount],
	];

	function sealedRows(books: TestBooks, closeNumber: number): unknown[] {
		const content = books.runner.db.value<Uint8Array>(
			`SELECT t.content FROM sealed_tables t JOIN period_closes c ON c.company_id = t.company_id AND c.id = t.close_id
			JOIN accounting_periods p ON p.company_id = c.company_id AND p.id = c.period_id
			WHERE t.name = 'reconciliations' AND c.close_number = ? AND p.name = '2026-01'`,
			closeNumber,
		);
		const lines = Buffer.from(content ?? [])
			.toString()
			.split('\n');
		return lines.filter(Boolean).map((row) => JSON.parse(row) as unknown);
	}
});
