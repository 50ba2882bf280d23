import {
	type DateFormat,
	dateWords,
	type DocumentCell,
	type DocumentColumn,
	type DocumentRow,
	type DocumentTable,
} from '#main/platform/documents/table-document.ts';
import { type BodyRow, type ReportTable, spanWords, type TableColumn } from './report-table.rules.ts';

/** From so many columns on a page lies on its side: a ledger stands, a day book lies. */
const COLUMNS_OF_A_WIDE_PAGE = 9;
const NIL = /^-?[0.]+$/;
/** Texts that need room before others, by column. */
const WEIGHTS: Readonly<Record<string, number>> = {
	line: 4,
	note: 3,
	period: 1,
	code: 1,
	description: 4,
	name: 3,
	party: 2.5,
	reference: 1.5,
	externalNo: 1.2,
	type: 1,
	currency: 0.9,
};

/** A report as a table of a document, with the days that it is of and how its pages lie. Its rows are read anew at each pass. */
export function documentTable(table: ReportTable, dateFormat: DateFormat): DocumentTable & Required<Pick<DocumentTable, 'details' | 'orientation'>> {
	const { heading } = table;
	const columns = columnsOf(table);
	const span = spanWords(heading, (date) => dateWords(date, dateFormat));
	return {
		title: heading.name,
		details: [span, ...(heading.basis === undefined ? [] : [`${heading.basis} basis`]), heading.currency ?? ''].filter((word) => word !== '').join(', '),
		orientation: columns.length >= COLUMNS_OF_A_WIDE_PAGE ? 'landscape' : 'portrait',
		columns: columns.map(documentColumn),
		rows: () => rowsOf(table, columns),
		...placesOf(table, columns),
	};
}

/** What a table says of its columns, by their places. */
function placesOf({ carried, parts, notes }: ReportTable, columns: readonly TableColumn[]): Pick<DocumentTable, 'carried' | 'parts' | 'notes'> {
	const placeOf = (name: string): number => columns.findIndex(({ key }) => key === name);
	return {
		...(notes && { notes }),
		...(carried !== undefined && { carried: { column: placeOf(carried), words: 'Brought forward', wordsColumn: placeOf('description') } }),
		...(parts && { parts: { key: placeOf(parts.key), saidOnce: parts.saidOnce.map(placeOf) } }),
	};
}

/** What headings say of the rows below them, no column has to. */
function columnsOf(table: ReportTable): readonly TableColumn[] {
	for (const row of table.body()) return row.kind === 'heading' ? table.columns.filter(({ key }) => key !== (table.groupedBy ?? 'type')) : table.columns;
	return table.columns;
}

function documentColumn({ key, label, kind }: TableColumn): DocumentColumn {
	return { title: label, kind: kind === 'side' ? 'amount' : kind, ...(WEIGHTS[key] !== undefined && { weight: WEIGHTS[key] }) };
}

function* rowsOf(table: ReportTable, columns: readonly TableColumn[]): Generator<DocumentRow, void, void> {
	for (const row of table.body()) yield documentRow(row, columns);
}

function documentRow(row: BodyRow, columns: readonly TableColumn[]): DocumentRow {
	if (row.kind === 'heading') return row;
	const isTotal = row.kind === 'total';
	const cells = columns.map(({ key, kind }): DocumentCell => {
		const cell = row.cells[key] ?? null;
		if (cell === null || (kind === 'side' && !isTotal && NIL.test(cell))) return null;
		return key === 'type' ? titleCase(cell) : cell;
	});
	if (!isTotal) return { kind: 'line', cells };
	const { name, formulas, isPart } = row;
	return {
		kind: 'total',
		cells,
		...(name !== undefined && { name }),
		...(formulas && { formulas: columns.map(({ key }) => formulas[key] ?? null) }),
		...(isPart && { isPart }),
	};
}

function titleCase(word: string): string {
	return word.charAt(0) + word.slice(1).toLowerCase();
}
