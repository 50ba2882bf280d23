import { isAscii, isUtf8 } from 'node:buffer';
import { decoderFor } from '#main/platform/csv/decode.ts';
import { byteOrderMark, namedEncoding, type TextEncoding, utf16WithoutMark } from '#main/platform/csv/text-encoding.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import type { StatementDoubt } from './parsed-statement.ts';

export interface DeclaredEncoding {
	/** The encoding that the file names for itself, null where it names none. */
	readonly declared: string | null;
	/** What a person said; it wins over the file, but not over a byte order mark. */
	readonly asked: string | undefined;
	/** True where the file's own word is known to be worth little (OFX headers): valid UTF-8 is then read as such without a doubt. */
	readonly mayLie: boolean;
}

export interface DecodedStatement {
	readonly text: string;
	readonly doubt: StatementDoubt | null;
}

const HEAD_BYTES = 4096;

/** The beginning of a file as text, for reading what it declares. Characters above ASCII in it mean nothing yet. */
export function asciiHead(bytes: Uint8Array): string {
	const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEAD_BYTES));
	return head.toString('latin1').replaceAll('\0', '');
}

/**
 * The text of a statement file that names its encoding. A byte order mark decides, then what a person said, then the bytes
 * themselves against what the file declares; where the two disagree the doubt says so. Refuses FILE_UNREADABLE and INPUT_INVALID.
 */
export function decodeDeclared(bytes: Uint8Array, said: DeclaredEncoding): DecodedStatement {
	const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
	const mark = byteOrderMark(all);
	if (mark) return { text: decoded(all.subarray(mark.length), mark.encoding, mark.encoding), doubt: null };
	if (all.length % 4 === 0 && all.readUInt32BE(0) === 0xfeff) {
		return { text: decoded(Buffer.from(all.subarray(4)).swap32(), 'utf-32le', 'utf-32le'), doubt: null };
	}
	if (said.asked !== undefined) {
		const asked = namedEncoding(said.asked);
		if (!asked) throw new AppError('INPUT_INVALID', `No encoding is called "${said.asked}". Use a name such as utf-8 or cp1252.`, { encoding: said.asked });
		return { text: decoded(all, asked.encoding, asked.label), doubt: null };
	}
	const wide = utf16WithoutMark(all.subarray(0, HEAD_BYTES));
	if (wide) return { text: decoded(all.subarray(0, all.length - (all.length % 2)), wide, wide), doubt: null };
	return decodedByWord(all, said);
}

function decodedByWord(all: Buffer, { declared, mayLie }: DeclaredEncoding): DecodedStatement {
	const named = declared === null ? null : namedEncoding(declared);
	const unknown = declared !== null && named === null ? doubtful(`The file says that it is written in "${declared}", an encoding that nobody knows.`) : null;
	// Plain ASCII reads the same in every encoding that these bytes could be in: a wrong label changes nothing.
	if (isAscii(all)) return { text: all.toString('latin1'), doubt: unknown };
	if (isUtf8(all)) {
		const isOther = named !== null && named.encoding !== 'utf-8' && !mayLie;
		const doubt = isOther ? doubtful(`The file says that it is written in ${declared}, but it is UTF-8 and was read so.`) : null;
		return { text: all.toString('utf8'), doubt: unknown ?? doubt };
	}
	if (named && (named.encoding === 'windows-1252' || named.encoding === 'other')) return { text: decoded(all, named.encoding, named.label), doubt: null };
	const why = declared === null ? 'The file does not say how it is written' : `The file says that it is written in ${declared} and is not`;
	return { text: decoded(all, 'windows-1252', 'windows-1252'), doubt: doubtful(`${why}; it was read as Western European text (cp1252).`) };
}

function doubtful(what: string): StatementDoubt {
	return { code: 'ENCODING_DOUBTFUL', message: `${what} Look at the names with accents, or say the encoding.`, row: null };
}

function decoded(bytes: Buffer, encoding: TextEncoding, label: string): string {
	try {
		return decoderFor(encoding, label)(bytes, true);
	} catch (error) {
		if (!(error instanceof TypeError)) throw error;
		throw new AppError('FILE_UNREADABLE', `The file is not text in ${label}. Say its encoding, for instance cp1252.`, { reason: 'ENCODING', encoding: label });
	}
}
