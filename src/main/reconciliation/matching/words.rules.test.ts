import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bankWords, bookWords, foldText, isFound, Vocabulary } from './words.rules.ts';

function foundOf(bank: string, book: string): string {
	const vocabulary = new Vocabulary();
	const written = bookWords([book], vocabulary);
	const words = bankWords([bank], vocabulary);
	return `${words.filter((word) => isFound(word, written)).length} of ${words.length}`;
}

describe('the words of a bank line in a ledger line', () => {
	it.each([
		// Bank                           ledger                           found
		['RECEIPT SAFARI TOURS', 'Receipt Safari Tours', '3 of 3'],
		['TOURS SAFARI', 'Safari\tTours, Nairobi', '2 of 2'],
		['RECEIPT SAFARI TOURS', 'Receipt Otieno & Co', '1 of 3'],
		['RENT RENT RENT', 'Rent', '1 of 1'],
		['LODZ STRASSE CREME', 'Łódź Straße crème', '3 of 3'],
		["D'SOUZA M/S PATEL", "D'Souza, M/s Patel", '2 of 2'],
		// Two letters, and digits, are no words
		['CO 967370 2024', 'Co 967370 2024', '0 of 0'],
		// What a bank without the letter prints
		['WANJIK? SUPPLIES', 'Wanjikũ Supplies', '2 of 2'],
		['WANJIK\uFFFD SUPPLIES', 'Wanjikũ Supplies', '2 of 2'],
		['WANJIK?? SUPPLIES', 'Wanjikũ Supplies', '2 of 2'],
		['WANJIKU SUPPLIES', 'Wanjikũ Supplies', '2 of 2'],
		['???? ????????', 'आनंद ट्रेडर्स', '2 of 2'],
		['???? ????????', 'Patel Brothers', '0 of 2'],
		['WANJIK? SUPPLIES', 'Wanjiru Supplies', '1 of 2'],
		['PAID?', 'Paid', '1 of 1'],
		['आनंद ट्रेडर्स', 'Receipt आनंद ट्रेडर्स', '2 of 2'],
	])('%s in %s', (bank, book, found) => {
		expect(foundOf(bank, book)).toBe(found);
	});

	it('are all found in their own text', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (text) => {
				const clean = text.replace(/[?\uFFFD]/g, ' ');
				const [found, all] = foundOf(clean, clean).split(' of ');
				expect(found).toBe(all);
			}),
		);
	});

	it('does not take long for a text made to be slow', () => {
		expect(foundOf(`${'?'.repeat(79)}x`, 'आ'.repeat(40))).toBe('0 of 1');
	});

	it('folds twice to the same', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (text) => {
				expect(foldText(foldText(text))).toBe(foldText(text));
			}),
		);
	});
});
