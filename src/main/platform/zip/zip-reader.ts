import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { AppError } from '#shared/kernel/app-error.ts';
import { mapFault } from '../faults.ts';
import { isSafeEntryName } from './entry-name.ts';

export interface ZipLimits {
	/** Files in the archive (default 200 000). */
	readonly maxEntries?: number;
	/** Unpacked bytes of one file (default 64 GiB). */
	readonly maxEntryBytes?: number;
	/** Unpacked bytes of all files (default 256 GiB). */
	readonly maxTotalBytes?: number;
	/** Unpacked bytes of all files for each byte of the archive, once they pass 64 MiB (default 200). */
	readonly maxRatio?: number;
}

export interface ZipReader {
	/** The names of the files (no folders), in the order of the archive's directory. */
	names(): string[];
	/** Declared unpacked length in bytes; `read` refuses a file of another length. Refuses PACKAGE_UNREADABLE where there is no such file. */
	size(name: string): number;
	/** The file's bytes, unpacked and checked against their length and CRC-32. Refuses PACKAGE_UNREADABLE, also halfway. */
	read(name: string): AsyncIterable<Uint8Array>;
	close(): void;
}

const GIBIBYTE = 1024 ** 3;
const DEFAULT_LIMITS: Required<ZipLimits> = { maxEntries: 200_000, maxEntryBytes: 64 * GIBIBYTE, maxTotalBytes: 256 * GIBIBYTE, maxRatio: 200 };
const RATIO_COUNTS_FROM_BYTES = 64 * 1024 ** 2;
const LOCAL_HEADER_BYTES = 30;
const FILE_TYPE_MASK = 0o170000;
const FILE_TYPES_READ: ReadonlySet<number> = new Set([0, 0o100000, 0o040000]);
const UNIX = 3;

/**
 * Opens a ZIP file from anywhere. Refuses PACKAGE_UNREADABLE (details.path, details.reason) for what is no ZIP file, for names that
 * lead out of the folder, are doubled (also when written in other case) or that some system cannot unpack, for links, encryption,
 * overlapping files, and beyond the limits.
 */
export async function openZip(path: string, limits: ZipLimits = {}): Promise<ZipReader> {
	let zip: ZipFile;
	try {
		zip = await openPromise(path, { autoClose: false, strictFileNames: true, validateEntrySizes: true });
	} catch (error) {
		throw unreadable(path, error);
	}
	try {
		const entries = await readDirectory(zip, { ...DEFAULT_LIMITS, ...limits });
		const entryOf = (name: string): Entry => {
			const entry = entries.get(name);
			if (!entry) throw unreadable(path, new Unreadable(`it has no file ${name}`));
			return entry;
		};
		return {
			names: () => [...entries.keys()],
			size: (name) => entryOf(name).uncompressedSize,
			read: (name) => readEntry(zip, entryOf(name), path),
			close: () => zip.close(),
		};
	} catch (error) {
		zip.close();
		throw unreadable(path, error);
	}
}

class Unreadable extends Error {}

async function readDirectory(zip: ZipFile, limits: Required<ZipLimits>): Promise<Map<string, Entry>> {
	if (zip.entryCount > limits.maxEntries) throw new Unreadable(`it lists ${zip.entryCount} files, more than ${limits.maxEntries}`);
	const entries = new Map<string, Entry>();
	const spellings = new Set<string>();
	const ranges: { start: number; end: number }[] = [];
	let totalBytes = 0;
	for await (const entry of zip.eachEntry()) {
		const isFolder = entry.fileName.endsWith('/');
		const name = isFolder ? entry.fileName.slice(0, -1) : entry.fileName;
		checkEntry(entry, name, isFolder, limits);
		const spelling = name.normalize('NFC').toLowerCase();
		if (spellings.has(spelling)) throw new Unreadable(`it has two files ${JSON.stringify(name)}`);
		spellings.add(spelling);
		totalBytes += entry.uncompressedSize;
		const start = entry.relativeOffsetOfLocalHeader;
		ranges.push({ start, end: start + LOCAL_HEADER_BYTES + entry.fileNameRaw.length + entry.compressedSize });
		if (!isFolder) entries.set(name, entry);
	}
	if (totalBytes > limits.maxTotalBytes) throw new Unreadable(`it unpacks to ${totalBytes} bytes, more than ${limits.maxTotalBytes}`);
	if (totalBytes > RATIO_COUNTS_FROM_BYTES && totalBytes > zip.fileSize * limits.maxRatio) {
		throw new Unreadable(`it unpacks to ${totalBytes} bytes, over ${limits.maxRatio} times its length`);
	}
	checkOverlaps(ranges, zip.fileSize);
	return entries;
}

function checkEntry(entry: Entry, name: string, isFolder: boolean, limits: Required<ZipLimits>): void {
	const shown = JSON.stringify(name.slice(0, 200));
	if (!isSafeEntryName(name)) throw new Unreadable(`the file name ${shown} is not safe`);
	if (entry.isEncrypted()) throw new Unreadable(`${shown} is encrypted`);
	if (!entry.canDecodeFileData()) throw new Unreadable(`${shown} is compressed in a way that only some programs read`);
	const mode = entry.versionMadeBy >>> 8 === UNIX ? entry.externalFileAttributes >>> 16 : 0;
	if (!FILE_TYPES_READ.has(mode & FILE_TYPE_MASK)) throw new Unreadable(`${shown} is a link or a device`);
	if (isFolder && entry.uncompressedSize !== 0) throw new Unreadable(`the folder ${shown} has content of its own`);
	if (entry.uncompressedSize > limits.maxEntryBytes) {
		throw new Unreadable(`${shown} unpacks to ${entry.uncompressedSize} bytes, more than ${limits.maxEntryBytes}`);
	}
}

// Files that share bytes are how a small archive unpacks to petabytes without any single ratio being suspicious.
function checkOverlaps(ranges: { start: number; end: number }[], fileSize: number): void {
	ranges.sort((a, b) => a.start - b.start);
	let free = 0;
	for (const { start, end } of ranges) {
		if (start < free) throw new Unreadable('two of its files share bytes');
		if (end > fileSize) throw new Unreadable('a file lies beyond its end');
		free = end;
	}
}

async function* readEntry(zip: ZipFile, entry: Entry, path: string): AsyncGenerator<Uint8Array> {
	const shown = JSON.stringify(entry.fileName);
	try {
		const header = await zip.readLocalFileHeaderPromise(entry);
		if (!header.fileName.equals(entry.fileNameRaw)) throw new Unreadable(`${shown} has another name in front of its content`);
		const stream = await zip.openReadStreamPromise(entry);
		let checksum = 0;
		for await (const chunk of stream as AsyncIterable<Uint8Array>) {
			checksum = crc32(chunk, checksum);
			yield chunk;
		}
		if (checksum !== entry.crc32) throw new Unreadable(`the content of ${shown} does not match its checksum`);
	} catch (error) {
		throw unreadable(path, error, entry.fileName);
	}
}

function unreadable(path: string, error: unknown, file?: string): AppError {
	if (error instanceof AppError) return error;
	const fault = mapFault(error);
	if (fault?.code === 'DISK_FAILED') return fault;
	const reason = error instanceof Error ? error.message : String(error);
	const details = file === undefined ? { path, reason } : { path, reason, file };
	return new AppError('PACKAGE_UNREADABLE', `${path} cannot be read as a package: ${reason}. Get the file again from where it came.`, details, {
		cause: error,
	});
}
