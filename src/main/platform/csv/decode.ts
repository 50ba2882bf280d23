import { isAscii, isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { AppError } from '#shared/kernel/app-error.ts';
import { byteOrderMark, decodeWindows1252, namedEncoding, type TextEncoding, utf16WithoutMark, WesternTextJudge } from './text-encoding.ts';

const CHUNK_BYTES = 64 * 1024;
const HEAD_BYTES = 8 * 1024;

/** What one reading of a file's bytes tells before a character of it is decoded. */
export interface FileSurvey {
	readonly path: string;
	readonly bytes: number;
	/** Lower-case hex SHA-256 of all bytes. */
	readonly sha256: string;
	/** null: no UTF and not plausibly cp1252; the encoding must be asked for. */
	readonly encoding: TextEncoding | null;
	/** Label for TextDecoder where `encoding` is `other`. */
	readonly label: string;
	/** Bytes of the byte order mark, to be skipped. */
	readonly markBytes: number;
	/** The first bytes, for recognising what is no text table at all. */
	readonly head: Buffer;
	/** The line with the first byte above 0x7f, so that a person can be shown how each encoding would read it. */
	readonly sample: Buffer;
	readonly modifiedMs: number;
}

export interface SurveyOptions {
	/**
	 * The encoding as a person named it: used as said, whatever the bytes look like, unless a byte order mark says otherwise.
	 * INPUT_INVALID where nobody knows it.
	 */
	readonly encoding?: string | undefined;
	readonly signal?: AbortSignal | undefined;
}

/**
 * Reads all bytes once: SHA-256, size and encoding. Refuses FILE_UNREADABLE and INPUT_INVALID (unknown encoding name).
 * A byte order mark decides, then valid UTF-8, then the zero bytes of UTF-16, then plausible cp1252.
 */
export async function surveyFile(path: string, options: SurveyOptions = {}): Promise<FileSurvey> {
	const named = options.encoding === undefined ? null : namedOrRefused(options.encoding);
	const handle = await openToRead(path);
	try {
		const { size, mtimeMs } = await handle.stat();
		const seen = await readBytes(handle, options.signal, path);
		const mark = byteOrderMark(seen.head);
		const chosen = mark ? { encoding: mark.encoding, label: mark.encoding } : (named ?? recognised(seen));
		const { sha256, head, sample } = seen;
		return { path, bytes: size, sha256, encoding: chosen.encoding, label: chosen.label, markBytes: mark?.length ?? 0, head, sample, modifiedMs: mtimeMs };
	} catch (error) {
		throw unreadable(error, path);
	} finally {
		await handle.close();
	}
}

/** The encoding that a person named; INPUT_INVALID where nobody knows it. */
export function namedOrRefused(name: string): { readonly encoding: TextEncoding; readonly label: string } {
	const named = namedEncoding(name);
	if (named !== null) return named;
	throw new AppError('INPUT_INVALID', `No encoding is called "${name}". Use a name such as utf-8, cp1252, macintosh or gb18030.`, { encoding: name });
}

interface SeenBytes {
	readonly sha256: string;
	readonly head: Buffer;
	readonly sample: Buffer;
	readonly isUtf8: boolean;
	readonly isWestern: boolean;
}

async function readBytes(handle: FileHandle, signal: AbortSignal | undefined, path: string): Promise<SeenBytes> {
	const hash = createHash('sha256');
	const judge = new WesternTextJudge();
	const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
	let head = Buffer.alloc(0);
	let sample = Buffer.alloc(0);
	let utf8 = true;
	let carried = 0;
	for (;;) {
		throwIfCancelled(signal, path);
		const { bytesRead } = await handle.read(buffer, carried, CHUNK_BYTES - carried, null);
		const fresh = buffer.subarray(carried, carried + bytesRead);
		if (head.length < HEAD_BYTES) head = Buffer.concat([head, fresh.subarray(0, HEAD_BYTES - head.length)]);
		hash.update(fresh);
		const all = buffer.subarray(0, carried + bytesRead);
		if (bytesRead === 0) {
			utf8 &&= isUtf8(all);
			break;
		}
		if (sample.length === 0) sample = lineAround(fresh);
		if (!isAscii(fresh)) judge.see(fresh);
		else judge.see(fresh.subarray(-2));
		const whole = utf8 ? wholeCharacters(all) : all.length;
		utf8 &&= isUtf8(all.subarray(0, whole));
		carried = utf8 ? all.length - whole : 0;
		if (carried > 0) buffer.copyWithin(0, whole, all.length);
	}
	return { sha256: hash.digest('hex'), head, sample, isUtf8: utf8, isWestern: !utf8 && judge.plausible };
}

const SAMPLE_BYTES = 120;

/** The line with the first byte above 0x7f, or as much of it as is worth showing. */
export function lineAround(chunk: Buffer): Buffer<ArrayBuffer> {
	const odd = isAscii(chunk) ? -1 : chunk.findIndex((byte) => byte >= 0x80);
	if (odd === -1) return Buffer.alloc(0);
	const start = Math.max(chunk.lastIndexOf(0x0a, odd) + 1, odd - SAMPLE_BYTES / 2);
	const end = chunk.indexOf(0x0a, odd);
	return Buffer.from(chunk.subarray(start, Math.min(end === -1 ? chunk.length : end, start + SAMPLE_BYTES)));
}

/** Some bytes as an encoding reads them, for showing; null where they are not possible in it. */
export function decodedSample(sample: Buffer, encodingName: string): string | null {
	const named = namedEncoding(encodingName);
	if (named === null) return null;
	try {
		return decoderFor(named.encoding, named.label)(sample, true).trim();
	} catch {
		return null;
	}
}

function recognised(seen: SeenBytes): { encoding: TextEncoding | null; label: string } {
	const encoding = utf16WithoutMark(seen.head) ?? (seen.isUtf8 ? 'utf-8' : seen.isWestern ? 'windows-1252' : null);
	return { encoding, label: encoding ?? '' };
}

/** How many bytes of a chunk are whole UTF-8 characters; at most three bytes of a begun one are left over. */
export function wholeCharacters(chunk: Uint8Array): number {
	const end = chunk.length;
	for (let back = 1; back <= 3 && back <= end; back++) {
		const byte = chunk[end - back] as number;
		if (byte < 0x80) return end;
		if (byte >= 0xc0) {
			const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
			return needed > back ? end - back : end;
		}
	}
	return end;
}

/** Where the text of a file is taken from and how much of it. */
export interface ReadTextOptions {
	readonly signal?: AbortSignal | undefined;
	/** Told after every chunk how many bytes of the file have been read. */
	readonly onProgress?: ((bytesRead: number, bytesTotal: number) => void) | undefined;
}

/**
 * The text of a surveyed file, chunk by chunk, without its byte order mark. The file is held open for one reading; where it
 * is no longer the file that was surveyed, FILE_UNREADABLE says so: its checksum would then vouch for other bytes.
 */
export async function* readText(survey: FileSurvey, options: ReadTextOptions = {}): AsyncGenerator<string, void, void> {
	if (survey.encoding === null)
		throw new AppError('FILE_UNREADABLE', `The encoding of ${survey.path} is not known. Name it, for instance cp1252.`, { file: survey.path });
	const handle = await openToRead(survey.path);
	try {
		const { size, mtimeMs } = await handle.stat();
		if (size !== survey.bytes || mtimeMs !== survey.modifiedMs) throw changedMeanwhile(survey.path);
		const decode = decoderFor(survey.encoding, survey.label);
		const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
		let position = survey.markBytes;
		let reading = handle.read(buffer, 0, CHUNK_BYTES, position);
		for (;;) {
			throwIfCancelled(options.signal, survey.path);
			const { bytesRead } = await reading;
			position += bytesRead;
			const text = decode(buffer.subarray(0, bytesRead), bytesRead === 0);
			if (bytesRead > 0) {
				// The disk goes on while whoever reads works on this piece; the text no longer needs the buffer.
				reading = handle.read(buffer, 0, CHUNK_BYTES, position);
				reading.catch(() => undefined);
			}
			if (text !== '') yield text;
			options.onProgress?.(position, survey.bytes);
			if (bytesRead === 0) break;
		}
		if (position !== survey.bytes && survey.bytes > 0) throw changedMeanwhile(survey.path);
	} catch (error) {
		throw unreadable(error, survey.path);
	} finally {
		await handle.close();
	}
}

type Decode = (chunk: Buffer, isLast: boolean) => string;

/** What turns chunks into text; a TypeError where the bytes are impossible in the encoding. */
export function decoderFor(encoding: TextEncoding, label: string): Decode {
	switch (encoding) {
		case 'utf-8':
			return utf8Decoder();
		case 'windows-1252':
			return decodeWindows1252;
		case 'utf-32le':
			return utf32Decoder();
		default: {
			const decoder = new TextDecoder(label, { fatal: true });
			return (chunk, isLast) => decoder.decode(chunk, { stream: !isLast });
		}
	}
}

// Bytes below 0x80 become a string of one byte each, which is what makes a plain ledger file fast to read.
function utf8Decoder(): Decode {
	let carried: Buffer = Buffer.alloc(0);
	return (chunk, isLast) => {
		if (carried.length === 0 && isAscii(chunk)) return chunk.toString('latin1');
		const all = carried.length === 0 ? chunk : Buffer.concat([carried, chunk]);
		const whole = isLast ? all.length : wholeCharacters(all);
		const part = all.subarray(0, whole);
		if (!isUtf8(part)) throw new TypeError('the bytes are no UTF-8');
		carried = Buffer.from(all.subarray(whole));
		return part.toString('utf8');
	};
}

function utf32Decoder(): Decode {
	let carried: Buffer = Buffer.alloc(0);
	return (chunk, isLast) => {
		const all = Buffer.concat([carried, chunk]);
		const whole = all.length - (all.length % 4);
		if (isLast && whole !== all.length) throw new TypeError('the file ends in the middle of a character');
		let text = '';
		for (let index = 0; index < whole; index += 4) {
			const point = all.readUInt32LE(index);
			if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) throw new TypeError('the bytes are no UTF-32');
			text += String.fromCodePoint(point);
		}
		carried = Buffer.from(all.subarray(whole));
		return text;
	};
}

async function openToRead(path: string): Promise<FileHandle> {
	try {
		const handle = await open(path, 'r');
		const kind = await handle.stat();
		if (kind.isFile()) return handle;
		await handle.close();
	} catch (error) {
		throw unreadable(error, path);
	}
	throw new AppError('FILE_UNREADABLE', `${path} is no file. Name the file that holds the journal lines.`, { file: path });
}

function changedMeanwhile(path: string): AppError {
	return new AppError(
		'FILE_UNREADABLE',
		`${path} was changed while it was being read. Try again when nothing writes to it.`,
		{ file: path },
		{ retryable: true },
	);
}

function throwIfCancelled(signal: AbortSignal | undefined, path: string): void {
	if (signal?.aborted) throw new AppError('CANCELLED', `Reading ${path} was cancelled. Nothing was changed.`, { file: path });
}

function unreadable(error: unknown, path: string): unknown {
	if (error instanceof AppError || !(error instanceof Error)) return error;
	const reason = (error as NodeJS.ErrnoException).code;
	if (reason === undefined && !(error instanceof TypeError)) return error;
	const said = reason === 'ENOENT' ? 'does not exist' : reason === 'EACCES' || reason === 'EPERM' ? 'may not be read by this user' : 'cannot be read';
	const why =
		error instanceof TypeError
			? `${path} is not text in the encoding it seems to be in. Name the encoding, for instance cp1252.`
			: `${path} ${said}. Check the path and try again.`;
	return new AppError('FILE_UNREADABLE', why, { file: path, reason: reason ?? 'ENCODING' }, { cause: error });
}
