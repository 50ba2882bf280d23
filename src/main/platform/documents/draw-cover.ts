import { floorOf, PAGE, pageSize, TYPE } from './page-layout.ts';
import { BAND, GREY, INK, LINE, type PagePen } from './page-pen.ts';
import type { DocumentCover, DocumentFrame } from './table-document.ts';

interface ListedTable {
	readonly title: string;
	readonly page: number;
}

const LABEL_WIDTH = 128;
const COMPANY_SIZE = 24;
const EMPHASIS_SIZE = 15;
const INSET = 12;
const MOST_LINES = 3;

/** The first page: whose document it is, its facts, what a reader is to compare, and what is on which page. */
export function drawCover(pen: PagePen, cover: DocumentCover, frame: DocumentFrame, contents: readonly ListedTable[]): void {
	const { width } = pageSize(frame);
	const room = width - 2 * PAGE.side;
	const at = { x: PAGE.side, room };
	pen.put(cover.kind.toUpperCase(), PAGE.side, 92, { size: TYPE.heading, weight: 'bold', colour: GREY, room });
	let y = pen.flow(frame.company, PAGE.side, 124, { size: COMPANY_SIZE, weight: 'bold', colour: INK, room, most: MOST_LINES });
	y = pen.flow(cover.title, PAGE.side, y, { size: TYPE.title, weight: 'regular', colour: INK, room, most: MOST_LINES });
	y = drawFacts(pen, cover.facts, y, at);
	y = drawEmphasis(pen, cover.emphasis, y + 6, at);
	for (const paragraph of cover.paragraphs) {
		y = pen.flow(paragraph, PAGE.side, y, { size: TYPE.body, weight: 'regular', colour: INK, room }) + 5;
	}
	drawContents(pen, contents, y + 14, floorOf(frame), at);
}

interface Place {
	readonly x: number;
	readonly room: number;
}

function drawFacts(pen: PagePen, facts: DocumentCover['facts'], top: number, { x, room }: Place): number {
	pen.rule(x, top - 4, x + room);
	let y = top + 14;
	for (const { label, text } of facts) {
		pen.put(label, x, y, { size: TYPE.body, weight: 'regular', colour: GREY, room: LABEL_WIDTH - TYPE.gap });
		y = pen.flow(text, x + LABEL_WIDTH, y, { size: TYPE.body, weight: 'regular', colour: INK, room: room - LABEL_WIDTH, most: MOST_LINES }) + 2.5;
	}
	return y;
}

function drawEmphasis(pen: PagePen, { label, text }: DocumentCover['emphasis'], y: number, { x, room }: Place): number {
	const height = 52;
	pen.pdf.rect(x, y, room, height).fill(BAND);
	pen.pdf.lineWidth(0.7).strokeColor(LINE).rect(x, y, room, height).stroke();
	const inner = room - 2 * INSET;
	pen.put(label, x + INSET, y + 18, { size: TYPE.body, weight: 'regular', colour: GREY, room: inner });
	pen.put(text, x + INSET, y + 39, { size: EMPHASIS_SIZE, weight: 'bold', colour: INK, room: inner });
	return y + height + 20;
}

/** What is on which page, as far as it fits. */
function drawContents(pen: PagePen, contents: readonly ListedTable[], top: number, floor: number, { x, room }: Place): void {
	const step = TYPE.body * 1.55;
	if (top + 2 * step > floor) return;
	pen.put('Contents', x, top, { size: TYPE.heading, weight: 'bold', colour: INK, room });
	const fits = Math.floor((floor - top) / step);
	contents.slice(0, fits).forEach(({ title, page }, index) => {
		const y = top + (index + 1) * step;
		const style = { size: TYPE.body, weight: 'regular', colour: INK } as const;
		const number = pen.put(String(page), x + room, y, { ...style, room: 40, isRight: true });
		const wide = pen.put(title, x, y, { ...style, room: room - 60 });
		pen.pdf.dash(0.6, { space: 2.4 });
		pen.rule(x + wide + 5, y - 1.5, x + room - number - 5);
		pen.pdf.undash();
	});
}
