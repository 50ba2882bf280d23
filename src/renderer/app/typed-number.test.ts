import { describe, expect, it } from 'vitest';
import { entryNumber } from './typed-number.ts';

describe('the number of an entry in the search', () => {
	it.each([
		['42', 42],
		[' #7 ', 7],
		['999999999999999', 999_999_999_999_999],
		['0', null],
		['042', null],
		['4.2', null],
		['-3', null],
		['42 cash', null],
		['9999999999999999', null],
		['', null],
	])('"%s" is %s', (typed, no) => {
		expect(entryNumber(typed)).toBe(no);
	});
});
