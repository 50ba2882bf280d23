import type { DocumentFrame, DocumentTable, TableDocument } from '#main/platform/documents/table-document.ts';
import { dataSheets } from './data-sheets.service.ts';
import { packageCover, packageFrame } from './document-frame.service.ts';
import type { Material } from './material.service.ts';
import { documentTable } from '#main/reports/index.ts';
import { reconciliationTables } from './reconciliation-tables.service.ts';
import { reopenDifferenceSection } from './reopen-difference-file.service.ts';
import { type OpenSides, outstandingTable, summedOutstanding } from './outstanding-table.service.ts';
import { signOffTable, validationTable } from './sign-off-tables.service.ts';
import { statementTables } from './statement-tables.service.ts';

/**
 * data/summary.pdf and data/workbook.xlsx: what a person reads of a close. Neither is deflated, because the package is: so their bytes
 * do not depend on a zlib. The writers are loaded when a document is written and not before.
 */
export function documentMembers(material: Material): { readonly name: string; readonly content: () => AsyncIterable<Uint8Array> }[] {
	let summed: OpenSides | null | undefined;
	const open = (): OpenSides | null => (summed === undefined ? (summed = summedOutstanding(material)) : summed);
	return [
		{ name: 'data/summary.pdf', content: () => summaryPieces(material, open()) },
		{ name: 'data/workbook.xlsx', content: () => sheetPieces(material, open()) },
	];
}

async function* summaryPieces(material: Material, open: OpenSides | null): AsyncGenerator<Uint8Array, void, undefined> {
	const { layPages } = await import('#main/platform/documents/pages.ts');
	yield* layPages(summaryDocument(material, open), { compress: false }).pieces;
}

async function* sheetPieces(material: Material, open: OpenSides | null): AsyncGenerator<Uint8Array, void, undefined> {
	const { workbookPieces } = await import('#main/platform/documents/workbook.ts');
	yield* workbookPieces(workbookDocument(material, open));
}

function summaryDocument(material: Material, open: OpenSides | null): TableDocument {
	const frame = packageFrame(material);
	return { frame, cover: packageCover(material, frame), tables: summaryTables(material, frame, open) };
}

function summaryTables(material: Material, frame: DocumentFrame, open: OpenSides | null): DocumentTable[] {
	return [
		...statementTables(material, frame),
		...reopenTables(material, frame),
		...reconciliationTables(material, frame),
		...(open === null ? [] : [outstandingTable(material, open)]),
		validationTable(material, frame),
		signOffTable(material, frame),
	];
}

/** What changed since the close that this one takes the place of. */
function reopenTables(material: Material, frame: DocumentFrame): DocumentTable[] {
	const difference = reopenDifferenceSection(material);
	return difference === null ? [] : [documentTable(difference, frame.dateFormat)];
}

/** What the summary shows, and the books line by line. */
function workbookDocument(material: Material, open: OpenSides | null): TableDocument {
	const frame = packageFrame(material);
	return { frame, tables: [closeSheet(material, frame), ...summaryTables(material, frame, open), ...dataSheets(material, open)] };
}

function closeSheet(material: Material, frame: DocumentFrame): DocumentTable {
	const { facts, emphasis, paragraphs } = packageCover(material, frame);
	const rows = [...facts, emphasis, ...paragraphs.map((text, index) => ({ label: index === 0 ? 'How to check it' : '', text }))];
	return {
		title: 'Close',
		columns: [
			{ title: 'What', kind: 'text', weight: 2 },
			{ title: 'Value', kind: 'text', weight: 7 },
		],
		rows: () => rows.map(({ label, text }) => ({ kind: 'line', cells: [label, text] })),
	};
}
