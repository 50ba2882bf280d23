import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError, isAppError } from './app-error.ts';
import { assert, AssertionFailure, present, unreachable } from './assert.ts';
import { addDays, addMonths, civilDate, civilDateAt, dayNumber, daysBetween, fromDayNumber, isCivilDate, lastOfMonth } from './civil-date.ts';
import { allCurrencies, currencyDecimals, isCurrency } from './currency.ts';
import { ERROR_CODES } from './error-codes.ts';
import { convertMinor, divideRounded, formatAmount, MAX_AMOUNT_MINOR, parseAmountBig, parseAmountMinor, parseRate, toSafeMinor } from './money.ts';
import { fiscalYearName, fiscalYearOf, periodName, periodsOfYear } from './period.ts';
import { bookText, isCleanText } from './text.ts';

const codeOf = (work: () => unknown): string => {
	try {
		work();
	} catch (error) {
		if (isAppError(error)) return error.code;
		throw error;
	}
	return 'nothing';
};

describe('amounts', () => {
	it.each([
		['1250.00', 'INR', 125_000],
		['1250', 'INR', 125_000],
		['0.5', 'USD', 50],
		['-7.01', 'KES', -701],
		['1250', 'JPY', 1250],
		['1.234', 'KWD', 1234],
		['1.2500', 'INR', 125],
		['90071992547409.91', 'INR', MAX_AMOUNT_MINOR],
	])('%s %s is %d minor units', (text, currency, minor) => {
		expect(parseAmountMinor(text, currency)).toBe(minor);
	});

	it.each([
		['1.234', 'INR', 'AMOUNT_INVALID'],
		['1,250.00', 'INR', 'AMOUNT_INVALID'],
		['1e3', 'INR', 'AMOUNT_INVALID'],
		['', 'INR', 'AMOUNT_INVALID'],
		['12.', 'INR', 'AMOUNT_INVALID'],
		['NaN', 'INR', 'AMOUNT_INVALID'],
		['0.5', 'JPY', 'AMOUNT_INVALID'],
		['90071992547409.92', 'INR', 'AMOUNT_TOO_LARGE'],
		['1', 'ABC', 'CURRENCY_UNKNOWN'],
	])('%s %s is refused: %s', (text, currency, code) => {
		expect(codeOf(() => parseAmountMinor(text, currency))).toBe(code);
	});

	it('are written as they are read, in every currency', () => {
		fc.assert(
			fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.constantFrom(...allCurrencies()), (minor, currency) => {
				expect(parseAmountBig(formatAmount(minor, currency), currency)).toBe(minor);
			}),
		);
	});

	it.each([
		[5n, 2n, 3n],
		[-5n, 2n, -3n],
		[4n, 3n, 1n],
		[-4n, 3n, -1n],
		[0n, 7n, 0n],
	])('%d / %d rounds half away from zero to %d', (numerator, denominator, rounded) => {
		expect(divideRounded(numerator, denominator)).toBe(rounded);
	});

	it.each([
		[10_000, 'USD', 'INR', '83.45', 834_500],
		[100, 'JPY', 'INR', '0.5525', 5525],
		[1000, 'KWD', 'INR', '271.125', 27_113],
		[-1, 'USD', 'JPY', '150', -2],
	])('%d minor %s at %s %s', (amount, from, to, rate, expected) => {
		expect(convertMinor(amount, from, to, rate)).toBe(expected);
	});

	it.each(['0', '-1', '1,5', 'abc', '', '1e2'])('"%s" is no rate', (rate) => {
		expect(codeOf(() => parseRate(rate))).toBe('INPUT_INVALID');
	});

	it('that pass a line are refused', () => {
		expect(toSafeMinor(BigInt(MAX_AMOUNT_MINOR))).toBe(MAX_AMOUNT_MINOR);
		expect(codeOf(() => toSafeMinor(BigInt(MAX_AMOUNT_MINOR) + 1n))).toBe('AMOUNT_TOO_LARGE');
	});
});

describe('currencies', () => {
	it('have their own decimals', () => {
		expect(['JPY', 'INR', 'KWD', 'CLF'].map(currencyDecimals)).toEqual([0, 2, 3, 4]);
		expect(isCurrency('inr')).toBe(false);
		expect(new Set(allCurrencies()).size).toBe(allCurrencies().length);
	});
});

describe('civil dates', () => {
	it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '20260101', '2026-04-31', ''])('"%s" is no date', (text) => {
		expect(isCivilDate(text)).toBe(false);
		expect(codeOf(() => civilDate(text))).toBe('INPUT_INVALID');
	});

	it('count days both ways, over every leap rule', () => {
		fc.assert(
			fc.property(fc.integer({ min: -25_000, max: 60_000 }), fc.integer({ min: -800, max: 800 }), (day, more) => {
				const date = fromDayNumber(day);
				expect(dayNumber(date)).toBe(day);
				expect(isCivilDate(date)).toBe(true);
				expect(daysBetween(date, addDays(date, more))).toBe(more);
			}),
		);
	});

	it.each([
		['2026-01-31', 1, '2026-02-28'],
		['2028-01-31', 1, '2028-02-29'],
		['2026-11-30', 3, '2027-02-28'],
		['2026-03-31', -1, '2026-02-28'],
	])('%s and %d months is %s', (date, months, expected) => {
		expect(addMonths(date, months)).toBe(expected);
		expect(lastOfMonth(expected) >= expected).toBe(true);
	});

	it('depend on where the company is', () => {
		const instant = new Date('2026-03-31T20:00:00Z');
		expect(['UTC', 'Asia/Kolkata', 'America/New_York'].map((zone) => civilDateAt(instant, zone))).toEqual(['2026-03-31', '2026-04-01', '2026-03-31']);
	});
});

describe('fiscal years', () => {
	it.each([
		['2026-01-01', '01-01', 'FY2026'],
		['2026-03-31', '04-01', 'FY2025-26'],
		['2026-04-01', '04-01', 'FY2026-27'],
		['2026-04-05', '04-06', 'FY2025-26'],
		['1999-12-31', '07-01', 'FY1999-00'],
	])('%s, starting %s, lies in %s', (date, start, name) => {
		expect(fiscalYearName(fiscalYearOf(date, start))).toBe(name);
	});

	it('are covered by their periods without gap or overlap', () => {
		const starts = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }));
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 40_000 }),
				starts,
				fc.constantFrom('MONTH' as const, 'QUARTER' as const, 'DAY' as const),
				(day, [month, first], calendar) => {
					const start = `${String(month).padStart(2, '0')}-${String(first).padStart(2, '0')}`;
					const year = fiscalYearOf(fromDayNumber(day), start);
					const periods = periodsOfYear(year, calendar);
					expect(periods[0]?.start).toBe(year.start);
					expect(periods.at(-1)?.end).toBe(year.end);
					periods.slice(1).forEach((period, index) => expect(addDays(periods[index]?.end ?? '', 1)).toBe(period.start));
					const names = periods.map((period) => periodName(calendar, period, year));
					expect(new Set(names).size).toBe(names.length);
					expect(periods).toHaveLength({ MONTH: 12, QUARTER: 4, DAY: daysBetween(year.start, year.end) + 1 }[calendar]);
				},
			),
			{ numRuns: 60 },
		);
	});
});

describe('text', () => {
	it('comes in as NFC, and clean', () => {
		expect(bookText('Cafe\u0301 \u0939\u093f\u0928\u094d\u0926\u0940\n\tx', 'name')).toBe('Café हिन्दी\n\tx');
		for (const bad of ['\u0000', 'a\u0007', '\ud800', 'x\udc00', '\r']) {
			expect(isCleanText(bad)).toBe(false);
			expect(codeOf(() => bookText(bad, 'name'))).toBe('TEXT_INVALID');
		}
	});
});

describe('refusals and bugs', () => {
	it('are two things', () => {
		expect(() => assert(false, 'two and two')).toThrow(AssertionFailure);
		expect(() => present(null, 'the ledger')).toThrow('the ledger is missing');
		expect(() => unreachable('x' as never)).toThrow(AssertionFailure);
		expect(isAppError(new AppError('NOT_FOUND', 'no'), 'NOT_FOUND')).toBe(true);
		expect(isAppError(new Error('no'))).toBe(false);
		expect(new Set(ERROR_CODES).size).toBe(ERROR_CODES.length);
	});
});
