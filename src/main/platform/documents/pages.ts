import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import { createAtomicFile } from '../files.ts';
import { createSha256 } from '../signing.ts';
import { drawBars } from './draw-bars.ts';
import { drawCover } from './draw-cover.ts';
import { drawLine } from './draw-text.ts';
import { floorOf, layOut, PAGE, pageSize, placedRows, type SetRow, type TableLayout, TYPE } from './page-layout.ts';
import { BAND, GREY, INK, PagePen, type Pages } from './page-pen.ts';
import { type DocumentFrame, type DocumentTable, frameFor, fullTitle, markWords, printedWords, type TableDocument } from './table-document.ts';
import { fontFiles, forgetWords, TypeSetting, type Weight } from './type-setting.ts';

export interface PagesOptions {
	/** False stores the streams, for a file that is deflated as part of another. Default true. */
	readonly compress?: boolean;
}

interface LaidTable {
	readonly table: DocumentTable;
	readonly frame: DocumentFrame;
	readonly layout: TableLayout;
	readonly pages: number;
	/** How many pages stand before its first. */
	readonly pagesBefore: number;
}

const DRAFT_INK = '#edf0f2';
const ROWS_IN_A_TURN = 200;
const PAGES_OF_ONE_VOCABULARY = 20;
/** Whoever takes the pages slower than they are drawn is waited for. */
const MOST_WAITING_BYTES = 1 << 20;

/**
 * A document as PDF, as a function of the document alone: real page breaks, the titles of the columns on every page, page x of y,
 * bookmarks, text that can be searched and copied in Latin and Devanagari. The rows are asked for three times (widths, breaks, drawing),
 * the first two before this returns, so that a long ledger stands in flat memory. `pieces` is read once.
 */
export function layPages(document: TableDocument, options: PagesOptions = {}): { readonly pages: number; readonly pieces: AsyncIterable<Uint8Array> } {
	const { frame } = document;
	const pdf = new PDFDocument({
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
	const pen = new PagePen(pdf, new TypeSetting(pdf));
	let pagesBefore = document.cover === undefined ? 0 : 1;
	const laid = document.tables.map((table): LaidTable => {
		const own = layTable(table, frameFor(document, table), pagesBefore, pen.type);
		pagesBefore += own.pages;
		return own;
	});
	const total = pagesBefore;
	return { pages: total, pieces: drawnPieces(pdf, () => drawAll(pen, document, laid, total)) };
}

/** Writes the same to `path`, whole or not at all. Answers length and SHA-256. */
export async function writePages(path: string, document: TableDocument, options: PagesOptions = {}): Promise<{ bytes: number; sha256: string; pages: number }> {
	const { pages, pieces } = layPages(document, options);
	return { ...(await writeTo(path, pieces)), pages };
}

async function* drawnPieces(pdf: Pages, draw: () => Promise<void>): AsyncGenerator<Uint8Array, void, undefined> {
	// A failure is that of the reading end, which may not have begun.
	pdf.on('error', () => undefined);
	const drawn = draw().then(
		() => pdf.end(),
		(error: unknown) => pdf.destroy(error as Error),
	);
	try {
		yield* pdf as unknown as AsyncIterable<Uint8Array>;
	} finally {
		pdf.destroy();
		await drawn;
	}
}

async function drawAll(pen: PagePen, document: TableDocument, laid: readonly LaidTable[], total: number): Promise<void> {
	const { frame, cover } = document;
	if (cover !== undefined) {
		const { width, height } = pageSize(frame);
		pen.pdf.addPage({ size: [width, height], margin: 0 });
		pen.pdf.outline.addItem(cover.kind);
		drawTop(pen, frame, '');
		drawFoot(pen, frame, 1, total);
		drawCover(
			pen,
			cover,
			frame,
			laid.map(({ table, pagesBefore }) => ({ title: table.title, page: pagesBefore + 1 })),
		);
	}
	for (const table of laid) await drawTable(pen, table, total);
}

async function writeTo(path: string, pieces: AsyncIterable<Uint8Array>): Promise<{ bytes: number; sha256: string }> {
	const file = await createAtomicFile(path);
	const hash = createSha256();
	let bytes = 0;
	try {
		for await (const chunk of pieces) {
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

function layTable(table: DocumentTable, frame: DocumentFrame, pagesBefore: number, type: TypeSetting): LaidTable {
	const layout = layOut(table, frame, type);
	let pages = 1;
	for (const { page } of placedRows(table, layout, frame, type)) pages = page;
	return { table, frame, layout, pages, pagesBefore };
}

async function drawTable(pen: PagePen, { table, frame, layout, pagesBefore }: LaidTable, total: number): Promise<void> {
	const { pdf, type } = pen;
	const { width, height } = pageSize(frame);
	const begin = (page: number): void => {
		if (page % PAGES_OF_ONE_VOCABULARY === 0) forgetWords(pdf);
		pdf.addPage({ size: [width, height], margin: 0 });
		if (frame.mark?.kind === 'DRAFT') drawDraft(pdf, width, height);
		drawTop(pen, frame, fullTitle(frame, table));
		drawFoot(pen, frame, pagesBefore + page, total);
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
		else if (set.kind === 'picture' && table.bars) drawBars(pen, table.bars, y, frame);
		else drawRow(pdf, layout, set, y, type);
		// Lets what is finished go to the disk, and others have their turn.
		if (++drawn % ROWS_IN_A_TURN === 0) await turn();
		while (pdf.readableLength > MOST_WAITING_BYTES && !pdf.destroyed) await delay(1);
		if (pdf.destroyed) return;
	}
}

/** Whose figures a page shows, what they are of, and how final they are. */
function drawTop(pen: PagePen, frame: DocumentFrame, title: string): void {
	const { width } = pageSize(frame);
	const room = width - 2 * PAGE.side;
	const bold = { size: TYPE.heading, weight: 'bold' } as const;
	const markWidth = pen.put(frame.mark?.kind ?? '', width - PAGE.side, 34, { ...bold, colour: GREY, room, isRight: true });
	pen.put(frame.company, PAGE.side, 34, { ...bold, colour: INK, room: room - markWidth - TYPE.gap });
	if (title === '') return;
	pen.put(title, PAGE.side, 53, { size: TYPE.title, weight: 'bold', colour: INK, room });
	pen.put(frame.details, PAGE.side, 68, { size: TYPE.body, weight: 'regular', colour: GREY, room });
}

/** Who had it printed, page x of y, and what it is sealed by. */
function drawFoot(pen: PagePen, frame: DocumentFrame, page: number, total: number): void {
	const { width } = pageSize(frame);
	const room = width - 2 * PAGE.side;
	const foot = floorOf(frame) + 22;
	pen.rule(PAGE.side, foot - 12, width - PAGE.side);
	const small = { size: TYPE.small, weight: 'regular', colour: GREY } as const;
	const numberWidth = pen.put(`Page ${page} of ${total}`, width - PAGE.side, foot, { ...small, room, isRight: true });
	pen.put(printedWords(frame), PAGE.side, foot, { ...small, room: room - numberWidth - TYPE.gap });
	pen.put(markWords(frame), PAGE.side, foot + 11, { ...small, room });
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
