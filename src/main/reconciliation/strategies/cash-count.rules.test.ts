import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAmountMinor } from '#shared/kernel/money.ts';
import { countedMinor } from './cash-count.rules.ts';
import { denominationsOf } from './denominations.rules.ts';

const KNOWN = ['INR', 'KES', 'USD', 'EUR', 'GBP', 'TZS', 'UGX', 'ZAR', 'AED', 'JPY', 'CHF', 'KWD'];

describe('a count by denomination', () => {
	it.each([
		['KES', { '1000': 5, '500': 3 }, 650_000],
		['INR', { '500': 3, '0.50': 3 }, 150_150],
		['JPY', { '10000': 2, '1': 9 }, 20_009],
		['KWD', { '20': 1, '0.005': 3 }, 20_015],
		['USD', {}, 0],
		['USD', { '100': 0 }, 0],
		['BRL', { '7': 2 }, 1400],
		['USD', { '0.5': 1 }, 50],
	])('%s %o', (currency, count, minor) => {
		expect(countedMinor(count, currency)).toBe(minor);
	});

	it.each([
		['USD', { '30': 1 }, 'RECONCILIATION_REFUSED'],
		['JPY', { '0.5': 1 }, 'AMOUNT_INVALID'],
		['BRL', { '0': 1 }, 'AMOUNT_INVALID'],
		['BRL', { '-5': 1 }, 'AMOUNT_INVALID'],
		['USD', { '0.5': 1, '0.50': 1 }, 'RECONCILIATION_REFUSED'],
		['USD', { '100': Number.MAX_SAFE_INTEGER }, 'AMOUNT_TOO_LARGE'],
	])('%s %o is refused: %s', (currency, count, code) => {
		expect(() => countedMinor(count, currency)).toThrow(expect.objectContaining({ code }));
	});

	it('comes to the sum of its pieces, in every currency of the table', () => {
		fc.assert(
			fc.property(fc.constantFrom(...KNOWN), fc.array(fc.nat(1000), { minLength: 13, maxLength: 13 }), (currency, pieces) => {
				const faces = denominationsOf(currency) ?? [];
				const count = Object.fromEntries(faces.map((face, index) => [face, pieces[index] ?? 0]));
				const sum = faces.reduce((total, face, index) => total + parseAmountMinor(face, currency) * (pieces[index] ?? 0), 0);
				expect(countedMinor(count, currency)).toBe(sum);
			}),
		);
	});

	it('knows faces from the largest down, each once', () => {
		for (const currency of KNOWN) {
			const faces = (denominationsOf(currency) ?? []).map((face) => parseAmountMinor(face, currency));
			expect(faces.length, currency).toBeGreaterThan(5);
			expect(faces, currency).toEqual([...new Set(faces)].sort((one, other) => other - one));
		}
		expect(denominationsOf('XXX')).toBeNull();
	});
});
