import { groupDigits } from '#shared/kernel/grouping.ts';
import { barScale } from './bar-scale.ts';
import { PAGE, pageSize, PICTURE_HEIGHT, TYPE } from './page-layout.ts';
import { GREY, INK, LINE, type PagePen } from './page-pen.ts';
import type { BarPicture, DocumentFrame } from './table-document.ts';

interface Box {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

const HATCH = 3.5;
const SMALL = { size: TYPE.small, weight: 'regular', colour: GREY } as const;

/** Bars told apart by how they are filled (full, hatched, empty), with a scale in whole units; the figures themselves stand in the rows above. */
export function drawBars(pen: PagePen, bars: BarPicture, top: number, frame: DocumentFrame): void {
	const { width } = pageSize(frame);
	const room = width - 2 * PAGE.side;
	pen.put(bars.title, PAGE.side, top + 26, { size: TYPE.heading, weight: 'bold', colour: INK, room });
	drawLegend(pen, bars, top + 42, room);
	const scale = barScale(bars.series.flatMap(({ amounts }) => amounts));
	const lines = scale.lines.map((line) => {
		const shown = groupDigits(line.replace('-', ''), frame.numberFormat);
		return { at: scale.place(line), words: line.startsWith('-') ? `(${shown})` : shown, isNil: line === '0' };
	});
	const labelWidth = Math.max(...lines.map(({ words }) => pen.type.widthOf(words, TYPE.small, 'regular'))) + TYPE.gap;
	const area = { x: PAGE.side + labelWidth, y: top + 58, width: room - labelWidth, height: PICTURE_HEIGHT - 92 };
	const heightAt = (place: number): number => area.y + area.height * (1 - place);
	for (const { at, words, isNil } of lines) {
		pen.rule(area.x, heightAt(at), area.x + area.width, isNil ? INK : LINE, isNil ? 0.8 : 0.3);
		pen.put(words, area.x - TYPE.gap / 2, heightAt(at) + 2.5, { ...SMALL, room: labelWidth, isRight: true });
	}
	const slot = area.width / Math.max(bars.labels.length, 1);
	const bar = Math.min(26, (slot * 0.72) / bars.series.length);
	const nil = heightAt(scale.place('0'));
	bars.labels.forEach((label, index) => {
		const middle = area.x + slot * (index + 0.5);
		bars.series.forEach(({ amounts }, at) => {
			const end = heightAt(scale.place(amounts[index] ?? '0'));
			const x = middle + (at - bars.series.length / 2) * bar;
			drawBar(pen, { x: x + 0.75, y: Math.min(nil, end), width: bar - 1.5, height: Math.abs(nil - end) }, at);
		});
		const words = pen.type.oneLine(label, slot, TYPE.small, 'regular');
		pen.put(words, middle - pen.type.widthOf(words, TYPE.small, 'regular') / 2, area.y + area.height + 13, { ...SMALL, room: slot });
	});
}

function drawLegend(pen: PagePen, { series }: BarPicture, y: number, room: number): void {
	let x: number = PAGE.side;
	series.forEach(({ name }, index) => {
		drawBar(pen, { x, y: y - 7, width: 12, height: 8 }, index);
		x += 17 + pen.put(name, x + 17, y, { ...SMALL, colour: INK, room }) + 18;
	});
}

/** Full, hatched, or empty with a strong edge. */
function drawBar({ pdf }: PagePen, { x, y, width, height }: Box, kind: number): void {
	if (height < 0.2) return;
	if (kind === 0) {
		pdf.rect(x, y, width, height).fill('#34495e');
		return;
	}
	pdf.rect(x, y, width, height).fill('#ffffff');
	if (kind === 1) {
		pdf.save().rect(x, y, width, height).clip().lineWidth(0.7).strokeColor('#6c7a89');
		for (let from = -height; from < width; from += HATCH) {
			pdf.moveTo(x + from, y + height).lineTo(x + from + height, y);
		}
		pdf.stroke().restore();
	}
	pdf
		.lineWidth(kind === 1 ? 0.6 : 1.3)
		.strokeColor(kind === 1 ? '#6c7a89' : INK)
		.rect(x, y, width, height)
		.stroke();
}
