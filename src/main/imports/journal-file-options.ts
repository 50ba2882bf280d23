import { AppError } from '#shared/kernel/app-error.ts';
import { type CurrencyCode, currencyDecimals } from '#shared/kernel/currency.ts';
import { parseRate } from '#shared/kernel/money.ts';
import type { AccountCase } from './cell.rules.ts';
import { type DateStyle, dateFormatOf } from './date-style.rules.ts';
import { COLUMN_ROLES, type ColumnRole, roleNamed } from './header.rules.ts';
import type { VirtualPostings } from './hledger-csv.rules.ts';
import type { DecimalSign } from './number-style.rules.ts';

/** What a person may say about a file. All but the currency may be left out; what cannot be told is then asked. */
export interface JournalFileOptions {
	readonly baseCurrency: CurrencyCode;
	readonly format?: 'auto' | 'csv' | 'hledger-csv' | undefined;
	/** Header name, or `#3` for the third column, by what it holds: `{ entry_no: 'txn', amount: 'Betrag' }`. */
	readonly map?: Readonly<Record<string, string>> | undefined;
	/** `DD.MM.YYYY` and the like. */
	readonly dateFormat?: string | undefined;
	readonly decimal?: string | undefined;
	readonly encoding?: string | undefined;
	/** One character, or `tab`. */
	readonly delimiter?: string | undefined;
	/** Units of base currency for one of the foreign: `{ USD: '83.45' }`. */
	readonly rates?: Readonly<Record<string, string>> | undefined;
	/** Currency by commodity or sign: `{ $: 'USD' }`. */
	readonly commodities?: Readonly<Record<string, string>> | undefined;
	readonly virtualPostings?: VirtualPostings | undefined;
	readonly accountCase?: AccountCase | undefined;
	/** Opening balances need not balance. */
	readonly allowsRemainder?: boolean | undefined;
	readonly signal?: AbortSignal | undefined;
	readonly onProgress?: ((bytesRead: number, bytesTotal: number) => void) | undefined;
}

/** The same, checked. */
export interface KnownOptions {
	readonly baseCurrency: CurrencyCode;
	readonly format: 'auto' | 'csv' | 'hledger-csv';
	readonly map: Readonly<Partial<Record<ColumnRole, string>>>;
	readonly dateStyle: DateStyle | undefined;
	readonly decimal: DecimalSign | undefined;
	readonly encoding: string | undefined;
	readonly delimiter: string | undefined;
	readonly rates: ReadonlyMap<CurrencyCode, string>;
	readonly commodities: Readonly<Record<string, CurrencyCode>>;
	readonly virtualPostings: VirtualPostings | undefined;
	readonly accountCase: AccountCase | undefined;
	readonly allowsRemainder: boolean;
	readonly signal: AbortSignal | undefined;
	readonly onProgress: ((bytesRead: number, bytesTotal: number) => void) | undefined;
}

/** Refuses INPUT_INVALID with the option's name, and CURRENCY_UNKNOWN. */
export function checkedOptions(options: JournalFileOptions): KnownOptions {
	currencyDecimals(options.baseCurrency);
	const { baseCurrency, encoding, virtualPostings, accountCase, signal, onProgress } = options;
	return {
		baseCurrency,
		encoding,
		virtualPostings,
		accountCase,
		signal,
		onProgress,
		allowsRemainder: options.allowsRemainder ?? false,
		format: options.format ?? 'auto',
		map: mapOf(options.map ?? {}),
		dateStyle: dateStyleNamed(options.dateFormat),
		decimal: decimalNamed(options.decimal),
		delimiter: delimiterNamed(options.delimiter),
		rates: ratesOf(options.rates ?? {}),
		commodities: commoditiesOf(options.commodities ?? {}),
	};
}

function invalid(option: string, value: string, hint: string): AppError {
	return new AppError('INPUT_INVALID', `"${value}" is no good for ${option}. ${hint}`, { option, value });
}

function mapOf(given: Readonly<Record<string, string>>): KnownOptions['map'] {
	const map: Partial<Record<ColumnRole, string>> = {};
	for (const [name, column] of Object.entries(given)) {
		const role = roleNamed(name);
		if (role === null) throw invalid('map', name, `A column may be one of ${COLUMN_ROLES.join(', ')}.`);
		map[role] = column;
	}
	return map;
}

function dateStyleNamed(text: string | undefined): DateStyle | undefined {
	if (text === undefined) return undefined;
	const format = dateFormatOf(text);
	if (format === null) throw invalid('dateFormat', text, 'Write it as DD.MM.YYYY, MM/DD/YYYY or the like.');
	return { kind: 'format', format };
}

function decimalNamed(text: string | undefined): DecimalSign | undefined {
	if (text === undefined || text === '.' || text === ',') return text;
	throw invalid('decimal', text, 'It is . or a comma.');
}

function delimiterNamed(text: string | undefined): string | undefined {
	if (text === undefined) return undefined;
	const delimiter = text === 'tab' || text === '\\t' ? '\t' : text;
	if (delimiter.length !== 1 || /["\r\n\w]/.test(delimiter)) throw invalid('delimiter', text, 'It is one sign such as ; or the word tab.');
	return delimiter;
}

function ratesOf(given: Readonly<Record<string, string>>): ReadonlyMap<CurrencyCode, string> {
	for (const [currency, rate] of Object.entries(given)) {
		currencyDecimals(currency);
		parseRate(rate);
	}
	return new Map(Object.entries(given));
}

function commoditiesOf(given: Readonly<Record<string, string>>): Readonly<Record<string, CurrencyCode>> {
	for (const currency of Object.values(given)) currencyDecimals(currency);
	// No prototype: a commodity may be called "constructor".
	return Object.assign(Object.create(null) as Record<string, CurrencyCode>, given);
}
