import { fontName, partsOf, runsOf, type TextSurface, type Weight } from './type-setting.ts';

/** Of a glyph, in thousandths of the size of the type. */
interface GlyphPlace {
	readonly xAdvance: number;
	readonly advanceWidth: number;
	readonly xOffset: number;
	readonly yOffset: number;
}

interface OpenFont {
	readonly id: string;
	/** The glyphs of a text as hex, and where they stand. */
	encode(text: string): [glyphs: readonly string[], places: readonly GlyphPlace[]];
	ref(): unknown;
}

/** The parts of pdfkit that its own text() is made of. */
interface DrawnPage extends TextSurface {
	readonly _font: OpenFont;
	readonly page: { readonly fonts: Record<string, unknown> };
	addContent(operators: string): unknown;
}

// Latin, Greek, Cyrillic, punctuation and currency signs: each letter is one glyph, in order.
const IN_ORDER = /^[\u0000-\u02FF\u0370-\u052F\u1E00-\u1FFF\u2000-\u206F\u20A0-\u20C0\u2100-\u215F]*$/;

/**
 * Draws one line of text, run by run; `x` is its left end, `y` its baseline, in points from the upper left corner.
 * pdfkit's text() lays every text out four times, and turns the page over for each: the letters of Devanagari, which stand in another
 * order than they are written, could then not be said in a way that readers of PDF find in its place.
 */
export function drawLine(
	surface: TextSurface,
	text: string,
	place: { readonly x: number; readonly y: number; readonly size: number; readonly weight: Weight },
): void {
	const page = surface as DrawnPage;
	const { y, size, weight } = place;
	let { x } = place;
	for (const run of runsOf(text)) {
		page.font(fontName(run.script, weight));
		const font = page._font;
		page.page.fonts[font.id] ??= font.ref();
		const { glyphs, places } = glyphsOf(font, run.text);
		const shown = `BT\n/${font.id} ${points(size)} Tf\n${glyphOperators(glyphs, places, { x, y, size })}\nET`;
		page.addContent(IN_ORDER.test(run.text) ? shown : `/Span <</ActualText <${utf16(run.text)}>>> BDC\n${shown}\nEMC`);
		x += (places.reduce((sum, { xAdvance }) => sum + xAdvance, 0) * size) / 1000;
	}
}

/** Part by part, as they are measured. */
function glyphsOf(font: OpenFont, text: string): { readonly glyphs: readonly string[]; readonly places: readonly GlyphPlace[] } {
	const glyphs: string[] = [];
	const places: GlyphPlace[] = [];
	for (const part of partsOf(text)) {
		const [ofPart, placesOfPart] = font.encode(part);
		for (const glyph of ofPart) glyphs.push(glyph);
		for (const place of placesOfPart) places.push(place);
	}
	return { glyphs, places };
}

/** Glyphs in a row are one string with corrections; one that stands off the row (a vowel sign) gets a place of its own. */
function glyphOperators(glyphs: readonly string[], places: readonly GlyphPlace[], { x, y, size }: { x: number; y: number; size: number }): string {
	const operators: string[] = [];
	let row = '';
	let pending = '';
	let pen = 0;
	const place = (right: number, up: number): string => `1 0 0 -1 ${points(x + (right * size) / 1000)} ${points(y - (up * size) / 1000)} Tm`;
	let start = place(0, 0);
	const flush = (): void => {
		if (pending !== '') row += `<${pending}>`;
		if (row !== '') operators.push(start, `[${row}] TJ`);
		row = '';
		pending = '';
	};
	glyphs.forEach((glyph, index) => {
		const { xAdvance, advanceWidth, xOffset, yOffset } = places[index] as GlyphPlace;
		const isOff = xOffset !== 0 || yOffset !== 0;
		if (isOff) {
			flush();
			start = place(pen + xOffset, yOffset);
		}
		pending += glyph;
		pen += xAdvance;
		if (isOff) {
			flush();
			start = place(pen, 0);
		} else if (xAdvance !== advanceWidth) {
			row += `<${pending}>${points(advanceWidth - xAdvance)}`;
			pending = '';
		}
	});
	flush();
	return operators.join('\n');
}

function points(length: number): string {
	return String(Math.round(length * 1000) / 1000);
}

function utf16(text: string): string {
	return Buffer.from(`\uFEFF${text}`, 'utf16le').swap16().toString('hex');
}
