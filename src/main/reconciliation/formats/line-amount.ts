import { isAppError } from '#shared/kernel/app-error.ts';
import type { CurrencyCode } from '#shared/kernel/currency.ts';
import { parseAmountMinor } from '#shared/kernel/money.ts';
import type { RejectedLine } from './parsed-statement.ts';

// Twenty digits are more than any amount has: a longer text is not worth the arithmetic.
const MAX_CHARACTERS = 40;

export type UnreadAmount = Omit<RejectedLine, 'row'>;

/** Minor units of a plain decimal text, or why it is no amount of the currency (AMOUNT_INVALID, AMOUNT_TOO_LARGE). */
export function lineAmountMinor(text: string, currency: CurrencyCode): number | UnreadAmount {
	if (text.length > MAX_CHARACTERS) return { code: 'AMOUNT_TOO_LARGE', message: 'No amount has so many digits.' };
	try {
		return parseAmountMinor(text, currency);
	} catch (error) {
		if (!isAppError(error)) throw error;
		return { code: error.code, message: error.message };
	}
}
