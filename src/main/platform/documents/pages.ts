import { setImmediate as turn } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import { createAtomicFile } from '../files.ts';
import { createSha256 } from '../signing.ts';
import { floorOf, headRow, PAGE, PageBreaker, pageSize, placeColumns, type PlacedColumn, type SetRow, setRow, TYPE } from './page-layout.ts';
import type { DocumentFrame, DocumentRow, DocumentTable, TableDocument } from './table-document.ts';
import { drawLine, fontFiles, TypeSetting, type Weight } from './type-setting.ts';
import { markWords } from './workbook.ts';

export interface PagesOptions {
	/** False stores the streams, for a file that is deflated as part of another. Default true. */
	readonly compress?: boolean;
}

type Pages = InstanceType<typeof PDFDocument>;

interface LaidTable {
	readonly table: DocumentTable;
	readonly columns: readonly PlacedColumn[];
	readonly head: SetRow;
	readonly pages: number;
}

const INK = '#1b1f23';
const GREY = '#5a6067';
const LINE = '#9aa1a8';
const BAND = '#eef1f3';
const DRAFT_INK = '#e9ecef';

/**
 * Writes a document as PDF to `path`, whole or not at all, as a function of the document alone: real page breaks, the titles of the
 * columns on every page, page x of y, bookmarks, text that can be searched and copied in Latin and Devanagari. The rows are asked
 * for three times (widths, breaks, drawing), so that a long ledger stands in flat memory. Answers length and SHA-256.
 */
export async function writePages(path: string, document: TableDocument, options: PagesOptions = {}): Promise<{ bytes: number; sha256: string; pages: number }> {
	const { frame } = document;
	const { width, height } = pageSize(frame);
	const pdf = new PDFDocument({
		size: [width, height],
		margin: 0,
		autoFirstPage: false,
		compress: options.compress ?? true,
		pdfVersion: '1.7',
		lang: 'en',
		displayTitle: true,
		info: { Title: `${frame.title}, ${frame.company}`, Author: frame.printedBy, Creator: 'Ledgerseal', CreationDate: new Date(frame.printedAt) },
	});
	for (const { name, path: file } of fontFiles()) pdf.registerFont(name, file);
	const type = new TypeSetting(pdf);
	const laid = document.tables.map((table) => layTable(table, frame, type));
	const total = laid.reduce((pages, table) => pages + table.pages, 0);
	const written = writeTo(path, pdf);
	try {
		let page = 0;
		for (const table of laid) page = await drawTable(pdf, table, { frame, type, total }, page);
		pdf.end();
	} catch (error) {
		pdf.destroy(error as Error);
		await written.catch(() => undefined);
		throw error;
	}
	return { ...(await written), pages: total };
}

async function writeTo(path: string, pdf: Pages): Promise<{ bytes: number; sha256: string }> {
	const file = await createAtomicFile(path);
	const hash = createSha256();
	let bytes = 0;
	try {
		for await (const chunk of pdf as unknown as AsyncIterable<Buffer>) {
			hash.update(chunk);
			bytes += chunk.length;
			await file.write(chunk);
		}
		await file.commit();
	} catch (error) {
		await file.abort();
		throw error;
	}
	return { bytes, sha256: hash.digestHex() };
}

function* rowsOf(table: DocumentTable): Generator<DocumentRow, void, void> {
	yield* table.rows();
}

function layTable(table: DocumentTable, frame: DocumentFrame, type: TypeSetting): LaidTable {
	const columns = placeColumns(table, frame, type);
	const head = headRow(columns, type);
	const breaker = new PageBreaker(frame, head.height);
	let pages = 1;
	for (const row of rowsOf(table)) {
		if (takeRow(breaker, setRow(row, table, columns, frame, type))) pages++;
	}
	for (const note of notesOf(table, frame, type)) if (takeRow(breaker, note)) pages++;
	return { table, columns, head, pages };
}

function takeRow(breaker: PageBreaker, row: SetRow): boolean {
	return breaker.take(row.height, row.kind === 'heading' ? 3 * TYPE.body * TYPE.leading : 0);
}

/** Notes below the table, across the page. */
function notesOf(table: DocumentTable, frame: DocumentFrame, type: TypeSetting): SetRow[] {
	return (table.notes ?? []).map((note) => {
		const lines = type.linesOf(note, pageSize(frame).width - 2 * PAGE.side, TYPE.small, 'regular');
		return { kind: 'heading', cells: [lines], height: lines.length * TYPE.small * TYPE.leading + TYPE.gap };
	});
}

interface Drawing {
	readonly frame: DocumentFrame;
	readonly type: TypeSetting;
	readonly total: number;
}

async function drawTable(pdf: Pages, { table, columns, head }: LaidTable, drawing: Drawing, pagesBefore: number): Promise<number> {
	const { frame, type } = drawing;
	const breaker = new PageBreaker(frame, head.height);
	let page = pagesBefore;
	const begin = (): void => {
		page++;
		pdf.addPage();
		drawFrame(pdf, table, drawing, page);
		drawHead(pdf, columns, head, type);
	};
	begin();
	const bookmark = pdf.outline.addItem(table.title);
	let drawn = 0;
	for (const row of rowsOf(table)) {
		const set = setRow(row, table, columns, frame, type);
		if (takeRow(breaker, set)) begin();
		const y = breaker.y - set.height;
		if (row.kind === 'heading') {
			bookmark.addItem(row.text);
			drawAcross(pdf, set, y + TYPE.gap, TYPE.heading, 'bold', INK);
		} else drawRow(pdf, columns, set, y, type);
		// Lets what is finished go to the disk, and others have their turn.
		if (++drawn % 200 === 0) await turn();
	}
	for (const note of notesOf(table, frame, type)) {
		if (takeRow(breaker, note)) begin();
		drawAcross(pdf, note, breaker.y - note.height + TYPE.gap / 2, TYPE.small, 'regular', GREY);
	}
	return page;
}

/** What stands on every page: company, title, span, how final it is, who had it printed, page x of y. */
function drawFrame(pdf: Pages, table: DocumentTable, { frame, type, total }: Drawing, page: number): void {
	const { width, height } = pageSize(frame);
	if (frame.mark?.kind === 'DRAFT') drawDraft(pdf, width, height);
	const right = width - PAGE.side;
	const put = (text: string, y: number, size: number, weight: Weight, colour: string, isRight = false): void => {
		pdf.fillColor(colour);
		const [first = ''] = type.linesOf(text, width - 2 * PAGE.side, size, weight);
		drawLine(pdf, first, { x: isRight ? right - type.widthOf(first, size, weight) : PAGE.side, y, size, weight });
	};
	put(frame.company, 34, TYPE.heading, 'bold', INK);
	put(table.title === frame.title ? frame.title : `${frame.title}: ${table.title}`, 53, TYPE.title, 'bold', INK);
	put(`${frame.span}, ${frame.currency}`, 68, TYPE.body, 'regular', GREY);
	put(markWords(frame), 34, TYPE.small, 'bold', GREY, true);
	const foot = floorOf(frame) + 22;
	pdf
		.lineWidth(0.5)
		.strokeColor(LINE)
		.moveTo(PAGE.side, foot - 12)
		.lineTo(right, foot - 12)
		.stroke();
	put(`Printed by ${frame.printedBy} at ${frame.printedAt}`, foot, TYPE.small, 'regular', GREY);
	put(`Page ${page} of ${total}`, foot, TYPE.small, 'regular', GREY, true);
}

function drawDraft(pdf: Pages, width: number, height: number): void {
	pdf
		.save()
		.rotate(-35, { origin: [width / 2, height / 2] })
		.fillColor(DRAFT_INK);
	drawLine(pdf, 'DRAFT', { x: width / 2 - 190, y: height / 2 + 45, size: 130, weight: 'bold' });
	pdf.restore();
}

function drawHead(pdf: Pages, columns: readonly PlacedColumn[], head: SetRow, type: TypeSetting): void {
	const last = columns.at(-1);
	const right = last ? last.x + last.width : PAGE.side;
	pdf.rect(PAGE.side - 3, PAGE.top - 3, right - PAGE.side + 3, head.height + 1).fill(BAND);
	drawCells(pdf, columns, head, PAGE.top - 2, 'bold', type);
}

function drawRow(pdf: Pages, columns: readonly PlacedColumn[], row: SetRow, y: number, type: TypeSetting): void {
	if (row.kind === 'total') {
		const last = columns.at(-1);
		pdf
			.lineWidth(0.7)
			.strokeColor(INK)
			.moveTo(PAGE.side - 3, y)
			.lineTo(last ? last.x + last.width : PAGE.side, y)
			.stroke();
	}
	drawCells(pdf, columns, row, y, row.kind === 'total' ? 'bold' : 'regular', type);
}

function drawCells(pdf: Pages, columns: readonly PlacedColumn[], row: SetRow, y: number, weight: Weight, type: TypeSetting): void {
	pdf.fillColor(INK);
	columns.forEach((column, index) => {
		row.cells[index]?.forEach((line, at) => {
			const x = column.isRight ? column.x + column.width - TYPE.gap - type.widthOf(line, TYPE.body, weight) : column.x;
			drawLine(pdf, line, { x, y: y + TYPE.body * (1 + at * TYPE.leading) + TYPE.padding / 2, size: TYPE.body, weight });
		});
	});
}

function drawAcross(pdf: Pages, row: SetRow, y: number, size: number, weight: Weight, colour: string): void {
	pdf.fillColor(colour);
	row.cells[0]?.forEach((line, at) => drawLine(pdf, line, { x: PAGE.side, y: y + size * (1 + at * TYPE.leading), size, weight }));
}
