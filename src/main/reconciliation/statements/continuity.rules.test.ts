import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BalancePage, chainBreaks } from './continuity.rules.ts';

/** First day, last day, opening, closing, and [day, amount] of its lines. */
type Row = readonly [from: number, to: number, opening: number | null, closing: number | null, lines?: readonly (readonly [number, number])[]];

const page = ([fromDay, toDay, openingMinor, closingMinor, lines = []]: Row, index: number): BalancePage => {
	const sumBefore = (day: number): bigint => lines.reduce((sum, [on, amount]) => (on < day ? sum + BigInt(amount) : sum), 0n);
	return { key: String(index), fromDay, toDay, openingMinor, closingMinor, sumBefore, sum: () => sumBefore(Number.MAX_SAFE_INTEGER) };
};
const breaks = (rows: readonly Row[]): string[] =>
	chainBreaks(rows.map(page)).map(({ kind, page: { key }, expectedMinor }) => `${kind} ${key} ${expectedMinor}`);

describe('the chain of an account', () => {
	it.each<{ what: string; pages: readonly Row[]; found: readonly string[] }>([
		{ what: 'one statement', pages: [[1, 31, 100, 150]], found: [] },
		{
			what: 'the next day, the same balance',
			pages: [
				[1, 31, 100, 150],
				[32, 59, 150, 170],
			],
			found: [],
		},
		{
			what: 'the next day, another balance',
			pages: [
				[1, 31, 100, 150],
				[32, 59, 155, 170],
			],
			found: ['DIFFERS 1 150'],
		},
		{
			what: 'out of order',
			pages: [
				[32, 59, 150, 170],
				[1, 31, 100, 150],
			],
			found: [],
		},
		{
			what: 'days between, the same balance',
			pages: [
				[1, 5, 100, 150],
				[8, 9, 150, 170],
			],
			found: [],
		},
		{
			what: 'days between, another balance',
			pages: [
				[1, 5, 100, 150],
				[8, 9, 180, 170],
			],
			found: ['GAP 1 150'],
		},
		{
			what: 'several on one day, each from the one before',
			pages: [
				[1, 1, 100, 150],
				[2, 2, 150, 160],
				[2, 2, 160, 140],
				[3, 3, 140, 140],
			],
			found: [],
		},
		{
			what: 'overlap that agrees with the lines',
			pages: [
				[
					1,
					20,
					100,
					150,
					[
						[3, 20],
						[15, 30],
					],
				],
				[10, 31, 120, 200],
			],
			found: [],
		},
		{
			what: 'overlap that does not',
			pages: [
				[
					1,
					20,
					100,
					150,
					[
						[3, 20],
						[15, 30],
					],
				],
				[10, 31, 100, 200],
			],
			found: ['DIFFERS 1 120'],
		},
		{
			what: 'the same days twice',
			pages: [
				[1, 31, 100, 150],
				[1, 31, 100, 150],
			],
			found: [],
		},
		{
			what: 'the same days with another opening',
			pages: [
				[1, 31, 100, 150],
				[1, 31, 110, 150],
			],
			found: ['DIFFERS 1 100'],
		},
		{
			what: 'several on one day, the later first',
			pages: [
				[2, 2, 160, 140],
				[2, 2, 150, 160],
			],
			found: [],
		},
		{
			what: 'a day and the month that begins with it',
			pages: [
				[1, 31, 100, 150],
				[1, 1, 105, 110],
			],
			found: [],
		},
		{
			what: 'a statement without balances between',
			pages: [
				[1, 31, 100, 150],
				[32, 59, null, null],
				[60, 90, 180, 190],
			],
			found: ['GAP 2 150'],
		},
		{
			what: 'only the closing balance is stated',
			pages: [
				[1, 31, null, 150],
				[32, 59, 140, 160],
			],
			found: ['DIFFERS 1 150'],
		},
	])('$what', ({ pages, found }) => expect(breaks(pages)).toEqual(found));

	it('of an unbroken account has no break that is asked about, whichever of its statements are there', () => {
		const days = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 20 });
		const spans = fc.array(fc.tuple(fc.nat(19), fc.nat(6)), { maxLength: 10 });
		fc.assert(
			fc.property(days, spans, (amounts, given) => {
				const balanceBefore = (day: number): number => 1000 + amounts.slice(0, day).reduce((sum, amount) => sum + amount, 0);
				const rows = given.flatMap(([from, length]): Row[] => {
					const to = Math.min(from + length, amounts.length - 1);
					if (from > to) return [];
					return [
						[
							from,
							to,
							balanceBefore(from),
							balanceBefore(to + 1),
							amounts.flatMap((amount, day) => (day >= from && day <= to ? [[day, amount] as const] : [])),
						],
					];
				});
				expect(chainBreaks(rows.map(page)).filter(({ kind }) => kind === 'DIFFERS')).toEqual([]);
			}),
		);
	});

	it('shows a balance that was changed, where the statement before adjoins', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 500 }), (at, by) => {
				const rows = Array.from({ length: 12 }, (_, day): Row => [day, day, day * 10 + (day === at ? by : 0), (day + 1) * 10]);
				expect(breaks(rows)).toEqual([`DIFFERS ${at} ${at * 10}`]);
			}),
		);
	});
});
