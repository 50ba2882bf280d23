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
			{ closeNumber: 1, status: 'REOPENED', reopenReason: 'An invoice came late' },
			{ closeNumber: 2, status: 'CLOSED', reopenReason: null },
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
