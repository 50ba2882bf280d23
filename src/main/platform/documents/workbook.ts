import { plainZip, type PlainFile } from '../zip/plain-zip.ts';
import { createZip } from '../zip/zip-writer.ts';
import { columnLetters, HEADER_ROWS, MAX_ROWS, notesOf, sheetRows, type SheetSlice, slicesOf, textCell, titleStyle, xmlText } from './sheet-xml.ts';
import {
	type DocumentColumn,
	type DocumentFrame,
	type DocumentTable,
	frameFor,
	fullTitle,
	markWords,
	printedWords,
	type TableDocument,
} from './table-document.ts';
import { type StyleName, stylesXml } from './workbook-styles.ts';

export interface WorkbookOptions {
	/** Of one sheet, where it is to be less than the file format's 1 048 576. */
	readonly maxRows?: number;
}

interface Sheet {
	readonly name: string;
	readonly table: DocumentTable;
	readonly frame: DocumentFrame;
	readonly slice: SheetSlice;
	/** In characters. */
	readonly widths: readonly number[];
	/** The last row that a filter may hide; null where groups and their totals would be torn apart. */
	readonly filterTo: number | null;
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
// Deflate is what a large workbook costs; the low levels give nearly the same size.
const LEVEL = 2;
const MAX_NAME = 31;
const WIDTHS = { amount: 18, date: 12, number: 9 } as const;
const WIDTH_OF_WEIGHT = 11;
/** Characters between a text and the next column, indent included. */
const ROOM_BESIDE = 3;
const MAX_TITLE_WIDTH = 40;
const MAX_TEXT_WIDTH = 70;

/**
 * Writes a document as a workbook (XLSX, ECMA-376) to `path`, whole or not at all, in flat memory and as a function of the document
 * alone: numbers are numbers with all their digits, dates are dates, totals are formulas that carry their value, the titles of
 * columns are frozen, filtered and printed on every page. Texts are texts: nothing in them is ever computed.
 * Answers length and SHA-256.
 */
export async function writeWorkbook(path: string, document: TableDocument, options: WorkbookOptions = {}): Promise<{ bytes: number; sha256: string }> {
	const zip = await createZip(path);
	try {
		for (const { name, content } of partsOf(document, options)) await zip.add(name, content(), { compressionLevel: LEVEL });
		return await zip.finish();
	} catch (error) {
		await zip.abort();
		throw error;
	}
}

/** The same workbook piece by piece and not deflated, for a file that is deflated as part of another: the same bytes whatever the zlib. */
export function workbookPieces(document: TableDocument, options: WorkbookOptions = {}): AsyncGenerator<Uint8Array, void, undefined> {
	return plainZip(partsOf(document, options));
}

function partsOf(document: TableDocument, { maxRows = MAX_ROWS }: WorkbookOptions): PlainFile[] {
	const { frame } = document;
	const sheets = sheetsOf(document, maxRows);
	const part = (name: string, text: string): PlainFile => ({ name, content: () => [text] });
	return [
		part('[Content_Types].xml', contentTypes(sheets)),
		part('_rels/.rels', ROOT_RELATIONS),
		part('docProps/core.xml', coreProperties(frame)),
		part('xl/workbook.xml', workbookXml(sheets)),
		part('xl/_rels/workbook.xml.rels', workbookRelations(sheets)),
		part('xl/styles.xml', stylesXml(frame.dateFormat)),
		...sheets.map((sheet, index): PlainFile => ({ name: `xl/worksheets/sheet${index + 1}.xml`, content: () => sheetXml(sheet) })),
	];
}

function sheetsOf(document: TableDocument, maxRows: number): Sheet[] {
	const taken = new Set<string>();
	return document.tables.flatMap((table) => {
		const frame = frameFor(document, table);
		const { rows, totalsAtEnd, isGrouped, longest } = countRows(table);
		const widths = table.columns.map((column, index) => widthOf(column, longest?.[index]));
		const slices = slicesOf(rows, maxRows);
		return slices.map((slice, index) => ({
			name: sheetName(table.title, slices.length > 1 ? ` ${index + 1}` : '', taken),
			table,
			frame,
			slice,
			widths,
			filterTo: isGrouped ? null : HEADER_ROWS + Math.max(0, Math.min(slice.to, rows - totalsAtEnd) - slice.from),
		}));
	});
}

interface RowCount {
	readonly rows: number;
	/** Totals and their headings below the last line. */
	readonly totalsAtEnd: number;
	readonly isGrouped: boolean;
	/** Characters of the longest cell of each column; null where nobody looked. */
	readonly longest: readonly number[] | null;
}

function countRows(table: DocumentTable): RowCount {
	if (table.length) return { ...table.length, isGrouped: false, longest: null };
	let rows = 0;
	let totalsAtEnd = 0;
	let isGrouped = false;
	const longest = table.columns.map(() => 0);
	for (const row of table.rows()) {
		const { kind } = row;
		rows++;
		isGrouped ||= kind === 'line' && totalsAtEnd > 0;
		totalsAtEnd = kind === 'line' ? 0 : totalsAtEnd + 1;
		if (kind !== 'heading') longest.forEach((length, index) => (longest[index] = Math.max(length, row.cells[index]?.length ?? 0)));
	}
	return { rows, totalsAtEnd, isGrouped, longest };
}

/**
 * A name that a workbook takes: 31 characters, no control character, none of `[]:*?/\`, no apostrophe at the ends, each once whatever its
 * case, and not the one that Excel keeps for itself.
 */
function sheetName(title: string, part: string, taken: Set<string>): string {
	const clean = title.replace(/[[\]:*?/\\\p{Cc}\p{Cf}]/gu, ' ').replace(/^[\s']+|[\s']+$/g, '') || 'Sheet';
	for (let number = 1; ; number++) {
		const ending = `${part}${number === 1 ? '' : ` (${number})`}`;
		const name = `${clean.slice(0, MAX_NAME - ending.length).replace(/[\uD800-\uDBFF]$|[\s']+$/, '')}${ending}`;
		if (taken.has(name.toLowerCase()) || name.toLowerCase() === 'history') continue;
		taken.add(name.toLowerCase());
		return name;
	}
}

function* sheetXml({ table, frame, slice, widths, filterTo }: Sheet): Generator<string, void, void> {
	const last = columnLetters(Math.max(table.columns.length - 1, 0));
	yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`;
	yield `<sheetViews><sheetView workbookViewId="0" showGridLines="0"><pane ySplit="${HEADER_ROWS}" topLeftCell="A${HEADER_ROWS + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`;
	yield `<cols>${widths.map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`).join('')}</cols><sheetData>`;
	yield headRows(table, frame);
	let pending = '';
	for (const row of sheetRows(table, frame, slice)) {
		pending += row;
		if (pending.length < 64 * 1024) continue;
		yield pending;
		pending = '';
	}
	yield `${pending}</sheetData>${filterTo === null ? '' : `<autoFilter ref="A${HEADER_ROWS}:${last}${filterTo}"/>`}`;
	yield '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>';
	yield `<pageSetup paperSize="9" orientation="${frame.orientation}" fitToWidth="1" fitToHeight="0"/>`;
	yield '<headerFooter><oddFooter>&amp;L&amp;A&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter></worksheet>';
}

/** In characters: a text has the room that its longest needs, within bounds, or its share by weight where that is not known. */
function widthOf({ kind, weight = 2, title }: DocumentColumn, longest: number | undefined): number {
	const titled = Math.min(title.length + ROOM_BESIDE, MAX_TITLE_WIDTH);
	if (kind !== 'text') return Math.max(WIDTHS[kind], titled);
	return Math.max(titled, longest === undefined ? WIDTH_OF_WEIGHT * weight : Math.min(longest + ROOM_BESIDE, MAX_TEXT_WIDTH));
}

/** Title, company and span, who had it printed, its mark, an empty row, the titles of the columns. */
function headRows(table: DocumentTable, frame: DocumentFrame): string {
	const line = (row: number, text: string, style: StyleName, height = ''): string => `<row r="${row}"${height}>${textCell(`A${row}`, text, style)}</row>`;
	const titles = table.columns.map(({ title }, index) => textCell(`${columnLetters(index)}${HEADER_ROWS}`, title, titleStyle(table.columns, index)));
	return [
		// A spreadsheet that leaves the rows of a long sheet as they are would draw the title over what is below it.
		line(1, fullTitle(frame, table), 'title', ' ht="20" customHeight="1"'),
		line(2, [frame.company, frame.details].filter((words) => words !== '').join(', '), 'plain'),
		line(3, printedWords(frame), 'note'),
		line(4, markWords(frame), 'mark'),
		`<row r="${HEADER_ROWS}">${titles.join('')}</row>`,
	].join('');
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
	const names = sheets.flatMap(({ name, table, slice, filterTo }, index) => {
		const quoted = `'${xmlText(name.replaceAll("'", "''"))}'`;
		const last = columnLetters(Math.max(table.columns.length - 1, 0));
		const bottom = HEADER_ROWS + slice.to - slice.from + (slice.isLast ? notesOf(table).length : 0);
		return [
			...(filterTo === null
				? []
				: [`<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">${quoted}!$A$${HEADER_ROWS}:$${last}$${filterTo}</definedName>`]),
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
