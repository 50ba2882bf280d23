import { z } from 'zod';
import { accountType } from './companies.contract.ts';
import { amount, civilDate, currency } from './define.ts';

export const incomeStatementRow = z.object({
	code: z.string(),
	name: z.string(),
	type: accountType,
	currency,
	amount,
	yearToDate: amount,
	previousMonth: amount.nullable(),
	sameMonthLastYear: amount.nullable(),
	yearToDateLastYear: amount.nullable(),
});

/** A fiscal year month by month, for the eye. Amounts are in the company's currency; closing entries never count, as in the income statement. */
export const monthByMonth = z.object({
	from: civilDate,
	to: civilDate,
	currency,
	months: z.array(
		z.object({
			from: civilDate,
			to: civilDate,
			/** False where nothing at all was posted in it. */
			moved: z.boolean(),
			income: amount,
			expense: amount,
			netProfit: amount,
			/** On cash, bank, card and wallet accounts at its end, debit positive: a card that is owed counts against it. */
			money: amount,
		}),
	),
});
