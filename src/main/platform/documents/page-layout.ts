import { groupDigits } from '#shared/kernel/grouping.ts';
import { type DocumentCell, type DocumentColumn, type DocumentFrame, type DocumentRow, type DocumentTable, dateWords } from './table-document.ts';
import type { TypeSetting, Weight } from './type-setting.ts';

/** Lengths are points (1/72 inch). A4. */
export const PAGE = { short: 595.28, long: 841.89, side: 36, top: 84, bottom: 58 } as const;
export const TYPE = { body: 8.5, heading: 9.5, title: 15, small: 7.5, leading: 1.32, gap: 8, padding: 2 } as const;
/** Of a picture with the room around it. */
export const PICTURE_HEIGHT = 250;
const TEXT_WEIGHT = 2;
const LEAST_TEXT = 46;

export interface PlacedColumn {
	readonly title: string;
	readonly isRight: boolean;
	readonly x: number;
	readonly width: number;
}

/** Where the columns of a table stand, and the size of the type in them. */
export interface TableLayout {
	/** A column of text that no row fills has no width and is not drawn. */
	readonly columns: readonly PlacedColumn[];
	readonly size: number;
	/** Between a column and the next. */
	readonly gap: number;
	readonly head: SetRow;
}

/** A row as it will be drawn: the lines of each cell. */
export interface SetRow {
	readonly kind: DocumentRow['kind'] | 'note' | 'picture';
	readonly cells: readonly (readonly string[])[];
	readonly height: number;
}

/** A row with its place; `page` counts from 1 in the table. */
export interface PlacedRow {
	readonly set: SetRow;
	readonly page: number;
	/** Its upper edge. */
	readonly y: number;
}

export function pageSize(frame: DocumentFrame): { readonly width: number; readonly height: number } {
	return frame.orientation === 'portrait' ? { width: PAGE.short, height: PAGE.long } : { width: PAGE.long, height: PAGE.short };
}

/** The width between the margins. */
function roomOf(frame: DocumentFrame): number {
	return pageSize(frame).width - 2 * PAGE.side;
}

/** The lowest point that rows may reach. */
export function floorOf(frame: DocumentFrame): number {
	return pageSize(frame).height - PAGE.bottom;
}

/** A cell as a reader sees it: digits in groups, what is negative in parentheses, dates in the company's way. */
function shownCell(cell: DocumentCell, column: DocumentColumn, frame: DocumentFrame): string {
	if (cell === null || cell === '') return '';
	if (column.kind === 'date') return dateWords(cell, frame.dateFormat);
	if (column.kind !== 'amount') return cell;
	return cell.startsWith('-') ? `(${groupDigits(cell.slice(1), frame.numberFormat)})` : groupDigits(cell, frame.numberFormat);
}

/**
 * Figures and dates get what their longest needs. Texts get as much where there is room, else they share what is left by weight and are
 * broken into lines. What is too wide for the page even so is set smaller as a whole: a figure is never broken.
 */
export function layOut(table: DocumentTable, frame: DocumentFrame, type: TypeSetting): TableLayout {
	const room = roomOf(frame);
	const longest = longestCells(table, frame);
	const columns = table.columns.map((column, index) => neededBy(column, longest[index] ?? '', type));
	const least = sum(columns.map(({ least: width }) => width));
	const ratio = Math.min(1, room / least);
	const [size, gap] = [TYPE.body * ratio, TYPE.gap * ratio];
	const widths = ratio < 1 ? columns.map((column) => column.least * ratio) : shared(columns, room);
	let x: number = PAGE.side;
	const placed = table.columns.map(({ title, kind }, index) => {
		const width = widths[index] ?? 0;
		const column = { title, isRight: kind === 'amount' || kind === 'number', x, width };
		x += width;
		return column;
	});
	const titles = placed.map(({ title, width }) => (width === 0 ? [] : type.linesOf(title, Math.max(width - gap, 1), size, 'bold')));
	return { columns: placed, size, gap, head: { kind: 'line', cells: titles, height: rowHeight(lineCount(titles), size) + TYPE.padding } };
}

interface Need {
	readonly least: number;
	/** With which nothing in it is broken. */
	readonly whole: number;
	readonly weight: number;
}

function neededBy(column: DocumentColumn, longest: string, type: TypeSetting): Need {
	if (column.kind === 'text' && longest === '') return { least: 0, whole: 0, weight: 0 };
	const titled = Math.max(...column.title.split(' ').map((word) => type.widthOf(word, TYPE.body, 'bold')));
	const whole = Math.max(titled, type.widthOf(longest, TYPE.body, 'bold')) + TYPE.gap;
	if (column.kind !== 'text') return { least: whole, whole, weight: 0 };
	return { least: Math.min(whole, Math.max(titled + TYPE.gap, LEAST_TEXT)), whole, weight: column.weight ?? TEXT_WEIGHT };
}

/** The widths of columns that fit into a room at least: each grows by its weight until it is whole, then all alike take what is left. */
function shared(columns: readonly Need[], room: number): number[] {
	const widths = columns.map(({ least }) => least);
	let left = room - sum(widths);
	for (;;) {
		const growing = columns.map(({ whole, weight }, index) => (whole - (widths[index] ?? 0) > 0.01 ? weight : 0));
		const weights = sum(growing);
		if (weights === 0 || left < 0.01) break;
		const before = left;
		columns.forEach(({ whole }, index) => {
			const more = Math.min((before * (growing[index] ?? 0)) / weights, whole - (widths[index] ?? 0));
			widths[index] = (widths[index] ?? 0) + more;
			left -= more;
		});
	}
	const shown = columns.filter(({ whole }) => whole > 0).length;
	return widths.map((width) => (width === 0 ? 0 : width + left / shown));
}

/** The longest cell of each column as it is shown: digits are equally wide, and of texts the longest is about the widest. */
function longestCells(table: DocumentTable, frame: DocumentFrame): string[] {
	const longest = table.columns.map(() => '');
	for (const row of table.rows()) {
		if (row.kind === 'heading') continue;
		table.columns.forEach((column, index) => {
			const shown = shownCell(row.cells[index] ?? null, column, frame);
			if (shown.length > (longest[index]?.length ?? 0)) longest[index] = shown;
		});
	}
	return longest;
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}

function lineCount(cells: SetRow['cells']): number {
	return Math.max(1, ...cells.map((lines) => lines.length));
}

function rowHeight(lines: number, size: number): number {
	return lines * size * TYPE.leading + TYPE.padding;
}

/** Every row of a table with its page and place, notes last. One pass over the rows; the same at every pass. */
export function* placedRows(table: DocumentTable, layout: TableLayout, frame: DocumentFrame, type: TypeSetting): Generator<PlacedRow, void, void> {
	const top = PAGE.top + layout.head.height;
	const floor = floorOf(frame);
	let page = 1;
	let y = top;
	let balance: DocumentCell = null;
	/** What the last line of the page was part of. */
	let part: DocumentCell = null;
	const place = (set: SetRow): PlacedRow => {
		const placed = { set, page, y };
		y += set.height;
		return placed;
	};
	for (const row of rowsAndNotes(table)) {
		const isSamePart = row.kind === 'line' && part !== null && partOf(row, table) === part;
		for (const whole of setRow(row, table, layout, frame, type)) {
			let set = isSamePart ? withoutRepeats(whole, table) : whole;
			if (y + set.height + keptBelow(set, layout.size) > floor && y > top) {
				page++;
				y = top;
				set = whole;
				if (balance !== null && (row.kind === 'line' || row.kind === 'total')) yield* setRow(carriedRow(table, balance), table, layout, frame, type).map(place);
			}
			yield place(set);
		}
		part = row.kind === 'line' ? partOf(row, table) : null;
		if (row.kind === 'line' && table.carried) balance = row.cells[table.carried.column] ?? balance;
	}
	if (table.bars === undefined) return;
	if (y + PICTURE_HEIGHT > floor) {
		page++;
		y = top;
	}
	yield place({ kind: 'picture', cells: [], height: PICTURE_HEIGHT });
}

function partOf(row: { readonly cells: readonly DocumentCell[] }, { parts }: DocumentTable): DocumentCell {
	return parts === undefined ? null : (row.cells[parts.key] ?? null);
}

/** A line below another of the same part does not say again what both belong to. */
function withoutRepeats(set: SetRow, { parts }: DocumentTable): SetRow {
	return { ...set, cells: set.cells.map((lines, index) => (parts?.saidOnce.includes(index) ? [] : lines)) };
}

function* rowsAndNotes(table: DocumentTable): Generator<DocumentRow | { readonly kind: 'note'; readonly text: string }, void, void> {
	yield* table.rows();
	for (const text of table.notes ?? []) yield { kind: 'note', text };
}

/** A heading stays with the first rows of its group. */
function keptBelow({ kind }: SetRow, size: number): number {
	return kind === 'heading' ? 3 * rowHeight(1, size) : 0;
}

function carriedRow({ columns, carried }: DocumentTable, balance: DocumentCell): DocumentRow {
	return {
		kind: 'line',
		cells: columns.map((_column, index) => (index === carried?.column ? balance : index === carried?.wordsColumn ? (carried?.words ?? null) : null)),
	};
}

/** Its lines; in pieces where it is longer than a page. */
function setRow(
	row: DocumentRow | { readonly kind: 'note'; readonly text: string },
	table: DocumentTable,
	{ columns, size, gap, head }: TableLayout,
	frame: DocumentFrame,
	type: TypeSetting,
): SetRow[] {
	const room = floorOf(frame) - PAGE.top - head.height - TYPE.gap;
	if (row.kind === 'heading' || row.kind === 'note') {
		const sizeOf = row.kind === 'heading' ? TYPE.heading : TYPE.small;
		const lines = type.linesOf(row.text, roomOf(frame), sizeOf, row.kind === 'heading' ? 'bold' : 'regular');
		return pieces(row.kind, [lines], room, sizeOf).map((set) => ({ ...set, height: set.height + TYPE.gap }));
	}
	const kind = row.kind === 'total' && row.isPart ? 'line' : row.kind;
	const weight: Weight = kind === 'total' ? 'bold' : 'regular';
	const cells = columns.map(({ width }, index) => {
		const shown = width === 0 ? '' : shownCell(row.cells[index] ?? null, table.columns[index] as DocumentColumn, frame);
		return shown === '' ? [] : type.linesOf(shown, width - gap, size, weight);
	});
	return pieces(kind, cells, room, size);
}

function pieces(kind: SetRow['kind'], cells: SetRow['cells'], room: number, size: number): SetRow[] {
	const count = lineCount(cells);
	const most = Math.max(1, Math.floor((room - TYPE.padding) / (size * TYPE.leading)));
	if (count <= most) return [{ kind, cells, height: rowHeight(count, size) }];
	return Array.from({ length: Math.ceil(count / most) }, (_, index) => {
		const part = cells.map((lines) => lines.slice(index * most, (index + 1) * most));
		return { kind, cells: part, height: rowHeight(lineCount(part), size) };
	});
}
