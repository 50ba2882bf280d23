import { AppError } from '#shared/kernel/app-error.ts';

/** Longest field and longest row, in characters. A quote that never closes is found long before it has eaten the memory. */
export const MAX_FIELD_CHARACTERS = 1024 * 1024;
export const MAX_ROW_CHARACTERS = 4 * 1024 * 1024;

export type CsvDelimiter = ',' | ';' | '\t' | '|';
export type CsvNewline = '\n' | '\r';

export interface CsvReaderOptions {
	readonly delimiter: string;
	/** What ends a row outside quotes; before `\n` a `\r` is taken off. See detectNewline. */
	readonly newline: CsvNewline;
}

/**
 * Told of every row that is not an empty line. `line` is the physical line (from 1) on which the row begins. `isFlawed` is
 * true where text follows a closing quote: the fields are then as near as can be, and nobody should book them.
 */
export type CsvRowHandler = (fields: string[], line: number, isFlawed: boolean) => void;

const QUOTE = 34;
const CARRIAGE_RETURN = 13;

/**
 * RFC 4180 reader for text that arrives in chunks: quoted fields may hold delimiters, newlines and doubled quotes; a quote
 * inside an unquoted field is text. Memory is one chunk and one row. Refuses FILE_UNREADABLE with the line for a field or
 * row that is too long and for a quote that is never closed.
 */
export class CsvReader {
	readonly #delimiter: string;
	readonly #delimiterCode: number;
	readonly #newline: CsvNewline;
	readonly #newlineCode: number;
	readonly #onRow: CsvRowHandler;
	#rest = '';
	#line = 1;
	#flawed = false;

	constructor(options: CsvReaderOptions, onRow: CsvRowHandler) {
		this.#delimiter = options.delimiter;
		this.#delimiterCode = options.delimiter.charCodeAt(0);
		this.#newline = options.newline;
		this.#newlineCode = options.newline.charCodeAt(0);
		this.#onRow = onRow;
	}

	/** Reads every row that is whole by now. */
	push(text: string): void {
		const buffer = this.#rest === '' ? text : this.#rest + text;
		this.#rest = '';
		let position = 0;
		let quote = -1;
		for (;;) {
			const end = buffer.indexOf(this.#newline, position);
			if (end === -1) break;
			if (quote < position) {
				quote = buffer.indexOf('"', position);
				if (quote === -1) quote = buffer.length;
			}
			if (quote > end) {
				this.#plainRow(buffer, position, end);
				position = end + 1;
				continue;
			}
			const next = this.#quotedRow(buffer, position);
			if (next === -1) break;
			position = next;
		}
		if (position < buffer.length) {
			this.#rest = buffer.slice(position);
			this.#checkRow(this.#rest.length);
		}
	}

	/** Reads the last row, whether or not a newline ends it. */
	end(): void {
		if (this.#rest === '') return;
		const line = this.#line;
		this.push(this.#newline);
		if (this.#rest !== '') {
			throw new AppError(
				'FILE_UNREADABLE',
				`A quotation mark opened in the row at line ${line} is never closed. Close it, or double it where it is meant as text.`,
				{ line },
			);
		}
	}

	#plainRow(buffer: string, start: number, newlineAt: number): void {
		const end = this.#newlineCode === 10 && newlineAt > start && buffer.charCodeAt(newlineAt - 1) === CARRIAGE_RETURN ? newlineAt - 1 : newlineAt;
		if (end > start) {
			const fields = buffer.slice(start, end).split(this.#delimiter);
			if (end - start > MAX_FIELD_CHARACTERS) this.#checkFields(fields, end - start);
			this.#onRow(fields, this.#line, false);
		}
		this.#line++;
	}

	/** The position after the row, or -1 where the row is not whole yet. */
	#quotedRow(buffer: string, start: number): number {
		const fields: string[] = [];
		let at = start;
		this.#flawed = false;
		for (;;) {
			const end = buffer.charCodeAt(at) === QUOTE ? this.#quotedField(buffer, at, fields) : this.#unquotedField(buffer, at, fields);
			if (end === -1) return -1;
			at = end + 1;
			if (buffer.charCodeAt(end) === this.#newlineCode) break;
		}
		if (at - start > MAX_FIELD_CHARACTERS) this.#checkFields(fields, at - start);
		this.#onRow(fields, this.#line, this.#flawed);
		this.#line++;
		for (let newlineAt = buffer.indexOf(this.#newline, start); newlineAt !== -1 && newlineAt < at - 1; newlineAt = buffer.indexOf(this.#newline, newlineAt + 1))
			this.#line++;
		return at;
	}

	#quotedField(buffer: string, start: number, fields: string[]): number {
		let value = '';
		let from = start + 1;
		for (;;) {
			const quote = buffer.indexOf('"', from);
			if (quote === -1 || quote + 1 >= buffer.length) return -1;
			if (buffer.charCodeAt(quote + 1) !== QUOTE) {
				const inner = buffer.slice(from, quote);
				value = value === '' ? inner : value + inner;
				from = quote + 1;
				break;
			}
			value += buffer.slice(from, quote + 1);
			from = quote + 2;
		}
		const end = this.#fieldEnd(buffer, from);
		if (end === -1) return -1;
		const after = buffer.slice(from, this.#textEnd(buffer, from, end));
		// Blanks between the closing quote and the delimiter are seen often and mean nothing; other text means a broken quote.
		if (after.trim() !== '') this.#flawed = true;
		fields.push(after.trim() === '' ? value : value + after);
		return end;
	}

	#unquotedField(buffer: string, start: number, fields: string[]): number {
		const end = this.#fieldEnd(buffer, start);
		if (end !== -1) fields.push(buffer.slice(start, this.#textEnd(buffer, start, end)));
		return end;
	}

	#fieldEnd(buffer: string, start: number): number {
		for (let at = start; at < buffer.length; at++) {
			const code = buffer.charCodeAt(at);
			if (code === this.#delimiterCode || code === this.#newlineCode) return at;
		}
		return -1;
	}

	#textEnd(buffer: string, start: number, end: number): number {
		const isCrLf = this.#newlineCode === 10 && buffer.charCodeAt(end) === 10 && end > start && buffer.charCodeAt(end - 1) === CARRIAGE_RETURN;
		return isCrLf ? end - 1 : end;
	}

	#checkFields(fields: readonly string[], rowCharacters: number): void {
		this.#checkRow(rowCharacters);
		const longest = fields.findIndex((field) => field.length > MAX_FIELD_CHARACTERS);
		if (longest !== -1) {
			throw new AppError(
				'FILE_UNREADABLE',
				`Column ${longest + 1} of the row at line ${this.#line} holds more than ${MAX_FIELD_CHARACTERS} characters. Shorten it, or check the quotation marks.`,
				{
					line: this.#line,
					column: longest + 1,
				},
			);
		}
	}

	#checkRow(characters: number): void {
		if (characters > MAX_ROW_CHARACTERS) {
			throw new AppError('FILE_UNREADABLE', `The row at line ${this.#line} is longer than ${MAX_ROW_CHARACTERS} characters. Check the quotation marks there.`, {
				line: this.#line,
			});
		}
	}
}

/** What ends the rows of a file: the first newline outside quotes decides. CR alone is what old Macintosh programs wrote. */
export function detectNewline(sample: string): CsvNewline {
	let quoted = false;
	for (let at = 0; at < sample.length; at++) {
		const code = sample.charCodeAt(at);
		if (code === QUOTE) quoted = !quoted;
		if (quoted) continue;
		if (code === 10) return '\n';
		if (code === CARRIAGE_RETURN) return sample.charCodeAt(at + 1) === 10 ? '\n' : '\r';
	}
	return sample.includes('\n') || !sample.includes('\r') ? '\n' : '\r';
}

/** Every row of a text in memory. For samples and tests; files go through CsvReader chunk by chunk. */
export function parseCsv(text: string, options: CsvReaderOptions): string[][] {
	const rows: string[][] = [];
	const reader = new CsvReader(options, (fields) => rows.push(fields));
	reader.push(text);
	reader.end();
	return rows;
}

const DELIMITERS: readonly CsvDelimiter[] = [',', ';', '\t', '|'];
const SAMPLE_ROWS = 50;

/**
 * The delimiter under which most of the first rows have the same number of columns, at least two; null where the sample is
 * one column whatever is tried. A tie goes to more columns, then to the order , ; tab |.
 */
export function detectDelimiter(sample: string, newline: CsvNewline): CsvDelimiter | null {
	let best: { readonly delimiter: CsvDelimiter; readonly rows: number; readonly columns: number } | null = null;
	for (const delimiter of DELIMITERS) {
		const counts = new Map<number, number>();
		for (const row of sampleRows(sample, { delimiter, newline })) if (row.length > 1) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
		for (const [columns, rows] of counts) {
			if (best === null || rows > best.rows || (rows === best.rows && columns > best.columns)) best = { delimiter, rows, columns };
		}
	}
	return best?.delimiter ?? null;
}

/** The first rows of a sample that may end in the middle of a row: that last piece is left out. */
function sampleRows(sample: string, options: CsvReaderOptions, limit = SAMPLE_ROWS): string[][] {
	const rows: string[][] = [];
	const reader = new CsvReader(options, (fields) => {
		if (rows.length < limit) rows.push(fields);
	});
	reader.push(sample);
	return rows;
}
