import type { CurrencyCode } from '#shared/kernel/currency.ts';
import type { RejectedLine } from './parsed-statement.ts';
import { LineFault, minorOf } from './statement-text.rules.ts';

export type UnreadAmount = Omit<RejectedLine, 'row'>;

/** Minor units of a plain decimal text, or why it is no amount of the currency (AMOUNT_INVALID, AMOUNT_TOO_LARGE). */
export function lineAmountMinor(text: string, currency: CurrencyCode): number | UnreadAmount {
	try {
		return minorOf(text, currency);
	} catch (error) {
		if (!(error instanceof LineFault)) throw error;
		return { code: error.code, message: error.message };
	}
}
