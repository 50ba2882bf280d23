import { assert } from '#shared/kernel/assert.ts';
import { dayNumber } from '#shared/kernel/civil-date.ts';
import { CELL_STYLES, type StyleName } from './workbook-styles.ts';
import type { DocumentCell, DocumentColumn, DocumentFrame, DocumentTable, TotalFormula } from './table-document.ts';

/** Rows of one sheet, by the file format; longer tables go on in a second sheet. */
const MAX_ROWS = 1_048_576;
const MAX_NOTES = 100;
/** Rows above the table: title, company and span, who printed it, mark, an empty one, the titles of the columns. */
export const HEADER_ROWS = 6;
/** A spreadsheet computes with 15 significant digits; a longer amount is kept whole, as text. */
const MAX_DIGITS = 15;
/** Day number 0 of the books (1970-01-01) as spreadsheets count days. */
const SPREADSHEET_EPOCH = 25_569;
const PLAIN_DECIMAL = /^-?\d+(?:\.\d+)?$/;

/** Letters of a column: 0 -> A, 26 -> AA. */
export function columnLetters(index: number): string {
	let letters = '';
	for (let rest = index; rest >= 0; rest = Math.floor(rest / 26) - 1) letters = String.fromCharCode(65 + (rest % 26)) + letters;
	return letters;
}

// What XML 1.0 cannot hold, and what a spreadsheet would take for its own escape (`_x0041_`).
export function xmlText(text: string): string {
	return (
		text
			.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
			.replaceAll('&', '&amp;')
			.replaceAll('<', '&lt;')
			.replaceAll('>', '&gt;')
			.replaceAll('"', '&quot;')
			// oxlint-disable-next-line no-control-regex
			.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD')
	);
}

function textCell(reference: string, text: string, style: StyleName): string {
	return `<c r="${reference}" s="${CELL_STYLES[style]}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;
}

function valueCell(reference: string, value: string, style: number, formula?: string): string {
	return `<c r="${reference}" s="${style}">${formula === undefined ? '' : `<f>${formula}</f>`}<v>${value}</v></c>`;
}

interface Totals {
	/** First row of the group under way; 0 before its first line. */
	groupFrom: number;
	lastLine: number;
	/** Spans of lines of the whole table, so that totals in between are not added twice. */
	readonly spans: { from: number; to: number }[];
	readonly named: Map<string, number>;
}

/** Which rows of a table stand on a sheet; a table that is longer than a sheet goes on on the next, its totals then as plain figures. */
export interface SheetSlice {
	readonly from: number;
	readonly to: number;
	readonly isWhole: boolean;
}

/** The sheets that a table of so many rows needs. */
export function slicesOf(rows: number): SheetSlice[] {
	const room = MAX_ROWS - HEADER_ROWS - MAX_NOTES;
	const count = Math.max(1, Math.ceil(rows / room));
	return Array.from({ length: count }, (_, index) => ({ from: index * room, to: Math.min((index + 1) * room, rows), isWhole: count === 1 }));
}

/** The rows of one sheet as XML, one at a time: nothing is kept of them. */
export function* sheetRows(table: DocumentTable, frame: DocumentFrame, slice: SheetSlice): Generator<string, void, void> {
	const totals: Totals = { groupFrom: 0, lastLine: 0, spans: [], named: new Map() };
	let row = HEADER_ROWS;
	let index = -1;
	for (const item of table.rows()) {
		index++;
		if (index < slice.from) continue;
		if (index >= slice.to) break;
		row++;
		if (item.kind === 'heading') {
			totals.groupFrom = 0;
			yield `<row r="${row}">${textCell(`A${row}`, item.text, 'heading')}</row>`;
			continue;
		}
		const isTotal = item.kind === 'total';
		if (isTotal) {
			if (item.name !== undefined) totals.named.set(item.name, row);
		} else noteLine(totals, row);
		const formula = isTotal && slice.isWhole ? item.formula : undefined;
		const cells = item.cells.map((cell, position) => {
			const letters = columnLetters(position);
			return oneCell(cell, table.columns[position] as DocumentColumn, frame, `${letters}${row}`, isTotal, formulaOf(formula, letters, totals));
		});
		yield `<row r="${row}">${cells.join('')}</row>`;
		if (isTotal) totals.groupFrom = 0;
	}
	if (slice.to < index + 1) return;
	for (const note of (table.notes ?? []).slice(0, MAX_NOTES)) {
		row++;
		yield `<row r="${row}">${textCell(`A${row}`, note, 'note')}</row>`;
	}
}

function noteLine(totals: Totals, row: number): void {
	if (totals.groupFrom === 0) totals.groupFrom = row;
	const last = totals.spans.at(-1);
	if (last?.to === row - 1) last.to = row;
	else totals.spans.push({ from: row, to: row });
	totals.lastLine = row;
}

function formulaOf(formula: TotalFormula | undefined, letters: string, totals: Totals): string | undefined {
	if (formula === undefined) return undefined;
	if ('terms' in formula) {
		return formula.terms
			.map(({ row, sign }, index) => {
				const at = totals.named.get(row);
				assert(at !== undefined, `the total "${row}" stands above`);
				return `${sign === 1 ? (index === 0 ? '' : '+') : '-'}${letters}${at}`;
			})
			.join('');
	}
	if (formula.sum === 'group') return totals.groupFrom === 0 ? '0' : `SUM(${letters}${totals.groupFrom}:${letters}${totals.lastLine})`;
	return totals.spans.length === 0 ? '0' : totals.spans.map(({ from, to }) => `SUM(${letters}${from}:${letters}${to})`).join('+');
}

function oneCell(cell: DocumentCell, column: DocumentColumn, frame: DocumentFrame, reference: string, isTotal: boolean, formula: string | undefined): string {
	if (cell === null || cell === '') return isTotal ? `<c r="${reference}" s="${CELL_STYLES.totalText}"/>` : '';
	if (column.kind === 'date') return valueCell(reference, String(dayNumber(cell) + SPREADSHEET_EPOCH), CELL_STYLES.date);
	if (column.kind === 'text') return textCell(reference, cell, isTotal ? 'totalText' : 'text');
	assert(PLAIN_DECIMAL.test(cell), `"${cell}" is a plain number`);
	if (cell.replace(/\D/g, '').replace(/^0+/, '').length > MAX_DIGITS) return textCell(reference, cell, isTotal ? 'totalText' : 'longNumber');
	return valueCell(reference, cell, amountStyle(column, frame, isTotal), column.kind === 'amount' ? formula : undefined);
}

function amountStyle(column: DocumentColumn, frame: DocumentFrame, isTotal: boolean): number {
	if (column.kind === 'number') return isTotal ? CELL_STYLES.totalNumber : CELL_STYLES.number;
	return CELL_STYLES.amounts + amountStyleOffset(column.decimals ?? 2, frame.numberFormat === 'indian', isTotal);
}

/** Styles of amounts stand in a row: by decimals (0 to 4), grouping, and whether it is a total. */
export function amountStyleOffset(decimals: number, isIndian: boolean, isTotal: boolean): number {
	assert(decimals >= 0 && decimals <= 4, 'a currency has 0 to 4 decimals');
	return decimals * 4 + (isIndian ? 2 : 0) + (isTotal ? 1 : 0);
}
