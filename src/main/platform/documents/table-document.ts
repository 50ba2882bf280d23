import type { CivilDate } from '#shared/kernel/civil-date.ts';
import type { NumberGrouping } from '#shared/kernel/grouping.ts';

/** `amount`: plain decimal text in major units ("-1250.00"). `number`: an integer. Both stand right. `date`: YYYY-MM-DD. */
export type CellKind = 'text' | 'amount' | 'date' | 'number';

export interface DocumentColumn {
	readonly title: string;
	readonly kind: CellKind;
	/** Share of the width that a column of text takes beside others where not all have room; 2 unless given. */
	readonly weight?: number;
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

/** How a spreadsheet works an amount of a total row out by itself. */
export type TotalFormula =
	/** The lines since the last heading. */
	| { readonly sum: 'group' }
	/** Every line of the table. */
	| { readonly sum: 'all' }
	/** The same column of earlier total rows, by name, added or taken away. */
	| { readonly terms: readonly { readonly row: string; readonly sign: 1 | -1 }[] };

interface TotalRow {
	readonly kind: 'total';
	readonly cells: readonly DocumentCell[];
	/** Under which later rows name it. */
	readonly name?: string;
	/** By column; null where the figure stands as it is given (a balance carried along). */
	readonly formulas?: readonly (TotalFormula | null)[];
	/** One of several sums that the next total adds up (its group), of lines that stand above already. It looks like a line. */
	readonly isPart?: boolean;
}

export type DocumentRow = LineRow | HeadingRow | TotalRow;

/** A balance that goes on from page to page: each new page begins with the last one. Places of columns. */
export interface CarriedBalance {
	readonly column: number;
	readonly words: string;
	readonly wordsColumn: number;
}

/** One table with its columns. Rows are asked for anew at every pass, so that a long ledger never stands in memory. */
export interface DocumentTable {
	/** Name of the sheet, first bookmark of its pages. */
	readonly title: string;
	readonly columns: readonly DocumentColumn[];
	readonly rows: () => Iterable<DocumentRow>;
	readonly carried?: CarriedBalance;
	/** Lines that follow each other with one value in the column `key` belong together: on paper, some columns are said once for them. */
	readonly parts?: { readonly key: number; readonly saidOnce: readonly number[] };
	readonly notes?: readonly string[];
	/** Where they are others than those of the frame. */
	readonly details?: string;
	readonly orientation?: DocumentFrame['orientation'];
	/** Below the last row: a picture of figures that stand in the rows. */
	readonly bars?: BarPicture;
	/** Where it is known how many rows there are (`totalsAtEnd` of them the last ones), a workbook need not count them first. */
	readonly length?: { readonly rows: number; readonly totalsAtEnd: number };
}

/** Upright bars in groups: for each label one of every series. Amounts are plain decimal texts of one currency. */
export interface BarPicture {
	readonly title: string;
	readonly labels: readonly string[];
	/** Three at most: the ways of filling a bar that are told apart without colours. */
	readonly series: readonly { readonly name: string; readonly amounts: readonly string[] }[];
}

/** The first page of a document of several tables: what it is, and how a reader knows that it is the right one. */
export interface DocumentCover {
	readonly kind: string;
	readonly title: string;
	readonly facts: readonly { readonly label: string; readonly text: string }[];
	/** What a reader is to compare, in large letters. */
	readonly emphasis: { readonly label: string; readonly text: string };
	readonly paragraphs: readonly string[];
}

/** How final the figures are: they may still change, or a seal holds them. */
export type DocumentMark = { readonly kind: 'DRAFT' } | { readonly kind: 'SEALED'; readonly close: string; readonly fingerprint: string };

/** What every page and sheet says of itself. */
export interface DocumentFrame {
	readonly company: string;
	readonly title: string;
	/** "at 31/01/2026, adjusted basis, INR", in the reader's date format already. */
	readonly details: string;
	/** Who had it printed, and the instant (UTC ISO 8601). */
	readonly printedBy: string;
	readonly printedAt: string;
	readonly mark: DocumentMark | null;
	readonly numberFormat: NumberGrouping;
	readonly dateFormat: DateFormat;
	readonly orientation: 'portrait' | 'landscape';
}

export type DateFormat = 'YYYY-MM-DD' | 'DD/MM/YYYY' | 'MM/DD/YYYY' | 'DD.MM.YYYY';

/** A report, or several, on paper or as a workbook: the same tables whichever way. */
export interface TableDocument {
	readonly frame: DocumentFrame;
	/** On pages only. */
	readonly cover?: DocumentCover;
	readonly tables: readonly DocumentTable[];
}

/** The frame as it is for one of the tables. */
export function frameFor({ frame }: TableDocument, { details, orientation }: DocumentTable): DocumentFrame {
	return { ...frame, details: details ?? frame.details, orientation: orientation ?? frame.orientation };
}

/** A civil date as the company writes dates. */
export function dateWords(date: CivilDate, format: DateFormat): string {
	const [year = '', month = '', day = ''] = date.split('-');
	return format.replace('YYYY', year).replace('MM', month).replace('DD', day);
}

/** Who had it printed and when, to the minute. */
export function printedWords({ printedBy, printedAt, dateFormat }: DocumentFrame): string {
	return `Printed by ${printedBy} at ${dateWords(printedAt.slice(0, 10), dateFormat)} ${printedAt.slice(11, 16)} UTC`;
}

/** What a page and a sheet say of how final their figures are; empty where there is nothing to say. */
export function markWords({ mark }: DocumentFrame): string {
	if (mark === null) return '';
	return mark.kind === 'DRAFT'
		? 'DRAFT: not all of these days are closed, and figures may still change'
		: `SEALED by ${mark.close}: fingerprint ${mark.fingerprint}`;
}

/** The title of a table, with that of the document where they differ. */
export function fullTitle(frame: DocumentFrame, table: DocumentTable): string {
	return table.title === frame.title ? frame.title : `${frame.title}: ${table.title}`;
}
