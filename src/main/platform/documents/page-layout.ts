import { groupDigits } from '#shared/kernel/grouping.ts';
import { type DocumentCell, type DocumentColumn, type DocumentFrame, type DocumentRow, type DocumentTable, dateWords } from './table-document.ts';
import type { TypeSetting, Weight } from './type-setting.ts';

/** Lengths are points (1/72 inch). A4. */
export const PAGE = { short: 595.28, long: 841.89, side: 36, top: 84, bottom: 46 } as const;
export const TYPE = { body: 8.5, head: 8.5, heading: 9.5, title: 15, small: 7.5, leading: 1.32, gap: 8, padding: 2 } as const;
const SHARES = { text: 2, amount: 0, date: 0, number: 0 } as const;
const LEAST_TEXT = 46;

export interface PlacedColumn {
	readonly title: string;
	readonly isRight: boolean;
	readonly x: number;
	readonly width: number;
}

/** A row as it will be drawn: the lines of each cell. */
export interface SetRow {
	readonly kind: DocumentRow['kind'];
	readonly cells: readonly (readonly string[])[];
	readonly height: number;
}

export function pageSize(frame: DocumentFrame): { readonly width: number; readonly height: number } {
	return frame.orientation === 'portrait' ? { width: PAGE.short, height: PAGE.long } : { width: PAGE.long, height: PAGE.short };
}

/** A cell as a reader sees it: digits in groups, what is negative in parentheses, dates in the company's way. */
export function shownCell(cell: DocumentCell, column: DocumentColumn, frame: DocumentFrame): string {
	if (cell === null || cell === '') return '';
	if (column.kind === 'date') return dateWords(cell, frame.dateFormat);
	if (column.kind !== 'amount') return cell;
	return cell.startsWith('-') ? `(${groupDigits(cell.slice(1), frame.numberFormat)})` : groupDigits(cell, frame.numberFormat);
}

/** Where the columns of a table stand. Figures and dates get what their longest needs, texts share the rest by weight. */
export function placeColumns(table: DocumentTable, frame: DocumentFrame, type: TypeSetting): PlacedColumn[] {
	const longest = table.columns.map(() => '');
	for (const row of table.rows()) {
		if (row.kind === 'heading') continue;
		row.cells.forEach((cell, index) => {
			const column = table.columns[index];
			if (!column || column.kind === 'text') return;
			const shown = shownCell(cell, column, frame);
			// Digits are equally wide: the longest text is the widest one.
			if (shown.length > (longest[index]?.length ?? 0)) longest[index] = shown;
		});
	}
	const room = pageSize(frame).width - 2 * PAGE.side;
	const fixed = table.columns.map((column, index) =>
		column.kind === 'text' ? 0 : Math.max(type.widthOf(longest[index] ?? '', TYPE.body, 'bold'), headWidth(column, type)) + TYPE.gap,
	);
	const weights = table.columns.map((column) => (column.kind === 'text' ? (column.weight ?? SHARES.text) : 0));
	const left = Math.max(room - sum(fixed), LEAST_TEXT * weights.filter((weight) => weight > 0).length);
	const shares = sum(weights);
	// A table too wide for the page is drawn narrower as a whole; a cell is broken rather than cut off.
	const scale = Math.min(1, room / (sum(fixed) + left));
	let x: number = PAGE.side;
	return table.columns.map((column, index) => {
		const width = ((fixed[index] ?? 0) + (shares === 0 ? 0 : (left * (weights[index] ?? 0)) / shares)) * scale;
		const placed = { title: column.title, isRight: column.kind === 'amount' || column.kind === 'number', x, width };
		x += width;
		return placed;
	});
}

/** The width of the longest word of a title: titles are broken at blanks. */
function headWidth(column: DocumentColumn, type: TypeSetting): number {
	return Math.max(...column.title.split(' ').map((word) => type.widthOf(word, TYPE.head, 'bold')));
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}

export function setRow(row: DocumentRow, table: DocumentTable, columns: readonly PlacedColumn[], frame: DocumentFrame, type: TypeSetting): SetRow {
	if (row.kind === 'heading') {
		const lines = type.linesOf(row.text, pageSize(frame).width - 2 * PAGE.side, TYPE.heading, 'bold');
		return { kind: row.kind, cells: [lines], height: rowHeight(lines.length, TYPE.heading) + TYPE.gap };
	}
	const weight: Weight = row.kind === 'total' ? 'bold' : 'regular';
	const cells = columns.map((column, index) => {
		const shown = shownCell(row.cells[index] ?? null, table.columns[index] as DocumentColumn, frame);
		return shown === '' ? [] : type.linesOf(shown, column.width - TYPE.gap, TYPE.body, weight);
	});
	return { kind: row.kind, cells, height: rowHeight(Math.max(1, ...cells.map((lines) => lines.length)), TYPE.body) };
}

export function headRow(columns: readonly PlacedColumn[], type: TypeSetting): SetRow {
	const cells = columns.map((column) => type.linesOf(column.title, Math.max(column.width - TYPE.gap, 1), TYPE.head, 'bold'));
	return { kind: 'line', cells, height: rowHeight(Math.max(...cells.map((lines) => lines.length)), TYPE.head) + TYPE.padding };
}

function rowHeight(lines: number, size: number): number {
	return lines * size * TYPE.leading + TYPE.padding;
}

/** The lowest point that rows may reach. */
export function floorOf(frame: DocumentFrame): number {
	return pageSize(frame).height - PAGE.bottom;
}

/** Says for each row whether a new page begins before it: a heading stays with the row after it. */
export class PageBreaker {
	readonly #floor: number;
	readonly #start: number;
	#y: number;

	constructor(frame: DocumentFrame, headHeight: number) {
		this.#floor = floorOf(frame);
		this.#start = PAGE.top + headHeight;
		this.#y = this.#start;
	}

	get y(): number {
		return this.#y;
	}

	/** Takes the room of a row; true where it begins a new page. */
	take(height: number, keepWithNext: number): boolean {
		const isNew = this.#y + height + keepWithNext > this.#floor && this.#y > this.#start;
		if (isNew) this.#y = this.#start;
		this.#y += height;
		return isNew;
	}
}
