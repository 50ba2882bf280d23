import { sealFingerprint } from '#shared/seal/index.ts';
import { sealThrough } from '#main/close/index.ts';
import { companySettings } from '#main/companies/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import {
	dateWords,
	type DocumentCell,
	type DocumentColumn,
	type DocumentFrame,
	type DocumentRow,
	type DocumentTable,
	type TableDocument,
} from '#main/platform/documents/table-document.ts';
import type { Actor } from '#main/platform/run/actor.ts';
import { type BodyRow, type ReportTable, spanWords, type TableColumn } from '#main/reports/index.ts';

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

/** A report for paper and workbooks, as the company writes numbers and dates, with the mark of how final it is. Its rows are read anew at each pass. */
export function reportDocument(db: ReadDb, { company, user }: Actor, table: ReportTable, printedAt: string): TableDocument {
	const { heading } = table;
	const settings = companySettings(db, company.id);
	const columns = columnsOf(table);
	const span = spanWords(heading, (date) => dateWords(date, settings.date_format));
	return {
		frame: {
			company: company.name,
			title: heading.name,
			details: [span, ...(heading.basis === undefined ? [] : [`${heading.basis} basis`]), heading.currency ?? ''].filter((word) => word !== '').join(', '),
			printedBy: user.login,
			printedAt,
			mark: markOf(db, company, table),
			numberFormat: settings.number_format,
			dateFormat: settings.date_format,
			orientation: columns.length >= COLUMNS_OF_A_WIDE_PAGE ? 'landscape' : 'portrait',
		},
		tables: [
			{
				title: heading.name,
				columns: columns.map(documentColumn),
				rows: () => rowsOf(table, columns),
				...placesOf(table, columns),
			},
		],
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

function markOf(db: ReadDb, company: Actor['company'], { heading: { span } }: ReportTable): DocumentFrame['mark'] {
	if (span === null) return null;
	const seal = sealThrough(db, company, span.end);
	return seal === null ? { kind: 'DRAFT' } : { kind: 'SEALED', close: `${seal.period}, close ${seal.closeNumber}`, fingerprint: sealFingerprint(seal.sha256) };
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
	const { name, formulas } = row;
	return { kind: 'total', cells, ...(name !== undefined && { name }), ...(formulas && { formulas: columns.map(({ key }) => formulas[key] ?? null) }) };
}

function titleCase(word: string): string {
	return word.charAt(0) + word.slice(1).toLowerCase();
}
