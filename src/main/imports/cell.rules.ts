import { isAppError } from '#shared/kernel/app-error.ts';
import { type CurrencyCode, currencyDecimals } from '#shared/kernel/currency.ts';
import { parseAmountMinor } from '#shared/kernel/money.ts';
import { isCleanText } from '#shared/kernel/text.ts';
import { accountSpellingKey } from './account-path.rules.ts';
import { commodityMeaning } from './commodity.rules.ts';
import { type DecimalSign, plainAmount } from './number-style.rules.ts';
import { needsAnswer } from './question.rules.ts';
import type { RowErrorCode, RowFault } from './staged-entry.rules.ts';

/** A fault in a row, on its way from the cell to the assembler. It never leaves this folder. */
export class CellFault extends Error {
	readonly fault: RowFault;

	constructor(code: RowErrorCode, message: string) {
		super(message);
		this.fault = { code, message };
	}
}

const PLAIN_TEXT = /^[\x20-\x7e]*$/;

/** The text of a cell as the books keep it: trimmed and NFC; TEXT_INVALID where a seal could not represent it. */
export function cellText(text: string, column: string): string {
	const trimmed = text.trim();
	if (PLAIN_TEXT.test(trimmed)) return trimmed;
	const lines = trimmed.replace(/\r\n?/g, '\n');
	if (!isCleanText(lines)) throw new CellFault('TEXT_INVALID', `The ${column} holds a character that books cannot keep (a control character). Remove it.`);
	return lines.normalize('NFC');
}

/** A string that does not keep alive the chunk of the file it was cut from. For what is remembered beyond a row. */
export function ownCopy(text: string): string {
	return text.length < 13 ? text : Buffer.from(text, 'utf16le').toString('utf16le');
}

const MAX_FAST_DIGITS = 15;

/**
 * Minor units of `1250.00` or `-1250` with at most the currency's decimals and fifteen digits; NaN for every other text,
 * which may still be an amount. This is the path that nearly every cell of nearly every file takes.
 */
export function plainMinor(text: string, decimals: number): number {
	const isNegative = text.charCodeAt(0) === 45;
	let value = 0;
	let digits = 0;
	let fraction = -1;
	for (let at = isNegative ? 1 : 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code === 46 && fraction < 0 && digits > 0) {
			fraction = 0;
			continue;
		}
		if (code < 48 || code > 57) return Number.NaN;
		value = value * 10 + (code - 48);
		digits++;
		if (fraction >= 0) fraction++;
	}
	if (digits === 0 || fraction === 0 || fraction > decimals) return Number.NaN;
	for (let missing = fraction < 0 ? decimals : decimals - fraction; missing > 0; missing--, digits++) value *= 10;
	if (digits > MAX_FAST_DIGITS) return Number.NaN;
	return isNegative && value !== 0 ? -value : value;
}

/** Minor units of an amount in a known style; a fault that says what is wrong with it otherwise. */
export function styledMinor(text: string, sign: DecimalSign, currency: CurrencyCode, column: string): number {
	const plain = plainAmount(text, sign);
	if (plain === null)
		throw new CellFault(
			'AMOUNT_INVALID',
			`The ${column} "${text.trim().slice(0, 60)}" is no amount${sign === ',' ? ' with a comma before the decimals' : ''}. Write it as 1250.00.`,
		);
	try {
		return parseAmountMinor(plain, currency);
	} catch (error) {
		if (!isAppError(error)) throw error;
		throw new CellFault(error.code === 'AMOUNT_TOO_LARGE' ? 'AMOUNT_TOO_LARGE' : 'AMOUNT_INVALID', error.message);
	}
}

export interface KnownCurrency {
	readonly code: CurrencyCode;
	readonly decimals: number;
}

/** What currency cells and commodities mean, each looked up once. Throws the question where a sign is nobody's to guess. */
export class CurrencyCells {
	readonly #baseCurrency: CurrencyCode;
	readonly #given: Readonly<Record<string, CurrencyCode>>;
	readonly #unknown: RowErrorCode;
	readonly #known = new Map<string, KnownCurrency | null>();

	constructor(baseCurrency: CurrencyCode, given: Readonly<Record<string, CurrencyCode>>, unknown: 'CURRENCY_UNKNOWN' | 'COMMODITY_NOT_A_CURRENCY') {
		this.#baseCurrency = baseCurrency;
		this.#given = given;
		this.#unknown = unknown;
	}

	of(text: string, line: number): KnownCurrency {
		let known = this.#known.get(text);
		if (known === undefined) {
			const meaning = commodityMeaning(text, this.#baseCurrency, this.#given, line);
			if (meaning.kind === 'question') throw needsAnswer([meaning.question]);
			known = meaning.kind === 'currency' ? { code: meaning.currency, decimals: currencyDecimals(meaning.currency) } : null;
			this.#known.set(ownCopy(text), known);
		}
		if (known !== null) return known;
		const what = this.#unknown === 'CURRENCY_UNKNOWN' ? 'no ISO 4217 currency' : 'a commodity and no currency, so this entry is not part of books in money';
		throw new CellFault(this.#unknown, `"${text.trim()}" is ${what}. Say what it is with --commodity '${text.trim()}=USD' if it is one.`);
	}
}

/** How accounts that differ in nothing but letter case or blanks are meant. */
export type AccountCase = 'same' | 'different';

/** Account cells, each checked once. Two spellings of what may be one account are asked about, or joined where so answered. */
export class AccountCells {
	readonly #accountCase: AccountCase | undefined;
	readonly #known = new Map<string, string>();
	readonly #bySpelling = new Map<string, { readonly account: string; readonly line: number }>();

	/** `accountCase` undefined: ask. */
	constructor(accountCase: AccountCase | undefined) {
		this.#accountCase = accountCase;
	}

	of(text: string, line: number): string {
		const known = this.#known.get(text);
		if (known !== undefined) return known;
		const account = this.#joined(ownCopy(cellText(text, 'account')), line);
		this.#known.set(ownCopy(text), account);
		return account;
	}

	#joined(account: string, line: number): string {
		if (this.#accountCase === 'different') return account;
		const key = accountSpellingKey(account);
		const before = this.#bySpelling.get(key);
		if (before === undefined) this.#bySpelling.set(key, { account, line });
		if (before === undefined || before.account === account || this.#accountCase === 'same') return before?.account ?? account;
		throw needsAnswer([
			{
				id: 'accountCase',
				question: `Line ${before.line} has the account "${before.account}" and line ${line} "${account}". Are they the same account?`,
				choices: [
					{ value: 'same', meaning: `one account, written as "${before.account}"` },
					{ value: 'different', meaning: 'two accounts' },
				],
				example: { line, value: account },
			},
		]);
	}
}
