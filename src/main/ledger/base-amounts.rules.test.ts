import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAppError } from '#shared/kernel/app-error.ts';
import { assignBaseAmounts, type LineAmounts } from './base-amounts.rules.ts';

const line = (currency: string, amountMinor: number, baseMinor?: number): LineAmounts => ({
	currency,
	debitMinor: amountMinor > 0 ? amountMinor : 0,
	creditMinor: amountMinor < 0 ? -amountMinor : 0,
	baseMinor,
});
const rates = (text: Record<string, string> = {}) => new Map(Object.entries(text));
const bases = (lines: readonly LineAmounts[], given: Record<string, string> = {}) => {
	const { lines: out, residueMinor } = assignBaseAmounts(lines, 'INR', rates(given));
	return { base: out.map((one) => one.baseDebitMinor - one.baseCreditMinor), residueMinor };
};

describe('base amounts, the company keeping its books in INR', () => {
	const cases: readonly { what: string; lines: LineAmounts[]; rates?: Record<string, string>; base: number[]; residueMinor?: number }[] = [
		{ what: 'one currency', lines: [line('INR', 10_000), line('INR', -10_000)], base: [10_000, -10_000] },
		{ what: 'base amounts given', lines: [line('USD', 10_000, 834_500), line('EUR', -9_000, -834_500)], base: [834_500, -834_500] },
		{
			what: 'settled at another rate',
			lines: [line('USD', 100_00, 8_345_00), line('USD', -100_00, -8_300_00), line('INR', -45_00)],
			base: [8_345_00, -8_300_00, -45_00],
		},
		{ what: 'the entry states its own rate', lines: [line('USD', 100_00), line('INR', -8_345_00)], base: [8_345_00, -8_345_00] },
		{ what: 'its own rate before a given one', lines: [line('USD', 100_00), line('INR', -8_345_00)], rates: { USD: '90' }, base: [8_345_00, -8_345_00] },
		{
			what: 'own rate over three lines, residue to the largest',
			lines: [line('USD', 1_00), line('USD', 1_00), line('USD', 1_00), line('INR', -100_00)],
			base: [33_34, 33_33, 33_33, -100_00],
		},
		{ what: 'a rate that is given', lines: [line('USD', 100_00), line('USD', -100_00)], rates: { USD: '83.45' }, base: [8_345_00, -8_345_00] },
		{ what: 'a currency without decimals', lines: [line('JPY', 1000), line('JPY', -1000)], rates: { JPY: '0.5555' }, base: [555_50, -555_50] },
		{ what: 'half is rounded away from zero', lines: [line('USD', 1), line('USD', -1)], rates: { USD: '0.5' }, base: [1, -1] },
		{ what: 'residue of three halves', lines: [line('USD', 1), line('USD', 1), line('USD', 1), line('USD', -3)], rates: { USD: '0.5' }, base: [1, 1, 1, -3] },
		{
			what: 'two foreign currencies at rates that agree',
			lines: [line('USD', 100_00), line('EUR', -50_00)],
			rates: { USD: '80', EUR: '160' },
			base: [8_000_00, -8_000_00],
		},
		{
			what: 'and at rates that nearly agree',
			lines: [line('USD', 100_00), line('EUR', -50_00)],
			rates: { USD: '80', EUR: '159' },
			base: [8_000_00, -7_950_00],
			residueMinor: -50_00,
		},
		{ what: 'one side in foreign currency, known amounts beside', lines: [line('EUR', 10_00, 900_00), line('USD', -11_00)], base: [900_00, -900_00] },
		{ what: 'a revaluation line of no amount', lines: [line('USD', 0, 500), line('INR', -500)], base: [500, -500] },
	];
	test.each(cases)('$what', ({ lines, rates: given, base, residueMinor = 0 }) => {
		expect(bases(lines, given)).toEqual({ base, residueMinor });
	});

	const refused: readonly { what: string; lines: LineAmounts[]; rates?: Record<string, string>; code: string }[] = [
		{ what: 'one currency, not balanced', lines: [line('INR', 10_00), line('INR', -9_99)], code: 'ENTRY_UNBALANCED' },
		{ what: 'one foreign currency, not balanced', lines: [line('USD', 10_00), line('USD', -9_99)], rates: { USD: '83' }, code: 'ENTRY_UNBALANCED' },
		{ what: 'foreign and base on the same side', lines: [line('USD', 10_00), line('INR', 800_00)], code: 'ENTRY_UNBALANCED' },
		{ what: 'base balances and foreign does not', lines: [line('USD', 10_00), line('INR', 800_00), line('INR', -800_00)], code: 'ENTRY_UNBALANCED' },
		{ what: 'foreign balances and base does not', lines: [line('USD', 10_00), line('USD', -10_00), line('INR', -800_00)], code: 'ENTRY_UNBALANCED' },
		{ what: 'given base amounts, not balanced', lines: [line('USD', 10_00, 800_00), line('USD', -10_00, -799_99)], code: 'ENTRY_UNBALANCED' },
		{ what: 'rates that do not belong together', lines: [line('USD', 100_00), line('EUR', -50_00)], rates: { USD: '80', EUR: '80' }, code: 'ENTRY_UNBALANCED' },
		{ what: 'wholly foreign without a rate', lines: [line('USD', 10_00), line('USD', -10_00)], code: 'RATE_MISSING' },
		{ what: 'two foreign currencies without rates', lines: [line('USD', 10_00), line('EUR', -9_00)], rates: { USD: '83' }, code: 'RATE_MISSING' },
		{ what: 'base amount on the other side', lines: [line('USD', 10_00, -800_00), line('INR', 800_00)], code: 'LINE_INVALID' },
		{ what: 'base amount of a base line differs', lines: [line('INR', 10_00, 9_00), line('INR', -10_00)], code: 'LINE_INVALID' },
	];
	test.each(refused)('refused: $what', ({ lines, rates: given, code }) => {
		let seen = 'booked';
		try {
			bases(lines, given);
		} catch (error) {
			seen = isAppError(error) ? error.code : String(error);
		}
		expect(seen).toBe(code);
	});
});

test('whatever the rate, the entry balances and no line changes its side', () => {
	const amounts = fc.array(fc.integer({ min: 1, max: 10_000_00 }), { minLength: 1, maxLength: 12 });
	const rate = fc
		.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 9999 }))
		.map(([whole, part]) => `${whole}.${String(part).padStart(4, '0')}`);
	fc.assert(
		fc.property(amounts, rate, (debits, usd) => {
			const total = debits.reduce((sum, amount) => sum + amount, 0);
			const lines = [...debits.map((amount) => line('USD', amount)), line('USD', -total)];
			const { base, residueMinor } = bases(lines, { USD: usd });
			expect(residueMinor).toBe(0);
			expect(base.reduce((sum, amount) => sum + amount, 0)).toBe(0);
			expect(base.slice(0, -1).every((amount) => amount >= 0) && (base.at(-1) ?? 0) <= 0).toBe(true);
		}),
	);
	fc.assert(
		fc.property(amounts, fc.integer({ min: 1, max: 1_000_000 }), (debits, inr) => {
			const { base, residueMinor } = bases([...debits.map((amount) => line('USD', amount)), line('INR', -inr)]);
			expect(base.reduce((sum, amount) => sum + amount, residueMinor)).toBe(0);
			expect(base.slice(0, -1).every((amount) => amount >= 0)).toBe(true);
		}),
	);
});
