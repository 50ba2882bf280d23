import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '#shared/kernel/app-error.ts';
import type { CurrencyCode } from '#shared/kernel/currency.ts';
import { bookText, isCleanText } from '#shared/kernel/text.ts';
import { sha256Hex } from '#main/platform/signing.ts';
import { MAX_STATEMENT_BYTES, type ParsedStatementFile, type StatementFormat, type StatementReader } from '../formats/parsed-statement.ts';

/** How files are told apart and read. The readers are handed in, so that what takes statements in can be tried without any format. */
export interface StatementReading {
	readonly recognise: (bytes: Uint8Array) => StatementFormat;
	readonly readers: Readonly<Partial<Record<StatementFormat, StatementReader>>>;
}

/** A file as it was found: read once, bounded. */
export interface StatementBytes {
	readonly bytes: Uint8Array;
	readonly sha256: string;
	readonly fileName: string;
}

/** How a file is to be read, as far as a person or a saved layout says. */
export interface LayoutOptions {
	readonly encoding?: string | undefined;
	readonly delimiter?: string | undefined;
	readonly decimal?: '.' | ',' | undefined;
	readonly dateFormat?: string | undefined;
	readonly map?: Readonly<Record<string, string>> | undefined;
	readonly preset?: string | undefined;
	readonly invertSigns?: boolean | undefined;
}

const LAYOUT_KEYS = ['encoding', 'delimiter', 'decimal', 'dateFormat', 'map', 'preset', 'invertSigns'] as const;
const CHUNK_BYTES = 1024 * 1024;
const MEGABYTE = 1024 * 1024;

/** All bytes of a file. Refuses FILE_UNREADABLE (not there, no file, larger than MAX_STATEMENT_BYTES) and FILE_EMPTY. */
export async function readStatementFile(path: string): Promise<StatementBytes> {
	const bytes = await readBounded(path);
	if (bytes.length === 0) throw new AppError('FILE_EMPTY', 'The file is empty. Download the statement again.', { path });
	const name = basename(path).slice(0, 255);
	return { bytes, sha256: sha256Hex(bytes), fileName: isCleanText(name) ? bookText(name, 'file name') : 'statement' };
}

async function readBounded(path: string): Promise<Buffer> {
	const file = await open(path, 'r').catch((error: unknown) => {
		throw unreadable(path, error);
	});
	try {
		const chunks: Buffer[] = [];
		for (let length = 0; ; ) {
			const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, null);
			if (bytesRead === 0) return Buffer.concat(chunks, length);
			chunks.push(buffer.subarray(0, bytesRead));
			length += bytesRead;
			if (length > MAX_STATEMENT_BYTES) throw tooLarge(path);
		}
	} catch (error) {
		throw unreadable(path, error);
	} finally {
		await file.close();
	}
}

function tooLarge(path: string): AppError {
	const limit = MAX_STATEMENT_BYTES / MEGABYTE;
	return new AppError('FILE_UNREADABLE', `The file is larger than ${limit} MiB, which no statement is. Ask the bank for a shorter span of days.`, {
		path,
		limitBytes: MAX_STATEMENT_BYTES,
	});
}

function unreadable(path: string, error: unknown): unknown {
	if (!(error instanceof Error && 'code' in error && ['ENOENT', 'EISDIR', 'ENOTDIR', 'EACCES'].includes(String(error.code)))) return error;
	if (error instanceof AppError) return error;
	return new AppError('FILE_UNREADABLE', `The file ${path} can't be read. Check the path.`, { path }, { cause: error });
}

/** A saved layout: the answers, and the format for which they were given. */
export type SavedLayout = Readonly<Record<string, unknown>>;

/** What is given outright goes before what was saved for the account; a saved layout holds for the format it was saved with. */
export function layoutFor(format: StatementFormat, given: LayoutOptions, saved: SavedLayout | null): LayoutOptions {
	const stood = saved?.['format'] === format ? (saved as LayoutOptions) : {};
	const asked = picked(given);
	// Another preset stands for other columns.
	const kept = 'preset' in asked && !('map' in asked) ? { ...stood, map: undefined } : stood;
	return picked({ ...kept, ...asked });
}

/** The options that say how a file is read, without those that nobody named. */
export function picked(options: LayoutOptions): LayoutOptions {
	return Object.fromEntries(LAYOUT_KEYS.flatMap((key) => (options[key] === undefined ? [] : [[key, options[key]]])));
}

export interface ReadStatements {
	readonly parsed: ParsedStatementFile;
	readonly format: StatementFormat;
	/** What the file was read with, to be saved where that is wanted. */
	readonly layout: LayoutOptions;
}

/** Recognises a file by its content, unless the format is named, and reads it. Refuses what the reader refuses. */
export function readStatements(
	file: StatementBytes,
	reading: StatementReading,
	options: LayoutOptions & { readonly format?: StatementFormat | 'auto' | undefined },
	about: { readonly currency: CurrencyCode; readonly saved: SavedLayout | null },
): ReadStatements {
	const format = options.format === undefined || options.format === 'auto' ? reading.recognise(file.bytes) : options.format;
	const reader = reading.readers[format];
	if (!reader) throw new AppError('FILE_NOT_RECOGNISED', `Statements in the format ${format} are not read.`, { format });
	const layout = layoutFor(format, options, about.saved);
	const parsed = reader(file.bytes, { ...layout, currency: about.currency });
	if (parsed.statements.length === 0) throw new AppError('FILE_EMPTY', 'The file holds no statement. Download it again.', { format });
	return { parsed, format, layout };
}
