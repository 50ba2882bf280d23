import { describe, expect, it } from 'vitest';
import { nextRow } from './row-keys.ts';

describe('keys that walk a table', () => {
	it.each([
		['ArrowDown', 0, 3, 1],
		['ArrowDown', 2, 3, 2],
		['ArrowUp', 0, 3, 0],
		['PageDown', 0, 100, 15],
		['PageUp', 20, 100, 5],
		['PageDown', 95, 100, 99],
		['Home', 50, 100, 0],
		['End', 50, 100, 99],
		['a', 1, 3, null],
		['ArrowDown', 0, 0, null],
	])('%s at row %i of %i goes to %s', (key, active, count, expected) => {
		expect(nextRow(key, active, count)).toBe(expected);
	});
});
