/** The encodings that a file may be read in. `utf-8` and the others are read with or without their byte order mark. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'windows-1252' | 'other';

export interface ByteOrderMark {
	readonly encoding: TextEncoding;
	readonly length: number;
}

/** The byte order mark at the start of a file, or null. UTF-32LE is asked first: its mark begins with that of UTF-16LE. */
export function byteOrderMark(head: Uint8Array): ByteOrderMark | null {
	if (head[0] === 0xff && head[1] === 0xfe && head[2] === 0 && head[3] === 0) return { encoding: 'utf-32le', length: 4 };
	if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', length: 2 };
	if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', length: 2 };
	if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', length: 3 };
	return null;
}

/**
 * UTF-16 without a mark, told by where the zero bytes of its Latin letters, digits and separators stand. A table of journal
 * lines always has enough of those, in whatever script its names are.
 */
export function utf16WithoutMark(head: Uint8Array): TextEncoding | null {
	const pairs = Math.floor(head.length / 2);
	if (pairs < 4) return null;
	let evenZeros = 0;
	let oddZeros = 0;
	for (let index = 0; index < pairs * 2; index += 2) {
		if (head[index] === 0) evenZeros++;
		if (head[index + 1] === 0) oddZeros++;
	}
	if (oddZeros * 3 > pairs && evenZeros * 50 < pairs) return 'utf-16le';
	if (evenZeros * 3 > pairs && oddZeros * 50 < pairs) return 'utf-16be';
	return null;
}

const isAsciiLetter = (byte: number) => (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
const isAsciiLower = (byte: number) => byte >= 0x61 && byte <= 0x7a;

// eth, thorn, y acute in both cases and the two arithmetic signs: where they turn up the file is rather Turkish or no cp1252 at all.
const UNLIKELY_LETTERS = new Set([0xd0, 0xd7, 0xdd, 0xde, 0xf0, 0xf7, 0xfd, 0xfe]);
// Euro, dots, double low quotes, single and double quotes, bullet, dashes, OE: what Western programs write from 0x80 to 0x9f.
const LIKELY_SIGNS = new Set([0x80, 0x82, 0x84, 0x85, 0x8c, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x99, 0x9c]);
// No-break space, soft hyphen, acute and middle dot may stand inside a word.
const INSIDE_WORDS = new Set([0x92, 0x8c, 0x9c, 0xa0, 0xad, 0xb4, 0xb7]);

/**
 * Judges, chunk by chunk, whether bytes that are no UTF-8 read as Western text in cp1252: accented letters inside words and
 * the signs that Western programs write. One byte that cp1252 would make into nonsense is enough to say no: then the
 * encoding is asked for, because Mac Roman, cp437, cp1250 and GB 18030 would all "decode" without an error.
 */
export class WesternTextJudge {
	#letters = 0;
	#implausible = 0;
	#run = 0;
	#before = 0x20;
	#current = 0x20;

	see(chunk: Uint8Array): void {
		for (let index = 0; index < chunk.length; index++) this.#step(chunk[index] as number);
	}

	get plausible(): boolean {
		this.#step(0x20);
		return this.#letters > 0 && this.#implausible === 0;
	}

	#step(next: number): void {
		if (this.#current >= 0x80) this.#judge(this.#before, this.#current, next);
		else this.#run = 0;
		this.#before = this.#current;
		this.#current = next;
	}

	#judge(before: number, byte: number, after: number): void {
		this.#run++;
		if (this.#run >= 3) this.#implausible++;
		if (byte >= 0xc0) {
			this.#letters++;
			const upperAfterLower = byte <= 0xde && isAsciiLower(before);
			if (UNLIKELY_LETTERS.has(byte) || upperAfterLower) this.#implausible++;
			return;
		}
		if (byte < 0xa0 && !LIKELY_SIGNS.has(byte)) this.#implausible++;
		// These two bytes are how UTF-8 writes an accented letter: a file that mixes both encodings is nobody's to guess.
		if (before === 0xc2 || before === 0xc3 || (before === 0xe2 && byte <= 0x82)) this.#implausible++;
		// A letter on its left and no blank on its right: a sign does not stand there, a letter of another encoding does.
		const insideWord = isAsciiLetter(before) && (isAsciiLetter(after) || after >= 0x80);
		const endsWord = isAsciiLetter(before) && (byte === 0x82 || byte === 0x84 || byte === 0x91 || byte === 0x93 || byte === 0x80);
		if (!INSIDE_WORDS.has(byte) && (insideWord || endsWord)) this.#implausible++;
	}
}

const CP1252_HIGH =
	'\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** cp1252 (source: WHATWG Encoding, index-windows-1252). Done here, because ISO 8859-1 readers leave 0x80 to 0x9f as controls. */
export function decodeWindows1252(chunk: Buffer): string {
	return chunk.toString('latin1').replace(/[\u0080-\u009f]/g, (character) => CP1252_HIGH[character.charCodeAt(0) - 0x80] as string);
}

const OWN_NAMES: Readonly<Record<string, TextEncoding>> = {
	utf8: 'utf-8',
	'utf-8': 'utf-8',
	'utf-16le': 'utf-16le',
	utf16le: 'utf-16le',
	'utf-16': 'utf-16le',
	'utf-16be': 'utf-16be',
	utf16be: 'utf-16be',
	'utf-32le': 'utf-32le',
	utf32le: 'utf-32le',
	cp1252: 'windows-1252',
	'windows-1252': 'windows-1252',
	'iso-8859-1': 'windows-1252',
	latin1: 'windows-1252',
};

const OTHER_NAMES: Readonly<Record<string, string>> = {
	macroman: 'macintosh',
	cp1250: 'windows-1250',
	cp1251: 'windows-1251',
	cp1254: 'windows-1254',
	gbk: 'gb18030',
};

/** The encoding that a person named, as a label for TextDecoder where we have no reader of our own; null where nobody knows it. */
export function namedEncoding(name: string): { readonly encoding: TextEncoding; readonly label: string } | null {
	const key = name.trim().toLowerCase();
	const own = OWN_NAMES[key];
	if (own !== undefined) return { encoding: own, label: own };
	const label = OTHER_NAMES[key] ?? key;
	try {
		return { encoding: 'other', label: new TextDecoder(label).encoding };
	} catch {
		return null;
	}
}
