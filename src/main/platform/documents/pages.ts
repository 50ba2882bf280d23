import { setImmediate as turn } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import { createAtomicFile } from '../files.ts';
import { createSha256 } from '../signing.ts';
import { floorOf, layOut, PAGE, pageSize, placedRows, type SetRow, type TableLayout, TYPE } from './page-layout.ts';
import { type DocumentFrame, type DocumentTable, fullTitle, markWords, printedWords, type TableDocument } from './table-document.ts';
import { drawLine } from './draw-text.ts';
import { fontFiles, forgetWords, TypeSetting, type Weight } from './type-setting.ts';

export interface PagesOptions {
	/** False stores the streams, for a file that is deflated as part of another. Default true. */
	readonly compress?: boolean;
}

type Pages = InstanceType<typeof PDFDocument>;

interface LaidTable {
	readonly table: DocumentTable;
	readonly layout: TableLayout;
	readonly pages: number;
}

const INK = '#1b1f23';
const GREY = '#5a6067';
const LINE = '#9aa1a8';
const BAND = '#eef1f3';
const DRAFT_INK = '#edf0f2';
const ROWS_IN_A_TURN = 200;
const PAGES_OF_ONE_VOCABULARY = 20;

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
		// Otherwise pdfkit puts Helvetica into every document.
		font: '',
		pdfVersion: '1.7',
		lang: 'en',
		displayTitle: true,
		info: { Title: `${frame.title}, ${frame.company}`, Author: frame.printedBy, Creator: 'Ledgerseal', CreationDate: new Date(frame.printedAt) },
	});
	for (const { name, path: file } of fontFiles()) pdf.registerFont(name, file);
	// A failure is that of the reading end, which may not have begun.
	pdf.on('error', () => undefined);
	const type = new TypeSetting(pdf);
	const laid = document.tables.map((table) => layTable(table, frame, type));
	const total = laid.reduce((pages, table) => pages + table.pages, 0);
	const written = writeTo(path, pdf);
	try {
		let pagesBefore = 0;
		for (const table of laid) {
			await drawTable(pdf, table, { frame, type, total, pagesBefore });
			pagesBefore += table.pages;
		}
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

function layTable(table: DocumentTable, frame: DocumentFrame, type: TypeSetting): LaidTable {
	const layout = layOut(table, frame, type);
	let pages = 1;
	for (const { page } of placedRows(table, layout, frame, type)) pages = page;
	return { table, layout, pages };
}

interface Drawing {
	readonly frame: DocumentFrame;
	readonly type: TypeSetting;
	readonly total: number;
	readonly pagesBefore: number;
}

async function drawTable(pdf: Pages, { table, layout }: LaidTable, drawing: Drawing): Promise<void> {
	const { frame, type, pagesBefore } = drawing;
	const begin = (page: number): void => {
		if (page % PAGES_OF_ONE_VOCABULARY === 0) forgetWords(pdf);
		pdf.addPage();
		drawFrame(pdf, table, drawing, pagesBefore + page);
		drawHead(pdf, layout, type);
	};
	begin(1);
	const bookmark = pdf.outline.addItem(table.title);
	let current = 1;
	let drawn = 0;
	for (const { set, page, y } of placedRows(table, layout, frame, type)) {
		if (page > current) begin(page);
		current = page;
		if (set.kind === 'heading') {
			bookmark.addItem(set.cells[0]?.join(' ') ?? '');
			drawAcross(pdf, set, y + TYPE.gap, TYPE.heading, 'bold', INK);
		} else if (set.kind === 'note') drawAcross(pdf, set, y + TYPE.gap / 2, TYPE.small, 'regular', GREY);
		else drawRow(pdf, layout, set, y, type);
		// Lets what is finished go to the disk, and others have their turn.
		if (++drawn % ROWS_IN_A_TURN === 0) await turn();
	}
}

/** What stands on every page: company, title, what it is of, how final it is, who had it printed, page x of y. */
function drawFrame(pdf: Pages, table: DocumentTable, { frame, type, total }: Drawing, page: number): void {
	const { width, height } = pageSize(frame);
	if (frame.mark?.kind === 'DRAFT') drawDraft(pdf, width, height);
	const room = width - 2 * PAGE.side;
	const put = (text: string, y: number, style: { size: number; weight: Weight; colour: string; isRight?: boolean; room?: number }): number => {
		const { size, weight } = style;
		const shown = type.oneLine(text, style.room ?? room, size, weight);
		const wide = type.widthOf(shown, size, weight);
		pdf.fillColor(style.colour);
		drawLine(pdf, shown, { x: style.isRight ? width - PAGE.side - wide : PAGE.side, y, size, weight });
		return wide;
	};
	const markWidth = put(frame.mark?.kind ?? '', 34, { size: TYPE.heading, weight: 'bold', colour: GREY, isRight: true });
	put(frame.company, 34, { size: TYPE.heading, weight: 'bold', colour: INK, room: room - markWidth - TYPE.gap });
	put(fullTitle(frame, table), 53, { size: TYPE.title, weight: 'bold', colour: INK });
	put(frame.details, 68, { size: TYPE.body, weight: 'regular', colour: GREY });
	const foot = floorOf(frame) + 22;
	pdf
		.lineWidth(0.5)
		.strokeColor(LINE)
		.moveTo(PAGE.side, foot - 12)
		.lineTo(width - PAGE.side, foot - 12)
		.stroke();
	const small = { size: TYPE.small, weight: 'regular', colour: GREY } as const;
	const numberWidth = put(`Page ${page} of ${total}`, foot, { ...small, isRight: true });
	put(printedWords(frame), foot, { ...small, room: room - numberWidth - TYPE.gap });
	put(markWords(frame), foot + 11, small);
}

function drawDraft(pdf: Pages, width: number, height: number): void {
	pdf
		.save()
		.rotate(-35, { origin: [width / 2, height / 2] })
		.fillColor(DRAFT_INK);
	drawLine(pdf, 'DRAFT', { x: width / 2 - 215, y: height / 2 + 45, size: 130, weight: 'bold' });
	pdf.restore();
}

function rightOf({ columns }: TableLayout): number {
	const last = columns.at(-1);
	return last ? last.x + last.width : PAGE.side;
}

function drawHead(pdf: Pages, layout: TableLayout, type: TypeSetting): void {
	pdf.rect(PAGE.side - 3, PAGE.top - 3, rightOf(layout) - PAGE.side + 3, layout.head.height + 1).fill(BAND);
	drawCells(pdf, layout, layout.head, PAGE.top - 2, 'bold', type);
}

function drawRow(pdf: Pages, layout: TableLayout, row: SetRow, y: number, type: TypeSetting): void {
	if (row.kind === 'total') {
		pdf
			.lineWidth(0.7)
			.strokeColor(INK)
			.moveTo(PAGE.side - 3, y)
			.lineTo(rightOf(layout), y)
			.stroke();
	}
	drawCells(pdf, layout, row, y, row.kind === 'total' ? 'bold' : 'regular', type);
}

function drawCells(pdf: Pages, { columns, size, gap }: TableLayout, row: SetRow, y: number, weight: Weight, type: TypeSetting): void {
	pdf.fillColor(INK);
	columns.forEach((column, index) => {
		row.cells[index]?.forEach((line, at) => {
			const x = column.isRight ? column.x + column.width - gap - type.widthOf(line, size, weight) : column.x;
			drawLine(pdf, line, { x, y: y + size * (1 + at * TYPE.leading) + TYPE.padding / 2, size, weight });
		});
	});
}

function drawAcross(pdf: Pages, row: SetRow, y: number, size: number, weight: Weight, colour: string): void {
	pdf.fillColor(colour);
	row.cells[0]?.forEach((line, at) => drawLine(pdf, line, { x: PAGE.side, y: y + size * (1 + at * TYPE.leading), size, weight }));
}
