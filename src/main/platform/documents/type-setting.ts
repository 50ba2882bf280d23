import { join } from 'node:path';
import { programFolder } from '../database/program-folder.ts';

export type Weight = 'regular' | 'bold';
type Script = 'latin' | 'devanagari';

/** Text of one script in a row, which one font can set. */
interface Run {
	readonly script: Script;
	readonly text: string;
}

/** What a page is drawn with, as far as setting text goes. */
export interface TextSurface {
	font(name: string): TextSurface;
	fontSize(size: number): TextSurface;
	widthOfString(text: string): number;
}

const DEVANAGARI = /\p{Script=Devanagari}/u;
// Blanks inside a phrase stay with its script, and joiners with their letters: shaping needs them together.
const DEVANAGARI_RUN = /\p{Script=Devanagari}(?:\p{Script=Devanagari}|\p{Script_Extensions=Devanagari}|\u200C|\u200D|[ .,-](?=\p{Script=Devanagari}))*/gu;
// What no font of ours shows: marks of direction, zero-width marks.
const INVISIBLE = /[\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g;
const CONTROL = /\p{Cc}/gu;
const BETWEEN_PARTS = /([ \d])/;
// Widths are sums: what was measured to fit fits.
const ROUNDING = 0.01;
const CACHE_LIMIT = 5000;

/** The font files by the name under which a document registers them. */
export function fontFiles(): { readonly name: string; readonly path: string }[] {
	return [
		{ name: fontName('latin', 'regular'), path: fontFile('NotoSans-Regular') },
		{ name: fontName('latin', 'bold'), path: fontFile('NotoSans-Bold') },
		{ name: fontName('devanagari', 'regular'), path: fontFile('NotoSansDevanagari-Regular') },
		{ name: fontName('devanagari', 'bold'), path: fontFile('NotoSansDevanagari-Bold') },
	];
}

function fontFile(name: string): string {
	return join(programFolder(), 'resources', 'fonts', `${name}.ttf`);
}

export function fontName(script: Script, weight: Weight): string {
	return `${script}-${weight}`;
}

/** Text cut where the font has to change: Noto Sans Devanagari has no Latin letters, Noto Sans no Devanagari. */
export function runsOf(text: string): Run[] {
	const shown = text.toWellFormed().replace(INVISIBLE, '').replace(CONTROL, ' ');
	if (!DEVANAGARI.test(shown)) return shown === '' ? [] : [{ script: 'latin', text: shown }];
	const runs: Run[] = [];
	let from = 0;
	for (const match of shown.matchAll(DEVANAGARI_RUN)) {
		if (match.index > from) runs.push({ script: 'latin', text: shown.slice(from, match.index) });
		runs.push({ script: 'devanagari', text: match[0] });
		from = match.index + match[0].length;
	}
	if (from < shown.length) runs.push({ script: 'latin', text: shown.slice(from) });
	return runs;
}

/** What is measured and set as one: a blank, a digit (figures hardly recur, digits do, and none moves another), and what stands between. */
export function partsOf(text: string): string[] {
	return text.split(BETWEEN_PARTS).filter((part) => part !== '');
}

/** pdfkit keeps the shape of every word that it was ever asked for: a long ledger would fill the memory with them. */
export function forgetWords(surface: TextSurface): void {
	const { _fontFamilies: fonts } = surface as unknown as { readonly _fontFamilies: Readonly<Record<string, { layoutCache: object }>> };
	for (const font of Object.values(fonts)) font.layoutCache = Object.create(null) as object;
}

/** Measures and breaks text for one document; widths in points. Words recur in a ledger, so their widths are kept. */
export class TypeSetting {
	readonly #surface: TextSurface;
	readonly #widths = new Map<string, number>();

	constructor(surface: TextSurface) {
		this.#surface = surface;
	}

	widthOf(text: string, size: number, weight: Weight): number {
		return this.#sum(partsOf(text), weight) * size;
	}

	#sum(parts: Iterable<string>, weight: Weight): number {
		let wide = 0;
		for (const part of parts) wide += this.#widthOfWord(part, weight);
		return wide;
	}

	/** At a size of 1. */
	#widthOfWord(word: string, weight: Weight): number {
		const key = `${weight === 'bold' ? 'b' : 'r'}${word}`;
		const known = this.#widths.get(key);
		if (known !== undefined) return known;
		let wide = 0;
		for (const run of runsOf(word)) wide += this.#surface.font(fontName(run.script, weight)).fontSize(100).widthOfString(run.text) / 100;
		if (this.#widths.size >= CACHE_LIMIT) {
			this.#widths.clear();
			forgetWords(this.#surface);
		}
		this.#widths.set(key, wide);
		return wide;
	}

	/** The lines of a text in a width: broken at blanks, and inside a word only where it is wider than a line. */
	linesOf(text: string, width: number, size: number, weight: Weight): string[] {
		if (this.widthOf(text, size, weight) <= width + ROUNDING && !text.includes('\n')) return [text];
		const lines: string[] = [];
		for (const paragraph of text.split('\n')) this.#break(paragraph, width, size, weight, lines);
		return lines;
	}

	/** A text on one line, cut with `…` where it is wider than that. */
	oneLine(text: string, width: number, size: number, weight: Weight): string {
		const flat = text.replace(/\s+/g, ' ');
		if (this.widthOf(flat, size, weight) <= width) return flat;
		const [first = ''] = this.#cut(flat, width - this.widthOf('…', size, weight), size, weight);
		return `${first.trimEnd()}…`;
	}

	#break(paragraph: string, width: number, size: number, weight: Weight, lines: string[]): void {
		const blank = this.widthOf(' ', size, weight);
		let line = '';
		let used = 0;
		for (const word of paragraph.split(' ')) {
			const wide = this.widthOf(word, size, weight);
			if (line !== '' && used + blank + wide > width) {
				lines.push(line);
				line = '';
				used = 0;
			}
			if (wide > width) {
				const pieces = this.#cut(word, width, size, weight);
				lines.push(...pieces.slice(0, -1));
				line = pieces.at(-1) ?? '';
				used = this.widthOf(line, size, weight);
				continue;
			}
			used += (line === '' ? 0 : blank) + wide;
			line = line === '' ? word : `${line} ${word}`;
		}
		lines.push(line);
	}

	#cut(word: string, width: number, size: number, weight: Weight): string[] {
		const pieces: string[] = [];
		let piece = '';
		// By what a reader takes for one character, so that no accent or vowel sign loses its letter.
		for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(word)) {
			if (piece !== '' && this.widthOf(piece + segment, size, weight) > width) {
				pieces.push(piece);
				piece = '';
			}
			piece += segment;
		}
		pieces.push(piece);
		return pieces;
	}
}
