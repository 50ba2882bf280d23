import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { present } from '#shared/kernel/assert.ts';
import { type Allocation, cancelledEntries, type OpenLine, PartyAllocator } from './allocation.rules.ts';

/** day, amount (debit positive), and what else: reference, due day, `odd` for a credit without money (a note) and a debit with it (paid back). */
type Row = readonly [day: number, amount: number, extra?: { readonly ref?: string; readonly due?: number; readonly odd?: boolean }];

interface TestLine extends OpenLine {
	readonly isMoney: boolean;
}

const linesOf = (rows: readonly Row[], billSign: 1 | -1 = 1): TestLine[] =>
	rows.map(([day, amountMinor, { ref, due, odd } = {}], index) => ({
		no: index + 1,
		lineNo: 1,
		day,
		dueDay: due ?? null,
		reference: ref ?? null,
		amountMinor,
		openMinor: amountMinor,
		isMoney: amountMinor * billSign < 0 !== (odd === true),
	}));

function allocatorOf(allocations: Allocation[], billSign: 1 | -1 = 1): PartyAllocator<TestLine> {
	return new PartyAllocator<TestLine>({ billSign, isMoney: (line) => (line as TestLine).isMoney, allocated: (one) => allocations.push(one) });
}

/** What is open as `no:amount`, and what settled what as `debit<-credit amount rule day`. */
function settled(rows: readonly Row[], billSign: 1 | -1 = 1): { open: string[]; allocations: string[] } {
	const allocations: Allocation[] = [];
	const party = allocatorOf(allocations, billSign);
	for (const line of linesOf(rows, billSign)) party.add(line);
	return {
		open: party.open().map(({ no, openMinor }) => `${no}:${openMinor}`),
		allocations: allocations.map(({ debit, credit, amountMinor, rule, effectiveDay }) => `${debit.no}<-${credit.no} ${amountMinor} ${rule} ${effectiveDay}`),
	};
}

describe('what settles what', () => {
	const cases: readonly (readonly [what: string, rows: readonly Row[], open: readonly string[], allocations: readonly string[]])[] = [
		['a bill stays open', [[1, 100]], ['1:100'], []],
		[
			'a payment with the bill’s reference pays that bill, not the oldest',
			[
				[1, 100, { ref: 'A' }],
				[2, 100, { ref: 'B' }],
				[5, -100, { ref: 'B' }],
			],
			['1:100'],
			['2<-3 100 REFERENCE 5'],
		],
		[
			'a payment without a reference pays what is due first, whatever was written first',
			[
				[1, 100, { due: 60 }],
				[2, 100, { due: 30 }],
				[5, -150],
			],
			['1:50'],
			['2<-3 100 FIFO 5', '1<-3 50 FIFO 5'],
		],
		[
			'what a reference leaves over of a payment pays the oldest',
			[
				[1, 40],
				[2, 100, { ref: 'B' }],
				[5, -120, { ref: 'B' }],
			],
			['1:20'],
			['2<-3 100 REFERENCE 5', '1<-3 20 FIFO 5'],
		],
		[
			'on one day a reference comes before the order of due dates',
			[
				[1, 100, { ref: 'A' }],
				[5, -100],
				[5, -100, { ref: 'A' }],
			],
			['2:-100'],
			['1<-3 100 REFERENCE 5'],
		],
		['an advance stands as its own negative item', [[1, -70]], ['1:-70'], []],
		[
			'an advance pays the next bill, from the day of the bill',
			[
				[1, -70],
				[9, 100],
			],
			['2:30'],
			['2<-1 70 FIFO 9'],
		],
		[
			'a credit note waits beside an open bill',
			[
				[1, 100],
				[3, -30, { odd: true }],
			],
			['1:100', '2:-30'],
			[],
		],
		[
			'a credit note with the bill’s reference lowers that bill',
			[
				[1, 100, { ref: 'A' }],
				[3, -30, { ref: 'A', odd: true }],
			],
			['1:70'],
			['1<-2 30 REFERENCE 3'],
		],
		[
			'money paid back pays the credit note, but a bill does not',
			[
				[1, 50],
				[2, -30, { odd: true }],
				[4, 30, { odd: true }],
			],
			['1:50'],
			['3<-2 30 FIFO 4'],
		],
		[
			'a reference is used again after it was settled: the first bill stays settled',
			[
				[1, 100, { ref: 'A', due: 40 }],
				[2, -100, { ref: 'A' }],
				[3, 100, { ref: 'A', due: 10 }],
			],
			['3:100'],
			['1<-2 100 REFERENCE 2'],
		],
		[
			'what a payment settled stays settled when a later one names the same bill',
			[
				[1, 100, { ref: 'A' }],
				[1, 100, { ref: 'B' }],
				[2, -100],
				[3, -100, { ref: 'A' }],
			],
			[],
			['1<-3 100 FIFO 2', '2<-4 100 FIFO 3'],
		],
		[
			'of several bills of one reference the one due first is paid first',
			[
				[1, 60, { ref: 'A', due: 50 }],
				[1, 60, { ref: 'A', due: 20 }],
				[2, -80, { ref: 'A' }],
			],
			['1:40'],
			['2<-3 60 REFERENCE 2', '1<-3 20 REFERENCE 2'],
		],
	];
	it.each(cases)('%s', (_what, rows, open, allocations) => {
		expect(settled(rows)).toEqual({ open, allocations });
	});

	it.each(cases)('payables, with the sides exchanged: %s', (_what, rows, open) => {
		const mirrored = rows.map(([day, amount, extra]): Row => [day, -amount, extra]);
		const turned = open.map((text) => (text.includes('-') ? text.replace('-', '') : text.replace(':', ':-')));
		expect(settled(mirrored, -1).open).toEqual(turned);
	});
});

describe('entries that cancel each other', () => {
	it.each([
		['a bill and its reversal', [[2, 1]], [[1, 2]]],
		[
			'of a reversal that is reversed in turn, the last stands',
			[
				[2, 1],
				[3, 2],
			],
			[[1, 2]],
		],
		[
			'of four in a row, two and two',
			[
				[2, 1],
				[3, 2],
				[4, 3],
			],
			[
				[1, 2],
				[3, 4],
			],
		],
	] as const)('%s', (_what, reversals, pairs) => {
		const cancelled = cancelledEntries(reversals.map(([no, reverses]) => ({ no, reverses })));
		const expected = pairs.flatMap(
			([one, other]) =>
				[
					[one, other],
					[other, one],
				] as [number, number][],
		);
		expect(cancelled).toEqual(new Map(expected));
	});
});

const anyRow = fc.tuple(
	fc.integer({ min: 1, max: 12 }),
	fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: -9, max: -1 })),
	fc.record({ ref: fc.constantFrom(undefined, 'A', 'B', 'C'), due: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }), odd: fc.boolean() }),
);
const anyRows = fc
	.array(anyRow, { maxLength: 30 })
	.map((rows) => [...rows].sort(([one], [other]) => one - other).map(([day, amount, extra]): Row => [day, amount, extra as NonNullable<Row[2]>]));
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('for any lines', () => {
	it('what is open adds up to the lines, and nothing is settled beyond what it holds', () => {
		fc.assert(
			fc.property(anyRows, fc.constantFrom<1 | -1>(1, -1), (rows, billSign) => {
				const lines = linesOf(rows, billSign);
				const allocations: Allocation[] = [];
				const party = allocatorOf(allocations, billSign);
				for (const line of lines) party.add(line);
				const open = party.open();
				expect(sum(open.map(({ openMinor }) => openMinor))).toBe(sum(rows.map(([, amount]) => amount)));
				for (const line of lines) {
					const used = sum(allocations.filter(({ debit, credit }) => debit === line || credit === line).map(({ amountMinor }) => amountMinor));
					expect(Math.abs(line.amountMinor)).toBe(used + Math.abs(line.openMinor));
					expect(open.includes(line)).toBe(line.openMinor !== 0);
				}
				for (const { debit, credit, effectiveDay } of allocations) {
					expect(effectiveDay).toBe(Math.max(...[debit, credit].map(({ no }) => present(lines[no - 1], 'a line').day)));
				}
			}),
		);
	});

	it('going on from what was open at a day is the same as beginning anew', () => {
		fc.assert(
			fc.property(anyRows, fc.integer({ min: 0, max: 13 }), fc.constantFrom<1 | -1>(1, -1), (rows, cut, billSign) => {
				const whole = allocatorOf([], billSign);
				for (const line of linesOf(rows, billSign)) whole.add(line);
				const lines = linesOf(rows, billSign);
				const before = allocatorOf([], billSign);
				for (const line of lines.filter(({ day }) => day <= cut)) before.add(line);
				const after = allocatorOf([], billSign);
				for (const line of before.open()) after.restore(line);
				for (const line of lines.filter(({ day }) => day > cut)) after.add(line);
				expect(after.open()).toEqual(whole.open());
			}),
			{ numRuns: 500 },
		);
	});
});
