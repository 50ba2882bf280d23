import { AppError } from './app-error.ts';
import { assert } from './assert.ts';
import { type CurrencyCode, currencyDecimals } from './currency.ts';

/** The largest amount of one line, in minor units: 2^53 - 1. Sums may pass it and are BigInt. */
export const MAX_AMOUNT_MINOR = Number.MAX_SAFE_INTEGER;

const PLAIN_AMOUNT = /^-?\d+(?:\.\d+)?$/;

/**
 * Minor units of a plain decimal text (`.` as decimal sign, no grouping): `"1250.00"`, INR -> 125000.
 * Refuses AMOUNT_INVALID (not a plain decimal, or more decimals than the currency has) and AMOUNT_TOO_LARGE.
 */
export function parseAmountMinor(text: string, currency: CurrencyCode): number {
	const minor = parseAmountBig(text, currency);
	if (minor > BigInt(MAX_AMOUNT_MINOR) || minor < -BigInt(MAX_AMOUNT_MINOR)) {
		throw new AppError('AMOUNT_TOO_LARGE', `The amount ${text} ${currency} is larger than a ledger line can hold.`, { amount: text, currency });
	}
	return Number(minor);
}

/** The same without the limit of one line, for totals. */
export function parseAmountBig(text: string, currency: CurrencyCode): bigint {
	const decimals = currencyDecimals(currency);
	if (!PLAIN_AMOUNT.test(text)) {
		throw new AppError('AMOUNT_INVALID', `"${text}" is no amount. Write it as 1250.00, without grouping.`, { amount: text, currency });
	}
	const point = text.indexOf('.');
	const whole = point < 0 ? text : text.slice(0, point);
	const given = point < 0 ? '' : text.slice(point + 1);
	const fraction = given.slice(0, decimals).padEnd(decimals, '0');
	if (/[1-9]/.test(given.slice(decimals))) {
		throw new AppError('AMOUNT_INVALID', `"${text}" has more decimals than ${currency} has (${decimals}).`, { amount: text, currency, decimals });
	}
	const digits = BigInt(whole.replace('-', '') + fraction);
	return whole.startsWith('-') ? -digits : digits;
}

/** Plain decimal text in major units with the currency's own decimals: 125000, INR -> `"1250.00"`. */
export function formatAmount(minor: number | bigint, currency: CurrencyCode): string {
	return formatMinor(minor, currencyDecimals(currency));
}

/** The same where the number of decimals is at hand. */
export function formatMinor(minor: number | bigint, decimals: number): string {
	assert(typeof minor === 'bigint' || Number.isSafeInteger(minor), 'an amount is an integer number of minor units');
	const negative = minor < 0;
	const digits = String(minor < 0 ? -minor : minor).padStart(decimals + 1, '0');
	const whole = digits.slice(0, digits.length - decimals);
	const fraction = decimals === 0 ? '' : `.${digits.slice(-decimals)}`;
	return `${negative ? '-' : ''}${whole}${fraction}`;
}

/** Is an amount in plain decimal text (`"0.00"`) nothing? Said of the text itself, so that no floating point touches it. */
export function isNilAmount(text: string): boolean {
	return !/[1-9]/.test(text);
}

/** n / d rounded half away from zero; d above zero. */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
	assert(denominator > 0n, 'a denominator is above zero');
	const negative = numerator < 0n;
	const magnitude = negative ? -numerator : numerator;
	const rounded = (magnitude * 2n + denominator) / (denominator * 2n);
	return negative ? -rounded : rounded;
}

/** A rate as an exact fraction. `text` is a plain decimal above zero: base units for one unit of the foreign currency. */
export function parseRate(text: string): { readonly numerator: bigint; readonly denominator: bigint } {
	if (!/^\d+(?:\.\d+)?$/.test(text) || !/[1-9]/.test(text)) {
		throw new AppError('INPUT_INVALID', `"${text}" is no rate. Write it as 83.45: how much one unit costs in the company's currency.`, { rate: text });
	}
	const point = text.indexOf('.');
	const decimals = point < 0 ? 0 : text.length - point - 1;
	return { numerator: BigInt(text.replace('.', '')), denominator: 10n ** BigInt(decimals) };
}

/** Minor units of `to` for minor units of `from` at a rate of `to` major units per `from` major unit, half away from zero. */
export function convertMinor(amountMinor: number, from: CurrencyCode, to: CurrencyCode, rateText: string): number {
	const rate = parseRate(rateText);
	const numerator = BigInt(amountMinor) * rate.numerator * 10n ** BigInt(currencyDecimals(to));
	const denominator = rate.denominator * 10n ** BigInt(currencyDecimals(from));
	return toSafeMinor(divideRounded(numerator, denominator));
}

/** A sum back to a number, where it must fit one line. */
export function toSafeMinor(minor: bigint): number {
	if (minor > BigInt(MAX_AMOUNT_MINOR) || minor < -BigInt(MAX_AMOUNT_MINOR)) {
		throw new AppError('AMOUNT_TOO_LARGE', 'The amount is larger than a ledger line can hold.', { amountMinor: String(minor) });
	}
	return Number(minor);
}
