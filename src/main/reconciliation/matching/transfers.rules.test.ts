import { describe, expect, it } from 'vitest';
import { bank, type BankText } from '#test/matching-lines.ts';
import { reasonLine } from './lines.rules.ts';
import { proposeTransfers } from './transfers.rules.ts';

function transfers(first: readonly BankText[], second: readonly BankText[]): string[] {
	return proposeTransfers(
		first.map((line) => bank(line)),
		second.map((line) => bank(line)),
	).map(({ lineOfFirst, lineOfSecond, from, amountMinor, leftDay, arrivedDay, reasons }) => {
		const why = reasons.map(reasonLine).join(', ');
		return `${lineOfFirst}/${lineOfSecond} from ${from} ${amountMinor} on ${leftDay}, arrived ${arrivedDay}: ${why}`;
	});
}

describe('transfers between two own accounts', () => {
	it.each<[string, BankText[], BankText[], string[]]>([
		[
			'from the bank to mobile money',
			[[1, 10, -50_000, 'TRANSFER TO MOBILE']],
			[[7, 11, 50_000, 'Received from bank']],
			['1/7 from FIRST 50000 on 10, arrived 11: amount equal 40, dates 1 day apart 10'],
		],
		[
			'from the second to the first',
			[[1, 12, 50_000, 'CASH IN']],
			[[7, 10, -50_000, 'cash to bank']],
			['1/7 from SECOND 50000 on 10, arrived 12: amount equal 40, dates 2 days apart 10, words: cash 30'],
		],
		[
			'five days apart',
			[[1, 10, -50_000, 'TRANSFER']],
			[[7, 15, 50_000, 'RECEIVED']],
			['1/7 from FIRST 50000 on 10, arrived 15: amount equal 40, dates 5 days apart 5'],
		],
		['six days apart', [[1, 10, -50_000, 'TRANSFER']], [[7, 16, 50_000, 'RECEIVED']], []],
		['both in', [[1, 10, 50_000, 'TRANSFER']], [[7, 10, 50_000, 'RECEIVED']], []],
		['a unit less', [[1, 10, -50_000, 'TRANSFER']], [[7, 10, 49_999, 'RECEIVED']], []],
		[
			'of two the one whose reference agrees, however near the other is',
			[[1, 10, -50_000, 'TRANSFER TRF 5531']],
			[
				[7, 10, 50_000, 'RECEIVED'],
				[8, 13, 50_000, 'RECEIVED TRF 5531'],
			],
			['1/8 from FIRST 50000 on 10, arrived 13: amount equal 40, TRF 5531 on both sides 35, dates 3 days apart 10, words: trf 15'],
		],
		[
			'each line once',
			[
				[2, 10, -50_000, 'TRANSFER'],
				[1, 10, -50_000, 'TRANSFER'],
			],
			[[7, 10, 50_000, 'RECEIVED']],
			['1/7 from FIRST 50000 on 10, arrived 10: amount equal 40, same day 10'],
		],
	])('%s', (_what, first, second, rows) => {
		expect(transfers(first, second)).toEqual(rows);
	});

	it('what was rejected is not proposed again', () => {
		const [first, second] = [[bank([1, 10, -5000, 'TRANSFER'])], [bank([7, 10, 5000, 'A']), bank([8, 11, 5000, 'B'])]];
		const rejected = [{ lineOfFirst: 1, lineOfSecond: 7 }];
		expect(proposeTransfers(first, second, rejected).map(({ lineOfSecond }) => lineOfSecond)).toEqual([8]);
	});
});
