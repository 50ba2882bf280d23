import { describe, expect, it } from 'vitest';
import { bank, book } from '#test/matching-lines.ts';
import { firstShareOf, isMatchingGood, type MatchingCase, matchingTable, measureMatching, monthEndDays, readTruth, recallOf } from './matching-truth.ts';

const key = (entryId: number) => [{ entryId, lineNo: 1 }];

const RIGHT: MatchingCase = {
	name: 'two months',
	bankLines: [
		bank([1, 10, 5000, 'RECEIPT SAFARI']),
		bank([2, 29, -250, 'ACCOUNT FEE']),
		bank([3, 35, -9000, 'CHQ 100471']),
		bank([4, 36, 3000, 'RECEIPT KILIMO']),
		bank([5, 70, 10, 'NOT YET']),
	],
	bookLines: [
		book([1, 9, 5000, 'Receipt Safari']),
		book([2, 20, -9000, 'Payment Otieno chq 100471']),
		book([3, 35, 1000, 'Receipt Kilimo']),
		book([4, 35, 2000, 'Receipt Kilimo']),
	],
	truth: [
		{ bankId: 1, kind: 'match', bookLines: key(1) },
		{ bankId: 2, kind: 'bank_only', bookLines: [] },
		{ bankId: 3, kind: 'timing', bookLines: key(2) },
		{ bankId: 4, kind: 'combined', bookLines: [...key(3), ...key(4)] },
		{ bankId: 5, kind: 'match', bookLines: key(9) },
	],
	monthEnds: [30, 60],
};

describe('the measure of matching', () => {
	it('counts what is right, month by month, and leaves out what nobody has seen yet', () => {
		const figures = measureMatching(RIGHT);
		expect(figures).toMatchObject({
			single: 2,
			certainRight: 2,
			certainWrong: [],
			firstRight: 2,
			combined: 1,
			combinedRight: 1,
			bankOnly: 1,
			bankOnlyProposed: [],
		});
		expect([recallOf(figures), firstShareOf(figures), isMatchingGood(figures)]).toEqual([1, 1, true]);
	});

	it('says what is certain and wrong', () => {
		const figures = measureMatching({ ...RIGHT, truth: [{ bankId: 1, kind: 'match', bookLines: key(7) }] });
		expect(figures.certainWrong).toEqual(['SINGLE 80: 5000 RECEIPT SAFARI = 5000 Receipt Safari']);
		expect(isMatchingGood(figures)).toBe(false);
		expect(matchingTable([figures])).toContain('two months: certain and wrong: SINGLE 80: 5000 RECEIPT SAFARI = 5000 Receipt Safari');
	});

	it('says what was not found, and what was proposed for a line that only the bank has', () => {
		const bankOnly = measureMatching({ ...RIGHT, truth: [{ bankId: 1, kind: 'bank_only', bookLines: [] }] });
		expect(bankOnly.bankOnlyProposed.length).toBe(1);
		const missed = measureMatching({ ...RIGHT, truth: [{ bankId: 2, kind: 'match', bookLines: key(1) }] });
		expect(missed.firstWrong).toEqual(['nothing for -250 ACCOUNT FEE']);
		expect(isMatchingGood(missed)).toBe(false);
	});

	it('prints a row a case', () => {
		const [headings, row] = matchingTable([measureMatching(RIGHT)]).split('\n');
		expect(headings).toMatch(/^case\s+single\s+certain\s+wrong\s+recall/);
		expect(row).toMatch(/^two months\s+2\s+2\s+0\s+100\.0 %\s+100\.0 %\s+1 of 1\s+0 of 0\s+0 of 1$/);
	});

	it('reads the truth of a file by the names that the file gives its lines', () => {
		const rows = [
			['stmt_id', 'stmt_date', 'amount', 'kind', 'book_ids', 'note'],
			['B00016', '2024-02-14', '1508.29', 'combined', 'T00030 T00035', ''],
			['B00024', '2024-02-29', '-5.82', 'bank_only', '', 'fee not booked'],
			['B00099', '2024-02-29', '-5.82', 'match', 'T00030', 'in no statement'],
		];
		const bankIds = new Map([
			['B00016', 16],
			['B00024', 24],
		]);
		expect(
			readTruth(
				rows,
				(id) => bankIds.get(id),
				(id) => key(Number(id.slice(1))),
			),
		).toEqual([
			{ bankId: 16, kind: 'combined', bookLines: [...key(30), ...key(35)] },
			{ bankId: 24, kind: 'bank_only', bookLines: [] },
		]);
		expect(monthEndDays(['1970-02-28', '1970-01-31'])).toEqual([30, 58]);
	});
});
