import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EntryNumbers } from './entry-numbers.rules.ts';

test('a number is new once for each date, and 007 is not 7', () => {
	const numbers = new EntryNumbers();
	const seen = ['T1', 'T2', 'T1', 'T01', '7', '007', '7', 'A', 'A', ''].map((entryNo) => numbers.add('2024-01-02', entryNo));
	expect(seen).toEqual([true, true, false, true, true, true, false, true, false, true]);
	expect(numbers.add('2024-01-03', 'T1')).toBe(true);
});

test('agrees with a plain set in any order', () => {
	fc.assert(
		fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 80 }), (order) => {
			const numbers = new EntryNumbers();
			const plain = new Set<number>();
			for (const number of order) {
				expect(numbers.add('2024-01-02', String(number))).toBe(!plain.has(number));
				plain.add(number);
			}
		}),
	);
});
