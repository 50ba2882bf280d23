import { describe, expect, it } from 'vitest';
import { bank, type BankText, book, type BookText } from '#test/matching-lines.ts';
import { digitMistake } from './digits.rules.ts';
import { explainDifference } from './explain.rules.ts';
import { HINT_LIMIT } from './weights.rules.ts';

const hints = (difference: number, bankLines: readonly BankText[], books: readonly BookText[]) =>
	explainDifference(
		difference,
		bankLines.map((line) => bank(line)),
		books.map((line) => book(line)),
	);

/** Difference: balance of the books minus balance of the bank. */
describe('where a difference may come from', () => {
	it.each<[string, number, BankText[], BookText[], string[]]>([
		['nowhere', 0, [[1, 5, 100, 'FEE']], [[9, 5, 100, 'Fee']], []],
		['a payment that the bank does not have', -31_395, [], [[9, 5, -31_395, 'Payment Kilimo']], ['LINE_IS_DIFFERENCE =9']],
		['a fee that only the bank has', 2089, [[1, 5, -2089, 'ACCOUNT FEE']], [], ['LINE_IS_DIFFERENCE 1=']],
		['money in that only the bank has, of the same amount', 2089, [[1, 5, 2089, 'INTEREST']], [], []],
		['a payment booked as a receipt', 10_000, [], [[9, 5, 5000, 'Receipt Safari']], ['LINE_ON_WRONG_SIDE =9']],
		[
			'two fees together',
			500,
			[
				[1, 5, -200, 'FEE'],
				[2, 6, -300, 'FEE'],
				[3, 6, -10, 'FEE'],
			],
			[],
			['PAIR_IS_DIFFERENCE 1+2='],
		],
		['a receipt in transit and a fee', 1500, [[1, 5, -500, 'FEE']], [[9, 6, 1000, 'Receipt Safari']], ['PAIR_IS_DIFFERENCE 1=9']],
		['6147.51 booked as 1647.51', -450_000, [[15, 10, 614_751, 'RECEIPT OTIENO']], [[32, 7, 164_751, 'Receipt Otieno']], ['DIGITS_EXCHANGED 15=32']],
		['100.00 booked as 1000.00', 90_000, [[15, 10, 10_000, 'RECEIPT OTIENO']], [[32, 7, 100_000, 'Receipt Otieno']], ['DIGITS_SHIFTED 15=32']],
		['an amount that is wrong in another way', 500, [[15, 10, 10_000, 'RECEIPT OTIENO']], [[32, 7, 10_500, 'Receipt Otieno']], ['AMOUNT_DIFFERS 15=32']],
		['can be divided by 9, and no line shows where', 27, [[15, 10, 10_000, 'RECEIPT']], [[32, 7, 70_000, 'Receipt']], ['DIVISIBLE_BY_9 =']],
		['cannot be divided by 9', 28, [[15, 10, 10_000, 'RECEIPT']], [[32, 7, 70_000, 'Receipt']], []],
	])('%s', (_what, difference, bankLines, books, rows) => {
		const found = hints(difference, bankLines, books).filter(({ code }) => code !== 'DIVISIBLE_BY_9' || rows.some((row) => row.startsWith(code)));
		expect(found.map(({ code, bankIds, bookLines }) => `${code} ${bankIds.join('+')}=${bookLines.map(({ entryId }) => entryId).join('+')}`)).toEqual(rows);
	});

	it('says it in words', () => {
		expect(hints(-450_000, [[15, 10, 614_751, 'RECEIPT OTIENO']], [[32, 7, 164_751, 'Receipt Otieno']])[0]?.text).toBe(
			'Entry 32 "Receipt Otieno" and bank line "RECEIPT OTIENO" differ by it, and two digits changed places',
		);
	});

	it('gives a handful of each sort where a hundred thousand lines would do', () => {
		const many = Array.from({ length: 100_000 }, (_, place): BankText => [place + 1, 5, -500, 'FEE']);
		const found = hints(500, many, []);
		expect(found.filter(({ code }) => code === 'LINE_IS_DIFFERENCE').length).toBe(HINT_LIMIT);
		expect(hints(1000, many, []).filter(({ code }) => code === 'PAIR_IS_DIFFERENCE').length).toBe(HINT_LIMIT);
	});
});

describe('two amounts', () => {
	it.each([
		[614_751, 164_751, 'EXCHANGED'],
		[1200, 2100, 'EXCHANGED'],
		[900, 90, 'SHIFTED'],
		[501, 51, 'EXCHANGED'],
		[1234, 4321, 'NONE'],
		[1234, 12_340, 'SHIFTED'],
		[1234, 1234, 'NONE'],
		[1234, 1235, 'NONE'],
	] as const)('%s and %s: %s', (one, other, mistake) => {
		expect([digitMistake(one, other), digitMistake(other, one)]).toEqual([mistake, mistake]);
	});
});
