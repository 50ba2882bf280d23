import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatMinor } from '#shared/kernel/money.ts';
import { barScale } from './bar-scale.ts';

it.each([
	['income and expenses of a month', ['2915742.33', '2627249.46', '288492.87'], ['0', '1000000', '2000000', '3000000']],
	['a loss', ['300.00', '450.00', '-150.00'], ['-200', '0', '200', '400', '600']],
	['a currency without decimals', ['7', '3', '4'], ['0', '2', '4', '6', '8']],
	['three decimals', ['0.250', '0.125', '0.125'], ['0', '1']],
	['nothing at all', ['0.00', '0.00', '0.00'], ['0', '1']],
])('the scale of %s has lines of round whole units', (_what, amounts, lines) => {
	expect(barScale(amounts).lines).toEqual(lines);
});

it('holds every amount between its lines, in order, whatever the amounts', () => {
	const amount = fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n });
	fc.assert(
		fc.property(fc.array(amount, { minLength: 1, maxLength: 36 }), fc.constantFrom(0, 2, 3), (minors, decimals) => {
			const amounts = minors.map((minor) => formatMinor(minor, decimals));
			const { lines, place } = barScale(amounts);
			expect(lines.length).toBeLessThanOrEqual(9);
			expect([place(lines[0] ?? ''), place(lines.at(-1) ?? '')]).toEqual([0, 1]);
			expect(lines).toContain('0');
			const sorted = [...minors].sort((one, other) => (one < other ? -1 : one > other ? 1 : 0)).map((minor) => place(formatMinor(minor, decimals)));
			for (const [index, at] of sorted.entries()) {
				expect(at).toBeGreaterThanOrEqual(index === 0 ? 0 : (sorted[index - 1] ?? 0));
				expect(at).toBeLessThanOrEqual(1);
			}
		}),
	);
});
