import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bank, type BankText, book, type BookText } from '#test/matching-lines.ts';
import { reasonLine } from './lines.rules.ts';
import { proposeSettlements } from './settlements.rules.ts';

function settlements(bankLines: readonly BankText[], clearing: readonly BookText[]): string[] {
	return proposeSettlements(
		bankLines.map((line) => bank(line)),
		clearing.map((line) => book(line)),
	).map(({ bankId, clearingLines, grossMinor, chargeMinor, netMinor, reasons }) => {
		const entries = clearingLines.map(({ entryId }) => entryId).join('+');
		return `${bankId}=${entries} gross ${grossMinor} charge ${chargeMinor} net ${netMinor}: ${reasons.map(reasonLine).join(', ')}`;
	});
}

describe('settlements of a clearing account', () => {
	it.each<[string, BankText[], BookText[], string[]]>([
		[
			'a day of card sales without a charge',
			[[1, 11, 30_000, 'TRANSFER']],
			[
				[30, 10, 10_000, 'Card sale'],
				[31, 10, 20_000, 'Card sale'],
			],
			['1=30+31 gross 30000 charge 0 net 30000: 2 clearing lines add up to the amount 40, dates 1 day apart 10'],
		],
		[
			'a single charge with the name of the company',
			[[1, 11, 29_250, 'HARBOURPAY SETTLEMENT']],
			[
				[30, 10, 10_000, 'Harbourpay settlement due'],
				[31, 10, 20_000, 'Harbourpay settlement due'],
			],
			['1=30+31 gross 30000 charge 750 net 29250: 2 clearing lines less a charge of 2.50 % 15, dates 1 day apart 10, words: harbourpay, settlement 30'],
		],
		['a single charge with nothing to tell by', [[1, 11, 29_250, 'TRANSFER']], [[30, 10, 30_000, 'Card sale']], []],
		[
			'the same charge on two days speaks for both',
			[
				[1, 11, 29_250, 'TRANSFER'],
				[2, 12, 48_750, 'TRANSFER'],
			],
			[
				[30, 10, 30_000, 'Card sale'],
				[31, 11, 50_000, 'Card sale'],
			],
			[
				'1=30 gross 30000 charge 750 net 29250: 1 clearing line less a charge of 2.50 % 15, dates 1 day apart 10, another settlement bears the same rate 25',
				'2=31 gross 50000 charge 1250 net 48750: 1 clearing line less a charge of 2.50 % 15, dates 1 day apart 10, another settlement bears the same rate 25',
			],
		],
		[
			'a refund is taken off',
			[[1, 11, 9_000, 'TRANSFER']],
			[
				[30, 10, 10_000, 'Card sale'],
				[31, 10, -1_000, 'Refund'],
			],
			['1=30+31 gross 9000 charge 0 net 9000: 2 clearing lines add up to the amount 40, dates 1 day apart 10'],
		],
		['more than six in a hundred', [[1, 11, 28_199, 'CARD SALE']], [[30, 10, 30_000, 'Card sale']], []],
		['more than the sales', [[1, 11, 30_001, 'CARD SALE']], [[30, 10, 30_000, 'Card sale']], []],
		['money that goes out', [[1, 11, -30_000, 'CARD SALE']], [[30, 10, -30_000, 'Card sale']], []],
		['sales after the money', [[1, 9, 30_000, 'CARD SALE']], [[30, 10, 30_000, 'Card sale']], []],
		[
			'lines that do not follow each other',
			[[1, 11, 30_000, 'CARD SALE']],
			[
				[30, 9, 10_000, 'Card sale'],
				[31, 10, 50_000, 'Card sale'],
				[32, 11, 20_000, 'Card sale'],
			],
			[],
		],
	])('%s', (_what, bankLines, clearing, rows) => {
		expect(settlements(bankLines, clearing)).toEqual(rows);
	});

	it('find every day of a month at its rate, and gross less charge is net', () => {
		const sales = fc.array(fc.array(fc.integer({ min: 100, max: 90_000 }), { minLength: 1, maxLength: 4 }), { minLength: 3, maxLength: 12 });
		fc.assert(
			fc.property(sales, fc.integer({ min: 50, max: 400 }), (days, rate) => {
				let entry = 0;
				const clearing = days.flatMap((amounts, day) => amounts.map((amount): BookText => [++entry, day, amount, 'Card sale']));
				const bankLines = days.map((amounts, day): BankText => {
					const gross = amounts.reduce((sum, amount) => sum + amount, 0);
					return [day + 1, day + 1, gross - Math.round((gross * rate) / 10_000), 'CARD SALE'];
				});
				const found = proposeSettlements(
					bankLines.map((line) => bank(line)),
					clearing.map((line) => book(line)),
				);
				const used = found.flatMap(({ clearingLines }) => clearingLines.map(({ entryId }) => entryId));
				expect(new Set(used).size).toBe(used.length);
				for (const { bankId, clearingLines, grossMinor, chargeMinor, netMinor } of found) {
					const sum = clearingLines.reduce((total, { entryId }) => total + (clearing[entryId - 1]?.[2] ?? 0), 0);
					expect([grossMinor, grossMinor - chargeMinor, netMinor]).toEqual([sum, netMinor, bankLines[bankId - 1]?.[2]]);
					expect(chargeMinor >= 0 && chargeMinor * 100 <= grossMinor * 6).toBe(true);
				}
			}),
		);
	});
});
