import { headerWord, type SampleRow } from '#main/imports/header.rules.ts';
import { accountText } from './statement-text.rules.ts';

const ACCOUNT_WORDS = new Set(
	'account accountno accountnumber acno iban kontonummer konto rekening compte cuenta numerodecompte shortcode tillnumber paybillnumber'.split(' '),
);

/** The account that a row above the header names: `Account Number,0112345678900` or `IBAN: DE89...`. */
export function preambleAccount(rows: readonly SampleRow[]): string | null {
	for (const { fields } of rows) {
		for (const [index, field] of fields.entries()) {
			const colon = field.indexOf(':');
			const label = colon === -1 ? field : field.slice(0, colon);
			if (!ACCOUNT_WORDS.has(headerWord(label))) continue;
			const after = colon === -1 ? '' : field.slice(colon + 1);
			const value = /\d/.test(after) ? after : fields.slice(index + 1).find((next) => next.trim() !== '');
			if (value !== undefined && /\d/.test(value)) return accountText(value);
		}
	}
	return null;
}
