import type { CivilDate } from '#shared/kernel/civil-date.ts';
import { type CurrencyCode, isCurrency } from '#shared/kernel/currency.ts';
import { type DateStyle, plainDate } from '#main/imports/date-style.rules.ts';
import { headerWord } from '#main/imports/header.rules.ts';
import { type DecimalSign, plainAmount } from '#main/imports/number-style.rules.ts';
import type { StatementColumns, StatementField } from './csv-columns.rules.ts';
import { LineFault, minorOf, textOrNull } from './statement-text.rules.ts';

/** A row of the file with the physical line on which it begins. `isFlawed`: its quotation marks are broken. */
export interface StatementRow {
	readonly fields: readonly string[];
	readonly line: number;
	readonly isFlawed: boolean;
}

/** How amounts and dates of the file are written. */
export interface CellStyle {
	readonly decimal: DecimalSign;
	readonly date: DateStyle;
}

/** The text of a field's first column, trimmed; '' where the row or the map has none. */
export function cell(row: StatementRow, columns: StatementColumns, field: StatementField): string {
	return (row.fields[columns[field]?.[0] ?? -1] ?? '').trim();
}

/** The text of all columns of a field in the file's order, each text once. */
export function cells(row: StatementRow, columns: StatementColumns, field: StatementField): string | null {
	const texts = (columns[field] ?? []).map((index) => (row.fields[index] ?? '').trim());
	return textOrNull(texts.filter((text, index) => text !== '' && texts.indexOf(text) === index).join(' '));
}

/** The text of the first column of a field that says something. */
export function firstCell(row: StatementRow, columns: StatementColumns, field: StatementField): string | null {
	const filled = (columns[field] ?? []).find((index) => (row.fields[index] ?? '').trim() !== '');
	return filled === undefined ? null : textOrNull(row.fields[filled]);
}

/** An amount cell without the CR or DR behind it, and what that says: money in, money out, or nothing. */
export interface MarkedAmount {
	readonly text: string;
	readonly mark: 'in' | 'out' | null;
}

export function markedAmount(text: string): MarkedAmount {
	const trimmed = text.trim();
	const tail = /[\d\s)](CR|DR|[HS])\.?$/i.exec(trimmed.slice(-6));
	if (!tail) return { text: trimmed, mark: null };
	const sign = (tail[1] as string).toUpperCase();
	return { text: trimmed.slice(0, trimmed.length - tail[0].length + 1).trim(), mark: sign === 'CR' || sign === 'H' ? 'in' : 'out' };
}

/** -1, 0 or 1 by how an amount is written, whatever stands behind it; 0 also for what is no amount. */
export function amountSign(text: string, style: CellStyle): -1 | 0 | 1 {
	const plain = plainAmount(markedAmount(text).text, style.decimal);
	return plain === null || !/[1-9]/.test(plain) ? 0 : plain.startsWith('-') ? -1 : 1;
}

/** True where nothing is written; a lone dash stands for nothing too where a column may be empty. */
export const isEmptyAmount = (text: string) => text === '' || text === '-' || text === '–' || text === '—';

/** Minor units of an amount cell as it is signed; throws a LineFault that names the column. */
export function cellMinor(text: string, style: CellStyle, currency: CurrencyCode, column: string): number {
	const { text: amount, mark } = markedAmount(text);
	const plain = plainAmount(amount, style.decimal);
	if (plain === null) throw new LineFault('AMOUNT_INVALID', `The ${column} "${text.slice(0, 60)}" is no amount.`);
	const minor = minorOf(plain, currency);
	return mark === 'in' ? Math.abs(minor) : mark === 'out' ? negative(Math.abs(minor)) : minor;
}

/** Never minus zero. */
export const negative = (minor: number) => (minor === 0 ? 0 : -minor);

/** The day of `20091224120000[0:GMT]`, as banks with OFX inside write it into their CSV too; every other text as it is. */
export function dayText(text: string): string {
	return /^(\d{8})\d{6}(?:\.\d{1,6})?(?:\[[^\]]{0,20}\])?$/.exec(text)?.[1] ?? text;
}

export function cellDate(text: string, style: CellStyle, column: string): CivilDate {
	const date = plainDate(dayText(text), style.date);
	if (date === null) throw new LineFault('DATE_INVALID', `The ${column} "${text.slice(0, 60)}" is no date.`);
	return date;
}

const SIGNS: Readonly<Record<string, CurrencyCode>> = { '€': 'EUR', '£': 'GBP', '₹': 'INR', '₦': 'NGN', KSH: 'KES', KSHS: 'KES' };

/** The currency of a row: null where its cell is empty. */
export function cellCurrency(text: string): CurrencyCode | null {
	if (text === '') return null;
	const code = SIGNS[text.toUpperCase()] ?? text.toUpperCase();
	if (!isCurrency(code)) throw new LineFault('CURRENCY_UNKNOWN', `"${text.slice(0, 20)}" is no ISO 4217 currency.`);
	return code;
}

const OUT = new Set('d dr debit dbit af out soll s withdrawal paidout moneyout cargo debito'.split(' '));
const IN = new Set('c cr k credit crdt bij in haben h deposit paidin moneyin abono credito'.split(' '));

/** What a Dr/Cr indicator says; null where the cell says something else. */
export function direction(text: string): 'in' | 'out' | null {
	if (text === '+' || text === '-') return text === '+' ? 'in' : 'out';
	const word = headerWord(text);
	return OUT.has(word) ? 'out' : IN.has(word) ? 'in' : null;
}

const PENDING = new Set(
	'pending authorised authorized authorisation authorization processing vorgemerkt vornotiert enattente avenir pendiente pendente inbehandeling failed cancelled canceled declined rejected reversedpending'.split(
		' ',
	),
);

/** True where the status says that the bank has not booked the line. `booked` is the only word that means booked, where a preset knows it. */
export function isPending(status: string, booked: string | null): boolean {
	const word = headerWord(status);
	return booked === null ? PENDING.has(word) : word !== booked;
}

const OPENING =
	/^(?:opening balance|balance brought forward|brought forward|balance b\/?f|b\/f|previous balance|saldo anterior|saldo inicial|solde pr.c.dent|solde initial|anfangssaldo|saldovortrag|alter saldo|beginsaldo)/i;
const CLOSING =
	/^(?:closing balance|balance carried forward|carried forward|balance c\/?f|c\/f|saldo final|solde final|nouveau solde|endsaldo|schlusssaldo|neuer saldo|eindsaldo)/i;
const TOTAL = /^(?:(?:grand |sub-?)?totals?|summe|gesamt|gesamtsumme|somme|totale?|totaal|suma|soma)\b/i;

/** What a row that is no line stands for by its first words. */
export function rowMeaning(row: StatementRow): 'opening' | 'closing' | 'total' | null {
	for (const field of row.fields) {
		const text = field.trim();
		if (OPENING.test(text)) return 'opening';
		if (CLOSING.test(text)) return 'closing';
		if (TOTAL.test(text)) return 'total';
	}
	return null;
}
