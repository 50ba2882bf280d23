import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromDayNumber } from '#shared/kernel/civil-date.ts';
import { type DateProof, dateFormatOf, dateProof, dateStyleOf, noDateEvidence, plainDate, seeDate } from './date-style.rules.ts';

const DAY_FIRST = { kind: 'order', dayFirst: true } as const;
const MONTH_FIRST = { kind: 'order', dayFirst: false } as const;

describe('what one value proves', () => {
	const cases: readonly (readonly [string, DateProof])[] = [
		['2024-02-13', 'CANONICAL'],
		['20240213', 'EVIDENT'],
		['2012/3/22', 'EVIDENT'],
		['13 Feb 2024', 'EVIDENT'],
		['13-February-2024', 'EVIDENT'],
		['Feb 13, 2024', 'EVIDENT'],
		['1st March 2024', 'EVIDENT'],
		['05/05/2024', 'EVIDENT'],
		['2024-04-01 00:00:00 +0530', 'CANONICAL'],
		['13/02/2024', 'DAY_FIRST'],
		['01.02.2024', 'DAY_FIRST'],
		['02/13/2024', 'MONTH_FIRST'],
		['01/02/2024', 'EITHER'],
		['1-2-2024', 'EITHER'],
		['13.02.24', 'TWO_DIGIT_YEAR'],
		['13-Feb-24', 'TWO_DIGIT_YEAR'],
		['45335', 'SERIAL'],
		['1445-08-03', 'FAR_YEAR'],
		['13/02/2567', 'FAR_YEAR'],
		['2024-02-30', 'NOT_A_DATE'],
		['31/02/2024', 'NOT_A_DATE'],
		['13 Smarch 2024', 'NOT_A_DATE'],
		['Total', 'NOT_A_DATE'],
		['', 'NOT_A_DATE'],
	];
	test.each(cases)('%j: %s', (text, proof) => {
		expect(dateProof(text)).toBe(proof);
	});
});

describe('dates in a known style', () => {
	test.each([
		['2024-02-13', DAY_FIRST, '2024-02-13'],
		['01/02/2024', DAY_FIRST, '2024-02-01'],
		['01/02/2024', MONTH_FIRST, '2024-01-02'],
		['13/02/2024', MONTH_FIRST, null],
		['20240213', MONTH_FIRST, '2024-02-13'],
		['1994-12-31 21:40:27 -0800', DAY_FIRST, '1994-12-31'],
		['Sept 1, 2024', DAY_FIRST, '2024-09-01'],
		['13.02.24', DAY_FIRST, null],
		['1445-08-03', DAY_FIRST, null],
	])('%j', (text, style, date) => {
		expect(plainDate(text, style)).toBe(date);
	});

	test.each([
		['DD.MM.YYYY', '13.02.2024', '2024-02-13'],
		['DD.MM.YYYY', '1.2.2024', '2024-02-01'],
		['MM/DD/YYYY', '02/13/2024', '2024-02-13'],
		['M/D/YY', '2/13/24', '2024-02-13'],
		['dd.mm.yy', '14.02.99', '1999-02-14'],
		['DD-MMM-YYYY', '13-Feb-2024', '2024-02-13'],
		['DDMMYYYY', '13022024', '2024-02-13'],
		['YYYY-MM-DD', '1445-08-03', '1445-08-03'],
		['DD.MM.YYYY', '13.02.2024 10:30', '2024-02-13'],
		['DD.MM.YYYY', '13/02/2024', null],
		['DD.MM.YYYY', '31.02.2024', null],
	])('%s: %j', (format, text, date) => {
		const known = dateFormatOf(format);
		expect(known === null ? 'no format' : plainDate(text, { kind: 'format', format: known })).toBe(date);
	});

	test.each(['', 'DD.MM', 'YYYY', 'DD.DD.YYYY', 'day/month/year'])('%j is no format', (format) => {
		expect(dateFormatOf(format)).toBeNull();
	});
});

describe('what a column proves', () => {
	test.each([
		[['2024-01-13', '2024-01-14'], 'day first'],
		[['02/13/2024', '02/03/2024'], 'month first'],
		[['01/02/2024', '13/02/2024'], 'day first'],
		[['01.02.2024'], 'day first'],
		[['01/02/2024', '03/04/2024'], 'asked'],
		[['13/02/2024', '02/13/2024'], 'asked'],
		[['13.02.24'], 'asked'],
		[['45335'], 'asked'],
		[['1445-08-03'], 'asked'],
		[['13/02/2567'], 'asked'],
		[['2024-01-13', 'Total'], 'day first'],
	])('%j: %s', (values, expected) => {
		const evidence = noDateEvidence();
		for (const [index, value] of values.entries()) seeDate(evidence, value, index + 2);
		const style = dateStyleOf(evidence);
		expect('id' in style ? 'asked' : style.kind === 'order' && style.dayFirst ? 'day first' : 'month first').toBe(expected);
		if ('id' in style) expect(style).toMatchObject({ id: 'dateFormat', example: { line: expect.any(Number) } });
	});
});

test('every day of two centuries is read back from every format', () => {
	const day = fc.integer({ min: -25_000, max: 60_000 }).map(fromDayNumber);
	fc.assert(
		fc.property(day, (date) => {
			const [year = '', month = '', dayOfMonth = ''] = date.split('-');
			expect(plainDate(date, DAY_FIRST)).toBe(date);
			expect(plainDate(`${dayOfMonth}/${month}/${year}`, DAY_FIRST)).toBe(date);
			expect(plainDate(`${month}/${dayOfMonth}/${year}`, MONTH_FIRST)).toBe(date);
			expect(plainDate(year + month + dayOfMonth, DAY_FIRST)).toBe(date);
		}),
	);
});
