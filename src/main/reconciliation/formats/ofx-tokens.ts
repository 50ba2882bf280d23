import { AppError } from '#shared/kernel/app-error.ts';

/** A tag of an OFX file with the text that follows it. */
export interface OfxToken {
	/** Upper case, as the standard writes it. */
	readonly name: string;
	readonly isEnd: boolean;
	readonly isSelfClosed: boolean;
	/** Trimmed, references resolved; empty after most end tags. */
	readonly text: string;
	/** False where the file ends in or right after `text`: it may be cut off. */
	readonly isTextWhole: boolean;
}

// Both lengths are bounded, so that no file can make the search go over the same characters again and again.
const TAG = /<(\/?)([A-Za-z][\w.-]{0,79})(?:\s[^<>]{0,999})?(\/?)>/y;
const DECLARATION = /<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/iy;

/**
 * The tags of OFX in order, SGML and XML alike: banks write raw ampersands and leave end tags out in both. Every character is
 * looked at once. Refuses FILE_UNREADABLE where a document type or an entity is declared.
 */
export function* ofxTokens(source: string, start: number): Generator<OfxToken, void, void> {
	let piece = textUntilTag(source, start);
	while (piece.tag) {
		const { tag } = piece;
		piece = textUntilTag(source, piece.end);
		const [, slash, name = '', selfClosing] = tag;
		yield {
			name: name.toUpperCase(),
			isEnd: slash === '/',
			isSelfClosed: selfClosing === '/' || tag[0].endsWith('/>'),
			text: piece.text.trim(),
			isTextWhole: piece.tag !== null,
		};
	}
}

interface Piece {
	readonly text: string;
	/** The tag that ends the text; null at the end of the file. */
	readonly tag: RegExpExecArray | null;
	/** Just after that tag. */
	readonly end: number;
}

function textUntilTag(source: string, start: number): Piece {
	let text = '';
	let from = start;
	let search = start;
	for (;;) {
		const at = source.indexOf('<', search);
		if (at === -1) return { text: text + resolved(source.slice(from)), tag: null, end: source.length };
		TAG.lastIndex = at;
		const tag = TAG.exec(source);
		if (tag) return { text: text + resolved(source.slice(from, at)), tag, end: TAG.lastIndex };
		const skipped = notText(source, at);
		if (skipped === null) {
			search = at + 1;
			continue;
		}
		text += resolved(source.slice(from, at)) + skipped.text;
		from = skipped.end;
		search = from;
	}
}

/** A comment, an instruction or a CDATA section at a `<`; null where it is only a `<` in the text. What is not closed runs to the end. */
function notText(source: string, at: number): { readonly text: string; readonly end: number } | null {
	const until = (close: string, from: number) => {
		const found = source.indexOf(close, from);
		return found === -1 ? { inside: source.length, end: source.length } : { inside: found, end: found + close.length };
	};
	if (source.startsWith('<!--', at)) return { text: '', end: until('-->', at + 4).end };
	if (source.startsWith('<![CDATA[', at)) {
		const section = until(']]>', at + 9);
		return { text: source.slice(at + 9, section.inside), end: section.end };
	}
	if (source.startsWith('<?', at)) return { text: '', end: until('?>', at + 2).end };
	DECLARATION.lastIndex = at;
	if (DECLARATION.test(source)) {
		throw new AppError('FILE_UNREADABLE', 'The file declares a document type or entities of its own, which no bank does. Nothing was read.', {
			reason: 'DOCTYPE',
		});
	}
	return null;
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

// A raw ampersand stays what it is: "A & B", "AT&T".
function resolved(text: string): string {
	if (!text.includes('&')) return text;
	return text.replace(/&(?:(amp|lt|gt|quot|apos|nbsp)|#(\d{1,7})|#x([0-9a-f]{1,6}));/gi, (whole, name?: string, decimal?: string, hex?: string) => {
		if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
		const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
		const isCharacter = point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff);
		return isCharacter ? String.fromCodePoint(point) : whole;
	});
}
