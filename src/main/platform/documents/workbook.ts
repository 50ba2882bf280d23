import { createZip, type ZipWriter } from '../zip/zip-writer.ts';
import { columnLetters, HEADER_ROWS, sheetRows, type SheetSlice, slicesOf, xmlText } from './sheet-xml.ts';
import type { DocumentColumn, DocumentFrame, DocumentTable, TableDocument } from './table-document.ts';
import { CELL_STYLES, stylesXml } from './workbook-styles.ts';

export interface WorkbookOptions {
	/** False stores the parts, for a file that is deflated as part of another. Default true. */
	readonly compress?: boolean;
}

interface Sheet {
	readonly name: string;
	readonly table: DocumentTable;
	readonly slice: SheetSlice;
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
// Deflate is what a large workbook costs; the low levels give nearly the same size.
const LEVEL = 2;
const MAX_NAME = 31;
const WIDTHS = { text: 28, amount: 18, date: 12, number: 9 } as const;

/**
 * Writes a document as a workbook (XLSX, ECMA-376) to `path`, whole or not at all, in flat memory and as a function of the document
 * alone: numbers are numbers with all their digits, dates are dates, totals are formulas that carry their value, the titles of
 * columns are frozen, filtered and printed on every page. Texts are texts: nothing in them is ever computed.
 * Answers length and SHA-256.
 */
export async function writeWorkbook(path: string, document: TableDocument, options: WorkbookOptions = {}): Promise<{ bytes: number; sha256: string }> {
	const zip = await createZip(path);
	const entry = { compress: options.compress ?? true, compressionLevel: LEVEL };
	try {
		const sheets = sheetsOf(document.tables);
		await zip.add('[Content_Types].xml', [contentTypes(sheets)], entry);
		await zip.add('_rels/.rels', [ROOT_RELATIONS], entry);
		await zip.add('docProps/core.xml', [coreProperties(document.frame)], entry);
		await zip.add('xl/workbook.xml', [workbookXml(sheets)], entry);
		await zip.add('xl/_rels/workbook.xml.rels', [workbookRelations(sheets)], entry);
		await zip.add('xl/styles.xml', [stylesXml(document.frame.dateFormat)], entry);
		await addSheets(zip, sheets, document.frame, entry);
		return await zip.finish();
	} catch (error) {
		await zip.abort();
		throw error;
	}
}

async function addSheets(
	zip: ZipWriter,
	sheets: readonly Sheet[],
	frame: DocumentFrame,
	entry: { compress: boolean; compressionLevel: number },
): Promise<void> {
	for (const [index, sheet] of sheets.entries()) await zip.add(`xl/worksheets/sheet${index + 1}.xml`, sheetXml(sheet, frame), entry);
}

function sheetsOf(tables: readonly DocumentTable[]): Sheet[] {
	const taken = new Set<string>();
	return tables.flatMap((table) => {
		const slices = slicesOf(countRows(table));
		return slices.map((slice, index) => ({ name: sheetName(slices.length > 1 ? `${table.title} ${index + 1}` : table.title, taken), table, slice }));
	});
}

function countRows(table: DocumentTable): number {
	let count = 0;
	for (const _row of table.rows()) count++;
	return count;
}

/** A name that a workbook takes: 31 characters, none of `[]:*?/\`, no apostrophe at the ends, each once whatever its case. */
function sheetName(title: string, taken: Set<string>): string {
	const clean = title.replace(/[[\]:*?/\\]/g, ' ').replace(/^[\s']+|[\s']+$/g, '') || 'Sheet';
	for (let number = 1; ; number++) {
		const ending = number === 1 ? '' : ` ${number}`;
		const name = `${clean.slice(0, MAX_NAME - ending.length).trimEnd()}${ending}`;
		if (taken.has(name.toLowerCase())) continue;
		taken.add(name.toLowerCase());
		return name;
	}
}

function* sheetXml({ table, slice }: Sheet, frame: DocumentFrame): Generator<string, void, void> {
	const last = columnLetters(Math.max(table.columns.length - 1, 0));
	const lines = slice.to - slice.from;
	yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`;
	yield `<sheetViews><sheetView workbookViewId="0" showGridLines="0"><pane ySplit="${HEADER_ROWS}" topLeftCell="A${HEADER_ROWS + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`;
	yield `<cols>${table.columns.map((column, index) => `<col min="${index + 1}" max="${index + 1}" width="${widthOf(column)}" customWidth="1"/>`).join('')}</cols><sheetData>`;
	yield headRows(table, frame);
	let pending = '';
	for (const row of sheetRows(table, frame, slice)) {
		pending += row;
		if (pending.length < 64 * 1024) continue;
		yield pending;
		pending = '';
	}
	yield `${pending}</sheetData><autoFilter ref="A${HEADER_ROWS}:${last}${HEADER_ROWS + lines}"/>`;
	yield '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>';
	yield `<pageSetup paperSize="9" orientation="${frame.orientation}" fitToWidth="1" fitToHeight="0"/>`;
	yield '<headerFooter><oddFooter>&amp;L&amp;A&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter></worksheet>';
}

function widthOf(column: DocumentColumn): number {
	return Math.max(WIDTHS[column.kind], Math.min(column.title.length + 2, 40));
}

/** Title, company and span, who had it printed, its mark, an empty row, the titles of the columns. */
function headRows(table: DocumentTable, frame: DocumentFrame): string {
	const line = (row: number, text: string, style: number): string =>
		`<row r="${row}"><c r="A${row}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c></row>`;
	const titles = table.columns.map(
		(column, index) =>
			`<c r="${columnLetters(index)}${HEADER_ROWS}" s="${column.kind === 'amount' || column.kind === 'number' ? CELL_STYLES.columnNumber : CELL_STYLES.columnText}" t="inlineStr"><is><t>${xmlText(column.title)}</t></is></c>`,
	);
	return [
		line(1, table.title === frame.title ? frame.title : `${frame.title}: ${table.title}`, CELL_STYLES.title),
		line(2, `${frame.company}, ${frame.span}, ${frame.currency}`, CELL_STYLES.plain),
		line(3, `Printed by ${frame.printedBy} at ${frame.printedAt}`, CELL_STYLES.note),
		line(4, markWords(frame), CELL_STYLES.mark),
		`<row r="${HEADER_ROWS}">${titles.join('')}</row>`,
	].join('');
}

/** What a page and a sheet say of how final their figures are. */
export function markWords({ mark }: DocumentFrame): string {
	if (mark === null) return '';
	return mark.kind === 'DRAFT' ? 'DRAFT: the period is open and figures may still change' : `Sealed: ${mark.fingerprint}`;
}

function contentTypes(sheets: readonly Sheet[]): string {
	const parts = sheets.map((_, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${TYPES}.worksheet+xml"/>`);
	return `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>${parts.join('')}</Types>`;
}

const ROOT_RELATIONS = `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`;

function coreProperties(frame: DocumentFrame): string {
	return `${HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${xmlText(`${frame.title}, ${frame.company}`)}</dc:title><dc:creator>${xmlText(frame.printedBy)}</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">${frame.printedAt.replace(/\.\d+Z$/, 'Z')}</dcterms:created></cp:coreProperties>`;
}

function workbookXml(sheets: readonly Sheet[]): string {
	const list = sheets.map(({ name }, index) => `<sheet name="${xmlText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`);
	const names = sheets.flatMap(({ name, table, slice }, index) => {
		const quoted = `'${xmlText(name.replaceAll("'", "''"))}'`;
		const last = columnLetters(Math.max(table.columns.length - 1, 0));
		const bottom = HEADER_ROWS + slice.to - slice.from + (table.notes?.length ?? 0);
		return [
			`<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">${quoted}!$A$${HEADER_ROWS}:$${last}$${HEADER_ROWS + slice.to - slice.from}</definedName>`,
			`<definedName name="_xlnm.Print_Area" localSheetId="${index}">${quoted}!$A$1:$${last}$${bottom}</definedName>`,
			`<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${quoted}!$${HEADER_ROWS}:$${HEADER_ROWS}</definedName>`,
		];
	});
	return `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><bookViews><workbookView/></bookViews><sheets>${list.join('')}</sheets><definedNames>${names.join('')}</definedNames><calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>`;
}

function workbookRelations(sheets: readonly Sheet[]): string {
	const list = sheets.map((_, index) => `<Relationship Id="rId${index + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`);
	return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${list.join('')}<Relationship Id="rId${sheets.length + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`;
}
