import { assert } from '#shared/kernel/assert.ts';
import { cutText, padText, textWidth } from './text-width.ts';

export interface Column {
	readonly header: string;
	/** Amounts and numbers stand right, texts left (the default). */
	readonly align?: 'left' | 'right';
	/** Columns after which a text is cut with `…`. Never set it for an amount. */
	readonly maxWidth?: number;
}

export interface TableOptions {
	/** Leaves out columns of text that no row fills. */
	readonly withoutEmpty?: boolean;
	/** Rows printed below a second line: totals. */
	readonly totals?: readonly (readonly string[])[];
}

const GAP = '  ';
// A line feed or tab in a cell would break the table; an escape sequence from a bank's file could do worse to the terminal.
const NOT_PRINTABLE = /[\p{Cc}\u2028\u2029]/gu;

/** A plain table: header, a line, the rows, and totals below a second line. Each line ends with LF, without blanks at its end. */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[], options: TableOptions = {}): string {
	const { totals = [], withoutEmpty = false } = options;
	if (!withoutEmpty) return wholeTable(columns, rows, totals);
	const kept = columns.map(({ align }, index) => align === 'right' || [...rows, ...totals].some((row) => row[index] !== ''));
	const keep = <Cell>(cells: readonly Cell[]): Cell[] => cells.filter((_cell, index) => kept[index]);
	return wholeTable(keep(columns), rows.map(keep), totals.map(keep));
}

function wholeTable(columns: readonly Column[], rows: readonly (readonly string[])[], totals: readonly (readonly string[])[]): string {
	const cells = [...rows, ...totals].map((row) => {
		assert(row.length === columns.length, 'a row has a cell for each column');
		return row.map((text, index) => cellText(text, columns[index]));
	});
	const widths = columns.map((column, index) => cells.reduce((width, row) => Math.max(width, textWidth(row[index] ?? '')), textWidth(column.header)));
	const lineOf = (texts: readonly string[]): string =>
		texts
			.map((text, index) => padText(text, widths[index] ?? 0, columns[index]?.align ?? 'left'))
			.join(GAP)
			.trimEnd();
	const rule = widths.map((width) => '-'.repeat(width)).join(GAP);
	const body = cells.map(lineOf);
	const lines = [lineOf(columns.map(({ header }) => header)), rule, ...body.slice(0, rows.length)];
	if (totals.length > 0) lines.push(rule, ...body.slice(rows.length));
	return lines.map((line) => `${line}\n`).join('');
}

/** Pairs of name and value below each other, values aligned: for one company, one entry, one close. */
export function formatFacts(facts: readonly (readonly [string, string])[]): string {
	const width = facts.reduce((most, [name]) => Math.max(most, textWidth(name)), 0);
	return facts.map(([name, value]) => `${`${padText(name, width, 'left')}${GAP}${printable(value)}`.trimEnd()}\n`).join('');
}

function cellText(text: string, column: Column | undefined): string {
	const plain = printable(text);
	return column?.maxWidth === undefined ? plain : cutText(plain, column.maxWidth);
}

/** A text from the books without characters that would move the cursor or command the terminal. */
export function printable(text: string): string {
	return text.replace(NOT_PRINTABLE, ' ');
}
