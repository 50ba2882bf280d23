import type { CurrencyCode } from '#shared/kernel/currency.ts';
import {
	amountSign,
	cell,
	cellCurrency,
	cellDate,
	cellMinor,
	type CellStyle,
	cells,
	direction,
	firstCell,
	isEmptyAmount,
	isPending,
	markedAmount,
	negative,
	rowMeaning,
	type StatementRow,
} from './csv-cells.rules.ts';
import type { StatementColumns } from './csv-columns.rules.ts';
import type { StatementPreset } from './csv-presets.rules.ts';
import type { ParsedLine, RejectedLine } from './parsed-statement.ts';
import { LineFault, textOrNull } from './statement-text.rules.ts';

/** How the rows of a file are to be read. */
export interface LineRules {
	readonly columns: StatementColumns;
	readonly columnCount: number;
	readonly style: CellStyle;
	/** Of the account in the books, where the file names none. */
	readonly currency: CurrencyCode;
	readonly headerCurrency: CurrencyCode | null;
	readonly preset: StatementPreset | null;
	readonly isInverted: boolean;
}

/** Lines of one account and currency, in the order of the file. */
export interface LineGroup {
	readonly account: string | null;
	readonly currency: CurrencyCode | null;
	readonly lines: ParsedLine[];
	readonly rejected: RejectedLine[];
	openingMinor: number | null;
	closingMinor: number | null;
	pending: number;
}

/** How the sign of an amount is found, by all rows together. */
interface SignRules {
	/** The Dr/Cr column decides; false where the amounts are signed themselves. */
	readonly byType: boolean;
	/** The column of money out is written with a minus. */
	readonly isDebitSigned: boolean;
}

/** Reads all rows below the header. A row that cannot be read is rejected by itself. */
export function lineGroups(rows: readonly StatementRow[], rules: LineRules): LineGroup[] {
	const reader = new RowReader(rules, signRules(rows, rules));
	for (const [index, row] of rows.entries()) reader.read(row, index === rows.length - 1);
	return reader.groups();
}

function signRules(rows: readonly StatementRow[], rules: LineRules): SignRules {
	const { columns, style } = rules;
	const debits = columns.debit === undefined ? [] : rows.map((row) => amountSign(cell(row, columns, 'debit'), style));
	const isDebitSigned = debits.some((sign) => sign < 0) && !debits.some((sign) => sign > 0);
	if (columns.type === undefined || columns.amount === undefined) return { byType: false, isDebitSigned };
	const seen = new Set<string>();
	for (const row of rows) {
		const sign = amountSign(cell(row, columns, 'amount'), style);
		if (sign !== 0) seen.add(`${direction(cell(row, columns, 'type')) ?? 'unknown'} ${sign}`);
	}
	const isUnsigned = !seen.has('in -1') && !seen.has('out -1');
	const isOpposite = !seen.has('in 1') && !seen.has('out -1');
	const isKnown = !seen.has('unknown 1') && !seen.has('unknown -1') && seen.size > 0;
	return { byType: isKnown && (isUnsigned || (isOpposite && seen.size === 2)), isDebitSigned };
}

class RowReader {
	readonly #rules: LineRules;
	readonly #signs: SignRules;
	readonly #groups = new Map<string, LineGroup>();

	constructor(rules: LineRules, signs: SignRules) {
		this.#rules = rules;
		this.#signs = signs;
	}

	groups(): LineGroup[] {
		if (this.#groups.size === 0) this.#group(null, this.#rules.headerCurrency);
		return [...this.#groups.values()];
	}

	read(row: StatementRow, isLast: boolean): void {
		if (row.fields.every((field) => field.trim() === '')) return;
		let group = this.#groups.values().next().value;
		try {
			const { columns, headerCurrency } = this.#rules;
			const isDated = /\d/.test(cell(row, columns, 'date'));
			if (!isDated && this.#isRemark(row, isLast)) return this.#balanceRow(row);
			this.#refuseBroken(row);
			const currency = isDated ? (cellCurrency(cell(row, columns, 'currency')) ?? headerCurrency) : headerCurrency;
			group = this.#group(textOrNull(cell(row, columns, 'account')), currency);
			this.#readInto(group, row);
		} catch (error) {
			if (!(error instanceof LineFault)) throw error;
			(group ?? this.#group(null, this.#rules.headerCurrency)).rejected.push(error.at(row.line));
		}
	}

	/** Footers, totals and notes: rows without a date that carry no amount, or say what the amount is, or are a bare sum at the end. */
	#isRemark(row: StatementRow, isLast: boolean): boolean {
		const { columns } = this.#rules;
		const hasAmount = (['amount', 'debit', 'credit'] as const).some((field) => /\d/.test(cell(row, columns, field)));
		return !hasAmount || rowMeaning(row) !== null || (isLast && cells(row, columns, 'description') === null && cell(row, columns, 'date') === '');
	}

	#balanceRow(row: StatementRow): void {
		const meaning = rowMeaning(row);
		if (meaning !== 'opening' && meaning !== 'closing') return;
		const minor = this.#statedMinor(row);
		if (minor === null) return;
		const group = this.#groups.values().next().value ?? this.#group(null, this.#rules.headerCurrency);
		if (meaning === 'opening') group.openingMinor ??= minor;
		else group.closingMinor = minor;
	}

	/** The balance that a row of opening or closing states: in the balance column, or where amounts stand. */
	#statedMinor(row: StatementRow): number | null {
		const { columns, style, currency, headerCurrency } = this.#rules;
		const text = (['balance', 'amount', 'credit', 'debit'] as const).map((field) => cell(row, columns, field)).find((candidate) => /\d/.test(candidate));
		return text === undefined ? null : cellMinor(text, style, headerCurrency ?? currency, 'balance');
	}

	#group(account: string | null, currency: CurrencyCode | null): LineGroup {
		const key = JSON.stringify([account, currency]);
		let group = this.#groups.get(key);
		if (group === undefined) {
			group = { account, currency, lines: [], rejected: [], openingMinor: null, closingMinor: null, pending: 0 };
			this.#groups.set(key, group);
		}
		return group;
	}

	#refuseBroken(row: StatementRow): void {
		const { columnCount } = this.#rules;
		if (row.isFlawed) throw new LineFault('LINE_INVALID', 'The quotation marks of the row are broken. Double those that are meant as text.');
		if (row.fields.slice(columnCount).some((field) => field.trim() !== '')) {
			throw new LineFault('LINE_INVALID', `The row has ${row.fields.length} columns, the header ${columnCount}. Quote a text that holds the delimiter.`);
		}
	}

	#readInto(group: LineGroup, row: StatementRow): void {
		const { columns, preset } = this.#rules;
		if (columns.status !== undefined && isPending(cell(row, columns, 'status'), preset?.bookedStatus ?? null)) {
			group.pending++;
			return;
		}
		const meaning = columns.description === undefined ? null : rowMeaning({ ...row, fields: [cells(row, columns, 'description') ?? ''] });
		if (meaning === 'opening' || meaning === 'closing') return this.#datedBalance(group, row, meaning);
		group.lines.push(this.#line(row, group.currency ?? this.#rules.currency));
	}

	#datedBalance(group: LineGroup, row: StatementRow, meaning: 'opening' | 'closing'): void {
		const minor = this.#statedMinor(row);
		if (minor === null) throw new LineFault('AMOUNT_INVALID', 'The row names a balance and states none.');
		if (meaning === 'opening') group.openingMinor ??= minor;
		else group.closingMinor = minor;
	}

	#line(row: StatementRow, currency: CurrencyCode): ParsedLine {
		const { columns, style } = this.#rules;
		const valueText = cell(row, columns, 'value_date');
		const balanceText = cell(row, columns, 'balance');
		const party = firstCell(row, columns, 'party');
		const bankId = firstCell(row, columns, 'bank_id');
		const reference = firstCell(row, columns, 'reference');
		const isRepeated = reference === bankId && columns.reference?.[0] !== columns.bank_id?.[0];
		return {
			row: row.line,
			bookDate: cellDate(cell(row, columns, 'date'), style, 'date'),
			valueDate: valueText === '' ? null : cellDate(valueText, style, 'value date'),
			amountMinor: this.#amountMinor(row, currency),
			description: cells(row, columns, 'description') ?? party ?? '',
			party,
			bankId,
			reference: reference !== null && !isRepeated && /[1-9]/.test(reference) ? reference : null,
			runningBalanceMinor: isEmptyAmount(balanceText) ? null : cellMinor(balanceText, style, currency, 'balance'),
		};
	}

	#amountMinor(row: StatementRow, currency: CurrencyCode): number {
		const { columns, style, isInverted } = this.#rules;
		if (columns.amount === undefined) {
			const minor = this.#sidesMinor(row, currency);
			return isInverted ? negative(minor) : minor;
		}
		const text = cell(row, columns, 'amount');
		if (text === '') throw new LineFault('AMOUNT_INVALID', 'The row has no amount.');
		const minor = cellMinor(text, style, currency, 'amount');
		const way = this.#signs.byType ? direction(cell(row, columns, 'type')) : null;
		if (way !== null) return way === 'out' ? negative(Math.abs(minor)) : Math.abs(minor);
		return isInverted && markedAmount(text).mark === null ? negative(minor) : minor;
	}

	#sidesMinor(row: StatementRow, currency: CurrencyCode): number {
		const { columns, style } = this.#rules;
		const [out, into] = (['debit', 'credit'] as const).map((field) => {
			const text = cell(row, columns, field);
			return isEmptyAmount(text) ? null : cellMinor(markedAmount(text).text, style, currency, field === 'debit' ? 'money out' : 'money in');
		}) as [number | null, number | null];
		if (out === null && into === null) throw new LineFault('AMOUNT_INVALID', 'The row has no amount, neither in nor out.');
		if (out !== null && into !== null && out !== 0 && into !== 0) throw new LineFault('AMOUNT_INVALID', 'The row has an amount on both sides.');
		return out === null || out === 0 ? (into ?? 0) : this.#signs.isDebitSigned ? out : negative(out);
	}
}
