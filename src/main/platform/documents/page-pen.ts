import type PDFDocument from 'pdfkit';
import { drawLine } from './draw-text.ts';
import { TYPE } from './page-layout.ts';
import type { TypeSetting, Weight } from './type-setting.ts';

export type Pages = InstanceType<typeof PDFDocument>;

export const INK = '#1b1f23';
export const GREY = '#5a6067';
export const LINE = '#9aa1a8';
export const BAND = '#eef1f3';

export interface TextStyle {
	readonly size: number;
	readonly weight: Weight;
	readonly colour: string;
}

/** Draws texts and rules on the page that is open; points from its upper left corner, `y` is a baseline. */
export class PagePen {
	readonly pdf: Pages;
	readonly type: TypeSetting;

	constructor(pdf: Pages, type: TypeSetting) {
		this.pdf = pdf;
		this.type = type;
	}

	/** One line, cut where it is wider than `room`; answers its width. With `isRight`, `x` is its right end. */
	put(text: string, x: number, y: number, style: TextStyle & { readonly isRight?: boolean; readonly room: number }): number {
		const { size, weight } = style;
		const shown = this.type.oneLine(text, style.room, size, weight);
		const wide = this.type.widthOf(shown, size, weight);
		this.pdf.fillColor(style.colour);
		drawLine(this.pdf, shown, { x: style.isRight ? x - wide : x, y, size, weight });
		return wide;
	}

	/** A text in as many lines as it needs, `most` at most; answers the baseline for what comes below it. */
	flow(text: string, x: number, y: number, style: TextStyle & { readonly room: number; readonly most?: number }): number {
		const { size, weight, room } = style;
		const lines = this.type.linesOf(text, room, size, weight);
		const shown = lines.length > (style.most ?? lines.length) ? [...lines.slice(0, (style.most ?? 1) - 1), `${lines[(style.most ?? 1) - 1] ?? ''}…`] : lines;
		shown.forEach((line, at) => this.put(line, x, y + at * size * TYPE.leading, { ...style, room: room + size }));
		return y + shown.length * size * TYPE.leading;
	}

	rule(x: number, y: number, toX: number, colour = LINE, width = 0.5): void {
		this.pdf.lineWidth(width).strokeColor(colour).moveTo(x, y).lineTo(toX, y).stroke();
	}
}
