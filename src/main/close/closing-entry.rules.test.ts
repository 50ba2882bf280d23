import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_AMOUNT_MINOR } from '#shared/kernel/money.ts';
import { type ClosingLine, closesResult, closingLines } from './closing-entry.rules.ts';

const RESULT = 99;

/** account, currency of a foreign line, Dr/Cr in it, Dr/Cr in base */
const written = (lines: readonly ClosingLine[]): string[] =>
	lines.map((line) => `${line.accountId} ${line.currency ?? 'own'} ${line.debitMinor}/${line.creditMinor} base ${line.baseDebitMinor}/${line.baseCreditMinor}`);

describe('the closing entry', () => {
	it.each([
		[
			'a profit',
			[
				[1, 'USD', -500n, -500n],
				[2, 'USD', 120n, 120n],
			],
			['1 own 500/0 base 500/0', '2 own 0/120 base 0/120', '99 own 0/380 base 0/380'],
		],
		['a loss', [[2, 'USD', 120n, 120n]], ['2 own 0/120 base 0/120', '99 own 120/0 base 120/0']],
		[
			'neither',
			[
				[1, 'USD', -5n, -5n],
				[2, 'USD', 5n, 5n],
			],
			['1 own 5/0 base 5/0', '2 own 0/5 base 0/5'],
		],
		['nothing to zero', [], []],
		['a foreign income', [[1, 'EUR', -100n, -110n]], ['1 EUR 100/0 base 110/0', '99 own 0/110 base 0/110']],
		['only base left', [[1, 'EUR', 0n, -6n]], ['1 EUR 0/0 base 6/0', '99 own 0/6 base 0/6']],
		['opposite signs', [[1, 'EUR', -100n, 4n]], ['1 EUR 100/0 base 0/0', '1 EUR 0/0 base 0/4', '99 own 4/0 base 4/0']],
		['a foreign amount without base', [[1, 'VND', -1n, 0n]], ['1 VND 1/0 base 0/0', '99 own 1/0 base 1/0', '99 own 0/1 base 0/1']],
	] as const)('%s', (_what, balances, lines) => {
		const rows = balances.map(([accountId, currency, amount, base]) => ({ accountId, currency, amount, base }));
		expect(written(closingLines(rows, RESULT, 'USD'))).toEqual(lines);
	});

	it('brings every balance to nil in both currencies, balances in base, and no line passes the limit', () => {
		const sum = fc.bigInt({ min: -(2n ** 56n), max: 2n ** 56n });
		const own = fc
			.record({ accountId: fc.integer({ min: 1, max: 9 }), currency: fc.constant('USD'), amount: sum })
			.map((row) => ({ ...row, base: row.amount }));
		const foreign = fc.record({ accountId: fc.integer({ min: 11, max: 19 }), currency: fc.constantFrom('EUR', 'JPY'), amount: sum, base: sum });
		fc.assert(
			fc.property(fc.uniqueArray(fc.oneof(own, foreign), { selector: ({ accountId, currency }) => `${accountId} ${currency}` }), (balances) => {
				const lines = closingLines(balances, RESULT, 'USD');
				for (const { accountId, currency, amount, base } of balances) {
					const posted = lines.filter((line) => line.accountId === accountId && (line.currency ?? 'USD') === currency);
					expect(amount + total(posted, 'debitMinor') - total(posted, 'creditMinor')).toBe(0n);
					expect(base + total(posted, 'baseDebitMinor') - total(posted, 'baseCreditMinor')).toBe(0n);
				}
				expect(total(lines, 'baseDebitMinor')).toBe(total(lines, 'baseCreditMinor'));
				expect(lines.length === 1).toBe(false);
				for (const { debitMinor, creditMinor, baseDebitMinor, baseCreditMinor } of lines) {
					expect(Math.max(debitMinor, baseDebitMinor) === 0 || Math.max(creditMinor, baseCreditMinor) === 0).toBe(true);
					const largest = Math.max(debitMinor, creditMinor, baseDebitMinor, baseCreditMinor);
					expect(largest > 0 && largest <= MAX_AMOUNT_MINOR).toBe(true);
				}
			}),
		);
	});
});

function total(lines: readonly ClosingLine[], side: 'debitMinor' | 'creditMinor' | 'baseDebitMinor' | 'baseCreditMinor'): bigint {
	return lines.reduce((sum, line) => sum + BigInt(line[side]), 0n);
}

describe('when it is posted', () => {
	it.each([
		['MONTH', '2026-01-31', 'EVERY_PERIOD', false, true],
		['QUARTER', '2026-03-31', 'EVERY_PERIOD', false, true],
		['DAY', '2026-01-30', 'EVERY_PERIOD', false, false],
		['DAY', '2026-01-31', 'EVERY_PERIOD', false, true],
		['DAY', '2026-04-05', 'EVERY_PERIOD', true, true],
		['MONTH', '2026-01-31', 'YEAR_END', false, false],
		['MONTH', '2026-12-31', 'YEAR_END', true, true],
		['OPENING', '2025-12-31', 'EVERY_PERIOD', false, false],
		['YEAR', '2026-12-31', 'YEAR_END', true, false],
	] as const)('%s ending %s under %s (last of the year: %s): %s', (kind, end, policy, isLast, posts) => {
		expect(closesResult({ kind, end }, policy, isLast)).toBe(posts);
	});
});
