// Ranges of East Asian wide and full-width characters and of emoji shown as pictures (Unicode Standard Annex 11, UTS 51), as
// terminals draw them: two columns. Pairs of first and last code point, ascending.
const WIDE: readonly (readonly [number, number])[] = [
	[0x1100, 0x115f],
	[0x231a, 0x231b],
	[0x2329, 0x232a],
	[0x23e9, 0x23ec],
	[0x23f0, 0x23f0],
	[0x23f3, 0x23f3],
	[0x25fd, 0x25fe],
	[0x2614, 0x2615],
	[0x2648, 0x2653],
	[0x267f, 0x267f],
	[0x2693, 0x2693],
	[0x26a1, 0x26a1],
	[0x26bd, 0x26be],
	[0x26c4, 0x26c5],
	[0x26ce, 0x26ce],
	[0x26d4, 0x26d4],
	[0x26ea, 0x26ea],
	[0x26f2, 0x26f3],
	[0x26f5, 0x26f5],
	[0x26fa, 0x26fa],
	[0x26fd, 0x26fd],
	[0x2705, 0x2705],
	[0x270a, 0x270b],
	[0x2728, 0x2728],
	[0x274c, 0x274c],
	[0x274e, 0x274e],
	[0x2753, 0x2755],
	[0x2757, 0x2757],
	[0x2795, 0x2797],
	[0x27b0, 0x27b0],
	[0x2b1b, 0x2b1c],
	[0x2b50, 0x2b50],
	[0x2b55, 0x2b55],
	[0x2e80, 0x303e],
	[0x3041, 0x33ff],
	[0x3400, 0x4dbf],
	[0x4e00, 0x9fff],
	[0xa000, 0xa4cf],
	[0xa960, 0xa97f],
	[0xac00, 0xd7a3],
	[0xf900, 0xfaff],
	[0xfe10, 0xfe19],
	[0xfe30, 0xfe6f],
	[0xff00, 0xff60],
	[0xffe0, 0xffe6],
	[0x1f004, 0x1f004],
	[0x1f0cf, 0x1f0cf],
	[0x1f18e, 0x1f18e],
	[0x1f191, 0x1f19a],
	[0x1f200, 0x1f265],
	[0x1f300, 0x1f64f],
	[0x1f680, 0x1f6ff],
	[0x1f7e0, 0x1f7eb],
	[0x1f900, 0x1f9ff],
	[0x1fa70, 0x1faff],
	[0x20000, 0x3fffd],
];

const PLAIN = /^[\u0020-\u007e]*$/;
// Marks that stand on or below the letter before them, and characters that are not drawn.
const WITHOUT_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]$/u;
const PICTURE = /\p{Extended_Pictographic}\u{fe0f}/u;

let segmenter: Intl.Segmenter | null = null;

/** The text letter by letter as a reader sees it. Made when it is first needed: a segmenter costs a start more than the rest of the output. */
function graphemesOf(text: string): Intl.Segments {
	segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
	return segmenter.segment(text);
}

/**
 * Columns that a terminal takes for a text. Non-spacing marks (the virama and vowel signs above and below of Devanagari) take
 * none, spacing vowel signs one, CJK and emoji two. Conjuncts count as if drawn letter by letter, which is how most terminals
 * draw them.
 */
export function textWidth(text: string): number {
	if (PLAIN.test(text)) return text.length;
	let columns = 0;
	for (const { segment } of graphemesOf(text)) columns += graphemeWidth(segment);
	return columns;
}

/** The text with spaces to fill `columns`; longer text stays as it is. */
export function padText(text: string, columns: number, side: 'left' | 'right'): string {
	const spaces = ' '.repeat(Math.max(0, columns - textWidth(text)));
	return side === 'left' ? text + spaces : spaces + text;
}

/** The text cut so that it takes at most `columns`, with `…` at the end where something is missing. Never cuts within a letter. */
export function cutText(text: string, columns: number): string {
	if (textWidth(text) <= columns) return text;
	if (columns < 1) return '';
	let kept = '';
	let used = 0;
	for (const { segment } of graphemesOf(text)) {
		const width = graphemeWidth(segment);
		if (used + width > columns - 1) break;
		kept += segment;
		used += width;
	}
	return `${kept}…`;
}

function graphemeWidth(grapheme: string): number {
	if (PICTURE.test(grapheme)) return 2;
	let columns = 0;
	for (const character of grapheme) columns += characterWidth(character);
	// A family or a flag is several pictures drawn as one.
	return /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(grapheme) ? Math.min(columns, 2) : columns;
}

function characterWidth(character: string): number {
	if (WITHOUT_WIDTH.test(character)) return 0;
	const code = character.codePointAt(0) ?? 0;
	return code >= 0x1100 && WIDE.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}
