import { describe, expect, it } from 'vitest';
import { closeDesk, type CloseDesk } from '#test/close-books.ts';
import { openTestBooks, type TestBooks, type TestBooksOptions, type TestLine } from '#test/books.ts';
import { reopenDifference } from './index.ts';

const move = (debit: string, credit: string, amount: string): TestLine[] => [
	[debit, amount, ''],
	[credit, '', amount],
];

/** Sales of 500.00 in January and of 300.00 in February. */
function twoMonths(options: TestBooksOptions = {}): { books: TestBooks; desk: CloseDesk } {
	const books = openTestBooks({ now: '2026-06-01T08:00:00.000Z', ...options });
	books.post('2026-01-15', 'Sales', move('1100', '4000', '500.00'));
	books.post('2026-02-15', 'Sales', move('1100', '4000', '300.00'));
	return { books, desk: closeDesk(books) };
}

const differenceOf = (books: TestBooks, period: string, closes: { from?: number; to?: number } = {}) =>
	books.runner.read((db) => reopenDifference(db, books.actor, { period, ...closes }));

/** Each account with the change of the figures that are not nil: "4000 USD BALANCE debit 540.00 credit 540.00 adjusted -40.00". */
function changesOf({ accounts }: ReturnType<typeof differenceOf>): string[] {
	return accounts.map(({ code, currency, kind, figures }) => {
		const changed = Object.entries(figures).filter(([, { change }]) => Number(change) !== 0);
		return [code, currency, kind, ...changed.flatMap(([figure, { change }]) => [figure, change])].join(' ');
	});
}

describe('what changed between two closes', () => {
	it('names both closes, who reopened and why, each account, and the entries that moved it', async () => {
		const { books, desk } = twoMonths();
		const first = await desk.close('2026-01', { reason: 'The month is done' });
		await desk.reopen('2026-01', { reason: 'An invoice came late' });
		books.post('2026-01-31', 'The late invoice', move('1100', '4000', '40.00'), { reference: 'INV-7' });
		const second = await desk.close('2026-01', { reason: 'With the late invoice' });
		const difference = differenceOf(books, '2026-01');
		const login = books.actor.user.login;
		expect(difference).toMatchObject({
			period: '2026-01',
			start: '2026-01-01',
			end: '2026-01-31',
			currency: 'USD',
			earlier: { closeNumber: 1, closedBy: login, reason: 'The month is done', closeHash: first.closeHash, netProfit: '500.00', entries: 2, sealedThrough: 3 },
			later: {
				closeNumber: 2,
				closedBy: login,
				reason: 'With the late invoice',
				closeHash: second.closeHash,
				netProfit: '540.00',
				entries: 5,
				sealedThrough: 6,
			},
			reopenings: [{ closeNumber: 1, reopenedBy: login, reason: 'An invoice came late' }],
			explained: true,
		});
		expect(changesOf(difference)).toEqual([
			'1100 USD BALANCE debit 40.00 closing 40.00 adjusted 40.00',
			'3100 USD BALANCE debit 500.00 credit 540.00 closing -40.00',
			'4000 USD BALANCE debit 540.00 credit 540.00 adjusted -40.00',
		]);
		expect(difference.accounts[0]?.figures.closing).toEqual({ before: '500.00', after: '540.00', change: '40.00' });
		expect(difference.entries.map(({ no, source, reverses, afterClose, reason, postedBy }) => [no, source, reverses, afterClose, reason, postedBy])).toEqual([
			[4, 'CLOSING', 3, 1, 'An invoice came late', login],
			[5, 'MANUAL', null, 1, 'An invoice came late', login],
			[6, 'CLOSING', null, 1, 'An invoice came late', login],
		]);
		expect(difference.entries[1]).toMatchObject({
			date: '2026-01-31',
			description: 'The late invoice',
			reference: 'INV-7',
			lines: [
				{ code: '1100', name: 'Bank', currency: 'USD', debit: '40.00', credit: '0.00' },
				{ code: '4000', name: 'Sales', debit: '0.00', credit: '40.00' },
			],
		});
		// The entry of February is between the two seals, and none of January's.
		expect(difference.entries.map(({ no }) => no)).not.toContain(2);
		// Who renames later, or posts in February, changes nothing in it.
		books.post('2026-02-20', 'Later', move('1100', '4000', '1.00'));
		expect(differenceOf(books, '2026-01')).toEqual(difference);
	});

	it('of a period closed again at once is the closing entry and its reversal alone', async () => {
		const { books, desk } = twoMonths();
		await desk.close('2026-01');
		await desk.reopen('2026-01');
		await desk.close('2026-01');
		const difference = differenceOf(books, '2026-01');
		expect(changesOf(difference)).toEqual(['3100 USD SUMS debit 500.00 credit 500.00', '4000 USD SUMS debit 500.00 credit 500.00']);
		expect(difference).toMatchObject({ explained: true, earlier: { netProfit: '500.00' }, later: { netProfit: '500.00' } });
		expect(difference.tables.map(({ name }) => name)).toContain('balances');
	});

	it('begins with the opening balance where an earlier month was reopened as well', async () => {
		const { books, desk } = twoMonths();
		await desk.close('2026-01');
		await desk.close('2026-02');
		await desk.reopen('2026-02');
		await desk.reopen('2026-01');
		books.post('2026-01-20', 'Rent', move('6000', '1100', '75.00'));
		await desk.close('2026-01');
		await desk.close('2026-02');
		const difference = differenceOf(books, '2026-02');
		expect(changesOf(difference)).toEqual([
			'1100 USD BALANCE opening -75.00 closing -75.00 adjusted -75.00',
			'3100 USD BALANCE opening 75.00 debit 300.00 credit 300.00 closing 75.00',
			'4000 USD SUMS debit 300.00 credit 300.00',
			'6000 USD BALANCE adjusted 75.00',
		]);
		expect(difference.explained).toBe(true);
	});

	it('compares any two of several closes, and tells for each entry after which reopening it came', async () => {
		const { books, desk } = twoMonths();
		await desk.close('2026-01');
		for (const [amount, reason] of [
			['40.00', 'The first late invoice'],
			['7.00', 'The second late invoice'],
		] as const) {
			await desk.reopen('2026-01', { reason });
			books.post('2026-01-31', reason, move('1100', '4000', amount));
			await desk.close('2026-01');
		}
		const bank = (closes: { from?: number; to?: number }) => {
			const { accounts, earlier, later, reopenings, explained } = differenceOf(books, '2026-01', closes);
			const found = accounts.find(({ code }) => code === '1100');
			return [earlier.closeNumber, later.closeNumber, found?.figures.closing.change, reopenings.length, explained];
		};
		expect(bank({})).toEqual([2, 3, '7.00', 1, true]);
		expect(bank({ to: 2 })).toEqual([1, 2, '40.00', 1, true]);
		expect(bank({ from: 1 })).toEqual([1, 3, '47.00', 2, true]);
		const manual = differenceOf(books, '2026-01', { from: 1 }).entries.filter(({ source }) => source === 'MANUAL');
		expect(manual.map(({ description, afterClose, reason }) => [description, afterClose, reason])).toEqual([
			['The first late invoice', 1, 'The first late invoice'],
			['The second late invoice', 2, 'The second late invoice'],
		]);
	});

	it('has each currency of an account, and what a reversal took back', async () => {
		const chart = [
			['1100', 'Bank', 'ASSET', 'BANK'],
			['1150', 'Deposits abroad', 'ASSET'],
			['3000', 'Capital', 'EQUITY'],
			['3100', 'Retained earnings', 'EQUITY', 'RETAINED_EARNINGS'],
		] as const;
		const books = openTestBooks({ now: '2026-06-01T08:00:00.000Z', chart });
		const desk = closeDesk(books);
		const euros = (amount: string, base: string): TestLine[] => [
			['1150', amount, '', { currency: 'EUR', base }],
			['3000', '', base],
		];
		books.post('2026-01-10', 'Deposit', euros('100.00', '110.00'));
		await desk.close('2026-01');
		await desk.reopen('2026-01');
		books.post(
			'2026-01-10',
			'Deposit taken back',
			[
				['3000', '110.00', ''],
				['1150', '', '100.00', { currency: 'EUR', base: '110.00' }],
			],
			{ source: 'REVERSAL', reverses: 1 },
		);
		books.post('2026-01-10', 'Deposit at the right rate', euros('100.00', '112.50'));
		await desk.close('2026-01');
		const difference = differenceOf(books, '2026-01');
		expect(changesOf(difference)).toEqual([
			'1150 EUR BALANCE debit 100.00 credit 100.00',
			'3000 USD BALANCE debit 110.00 credit 112.50 closing -2.50 adjusted -2.50',
		]);
		expect(difference.accounts[0]?.baseFigures.closing).toEqual({ before: '110.00', after: '112.50', change: '2.50' });
		expect(difference).toMatchObject({
			explained: true,
			entries: [
				{ no: 2, source: 'REVERSAL', reverses: 1 },
				{ no: 3, reverses: null },
			],
		});
	});

	it('of a year is that of its months', async () => {
		const { books, desk } = twoMonths({ now: '2027-01-05T00:00:00.000Z' });
		for (let month = 1; month <= 12; month++) await desk.close(`2026-${String(month).padStart(2, '0')}`);
		await desk.close('FY2026');
		await desk.reopen('FY2026', { reason: 'The auditor found rent' });
		await desk.reopen('2026-12', { reason: 'The auditor found rent' });
		books.post('2026-12-31', 'Rent', move('6000', '1100', '20.00'));
		await desk.close('2026-12');
		await desk.close('FY2026');
		const difference = differenceOf(books, 'FY2026');
		expect(changesOf(difference)).toEqual([
			'1100 USD BALANCE credit 20.00 closing -20.00 adjusted -20.00',
			'3100 USD BALANCE debit 20.00 closing 20.00',
			'6000 USD BALANCE debit 20.00 credit 20.00 adjusted 20.00',
		]);
		expect(difference).toMatchObject({ explained: true, start: '2026-01-01', end: '2026-12-31' });
	});
});

describe('it is refused', () => {
	it.each([
		['where the period was never closed', '2026-02', {}, 'PERIOD_NOT_CLOSED', 'never closed'],
		['where it was closed once', '2026-01', {}, 'PERIOD_NOT_REOPENED', 'closed once'],
		['where there is no such period', '2031-01', {}, 'PERIOD_NOT_FOUND', '2031-01'],
	])('%s', async (_what, period, closes, code, words) => {
		const { books, desk } = twoMonths();
		await desk.close('2026-01');
		expect(() => differenceOf(books, period, closes)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(words) }));
	});

	it('where it was reopened and not closed again, with what to do next', async () => {
		const { books, desk } = twoMonths();
		await desk.close('2026-01');
		await desk.reopen('2026-01');
		expect(() => differenceOf(books, '2026-01')).toThrow(
			expect.objectContaining({ code: 'PERIOD_NOT_REOPENED', message: expect.stringContaining('close it again with `period close 2026-01`') }),
		);
	});

	it.each([
		['for a later close that there is not', { to: 3 }, 'PERIOD_NOT_CLOSED'],
		['for a close with itself', { from: 2, to: 2 }, 'INPUT_INVALID'],
		['for a later close with an earlier one', { from: 2, to: 1 }, 'INPUT_INVALID'],
		['from the newest on', { from: 2 }, 'INPUT_INVALID'],
		['for what is before the first', { to: 1 }, 'INPUT_INVALID'],
	])('%s', async (_what, closes, code) => {
		const { books, desk } = twoMonths();
		await desk.close('2026-01');
		await desk.reopen('2026-01');
		await desk.close('2026-01');
		expect(() => differenceOf(books, '2026-01', closes)).toThrow(expect.objectContaining({ code }));
	});

	it.each([
		[
			'a sealed table of the earlier close',
			`UPDATE sealed_tables SET content = CAST(replace(content, '50000', '50001') AS BLOB) WHERE name = 'balances' AND close_id = 2`,
		],
		[
			'a sealed table of the later close',
			`UPDATE sealed_tables SET content = CAST(replace(content, '54000', '54001') AS BLOB) WHERE name = 'balances' AND close_id = 3`,
		],
		['a seal', `UPDATE seals SET document = replace(document, '"closeNumber":2', '"closeNumber":4') WHERE seal_no = 4`],
		['an entry between them', `UPDATE journal_entries SET description = 'Another' WHERE id = 5`],
	])('where %s was changed outside the program', async (_what, sql) => {
		const { books } = await lateInvoice();
		tamper(books, sql);
		expect(() => differenceOf(books, '2026-01')).toThrow(expect.objectContaining({ code: 'PACKAGE_DIFFERS' }));
	});

	it('not, but says so, where entries are gone and the rest does not explain the change', async () => {
		const { books } = await lateInvoice();
		expect(differenceOf(books, '2026-01').explained).toBe(true);
		tamper(books, 'DELETE FROM journal_lines WHERE entry_id = 6', 'DELETE FROM journal_entries WHERE id = 6');
		const { explained, accounts } = differenceOf(books, '2026-01');
		expect(explained).toBe(false);
		expect(accounts.map(({ code, explained: own }) => [code, own])).toEqual([
			['1100', true],
			['3100', false],
			['4000', false],
		]);
	});
});

async function lateInvoice(): Promise<{ books: TestBooks }> {
	const { books, desk } = twoMonths();
	await desk.close('2026-01');
	await desk.reopen('2026-01');
	books.post('2026-01-31', 'The late invoice', move('1100', '4000', '40.00'));
	await desk.close('2026-01');
	return { books };
}

/** What somebody does with the file and a SQL tool. */
function tamper({ connection: { raw } }: TestBooks, ...statements: string[]): void {
	for (const name of raw.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all() as string[]) raw.exec(`DROP TRIGGER ${name}`);
	raw.pragma('foreign_keys = OFF');
	for (const statement of statements) expect(raw.prepare(statement).run().changes).toBeGreaterThan(0);
}
