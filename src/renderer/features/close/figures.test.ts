import { describe, expect, it } from 'vitest';
import { compareRows, sumOf, varianceOf } from './figures.ts';

describe('a figure beside the one before', () => {
	it.each([
		// now, before, variance, percent
		['110.00', '100.00', '10.00', '10.0'],
		['90.00', '100.00', '-10.00', '-10.0'],
		['100.00', '100.00', '0.00', '0.0'],
		['50.00', '0.00', '50.00', null],
		['-50.00', '-100.00', '50.00', '50.0'],
		['-150.00', '100.00', '-250.00', '-250.0'],
		['100.05', '100.00', '0.05', '0.1'],
		['99.99', '100.00', '-0.01', '0.0'],
		['90071992547409930.01', '90071992547409930.00', '0.01', '0.0'],
	])('%s after %s differs by %s, %s percent', (now, before, amount, percent) => {
		expect(varianceOf(now, before, 'INR')).toEqual({ amount, percent });
	});

	it('adds up in the decimals of the currency', () => {
		expect(sumOf(['0.10', '0.20', '-0.05'], 'INR')).toBe('0.25');
		expect(sumOf([], 'JPY')).toBe('0');
	});
});

describe('two income statements', () => {
	it('stand side by side by account; what is nil in both is left out', () => {
		const row = (code: string, amount: string) => ({ code, name: code, type: 'INCOME', amount });
		const rows = compareRows([row('4010', '5.00'), row('4000', '1.00'), row('4090', '0.00')], [row('4000', '2.00'), row('6000', '3.00')], '0.00');
		expect(rows.map(({ code, now, before }) => `${code} ${now} ${before}`)).toEqual(['4000 1.00 2.00', '4010 5.00 0.00', '6000 0.00 3.00']);
	});
});
