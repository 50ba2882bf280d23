import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	canonicalLines,
	openItemChanges,
	openItemLines,
	openItemsKey,
	openItemsText,
	type SealedOpenItems,
	type SealedOpenLine,
} from './open-item-changes.rules.ts';

const OWN = 'INR';

const line: fc.Arbitrary<SealedOpenLine> = fc
	.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 3 }), fc.option(fc.integer({ min: -5, max: 5 }), { nil: undefined }))
	.map(([no, lineNo, openMinor]) => (openMinor === undefined ? [no, lineNo] : [no, lineNo, openMinor]));

/** What a close might find: each line in one list of one row, as the program writes it. */
const state: fc.Arbitrary<SealedOpenItems[]> = fc
	.uniqueArray(
		fc.record({
			line,
			kind: fc.constantFrom('bills' as const, 'advances' as const, 'credits' as const),
			account: fc.constantFrom('1200', '2100'),
			party: fc.constantFrom('P000001', 'P000002', null),
			currency: fc.constantFrom(OWN, 'EUR', 'USD'),
		}),
		{ selector: ({ line: [no, lineNo] }) => `${no}/${lineNo}` },
	)
	.map((items) => {
		const rows = new Map<string, SealedOpenItems & Record<'bills' | 'advances' | 'credits', SealedOpenLine[]>>();
		for (const { line: own, kind, ...place } of items.toSorted((one, other) => one.line[0] - other.line[0] || one.line[1] - other.line[1])) {
			const key = openItemsKey(place, OWN);
			const row = rows.get(key) ?? { ...place, bills: [], advances: [], credits: [] };
			rows.set(key, row);
			row[kind].push(own);
		}
		return [...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
	});

describe('open items as what changed since the close before', () => {
	it('are put together again to the byte, over any number of closes', () => {
		fc.assert(
			fc.property(fc.array(state, { minLength: 1, maxLength: 5 }), (states) => {
				const [first = [], ...later] = states;
				const changes = later.map((rows, index) => openItemChanges(states[index] ?? [], rows, OWN));
				expect(openItemsText(canonicalLines(first), changes, OWN)).toBe(canonicalLines(states.at(-1) ?? []));
			}),
		);
	});

	it('are written as canonical JSON', () => {
		fc.assert(
			fc.property(state, (rows) => {
				expect(openItemLines(rows)).toBe(canonicalLines(rows));
			}),
		);
	});

	const bill: SealedOpenItems = { account: '1200', party: 'P000001', currency: OWN, bills: [[4, 1]], advances: [], credits: [] };
	const cases: readonly (readonly [string, SealedOpenItems[], SealedOpenItems[], string])[] = [
		['nothing happened', [bill], [bill], ''],
		[
			'a bill came',
			[bill],
			[
				{
					...bill,
					bills: [
						[4, 1],
						[9, 2],
					],
				},
			],
			'{"account":"1200","advances":[],"bills":[[9,2]],"credits":[],"currency":"INR","gone":[],"party":"P000001"}\n',
		],
		[
			'a bill was paid in part',
			[bill],
			[{ ...bill, bills: [[4, 1, 700]] }],
			'{"account":"1200","advances":[],"bills":[[4,1,700]],"credits":[],"currency":"INR","gone":[],"party":"P000001"}\n',
		],
		[
			'the last bill of a party was paid',
			[bill],
			[],
			'{"account":"1200","advances":[],"bills":[],"credits":[],"currency":"INR","gone":[[4,1]],"party":"P000001"}\n',
		],
		[
			'an advance turned out to be a credit note',
			[{ ...bill, bills: [], advances: [[4, 1]] }],
			[{ ...bill, bills: [], credits: [[4, 1]] }],
			'{"account":"1200","advances":[],"bills":[],"credits":[[4,1]],"currency":"INR","gone":[[4,1]],"party":"P000001"}\n',
		],
	];
	it.each(cases)('%s', (_what, before, after, changes) => {
		expect(openItemChanges(before, after, OWN)).toBe(changes);
		expect(openItemsText(canonicalLines(before), [changes], OWN)).toBe(canonicalLines(after));
	});
});
