import { describe, expect, test } from 'vitest';
import { closingDifferenceMinor, closingDoubt, type StatementSums } from './statement-arithmetic.rules.ts';

const sums = (openingMinor: number | null, amounts: readonly number[], closingMinor: number | null): StatementSums => ({
	openingMinor,
	closingMinor,
	lines: amounts.map((amountMinor) => ({ amountMinor })),
});

describe('opening balance and lines against the closing balance', () => {
	test.each([
		['adds up', sums(100_00, [50_00, -30_00], 120_00), 0n],
		['nothing happened', sums(-5_00, [], -5_00), 0n],
		['a line is missing', sums(100_00, [50_00], 120_00), -30_00n],
		['a line is there twice', sums(0, [10_00, 10_00], 10_00), -10_00n],
		['the file gives no opening balance', sums(null, [50_00], 50_00), null],
		['the file gives no closing balance', sums(0, [50_00], null), null],
		['sums beyond what one line holds', sums(0, [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER], 1), 1n - 2n * BigInt(Number.MAX_SAFE_INTEGER)],
	])('%s', (_, statement, difference) => {
		expect(closingDifferenceMinor(statement)).toBe(difference);
	});

	test('the doubt says the figures in the decimals of the currency', () => {
		expect(closingDoubt(sums(100_00, [50_00], 120_00), 'EUR')).toEqual({
			code: 'CLOSING_DIFFERS',
			message:
				'Opening balance 100.00 and 1 line come to 150.00 EUR, but the closing balance is 120.00: a difference of -30.00. Lines may be missing or doubled.',
			row: null,
		});
		expect(closingDoubt(sums(0, [1000, 5], 1000), 'KWD')?.message).toContain('0.000 and 2 lines come to 1.005 KWD, but the closing balance is 1.000');
		expect(closingDoubt(sums(100_00, [50_00], 150_00), 'EUR')).toBeNull();
		expect(closingDoubt(sums(null, [50_00], 150_00), 'EUR')).toBeNull();
	});
});
