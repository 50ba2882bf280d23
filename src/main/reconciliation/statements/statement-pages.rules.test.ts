import { describe, expect, it } from 'vitest';
import { fromDayNumber } from '#shared/kernel/civil-date.ts';
import { inTimeOrder, type PageSource, takePages, type TypedFacts } from './statement-pages.rules.ts';

const NOTHING_TYPED: TypedFacts = { from: null, to: null, openingMinor: null, closingMinor: null };

interface Line {
	readonly bookDate: string;
	readonly amountMinor: number;
}

function source(extra: Partial<PageSource<Line>> & { readonly days?: readonly string[] }): PageSource<Line> {
	const lines = (extra.days ?? []).map((bookDate) => ({ bookDate, amountMinor: 100 }));
	return { number: null, from: null, to: null, opening: null, closing: null, rejectedCount: 0, lines, ...extra };
}

const balance = (amountMinor: number, date: string | null = null) => ({ amountMinor, date });
const days = (sources: readonly PageSource<Line>[], typed: Partial<TypedFacts> = {}): string[] =>
	takePages(sources, { ...NOTHING_TYPED, ...typed }).pages.map(({ fromDay, toDay }) => `${fromDayNumber(fromDay)} ${fromDayNumber(toDay)}`);

describe('the days that a statement covers', () => {
	it.each<{ what: string; page: PageSource<Line>; typed?: Partial<TypedFacts>; covers: string }>([
		{ what: 'what the file says', page: source({ from: '2026-01-01', to: '2026-01-31', days: ['2026-01-05'] }), covers: '2026-01-01 2026-01-31' },
		{ what: 'widened by a line', page: source({ from: '2026-01-02', to: '2026-01-30', days: ['2026-01-01', '2026-01-31'] }), covers: '2026-01-01 2026-01-31' },
		{ what: 'its lines', page: source({ days: ['2026-01-20', '2026-01-05'] }), covers: '2026-01-05 2026-01-20' },
		{
			what: 'from the day after the opening balance',
			page: source({ opening: balance(0, '2026-01-02'), days: ['2026-01-05'] }),
			covers: '2026-01-03 2026-01-05',
		},
		{ what: 'to the day of the closing balance', page: source({ closing: balance(0, '2026-01-31'), days: ['2026-01-05'] }), covers: '2026-01-05 2026-01-31' },
		{ what: 'one empty day', page: source({ opening: balance(5, '2026-01-05'), closing: balance(5, '2026-01-05') }), covers: '2026-01-05 2026-01-05' },
		{ what: 'what was typed', page: source({ days: ['2026-01-05'] }), typed: { from: '2026-01-01', to: '2026-01-31' }, covers: '2026-01-01 2026-01-31' },
		{ what: 'typed, without any line', page: source({}), typed: { to: '2026-01-31' }, covers: '2026-01-31 2026-01-31' },
	])('$what', ({ page, typed, covers }) => expect(days([page], typed)).toEqual([covers]));

	it('are asked for where nothing names any', () => {
		expect(takePages([source({})], NOTHING_TYPED).isUndated).toBe(true);
	});

	it('of a statement without any are those at which the one before it ended', () => {
		expect(days([source({ days: ['2026-01-05'] }), source({ closing: balance(7) })])).toEqual(['2026-01-05 2026-01-05', '2026-01-05 2026-01-05']);
	});
});

describe('balances that are typed', () => {
	const pages = [source({ days: ['2026-02-01'], closing: balance(300) }), source({ days: ['2026-01-01'], opening: balance(100) })];

	it('stand at the two ends in time where the file has none', () => {
		const taken = takePages([source({ days: ['2026-02-01'] }), source({ days: ['2026-01-01'] })], { ...NOTHING_TYPED, openingMinor: 100, closingMinor: 300 });
		expect(taken.pages).toMatchObject([
			{ openingMinor: null, closingMinor: 300 },
			{ openingMinor: 100, closingMinor: null },
		]);
		expect(taken.used).toEqual(expect.arrayContaining(['opening', 'closing']));
	});

	it('are not needed where the file says the same, and contradict it otherwise', () => {
		expect(takePages(pages, { ...NOTHING_TYPED, openingMinor: 100, closingMinor: 300 })).toMatchObject({ used: [], contradicted: [] });
		expect(takePages(pages, { ...NOTHING_TYPED, openingMinor: 101 })).toMatchObject({ used: [], contradicted: ['opening'] });
	});
});

describe('statements of one day', () => {
	const place = ([openingMinor, closingMinor]: readonly [number, number]) => ({ fromDay: 1, toDay: 1, openingMinor, closingMinor });

	it('stand in the order of the file, or in its reverse where only that follows', () => {
		const [first, second] = [
			[100, 150],
			[150, 120],
		] as const;
		expect(inTimeOrder([first, second], place)).toEqual([first, second]);
		expect(inTimeOrder([second, first], place)).toEqual([first, second]);
	});
});
