import { describe, expect, it } from 'vitest';
import { bank, book, type BankText, type BookText } from '#test/matching-lines.ts';
import { reasonLine } from './lines.rules.ts';
import { proposeMatches } from './propose-matches.rules.ts';

/** The proposals for one bank line, one a row: kind, ledger entries, score, verdict, reasons. */
function proposed(bankLines: readonly BankText[], books: readonly BookText[]): string[] {
	const { proposals } = proposeMatches({ bankLines: bankLines.map((line) => bank(line)), bookLines: books.map((line) => book(line)), rejected: [] });
	return proposals.map(({ kind, bankIds, bookLines, score, certain, reasons }) => {
		const entries = bookLines.map(({ entryId }) => entryId).join('+');
		const verdict = certain ? 'certain' : 'suggested';
		return `${kind} ${bankIds.join('+')}=${entries} ${score} ${verdict}: ${reasons.map(reasonLine).join(', ')}`;
	});
}

// Bank: id, day, amount, text. Books: entry, day, amount, text. Amounts in minor units.
describe('one bank line and one ledger line', () => {
	it.each<[string, BankText, BookText, string[]]>([
		[
			'all agrees',
			[1, 12, 121_806, 'RECEIPT SAFARI TOURS'],
			[31, 10, 121_806, 'Receipt Safari Tours'],
			['SINGLE 1=31 80 certain: amount equal 40, dates 2 days apart 10, words: receipt, safari, tours 30'],
		],
		[
			'equal amount and date alone is a suggestion',
			[1, 10, 121_806, 'TRANSFER'],
			[31, 10, 121_806, 'Receipt Safari Tours'],
			['SINGLE 1=31 50 suggested: amount equal 40, same day 10'],
		],
		['equal amount eight days later and no word', [1, 18, 121_806, 'TRANSFER'], [31, 10, 121_806, 'Receipt Safari Tours'], []],
		[
			'half of the words are just enough',
			[1, 11, 121_806, 'SAFARI TRANSFER'],
			[31, 10, 121_806, 'Receipt Safari Tours'],
			['SINGLE 1=31 65 certain: amount equal 40, dates 1 day apart 10, words: safari 15'],
		],
		[
			'a cheque presented after 40 days',
			[1, 50, -59_546, 'CHQ 967370'],
			[14, 10, -59_546, 'Payment Kilimo chq 0967370'],
			['SINGLE 1=14 105 certain: amount equal 40, cheque 967370 on both sides 35, dates 40 days apart, words: chq 30'],
		],
		['a cheque presented after half a year and a day', [1, 191, -59_546, 'CHQ 967370'], [14, 10, -59_546, 'Payment chq 967370'], []],
		['no reference, 22 days later', [1, 32, 5000, 'RECEIPT SAFARI'], [14, 10, 5000, 'Receipt Safari'], []],
		[
			'21 days later',
			[1, 31, 5000, 'RECEIPT SAFARI'],
			[14, 10, 5000, 'Receipt Safari'],
			['SINGLE 1=14 70 certain: amount equal 40, dates 21 days apart, words: receipt, safari 30'],
		],
		[
			'the bank three days before the books',
			[1, 7, 5000, 'RECEIPT SAFARI'],
			[14, 10, 5000, 'Receipt Safari'],
			['SINGLE 1=14 80 certain: amount equal 40, dates 3 days apart 10, words: receipt, safari 30'],
		],
		['the bank four days before the books', [1, 6, 5000, 'RECEIPT SAFARI'], [14, 10, 5000, 'Receipt Safari'], []],
		['the other direction', [1, 10, -5000, 'RECEIPT SAFARI'], [14, 10, 5000, 'Receipt Safari'], []],
		[
			'a cheque number that may be cut where the field of the bank ends (32 characters) says nothing against another',
			[1, 10, -5000, 'PAYMENT KAVERI <RETAIL> CHQ 1796'],
			[14, 10, -5000, 'Payment Kaveri <Retail> chq 179640'],
			['SINGLE 1=14 80 certain: amount equal 40, same day 10, words: payment, kaveri, retail, chq 30'],
		],
		[
			'another cheque of the same amount',
			[1, 10, -5000, 'PAYMENT SAFARI CHQ 100471'],
			[14, 10, -5000, 'Payment Safari chq 100472'],
			['SINGLE 1=14 60 suggested: amount equal 40, cheque 100471 at the bank, 100472 in the books -20, same day 10, words: payment, safari, chq 30'],
		],
		[
			'a fee kept back is never certain',
			[1, 10, 99_000, 'RECEIPT SAFARI INV-2041'],
			[14, 10, 100_000, 'Receipt Safari inv 2041'],
			['SINGLE 1=14 90 suggested: amount equal but for a small fee 15, INV 2041 on both sides 35, same day 10, words: receipt, safari, inv 30'],
		],
		['more than a fee', [1, 10, 97_000, 'RECEIPT SAFARI'], [14, 10, 100_000, 'Receipt Safari'], []],
		['more came than was booked', [1, 10, 100_100, 'RECEIPT SAFARI'], [14, 10, 100_000, 'Receipt Safari'], []],
		[
			'a cheque of another amount',
			[1, 12, -61_475, 'CHQ 967370'],
			[14, 10, -16_475, 'Payment Kilimo chq 967370'],
			['SINGLE 1=14 75 suggested: amount different, cheque 967370 on both sides 35, dates 2 days apart 10, words: chq 30'],
		],
	])('%s', (_what, bankLine, bookLine, rows) => {
		expect(proposed([bankLine], [bookLine])).toEqual(rows);
	});
});

describe('several that may be meant', () => {
	it('twins of two parties are told apart by their words', () => {
		expect(
			proposed(
				[
					[1, 6, -3358, 'COURIER KILIMO GROWERS'],
					[2, 8, -3358, 'COURIER WANJIK? SUPPLIES'],
				],
				[
					[21, 6, -3358, 'Courier Wanjikũ Supplies'],
					[22, 6, -3358, 'Courier Kilimo Growers'],
				],
			),
		).toEqual([
			'SINGLE 1=22 80 certain: amount equal 40, same day 10, words: courier, kilimo, growers 30',
			'SINGLE 2=21 80 certain: amount equal 40, dates 2 days apart 10, words: courier, wanjik?, supplies 30',
		]);
	});

	it('twins that nothing tells apart are suggested in the order of their numbers', () => {
		const rows = proposed(
			[
				[2, 6, -3358, 'COURIER KILIMO'],
				[1, 6, -3358, 'COURIER KILIMO'],
			],
			[
				[22, 6, -3358, 'Courier Kilimo'],
				[21, 6, -3358, 'Courier Kilimo'],
			],
		);
		expect(rows.map((row) => row.split(':')[0])).toEqual(['SINGLE 1=21 80 suggested', 'SINGLE 2=22 80 suggested']);
	});

	it('another bank line with as good a claim on the entry makes neither certain', () => {
		const rows = proposed(
			[
				[1, 6, -3358, 'COURIER KILIMO'],
				[2, 7, -3358, 'COURIER KILIMO'],
			],
			[[21, 6, -3358, 'Courier Kilimo']],
		);
		expect(rows.map((row) => row.split(':')[0])).toEqual(['SINGLE 1=21 80 suggested']);
	});

	it('ten points ahead is enough, nine is not', () => {
		const rows = (days: number) =>
			proposed(
				[[1, 20, 5000, 'RECEIPT SAFARI']],
				[
					[31, 20, 5000, 'Receipt Safari'],
					[30, 20 - days, 5000, 'Receipt Safari'],
				],
			);
		expect(rows(8)[0]).toMatch(/^SINGLE 1=31 80 certain/);
		expect(rows(7)[0]).toMatch(/^SINGLE 1=31 80 suggested/);
	});

	it('what was rejected is not proposed again, and the next best comes up', () => {
		const bankLines = [bank([1, 10, 5000, 'RECEIPT SAFARI'])];
		const bookLines = [book([30, 10, 5000, 'Receipt Safari']), book([31, 12, 5000, 'Receipt Safari'])];
		const rejected = [{ bankIds: [1], bookLines: [{ entryId: 30, lineNo: 1 }] }];
		const { proposals } = proposeMatches({ bankLines, bookLines, rejected });
		expect(proposals.map(({ bookLines: keys, certain }) => [keys[0]?.entryId, certain])).toEqual([[31, true]]);
	});
});

describe('lines that cancel each other', () => {
	it('an entry and its reversal leave the bank line to the entry that was posted instead', () => {
		const bookLines = [
			book([40, 5, -3460, 'Payment Kilimo']),
			book([41, 5, 3460, 'Reversal of 40'], { reversesEntryId: 40 }),
			book([42, 5, -3460, 'Payment Kilimo']),
		];
		const { proposals } = proposeMatches({ bankLines: [bank([1, 6, -3460, 'PAYMENT KILIMO'])], bookLines, rejected: [] });
		expect(proposals.map(({ kind, bookLines: keys, certain }) => [kind, keys.map(({ entryId }) => entryId), certain])).toEqual([
			['CONTRA', [40, 41], false],
			['SINGLE', [42], true],
		]);
	});

	it('a cheque that came back is on both sides twice: each meets its own', () => {
		const bookLines = [book([40, 5, -3460, 'Payment Kilimo']), book([41, 9, 3460, 'Returned Kilimo'], { reversesEntryId: 40 })];
		const bankLines = [bank([1, 6, -3460, 'PAYMENT KILIMO']), bank([2, 9, 3460, 'RETURNED KILIMO'])];
		const { proposals } = proposeMatches({ bankLines, bookLines, rejected: [] });
		expect(proposals.map(({ kind, bankIds, bookLines: keys }) => [kind, bankIds, keys[0]?.entryId])).toEqual([
			['SINGLE', [1], 40],
			['SINGLE', [2], 41],
		]);
	});

	it.each<[string, BankText[], BookText[], string[]]>([
		[
			'a bank error and its correction',
			[
				[1, 6, -7700, 'CARD PAYMENT HARBOUR'],
				[2, 9, 7700, 'CORRECTION CARD PAYMENT HARBOUR'],
			],
			[],
			[
				'CONTRA 1+2= 95 suggested: the two cancel each other 40, one says that it takes something back 15, dates 3 days apart 10, words: card, payment, harbour 30',
			],
		],
		[
			'an entry taken back without a link',
			[],
			[
				[78, 12, -3460, 'Misposted expense'],
				[79, 13, 3460, 'Reversal of the misposted expense'],
			],
			[
				'CONTRA =78+79 95 suggested: the two cancel each other 40, one says that it takes something back 15, dates 1 day apart 10, words: misposted, expense 30',
			],
		],
		[
			'equal amounts in and out are no evidence',
			[
				[1, 6, -7700, 'PAYMENT KILIMO'],
				[2, 6, 7700, 'RECEIPT SAFARI'],
			],
			[],
			[],
		],
	])('%s', (_what, bankLines, books, rows) => {
		expect(proposed(bankLines, books)).toEqual(rows);
	});
});

describe('groups', () => {
	it.each<[string, BankText[], BookText[], string[]]>([
		[
			'two receipts banked together',
			[[16, 14, 150_829, 'RECEIPT WANJIK? SUPPLIES']],
			[
				[30, 13, 29_023, 'Receipt Wanjikũ Supplies'],
				[35, 13, 121_806, 'Receipt Safari Tours'],
				[36, 13, 77_000, 'Receipt Safari Tours'],
			],
			['ONE_TO_MANY 16=30+35 70 suggested: 2 ledger lines add up to the amount 40, dates 1 day apart 10, words: receipt, wanjik?, supplies 20'],
		],
		[
			'one payment in two instalments',
			[
				[5, 14, -60_000, 'KILIMO GROWERS'],
				[6, 16, -40_000, 'KILIMO GROWERS'],
			],
			[[30, 13, -100_000, 'Payment Kilimo Growers']],
			['MANY_TO_ONE 5+6=30 80 suggested: 2 bank lines add up to the amount 40, dates 3 days apart 10, words: kilimo, growers 30'],
		],
		[
			'six salaries in one transfer',
			[[9, 28, -2100, 'SALARIES']],
			[1, 2, 3, 4, 5, 6].map((entry): BookText => [entry, 28, -100 * entry, `Salary ${entry}`]),
			['ONE_TO_MANY 9=1+2+3+4+5+6 50 suggested: 6 ledger lines add up to the amount 40, same day 10'],
		],
		['seven are too many', [[9, 28, -2800, 'SALARIES']], [1, 2, 3, 4, 5, 6, 7].map((entry): BookText => [entry, 28, -100 * entry, `Salary ${entry}`]), []],
		[
			'three of different days with nothing in common are chance',
			[[9, 10, 6000, 'TRANSFER']],
			[
				[1, 8, 1000, 'Receipt Safari'],
				[2, 9, 2000, 'Receipt Kilimo'],
				[3, 10, 3000, 'Receipt Otieno'],
			],
			[],
		],
		[
			'a unit short',
			[[16, 14, 150_828, 'RECEIPT SAFARI']],
			[
				[30, 13, 29_023, 'Receipt Safari'],
				[35, 13, 121_806, 'Receipt Safari'],
			],
			[],
		],
		[
			'the slip on both sides is better than a part of the amount',
			[[16, 14, 30_000, 'DEP 5531']],
			[
				[30, 14, 10_000, 'Receipt Safari dep 5531'],
				[31, 14, 20_000, 'Receipt Kilimo dep 5531'],
			],
			['ONE_TO_MANY 16=30+31 115 suggested: 2 ledger lines add up to the amount 40, DEP 5531 on both sides 35, same day 10, words: dep 30'],
		],
	])('%s', (_what, bankLines, books, rows) => {
		expect(proposed(bankLines, books)).toEqual(rows);
	});

	it('none where one line of the amount is suggested', () => {
		const rows = proposed(
			[[16, 14, 30_000, 'TRANSFER']],
			[
				[30, 14, 10_000, 'Receipt Safari'],
				[31, 14, 20_000, 'Receipt Kilimo'],
				[32, 14, 30_000, 'Receipt Otieno'],
			],
		);
		expect(rows).toEqual(['SINGLE 16=32 50 suggested: amount equal 40, same day 10']);
	});

	it('a rejected set gives way to the next', () => {
		const bankLines = [bank([16, 14, 30_000, 'RECEIPT SAFARI'])];
		const bookLines = [10_000, 20_000, 20_000].map((amount, place) => book([30 + place, 14, amount, 'Receipt Safari']));
		const rejected = [{ bankIds: [16], bookLines: [31, 30].map((entryId) => ({ entryId, lineNo: 1 })) }];
		const { proposals } = proposeMatches({ bankLines, bookLines, rejected });
		expect(proposals.map(({ bookLines: keys }) => keys.map(({ entryId }) => entryId))).toEqual([[30, 32]]);
	});
});
