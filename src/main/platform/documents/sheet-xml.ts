import { assert } from '#shared/kernel/assert.ts';
import { dayNumber } from '#shared/kernel/civil-date.ts';
import { SheetFormulas } from './sheet-formulas.ts';
import type { DocumentCell, DocumentColumn, DocumentFrame, DocumentRow, DocumentTable, TotalFormula } from './table-document.ts';
import { amountStyle, CELL_STYLES, type StyleName } from './workbook-styles.ts';

/** Rows of one sheet, by the file format; longer tables go on in a second sheet. */
export const MAX_ROWS = 1_048_576;
export const MAX_NOTES = 100;
/** Rows above the table: title, company and span, who printed it, mark, an empty one, the titles of the columns. */
export const HEADER_ROWS = 6;
/** A spreadsheet computes with 15 significant digits; a longer amount is kept whole, as text. */
const MAX_DIGITS = 15;
/** By the file format; a longer text would make a spreadsheet refuse the file. */
const MAX_TEXT = 32_767;
/** Day number 0 of the books (1970-01-01) as spreadsheets count days. */
const SPREADSHEET_EPOCH = 25_569;
/** Blanks that a reader of XML would be free to leave out. */
const BLANKS_THAT_COUNT = /^\s|\s$|\s\s|[\n\r\t]/;
const PLAIN_DECIMAL = /^-?\d+(?:\.\d+)?$/;

/** Letters of a column: 0 -> A, 26 -> AA. */
export function columnLetters(index: number): string {
	let letters = '';
	for (let rest = index; rest >= 0; rest = Math.floor(rest / 26) - 1) letters = String.fromCharCode(65 + (rest % 26)) + letters;
	return letters;
}

/** Text as XML holds it. What XML 1.0 cannot hold is replaced; what a spreadsheet would take for its own escape (`_x0041_`) is escaped. */
export function xmlText(text: string): string {
	return text
		.toWellFormed()
		.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
		.replaceAll('\r', '_x000D_')
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD');
}

/** A cell of text: never a formula, whatever it begins with. */
export function textCell(reference: string, text: string, style: StyleName): string {
	const kept = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text;
	const space = BLANKS_THAT_COUNT.test(kept) ? ' xml:space="preserve"' : '';
	return `<c r="${reference}" s="${CELL_STYLES[style]}" t="inlineStr"><is><t${space}>${xmlText(kept)}</t></is></c>`;
}

function valueCell(reference: string, value: string, style: number, formula?: string): string {
	return `<c r="${reference}" s="${style}">${formula === undefined ? '' : `<f>${formula}</f>`}<v>${value}</v></c>`;
}

/** Which rows of a table stand on a sheet; a table that is longer than a sheet goes on on the next, its totals then as plain figures. */
export interface SheetSlice {
	readonly from: number;
	readonly to: number;
	readonly isWhole: boolean;
	readonly isLast: boolean;
}

/** The sheets that a table of so many rows needs. */
export function slicesOf(rows: number, maxRows: number): SheetSlice[] {
	const room = maxRows - HEADER_ROWS - MAX_NOTES;
	assert(room > 0, 'a sheet has room for rows');
	const count = Math.max(1, Math.ceil(rows / room));
	return Array.from({ length: count }, (_, index) => ({
		from: index * room,
		to: Math.min((index + 1) * room, rows),
		isWhole: count === 1,
		isLast: index === count - 1,
	}));
}

/** The rows of one sheet as XML, one at a time: nothing is kept of them. */
export function* sheetRows(table: DocumentTable, frame: DocumentFrame, slice: SheetSlice): Generator<string, void, void> {
	const writer = new RowWriter(table.columns, frame, slice.isWhole);
	let row = HEADER_ROWS;
	let index = -1;
	for (const item of table.rows()) {
		index++;
		if (index < slice.from) continue;
		if (index >= slice.to) {
			assert(!slice.isLast, 'a table has no more rows than it says');
			break;
		}
		row++;
		yield writer.write(item, row);
	}
	if (!slice.isLast) return;
	assert(index + 1 === slice.to, 'a table has as many rows as it says');
	for (const note of notesOf(table)) {
		row++;
		yield `<row r="${row}">${textCell(`A${row}`, note, 'note')}</row>`;
	}
}

/** The notes that stand below the last row. */
export function notesOf(table: DocumentTable): readonly string[] {
	return (table.notes ?? []).slice(0, MAX_NOTES);
}

class RowWriter {
	readonly #columns: readonly (DocumentColumn & { readonly letters: string })[];
	readonly #frame: DocumentFrame;
	/** Null where a total could stand on another sheet than its lines. */
	readonly #formulas: SheetFormulas | null;

	constructor(columns: readonly DocumentColumn[], frame: DocumentFrame, isWhole: boolean) {
		this.#columns = columns.map((column, index) => ({ ...column, letters: columnLetters(index) }));
		this.#frame = frame;
		this.#formulas = isWhole ? new SheetFormulas() : null;
	}

	write(item: DocumentRow, row: number): string {
		if (item.kind === 'heading') {
			this.#formulas?.heading();
			return `<row r="${row}">${textCell(`A${row}`, item.text, 'heading')}</row>`;
		}
		const isPart = item.kind === 'total' && item.isPart === true;
		const isTotal = item.kind === 'total' && !isPart;
		const cells = this.#columns.map((column, position) => {
			const formula = isTotal ? (item.formulas?.[position] ?? null) : null;
			return this.#cell(item.cells[position] ?? null, position, `${column.letters}${row}`, isTotal, formula);
		});
		const withoutNumber = this.#columns.flatMap((column, position) => (isNumber(column, item.cells[position] ?? null) ? [] : [position]));
		if (isTotal) this.#formulas?.total(row, item.name, withoutNumber);
		else {
			const tooLong = withoutNumber.filter((position) => isTooLong(this.#columns[position] as DocumentColumn, item.cells[position] ?? null));
			this.#formulas?.[isPart ? 'part' : 'line'](row, tooLong);
		}
		return `<row r="${row}">${cells.join('')}</row>`;
	}

	#cell(cell: DocumentCell, position: number, reference: string, isTotal: boolean, formula: TotalFormula | null): string {
		const column = this.#columns[position] as DocumentColumn & { readonly letters: string };
		if (cell === null || cell === '') return isTotal ? `<c r="${reference}" s="${CELL_STYLES.totalText}"/>` : '';
		if (column.kind === 'date') return valueCell(reference, String(dayNumber(cell) + SPREADSHEET_EPOCH), CELL_STYLES.date);
		if (column.kind === 'text')
			return textCell(reference, cell, isTotal ? 'totalText' : standsAfterFigures(this.#columns, position) ? 'textAfterFigures' : 'text');
		assert(PLAIN_DECIMAL.test(cell), `"${cell}" is a plain number`);
		if (isTooLong(column, cell)) return textCell(reference, cell, isTotal ? 'totalLongNumber' : 'longNumber');
		if (column.kind === 'number') return valueCell(reference, cell, isTotal ? CELL_STYLES.totalNumber : CELL_STYLES.number);
		const style = amountStyle(cell, { grouping: this.#frame.numberFormat, isTotal });
		return valueCell(reference, cell, style, formula ? this.#formulas?.of(formula, position, column.letters) : undefined);
	}
}

/** Is the column before one whose cells stand right? */
function standsAfterFigures(columns: readonly DocumentColumn[], position: number): boolean {
	const before = columns[position - 1]?.kind;
	return before === 'amount' || before === 'number';
}

/** The style of a column's title: it stands as the cells below it do. */
export function titleStyle(columns: readonly DocumentColumn[], position: number): StyleName {
	const kind = columns[position]?.kind;
	if (kind === 'amount') return 'columnAmount';
	if (kind === 'number') return 'columnNumber';
	return kind === 'text' && standsAfterFigures(columns, position) ? 'columnTextAfterFigures' : 'columnText';
}

function isNumber(column: DocumentColumn, cell: DocumentCell): boolean {
	return cell !== null && cell !== '' && column.kind !== 'text' && !isTooLong(column, cell);
}

function isTooLong({ kind }: DocumentColumn, cell: DocumentCell): boolean {
	return (kind === 'amount' || kind === 'number') && cell !== null && cell.length > MAX_DIGITS && significantDigits(cell) > MAX_DIGITS;
}

function significantDigits(plain: string): number {
	return plain.replace(/\D/g, '').replace(/^0+/, '').length;
}
