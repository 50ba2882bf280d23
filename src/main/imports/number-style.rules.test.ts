import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DecimalProof, type DecimalSign, decimalProof, decimalSignOf, noEvidence, plainAmount, seeAmount } from './number-style.rules.ts';

describe('what one value proves', () => {
	const cases: readonly (readonly [string, DecimalProof])[] = [
		['1250', 'NONE'],
		['', 'NONE'],
		['1250.00', 'POINT'],
		['.5', 'POINT'],
		['5.', 'POINT'],
		['1,234,567.00', 'POINT'],
		['1,234,567', 'POINT'],
		['12,34,567.00', 'POINT'],
		['12,34,567', 'POINT'],
		['1,234.50', 'POINT'],
		["1'234.50", 'POINT'],
		['0.123', 'POINT'],
		['1234.567', 'POINT'],
		['1250,00', 'COMMA'],
		['1.234,50', 'COMMA'],
		['1.234.567', 'COMMA'],
		['827\u202f820,00', 'COMMA'],
		['7\u00a0202\u00a0310,00', 'COMMA'],
		['1,234', 'EITHER_COMMA'],
		['326,720', 'EITHER_COMMA'],
		['1.234', 'EITHER_POINT'],
		["1'234", 'OTHER_GROUPS'],
		['1 234', 'OTHER_GROUPS'],
		['1.5E+05', 'SCIENTIFIC'],
		['1.2.3', 'NOT_A_NUMBER'],
		['1,2,3', 'NOT_A_NUMBER'],
		['1,23.4,5', 'NOT_A_NUMBER'],
		['12,3456.00', 'NOT_A_NUMBER'],
		['NaN', 'NOT_A_NUMBER'],
		['Infinity', 'NOT_A_NUMBER'],
		['0x1F', 'NOT_A_NUMBER'],
		['-', 'NOT_A_NUMBER'],
		['########', 'NOT_A_NUMBER'],
		['--5', 'NOT_A_NUMBER'],
		['(-5)', 'NOT_A_NUMBER'],
		['5 apples', 'NOT_A_NUMBER'],
	];
	test.each(cases)('%j: %s', (text, proof) => {
		expect(decimalProof(text)).toBe(proof);
	});
});

describe('amounts in a known style', () => {
	const cases: readonly (readonly [string, DecimalSign, string | null])[] = [
		['1250.00', '.', '1250.00'],
		['-1,234,567.00', '.', '-1234567.00'],
		['12,34,567.00', '.', '1234567.00'],
		["-1'042'040.00", '.', '-1042040.00'],
		['1’234.50', '.', '1234.50'],
		['1.234,50', ',', '1234.50'],
		['-3\u202f351\u202f980,00', ',', '-3351980.00'],
		['2143700.00-', '.', '-2143700.00'],
		['(3690160.00)', '.', '-3690160.00'],
		['−935930.00', '.', '-935930.00'],
		['+5', '.', '5'],
		['Rs. -84,490.00', '.', '-84490.00'],
		['Rs. 33,25,190.00', '.', '3325190.00'],
		['₹ 5', '.', '5'],
		['KSh 1,500.00', '.', '1500.00'],
		['-$5.25', '.', '-5.25'],
		['$-5.25', '.', '-5.25'],
		['($5.25)', '.', '-5.25'],
		['5,25 €', ',', '5.25'],
		['EUR 5,25', ',', '5.25'],
		['5.25 USD', '.', '5.25'],
		['1,234', '.', '1234'],
		['1,234', ',', '1.234'],
		['1.234', ',', '1234'],
		['1234.500', '.', '1234.500'],
		['-0.00', '.', '0.00'],
		['.5', '.', '0.5'],
		['5.', '.', '5'],
		['12345678901234567890.12', '.', '12345678901234567890.12'],
		['0.1234567890123', '.', '0.1234567890123'],
		['1.2.3', '.', null],
		['1250,00', '.', null],
		['1.234.50', ',', null],
		['0,123', '.', null],
		['1.5E+05', '.', null],
		['', '.', null],
		['=1+1', '.', null],
	];
	test.each(cases)('%j with %j is %j', (text, sign, plain) => {
		expect(plainAmount(text, sign)).toBe(plain);
	});
});

describe('what a column proves', () => {
	const cases: readonly (readonly [values: string[], DecimalSign | 'asked', isCanonical?: boolean])[] = [
		[['5', '10'], '.'],
		[['5', '1,234.50', '1,234'], '.'],
		[['1,234', '12,34,567'], '.'],
		[['1.234', '5,00'], ','],
		[['1.234', "1'000'000"], '.'],
		[['326,720', '590,321'], 'asked'],
		[['1.234'], 'asked'],
		[['1.234'], '.', true],
		[['1,234'], 'asked', true],
		[['1250.00', '1,234'], '.', true],
		[['1.50', '1,50'], 'asked'],
		[['1.234', '1,234'], 'asked'],
	];
	test.each(cases.map(([values, sign, isCanonical = false]) => ({ values, sign, isCanonical })))(
		'$values: $sign (canonical $isCanonical)',
		({ values, sign, isCanonical }) => {
			const evidence = noEvidence();
			for (const [index, value] of values.entries()) seeAmount(evidence, value, index + 2);
			const answer = decimalSignOf(evidence, isCanonical);
			expect(typeof answer === 'string' ? answer : 'asked').toBe(sign);
			if (typeof answer !== 'string') expect(answer).toMatchObject({ id: 'decimal', example: { line: expect.any(Number), value: expect.any(String) } });
		},
	);
});

describe('any amount, in any style, is read exactly', () => {
	const digits = fc.bigInt({ min: 0n, max: 10n ** 18n });
	const fraction = fc.stringMatching(/^\d{2}$/);
	const three = (text: string, separator: string) => text.replace(/\B(?=(\d{3})+$)/g, separator);
	const indian = (text: string) => (text.length <= 3 ? text : `${text.slice(0, -3).replace(/\B(?=(\d{2})+$)/g, ',')},${text.slice(-3)}`);
	const styles: readonly (readonly [string, DecimalSign, (whole: string, cents: string) => string])[] = [
		['plain', '.', (whole, cents) => `${whole}.${cents}`],
		['US', '.', (whole, cents) => `${three(whole, ',')}.${cents}`],
		['Indian', '.', (whole, cents) => `${indian(whole)}.${cents}`],
		['Swiss', '.', (whole, cents) => `${three(whole, "'")}.${cents}`],
		['continental', ',', (whole, cents) => `${three(whole, '.')},${cents}`],
		['French', ',', (whole, cents) => `${three(whole, '\u202f')},${cents}`],
	];
	test.each(styles)('%s', (_name, sign, write) => {
		fc.assert(
			fc.property(digits, fraction, fc.boolean(), (whole, cents, isNegative) => {
				const plain = `${whole}.${cents}`;
				const minus = isNegative && /[1-9]/.test(plain) ? '-' : '';
				expect(plainAmount(`${isNegative ? '-' : ''}${write(String(whole), cents)}`, sign)).toBe(`${minus}${plain}`);
				expect(decimalProof(write(String(whole), cents))).toBe(sign === '.' ? 'POINT' : 'COMMA');
			}),
		);
	});
});
