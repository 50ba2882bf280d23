import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupDigits } from './grouping.ts';

describe('groupDigits', () => {
	it.each([
		['0.00', '0.00', '0.00'],
		['999.00', '999.00', '999.00'],
		['1000.00', '1,000.00', '1,000.00'],
		['-1000.00', '-1,000.00', '-1,000.00'],
		['99999.99', '99,999.99', '99,999.99'],
		['100000.00', '100,000.00', '1,00,000.00'],
		['-1234567.50', '-1,234,567.50', '-12,34,567.50'],
		['10000000', '10,000,000', '1,00,00,000'],
		['90071992547409.919', '90,071,992,547,409.919', '9,00,71,99,25,47,409.919'],
		['-100', '-100', '-100'],
	])('%s is %s in western groups and %s in indian ones', (plain, western, indian) => {
		expect(groupDigits(plain, 'western')).toBe(western);
		expect(groupDigits(plain, 'indian')).toBe(indian);
	});

	it('changes nothing but commas, and the last group has three digits', () => {
		const amount = fc.tuple(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.constantFrom('', '.0', '.05', '.123'));
		fc.assert(
			fc.property(amount, fc.constantFrom('western' as const, 'indian' as const), ([whole, fraction], grouping) => {
				const grouped = groupDigits(`${whole}${fraction}`, grouping);
				expect(grouped.replaceAll(',', '')).toBe(`${whole}${fraction}`);
				const size = grouping === 'western' ? 3 : 2;
				expect(grouped).toMatch(new RegExp(`^-?(?:\\d{1,3}|\\d{1,${size}}(?:,\\d{${size}})*,\\d{3})(?:\\.\\d+)?$`));
			}),
		);
	});
});
