import { currencyDecimals } from '#shared/kernel/currency.ts';
import { formatAmount, MAX_AMOUNT_MINOR } from '#shared/kernel/money.ts';
import { latinDigits } from './typed-date.ts';

/** Minor units that were typed, or why they can't be read. */
export type TypedAmount = { readonly minor: bigint } | { readonly problem: 'amount' | 'decimals' | 'tooLarge' };

// Groups of two or three digits; the last before the decimal sign has three, so `12,5` is no amount.
const NUMBER = /^(?:\d+|\d{1,3}(?:[, \u00a0\u202f']\d{2,3})*[, \u00a0\u202f']\d{3})(?:\.(\d*))?$|^\.(\d+)$/;
const SIGNS = /^(?:₹|rs\.?|inr|\$|€|£)\s*/i;

/**
 * An amount as people type it: with or without grouping (western or lakh), in parentheses or with a minus for negative,
 * and sums such as `120+80-5`. Exact, in minor units; the text is empty: zero.
 */
export function typedAmount(typed: string, currency: string): TypedAmount {
	const text = latinDigits(typed.trim()).replace(/[−–]/g, '-');
	if (text === '') return { minor: 0n };
	const parenthesised = /^\((.+)\)$/.exec(text);
	if (parenthesised) return negated(typedAmount(parenthesised[1] ?? '', currency));
	const terms = text.replace(/^\+/, '').match(/[+-]?[^+-]+/g);
	if (!terms || terms.join('') !== text.replace(/^\+/, '')) return { problem: 'amount' };
	let total = 0n;
	for (const term of terms) {
		const read = readTerm(term, currency);
		if ('problem' in read) return read;
		total += read.minor;
	}
	return total > BigInt(MAX_AMOUNT_MINOR) || total < -BigInt(MAX_AMOUNT_MINOR) ? { problem: 'tooLarge' } : { minor: total };
}

/** The same as plain decimal text, as the contract takes it; null where nothing was typed or it can't be read. */
export function plainAmount(typed: string, currency: string): string | null {
	const read = typedAmount(typed, currency);
	return typed.trim() === '' || 'problem' in read ? null : formatAmount(read.minor, currency);
}

function readTerm(term: string, currency: string): TypedAmount {
	const isNegative = term.startsWith('-');
	const bare = term.replace(/^[+-]/, '').trim().replace(SIGNS, '');
	const found = NUMBER.exec(bare);
	if (!found) return { problem: 'amount' };
	const decimals = currencyDecimals(currency);
	const fraction = found[1] ?? found[2] ?? '';
	if (/[1-9]/.test(fraction.slice(decimals))) return { problem: 'decimals' };
	const [whole = ''] = bare.split('.');
	const minor = BigInt((whole.replace(/\D/g, '') || '0') + fraction.slice(0, decimals).padEnd(decimals, '0'));
	return { minor: isNegative ? -minor : minor };
}

function negated(amount: TypedAmount): TypedAmount {
	return 'minor' in amount ? { minor: -amount.minor } : amount;
}
