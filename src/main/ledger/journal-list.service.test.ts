import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestBooks, type TestBooks } from '#test/books.ts';
import { saveDraft } from './drafts.service.ts';
import { findEntries, listEntries } from './journal-list.service.ts';

type Filter = Parameters<typeof findEntries>[2];

/** Days of three months, in no order: entry numbers and dates disagree, as they do in real books. */
const DAYS = ['2026-03-31', '2026-01-05', '2026-02-14', '2026-01-05', '2026-03-01', '2026-01-31', '2026-02-28'];
const ENTRIES = 430;

let books: TestBooks;
beforeAll(() => {
	books = openTestBooks({ currency: 'INR', now: '2026-04-02T06:00:00.000Z' });
	for (let n = 1; n <= ENTRIES; n++) {
		const amount = `${(n % 40) + 1}.00`;
		const party = n % 9 === 0 ? { party: `Customer ${n % 4}` } : {};
		books.post(
			DAYS[n % DAYS.length] ?? '',
			n % 3 === 0 ? `Rent of shop ${n}` : `Sale ${n}`,
			[
				[n % 7 === 0 ? '1000' : '1200', amount, '', party],
				[n % 3 === 0 ? '6000' : '4000', '', amount],
			],
			n % 5 === 0 ? { reference: `INV-${n}` } : {},
		);
	}
	for (const date of ['2026-01-05', '2026-03-31']) {
		const draft = { date, description: 'Rent, not sure yet', lines: [{ account: '6000', debit: '12.50' }, { account: 'nowhere' }] };
		books.runner.write((tx) => saveDraft(tx, books.actor, { draft }));
	}
});
afterAll(() => books.close());

const find = (filter: Filter) => findEntries(books.runner.db, books.company, filter);
const list = (input: Parameters<typeof listEntries>[2]) => listEntries(books.runner.db, books.company, input);
const named = (entry: { readonly no: number | null; readonly id: string }) => entry.no ?? entry.id;

/** All entries of a filter, read as one. */
function whole(filter: Filter, order: 'OLDEST_FIRST' | 'NEWEST_FIRST' = 'OLDEST_FIRST') {
	const { entries, more } = list({ ...filter, order, limit: 1000 });
	expect(more).toBe(false);
	return entries;
}

function byNext(filter: Filter, order: 'OLDEST_FIRST' | 'NEWEST_FIRST', limit: number) {
	const entries: ReturnType<typeof whole> = [];
	for (let after: { date: string; no: number } | undefined; ; ) {
		const page = list({ ...filter, order, after, limit });
		entries.push(...page.entries);
		if (!page.more || page.next === null) return entries;
		after = page.next;
	}
}

/** As the screen does it: any page alone, by the places that findEntries gave, read here from the last page to the first. */
function byPlaces(filter: Filter) {
	const { total, step, places } = find(filter);
	const pages = Array.from({ length: Math.ceil(total / 100) }, (_, page) => page).reverse();
	const read = pages.map((page) => {
		if (step === 1) return list({ numbers: places.slice(page * 100, page * 100 + 100).map(([, no]) => no) }).entries;
		const place = places[page - 1];
		return list({ ...filter, after: place && { date: place[0], no: place[1] }, limit: 100 }).entries;
	});
	const entries = read.reverse().flat();
	expect(entries).toHaveLength(total);
	return entries;
}

const filters = fc.record(
	{
		from: fc.constantFrom('2026-01-05', '2026-01-06', '2026-02-14', '2026-03-31', '2026-04-01'),
		to: fc.constantFrom('2026-01-04', '2026-01-31', '2026-02-28', '2026-03-31'),
		status: fc.constantFrom('DRAFT' as const, 'POSTED' as const),
		source: fc.constantFrom('MANUAL', 'IMPORT'),
		text: fc.constantFrom('rent', 'INV-1', '100%', '17', ' Sale ', '_'),
		account: fc.constantFrom('1000', '6000', 'Sales', '2100'),
		party: fc.constantFrom('Customer 1', 'Customer 3'),
		amountFrom: fc.constantFrom('5.00', '39.50', '500.00'),
		amountTo: fc.constantFrom('5.00', '20'),
	},
	{ requiredKeys: [] },
);

describe('the list of entries', () => {
	it('is in order of date and number, whichever order they were posted in', () => {
		const entries = whole({ status: 'POSTED' });
		expect(entries).toHaveLength(ENTRIES);
		const keys = entries.map(({ date, no }) => `${date}/${String(no).padStart(6, '0')}`);
		expect(keys).toEqual([...keys].sort());
		expect(whole({ status: 'POSTED' }, 'NEWEST_FIRST').map(named)).toEqual(entries.map(named).reverse());
	});

	it('gives the same entries page by page as in one piece, in both orders and from any page, under any filter', () => {
		fc.assert(
			fc.property(filters, fc.integer({ min: 1, max: 130 }), (filter, limit) => {
				const expected = whole(filter).map(named);
				expect(byNext(filter, 'OLDEST_FIRST', limit).map(named)).toEqual(expected);
				expect(byNext(filter, 'NEWEST_FIRST', limit).map(named)).toEqual([...expected].reverse());
				expect(byPlaces(filter).map(named)).toEqual(expected);
			}),
			{ numRuns: 60 },
		);
	});

	it('is paged by places of every hundredth entry where the order of dates is all that is asked', () => {
		expect(find({})).toMatchObject({ total: ENTRIES + 2, step: 100 });
		expect(byPlaces({}).map(named)).toEqual(whole({}).map(named));
		expect(find({ from: '2027-01-01' })).toEqual({ total: 0, step: 100, places: [] });
	});

	// What is asked, and how an entry is found to agree, said in another way than by SQL.
	it.each<[string, Filter, (n: number) => boolean]>([
		['text in the description, small letters or capitals', { text: 'RENT OF' }, (n) => n % 3 === 0],
		['text in the reference', { text: 'inv-20' }, (n) => n % 5 === 0 && `INV-${n}`.startsWith('INV-20')],
		['a sign that is no wildcard', { text: '%' }, () => false],
		['an account by code', { account: '1000' }, (n) => n % 7 === 0],
		['an account by name', { account: 'Rent' }, (n) => n % 3 === 0],
		['a party', { party: 'Customer 2' }, (n) => n % 9 === 0 && n % 4 === 2],
		['an amount', { amountFrom: '12.00', amountTo: '12.00' }, (n) => n % 40 === 11],
		['at least an amount', { amountFrom: '38' }, (n) => n % 40 >= 37],
		['an account and a party, each on a line of its own', { account: '6000', party: 'Customer 2' }, (n) => n % 9 === 0 && n % 4 === 2],
		['an amount on an account, on one line', { account: '1000', amountFrom: '8', amountTo: '8' }, (n) => n % 7 === 0 && n % 40 === 7],
		['days', { from: '2026-02-01', to: '2026-02-14' }, (n) => n % 7 === 2],
	])('finds by %s', (_name, filter, agrees) => {
		const expected = Array.from({ length: ENTRIES }, (_, index) => index + 1).filter(agrees);
		expect(
			whole({ ...filter, status: 'POSTED' })
				.map(({ no }) => no ?? 0)
				.sort((one, other) => one - other),
		).toEqual(expected);
	});

	it('finds an entry by its number', () => {
		expect(whole({ text: '431' })).toEqual([]);
		expect(whole({ text: '77', status: 'POSTED' }).map(({ no }) => no)).toContain(77);
	});

	it('shows a draft with what is debited so far, however unfinished', () => {
		const drafts = whole({ status: 'DRAFT' });
		expect(drafts.map(({ no, date, total }) => ({ no, date, total }))).toEqual([
			{ no: null, date: '2026-01-05', total: '12.50' },
			{ no: null, date: '2026-03-31', total: '12.50' },
		]);
	});

	it.each([
		['an account that is not there', { account: '9999' }, 'ACCOUNT_UNKNOWN'],
		['a party that is not there', { party: 'Nobody' }, 'PARTY_UNKNOWN'],
		['more decimals than the currency has', { amountFrom: '1.005' }, 'AMOUNT_INVALID'],
	])('refuses %s', (_name, filter, code) => {
		expect(() => find(filter)).toThrow(expect.objectContaining({ code }));
		expect(() => list(filter)).toThrow(expect.objectContaining({ code }));
	});
});
