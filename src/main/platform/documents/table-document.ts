import type { CivilDate } from '#shared/kernel/civil-date.ts';
import type { NumberGrouping } from '#shared/kernel/grouping.ts';

/** `amount`: plain decimal text in major units ("-1250.00"). `number`: an integer. Both stand right. `date`: YYYY-MM-DD. */
export type CellKind = 'text' | 'amount' | 'date' | 'number';

export interface DocumentColumn {
	readonly title: string;
	readonly kind: CellKind;
	/** Share of the width that the column asks for; text columns take what is left. Default by kind. */
	readonly weight?: number;
	/** Decimals of the amounts in it. */
	readonly decimals?: number;
}

/** null is an empty cell. */
export type DocumentCell = string | null;

/** A line of the report itself. */
interface LineRow {
	readonly kind: 'line';
	readonly cells: readonly DocumentCell[];
}

/** Begins a group: its lines follow until the next heading or total. It is a bookmark of the pages. */
interface HeadingRow {
	readonly kind: 'heading';
	readonly text: string;
}

/** How a spreadsheet works the amounts of a total row out by itself. */
export type TotalFormula =
	/** The lines since the last heading. */
	| { readonly sum: 'group' }
	/** Every line of the table. */
	| { readonly sum: 'all' }
	/** Earlier total rows, by name, added or taken away. */
	| { readonly terms: readonly { readonly row: string; readonly sign: 1 | -1 }[] };

interface TotalRow {
	readonly kind: 'total';
	readonly cells: readonly DocumentCell[];
	/** Under which later rows name it. */
	readonly name?: string;
	/** Left out: the figures stand as they are given (a balance carried along). */
	readonly formula?: TotalFormula;
}

export type DocumentRow = LineRow | HeadingRow | TotalRow;

/** One table with its columns. Rows are asked for anew at every pass, so that a long ledger never stands in memory. */
export interface DocumentTable {
	/** Name of the sheet, first bookmark of its pages. */
	readonly title: string;
	readonly columns: readonly DocumentColumn[];
	readonly rows: () => Iterable<DocumentRow>;
	readonly notes?: readonly string[];
}

/** What every page and sheet says of itself. */
export interface DocumentFrame {
	readonly company: string;
	readonly title: string;
	/** "at 2026-01-31", "from ... to ...", in the reader's date format already. */
	readonly span: string;
	readonly currency: string;
	/** Who had it printed, and the instant (UTC ISO 8601). */
	readonly printedBy: string;
	readonly printedAt: string;
	/** Of figures that may still change; or the fingerprint of the seal that fixed them. */
	readonly mark: { readonly kind: 'DRAFT' } | { readonly kind: 'SEALED'; readonly fingerprint: string } | null;
	readonly numberFormat: NumberGrouping;
	readonly dateFormat: DateFormat;
	readonly orientation: 'portrait' | 'landscape';
}

export type DateFormat = 'YYYY-MM-DD' | 'DD/MM/YYYY' | 'MM/DD/YYYY' | 'DD.MM.YYYY';

/** One report on paper, as a workbook or as CSV: the same tables whichever way. */
export interface TableDocument {
	readonly frame: DocumentFrame;
	readonly tables: readonly DocumentTable[];
}

/** A civil date as the company writes dates. */
export function dateWords(date: CivilDate, format: DateFormat): string {
	const [year = '', month = '', day = ''] = date.split('-');
	return format.replace('YYYY', year).replace('MM', month).replace('DD', day);
}
