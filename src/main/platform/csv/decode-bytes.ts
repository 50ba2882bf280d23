import { isAscii, isUtf8 } from 'node:buffer';
import { AppError } from '#shared/kernel/app-error.ts';
import { decoderFor, lineAround, namedOrRefused, wholeCharacters } from './decode.ts';
import { byteOrderMark, type TextEncoding, utf16WithoutMark, WesternTextJudge } from './text-encoding.ts';

/** What the bytes of a small file say in their encoding. */
export interface DecodedBytes {
	readonly kind: 'text';
	readonly text: string;
	readonly encoding: TextEncoding;
	/** The last character is there in part only: somebody cut the file. The part is left out. */
	readonly isCut: boolean;
}

/** No UTF and not plausibly cp1252: the encoding must be asked for. `sample` is the line with the first odd byte. */
export interface UndecidedBytes {
	readonly kind: 'undecided';
	readonly sample: Buffer;
}

const HEAD_BYTES = 8 * 1024;

/**
 * The text of a file held in memory, by the same rules as surveyFile: a byte order mark decides, then what a person named,
 * then valid UTF-8, the zero bytes of UTF-16, plausible cp1252. Refuses FILE_UNREADABLE (bytes impossible in that encoding)
 * and INPUT_INVALID (nobody knows the name).
 */
export function decodeBytes(bytes: Uint8Array, encodingName?: string): DecodedBytes | UndecidedBytes {
	const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const mark = byteOrderMark(all);
	const body = all.subarray(mark?.length ?? 0);
	if (mark) return decoded(body, mark.encoding, mark.encoding);
	const named = encodingName === undefined ? null : namedOrRefused(encodingName);
	if (named) return decoded(body, named.encoding, named.label);
	const utf16 = utf16WithoutMark(body.subarray(0, HEAD_BYTES));
	if (utf16 !== null) return decoded(body, utf16, utf16);
	if (isUtf8(body) || isCutUtf8(body)) return decoded(body, 'utf-8', 'utf-8');
	const judge = new WesternTextJudge();
	judge.see(body);
	return judge.plausible ? decoded(body, 'windows-1252', '') : { kind: 'undecided', sample: lineAround(body) };
}

// A lone high byte at the end of plain ASCII may as well be a letter of cp1252; after other UTF-8 it is half a character.
function isCutUtf8(body: Buffer): boolean {
	const whole = body.subarray(0, wholeCharacters(body));
	return whole.length < body.length && !isAscii(whole) && isUtf8(whole);
}

function decoded(body: Buffer, encoding: TextEncoding, label: string): DecodedBytes {
	const unit = encoding.startsWith('utf-16') ? 2 : encoding === 'utf-32le' ? 4 : 1;
	const whole = encoding === 'utf-8' && !isUtf8(body) ? wholeCharacters(body) : body.length - (body.length % unit);
	try {
		return { kind: 'text', text: decoderFor(encoding, label)(body.subarray(0, whole), true), encoding, isCut: whole < body.length };
	} catch (error) {
		if (!(error instanceof TypeError)) throw error;
		throw new AppError(
			'FILE_UNREADABLE',
			'The file is not text in the encoding it seems to be in. Name the encoding, for instance cp1252.',
			{ reason: 'ENCODING' },
			{ cause: error },
		);
	}
}
