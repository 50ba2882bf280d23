import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageInput, pagePlace, pagesOf, pageWith } from './entry-pages.ts';
import { formatJournalAddress, type JournalAddress, parseJournalAddress } from './journal-address.ts';
import { amountsOf, filterOf } from './list-filter.ts';
import { MAX_CANVAS, rowWindow, scrollTo } from './row-window.ts';
import { accountSuggestion, resolved, suggest } from './suggestions.ts';

const COMPANY = '01890a5d-ac96-774b-bcce-b302099a8057';

describe('addresses of the journal', () => {
	it.each<[string, JournalAddress]>([
		['', { page: 'list', view: {} }],
		['list/status=DRAFT&text=50%25%20off', { page: 'list', view: { status: 'DRAFT', text: '50% off' } }],
		['list/dates=all&account=1100&at=12', { page: 'list', view: { dates: 'all', account: '1100', at: '12' } }],
		['entry/12', { page: 'entry', no: 12 }],
		['correct/12', { page: 'correct', no: 12 }],
		[`draft/${COMPANY}`, { page: 'draft', id: COMPANY }],
		['new', { page: 'new' }],
		['import', { page: 'import' }],
	])('%s', (rest, address) => {
		expect(parseJournalAddress(rest)).toEqual(address);
		expect(formatJournalAddress(address)).toBe(rest);
	});

	it('takes what it does not know for the list, and leaves out dates that are none', () => {
		expect(parseJournalAddress('entry/zero')).toEqual({ page: 'list', view: {} });
		expect(parseJournalAddress('list/from=tomorrow&colour=red')).toEqual({ page: 'list', view: {} });
	});
});

describe('what is asked for a view', () => {
	const period = { start: '2026-01-01', end: '2026-01-31' };
	it.each([
		[{}, { from: '2026-01-01', to: '2026-01-31' }],
		[{ dates: 'all' }, {}],
		[{ from: '2026-01-10' }, { from: '2026-01-10' }],
		[
			{ dates: 'all', status: 'draft', source: 'import', text: 'x' },
			{ status: 'DRAFT', source: 'IMPORT', text: 'x' },
		],
		[{ dates: 'all', source: 'nonsense', amount: '1,000..' }, { amountFrom: '1000.00' }],
	])('%j', (view, asked) => expect(filterOf(COMPANY, view, period, 'INR')).toEqual({ companyId: COMPANY, ...asked }));

	it.each([
		['1200', { amountFrom: '1200.00', amountTo: '1200.00' }],
		['1,00,000..2,00,000', { amountFrom: '100000.00', amountTo: '200000.00' }],
		['..50', { amountTo: '50.00' }],
		['', {}],
		['12x', null],
		['-5', null],
	])('amounts %s', (typed, amounts) => expect(amountsOf(typed, 'INR')).toEqual(amounts));
});

describe('pages', () => {
	it('holds every row of either order in exactly one place', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 2000 }), fc.boolean(), fc.nat(1999), (total, newest, at) => {
				const order = newest ? 'NEWEST_FIRST' : 'OLDEST_FIRST';
				const row = at % total;
				const { page, index } = pagePlace(total, order, row);
				expect(newest ? total - 1 - (page * 100 + index) : page * 100 + index).toBe(row);
				expect(pagesOf(total, order, row, row + 1)).toEqual([page]);
			}),
		);
	});

	it('asks by number where the entries are named, else behind the place before', () => {
		const filter = { companyId: COMPANY, text: 'x' };
		const named = { total: 2, step: 1, places: [['2026-01-01', 4] as [string, number], ['2026-01-02', -1] as [string, number]] };
		expect(pageInput(filter, named, 0)).toEqual({ companyId: COMPANY, numbers: [4, -1], limit: 100 });
		const marks = { total: 250, step: 100, places: [['2026-01-01', 104] as [string, number], ['2026-01-09', 200] as [string, number]] };
		expect(pageInput(filter, marks, 0)).toEqual({ ...filter, limit: 100 });
		expect(pageInput(filter, marks, 2)).toEqual({ ...filter, after: { date: '2026-01-09', no: 200 }, limit: 100 });
		expect(pageWith(marks, '2026-01-01', 104)).toBe(0);
		expect(pageWith(marks, '2026-01-05', 9)).toBe(1);
		expect(pageWith(marks, '2026-02-01', 9)).toBe(2);
	});
});

describe('rows in sight', () => {
	it.each([3, 2000, 349_206, 5_000_000])('has every one of %i rows within reach, and few in the document', (rows) => {
		const height = { rows, rowHeight: 30, viewport: 600 };
		fc.assert(
			fc.property(fc.nat(rows - 1), (row) => {
				const { first, end, canvas, top } = rowWindow({ ...height, scrollTop: scrollTo(row, { ...height, scrollTop: 0 }), spare: 10 });
				expect(first).toBeLessThanOrEqual(row);
				expect(end).toBeGreaterThan(row);
				expect(end - first).toBeLessThanOrEqual(42);
				expect(canvas).toBeLessThanOrEqual(MAX_CANVAS);
				expect(top + (end - first) * 30).toBeLessThanOrEqual(canvas + 11 * 30);
			}),
		);
	});

	it('shows the last row at the end of the scroll bar', () => {
		for (const rows of [349_206, 5_000_000]) {
			const { canvas } = rowWindow({ rows, rowHeight: 30, viewport: 600, scrollTop: 0, spare: 10 });
			const { end, top, first } = rowWindow({ rows, rowHeight: 30, viewport: 600, scrollTop: canvas - 600, spare: 10 });
			expect(end).toBe(rows);
			expect(Math.round(top + (end - first) * 30)).toBe(canvas);
		}
	});
});

describe('completing names', () => {
	const all = [
		['1100', 'Bank'],
		['1110', 'Savings bank'],
		['4000', 'Sales'],
		['6110', 'Bank charges'],
		['7000', 'Embankment'],
	].map(([code = '', name = '']) => accountSuggestion({ code, name }));
	it.each([
		['11', ['1100', '1110']],
		['bank', ['1100', '6110', '1110', '7000']],
		['sales', ['4000']],
		['1100 Bank', ['1100']],
		['x', []],
	])('%s', (typed, codes) => expect(suggest(all, typed).map(({ value }) => value)).toEqual(codes));

	it('knows exactly one, or none', () => {
		expect(resolved(all, 'bank')?.value).toBe('1100');
		expect(resolved([...all, accountSuggestion({ code: '1101', name: 'Bank' })], 'bank')).toBeNull();
		expect(resolved(all, '11')).toBeNull();
	});
});
