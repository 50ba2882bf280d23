import { describe, expect, it } from 'vitest';
import { plainAmount, typedAmount } from './typed-amount.ts';
import { typedDate } from './typed-date.ts';

const context = { today: '2026-02-03', near: '2026-01-31', format: 'DD/MM/YYYY' };

describe('a date as it is typed', () => {
	// Typed, and what is meant while January 2026 is worked on and today is 3 February.
	it.each([
		['5', '2026-01-05'],
		['31', '2026-01-31'],
		['32', null],
		['0', null],
		['5/1', '2026-01-05'],
		['5.1', '2026-01-05'],
		['31/12', '2025-12-31'],
		['29/2', null],
		['5/1/26', '2026-01-05'],
		['05-01-2026', '2026-01-05'],
		['2026-01-05', '2026-01-05'],
		['2026-02-30', null],
		['t', '2026-02-03'],
		['T', '2026-02-03'],
		['t-1', '2026-02-02'],
		['t+30', '2026-03-05'],
		['५/१', '2026-01-05'],
		['', null],
		['soon', null],
	])('%s is %s', (typed, date) => expect(typedDate(typed, context)).toBe(date));

	it('has the month first where the company writes it so', () => {
		expect(typedDate('5/1', { ...context, format: 'MM/DD/YYYY' })).toBe('2026-05-01');
	});

	it('takes 29 February of the leap year nearby', () => {
		expect(typedDate('29/2', { ...context, near: '2027-12-31' })).toBe('2028-02-29');
	});
});

describe('an amount as it is typed', () => {
	it.each<[string, string, bigint]>([
		['', 'INR', 0n],
		['1250', 'INR', 125_000n],
		['1250.5', 'INR', 125_050n],
		['.5', 'INR', 50n],
		['1,250.50', 'INR', 125_050n],
		['12,34,567.00', 'INR', 123_456_700n],
		['1,234,567', 'INR', 123_456_700n],
		['1 234 567.25', 'EUR', 123_456_725n],
		['₹ 1,00,000', 'INR', 10_000_000n],
		['120+80', 'INR', 20_000n],
		['1,000 - 0.01', 'INR', 99_999n],
		['100+20-5.50', 'INR', 11_450n],
		['-80', 'INR', -8_000n],
		['(80.25)', 'INR', -8_025n],
		['१,२०० + १', 'INR', 120_100n],
		['0.1+0.2', 'INR', 30n],
		['500', 'JPY', 500n],
		['1.234', 'KWD', 1_234n],
		['1.00', 'JPY', 1n],
		['90,071,992,547,409.91', 'INR', 9_007_199_254_740_991n],
	])('%s %s', (typed, currency, minor) => expect(typedAmount(typed, currency)).toEqual({ minor }));

	it.each([
		['12,5', 'amount'],
		['1,2,3', 'amount'],
		['12a', 'amount'],
		['1..2', 'amount'],
		['120+', 'amount'],
		['+', 'amount'],
		['5*3', 'amount'],
		['1.005', 'decimals'],
		['90,071,992,547,409.92', 'tooLarge'],
	])('%s is refused as %s', (typed, problem) => expect(typedAmount(typed, 'INR')).toEqual({ problem }));
});

describe('a balance as people type it', () => {
	it.each([
		['1250', '1250.00'],
		[' 12,34,567.50 ', '1234567.50'],
		['(120.00)', '-120.00'],
		['-1 250,000', '-1250000.00'],
		['', null],
		['abc', null],
		['1.2.3', null],
	])('%j is %j', (typed, plain) => {
		expect(plainAmount(typed, 'KES')).toBe(plain);
	});
});
