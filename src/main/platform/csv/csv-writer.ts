import { assert } from '#shared/kernel/assert.ts';

/** A text column is neutralised; a number column holds plain decimals (`-1250.00`), which a spreadsheet may read as numbers. */
export interface CsvColumn {
	readonly name: string;
	readonly kind: 'text' | 'number';
}

export interface CsvFormat {
	readonly delimiter?: string | undefined;
	/** A UTF-8 byte order mark, for spreadsheets that otherwise take a file for the machine's own encoding. */
	readonly withMark?: boolean | undefined;
}

/** Where finished text goes, in pieces of about 64 KiB that end with a row. */
export type TextSink = (text: string) => void;

export type CsvValue = string | number | bigint | null | undefined;

const FLUSH_CHARACTERS = 64 * 1024;
const FORMULA_START = /^[=+\-@\t\r]/;
const PLAIN_NUMBER = /^-?\d+(?:\.\d+)?$/;

/**
 * Text that a spreadsheet shows and never computes: an apostrophe before what would begin a formula
 * (source: OWASP, CSV injection).
 */
export function neutralised(text: string): string {
	return FORMULA_START.test(text) ? `'${text}` : text;
}

/** One cell by RFC 4180: quoted where it holds the delimiter, a quotation mark, a newline, or a blank at either end. */
export function csvCell(text: string, delimiter = ','): string {
	if (text.includes(delimiter) || /["\r\n]|^\s|\s$/.test(text)) return `"${text.replaceAll('"', '""')}"`;
	return text;
}

/** Writes RFC 4180 rows ended by LF, buffered, header first. Call `end` to hand over what is left. */
export class CsvWriter {
	readonly #columns: readonly CsvColumn[];
	readonly #delimiter: string;
	readonly #sink: TextSink;
	#pending: string;

	constructor(columns: readonly CsvColumn[], sink: TextSink, format: CsvFormat = {}) {
		this.#columns = columns;
		this.#delimiter = format.delimiter ?? ',';
		this.#sink = sink;
		this.#pending = format.withMark === true ? '\ufeff' : '';
		this.#add(columns.map((column) => csvCell(neutralised(column.name), this.#delimiter)));
	}

	/** One value for each column; null and undefined are empty cells. */
	row(values: readonly CsvValue[]): void {
		assert(values.length === this.#columns.length, 'a row has one value for each column');
		this.#add(values.map((value, index) => this.#cell(value, this.#columns[index] as CsvColumn)));
	}

	end(): void {
		if (this.#pending !== '') this.#sink(this.#pending);
		this.#pending = '';
	}

	#cell(value: CsvValue, column: CsvColumn): string {
		if (value === null || value === undefined || value === '') return '';
		const text = String(value);
		if (column.kind === 'text') return csvCell(neutralised(text), this.#delimiter);
		assert(PLAIN_NUMBER.test(text), `column ${column.name} holds plain numbers`);
		return text;
	}

	#add(cells: readonly string[]): void {
		this.#pending += `${cells.join(this.#delimiter)}\n`;
		if (this.#pending.length >= FLUSH_CHARACTERS) this.end();
	}
}

/** The same as pieces of text, for streams that pull. */
export function* csvPieces(columns: readonly CsvColumn[], rows: Iterable<readonly CsvValue[]>, format: CsvFormat = {}): Generator<string, void, void> {
	const pieces: string[] = [];
	const writer = new CsvWriter(columns, (text) => pieces.push(text), format);
	for (const row of rows) {
		writer.row(row);
		while (pieces.length > 0) yield pieces.shift() as string;
	}
	writer.end();
	yield* pieces;
}
