import type { CivilDate } from '#shared/kernel/civil-date.ts';

export interface TableColumn {
	readonly key: string;
	readonly label: string;
	/** `amount`: plain decimal text in major units. `side`: one on its own side, not shown where it is nil. `number`: an integer. All stand right. */
	readonly kind: 'text' | 'amount' | 'side' | 'date' | 'number';
}

/** Cells by column key; a column that is not in it is empty. */
export type TableRow = Readonly<Record<string, string>>;

/** How a cell of a total comes about, for whoever can compute it anew. */
export type TotalFormula =
	/** The lines since the last heading. */
	| { readonly sum: 'group' }
	/** Every line. */
	| { readonly sum: 'all' }
	/** Totals above it, by name, added or taken away. */
	| { readonly terms: readonly { readonly row: string; readonly sign: 1 | -1 }[] };

/** A report from its first to its last row. A heading begins a group, which its total ends. */
export type BodyRow =
	| { readonly kind: 'heading'; readonly text: string }
	| { readonly kind: 'line'; readonly cells: TableRow }
	| {
			readonly kind: 'total';
			readonly cells: TableRow;
			/** Under which later totals name it. */
			readonly name?: string;
			/** By column key; a cell without one stands as it is. */
			readonly formulas?: Readonly<Record<string, TotalFormula>>;
			/** One of several sums that the next total adds up (its group), of lines that stand above already. */
			readonly isPart?: boolean;
	  };

/** What a report is of. */
export interface ReportHeading {
	readonly name: string;
	/** Its first and last day; no first day where it tells of a balance. Null: of no day. */
	readonly span: { readonly start: CivilDate | null; readonly end: CivilDate } | null;
	readonly basis?: 'adjusted' | 'ledger';
	readonly currency: string | null;
}

interface TableParts {
	readonly heading: ReportHeading;
	readonly columns: readonly TableColumn[];
	/** Asked for anew at every pass: a long report never stands in memory as a whole. */
	readonly body: () => Iterable<BodyRow>;
	/** The column with a balance that goes on from page to page. */
	readonly carried?: string;
	/** Lines with one value in the column `key` belong together; `saidOnce` is the same in all of them. */
	readonly parts?: { readonly key: string; readonly saidOnce: readonly string[] };
	/** The column whose value the headings say, so that people need not read it in each row; `type` unless given. */
	readonly groupedBy?: string;
	readonly notes?: readonly string[];
}

/** A report as a plain table, for a terminal, a CSV, a sheet or a page. */
export interface ReportTable extends TableParts {
	/** Of what it is in one line, with plain dates. */
	readonly title: string;
	/** The lines of the body. */
	readonly rows: readonly TableRow[];
	/** The totals of the body, which a terminal shows below the last line, with the headings of those that are parts. */
	readonly totals: readonly TableRow[];
}

export const textColumn = (key: string, label: string): TableColumn => ({ key, label, kind: 'text' });
export const amountColumn = (key: string, label: string): TableColumn => ({ key, label, kind: 'amount' });
export const sideColumn = (key: string, label: string): TableColumn => ({ key, label, kind: 'side' });

export function tableOf(parts: TableParts & { readonly title?: string }): ReportTable {
	return {
		...parts,
		title: parts.title ?? titleOf(parts.heading),
		get rows() {
			const lines: TableRow[] = [];
			for (const row of parts.body()) if (row.kind === 'line') lines.push(row.cells);
			return lines;
		},
		get totals() {
			return totalsOf(parts);
		},
	};
}

function totalsOf({ body, columns }: TableParts): TableRow[] {
	const totals: TableRow[] = [];
	let heading: string | null = null;
	for (const row of body()) {
		if (row.kind === 'heading') heading = row.text;
		if (row.kind !== 'total') continue;
		if (row.isPart && heading !== null) totals.push({}, { [columns[0]?.key ?? '']: heading });
		heading = null;
		totals.push(row.cells);
	}
	return totals;
}

/** The same sum for several columns of a total. */
export function sumsIn(keys: readonly string[], sum: 'group' | 'all'): Readonly<Record<string, TotalFormula>> {
	return Object.fromEntries(keys.map((key) => [key, { sum }]));
}

/** The cells of a row in the order of the columns. */
export function cellsOf(table: ReportTable, row: TableRow): string[] {
	return table.columns.map((column) => row[column.key] ?? '');
}

/** "at 2026-01-31", "from 2026-01-01 to 2026-01-31", with dates as the reader writes them. */
export function spanWords({ span }: ReportHeading, dateText: (date: CivilDate) => string): string {
	if (span === null) return '';
	return span.start === null ? `at ${dateText(span.end)}` : `from ${dateText(span.start)} to ${dateText(span.end)}`;
}

function titleOf(heading: ReportHeading): string {
	const span = spanWords(heading, (date) => date);
	return [
		`${heading.name}${span && ` ${span}`}`,
		...(heading.basis === undefined ? [] : [`${heading.basis} basis`]),
		...(heading.currency === null ? [] : [heading.currency]),
	].join(', ');
}
