import { utf8Text } from '#shared/seal/index.ts';
import { Refusal } from './refusal.ts';

/** A file in an archive, as the central directory tells of it. */
export interface ZipEntry {
	readonly name: string;
	readonly nameBytes: Uint8Array;
	readonly isDeflated: boolean;
	readonly crc: number;
	readonly packedBytes: number;
	readonly bytes: number;
	/** Where its local header begins. */
	readonly offset: number;
}

// APPNOTE 6.3.10: signatures, fixed lengths, and the values that send on to ZIP64.
const END = 0x06054b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const LOCATOR_64 = 0x07064b50;
const LOCATOR_64_BYTES = 20;
const END_64 = 0x06064b50;
const END_64_BYTES = 56;
const HEADER = 0x02014b50;
const HEADER_BYTES = 46;
export const LOCAL_HEADER = 0x04034b50;
export const LOCAL_HEADER_BYTES = 30;
const SENT_ON_16 = 0xffff;
const SENT_ON_32 = 0xffff_ffff;
const EXTRA_ZIP64 = 0x0001;
const ENCRYPTED = 0x2041;
const STORED = 0;
const DEFLATED = 8;
const UNIX = 3;
const FILE_TYPE_MASK = 0o170000;
const FILE_TYPES_READ: ReadonlySet<number> = new Set([0, 0o100000, 0o040000]);

const MOST_FILES = 200_000;
const LONGEST_DIRECTORY = 256 * 1024 * 1024;
const MOST_UNPACKED = 256 * 1024 ** 3;
const MOST_RATIO = 200;
const RATIO_COUNTS_FROM_BYTES = 64 * 1024 ** 2;

interface Place {
	readonly files: number;
	readonly bytes: number;
	readonly offset: number;
}

/**
 * The files of a ZIP archive, in the order of its central directory, ZIP64 included; folders are left out. Only the directory is read. Refuses what is
 * no ZIP file or not a safe one: split, encrypted, links, a method other than deflate, names in no UTF-8, files that share bytes, bombs.
 */
export async function readZipDirectory(file: Blob): Promise<ZipEntry[]> {
	const place = await findDirectory(file);
	if (place.files > MOST_FILES || place.bytes > LONGEST_DIRECTORY) throw new Refusal('ARCHIVE_TOO_LARGE');
	const bytes = await bytesAt(file, place.offset, place.bytes);
	const entries: ZipEntry[] = [];
	let at = 0;
	for (let count = 0; count < place.files; count++) {
		const { entry, length } = readHeader(bytes, at);
		at += length;
		if (entry !== null) entries.push(entry);
	}
	checkAsWhole(entries, file.size, place.offset);
	return entries;
}

async function findDirectory(file: Blob): Promise<Place> {
	const tailBytes = Math.min(file.size, END_BYTES + LONGEST_COMMENT + LOCATOR_64_BYTES);
	const tail = await bytesAt(file, file.size - tailBytes, tailBytes);
	const view = viewOf(tail);
	for (let at = tail.length - END_BYTES; at >= 0; at--) {
		if (view.getUint32(at, true) !== END || view.getUint16(at + 20, true) !== tail.length - at - END_BYTES) continue;
		const disks = [view.getUint16(at + 4, true), view.getUint16(at + 6, true)];
		const files = view.getUint16(at + 10, true);
		const bytes = view.getUint32(at + 12, true);
		const offset = view.getUint32(at + 16, true);
		const isSentOn = files === SENT_ON_16 || bytes === SENT_ON_32 || offset === SENT_ON_32;
		if (isSentOn && at >= LOCATOR_64_BYTES && view.getUint32(at - LOCATOR_64_BYTES, true) === LOCATOR_64) {
			return checkedPlace(await readEnd64(file, view, at - LOCATOR_64_BYTES), file.size - tail.length + at);
		}
		if (disks.some((disk) => disk !== 0) || files !== view.getUint16(at + 8, true)) throw new Refusal('ARCHIVE_SPLIT');
		return checkedPlace({ files, bytes, offset }, file.size - tail.length + at);
	}
	// A download that broke off begins like an archive and has no end.
	const isBegun = file.size >= 4 && viewOf(await bytesAt(file, 0, 4)).getUint32(0, true) === LOCAL_HEADER;
	throw new Refusal(isBegun ? 'ARCHIVE_CUT' : 'NOT_A_PACKAGE');
}

async function readEnd64(file: Blob, tail: DataView, locator: number): Promise<Place> {
	const offset = safeNumber(tail, locator + 8);
	if (tail.getUint32(locator + 4, true) !== 0 || tail.getUint32(locator + 16, true) > 1) throw new Refusal('ARCHIVE_SPLIT');
	const end = viewOf(await bytesAt(file, offset, END_64_BYTES));
	if (end.getUint32(0, true) !== END_64) throw new Refusal('ARCHIVE_CUT');
	if (end.getUint32(16, true) !== 0 || end.getUint32(20, true) !== 0 || safeNumber(end, 24) !== safeNumber(end, 32)) throw new Refusal('ARCHIVE_SPLIT');
	return { files: safeNumber(end, 32), bytes: safeNumber(end, 40), offset: safeNumber(end, 48) };
}

function checkedPlace(place: Place, end: number): Place {
	if (place.offset + place.bytes > end || place.files * HEADER_BYTES > place.bytes) throw new Refusal('ARCHIVE_CUT');
	return place;
}

/** One header of the directory; no entry for a folder. */
function readHeader(directory: Uint8Array, at: number): { readonly entry: ZipEntry | null; readonly length: number } {
	if (at + HEADER_BYTES > directory.length) throw new Refusal('ARCHIVE_CUT');
	const view = viewOf(directory.subarray(at));
	if (view.getUint32(0, true) !== HEADER) throw new Refusal('ARCHIVE_CUT');
	const nameLength = view.getUint16(28, true);
	const extraLength = view.getUint16(30, true);
	const length = HEADER_BYTES + nameLength + extraLength + view.getUint16(32, true);
	if (at + length > directory.length) throw new Refusal('ARCHIVE_CUT');
	const nameBytes = directory.slice(at + HEADER_BYTES, at + HEADER_BYTES + nameLength);
	const name = utf8Text(nameBytes);
	if (name === null) throw new Refusal('ARCHIVE_UNSAFE');
	const method = view.getUint16(10, true);
	if ((view.getUint16(8, true) & ENCRYPTED) !== 0) throw new Refusal('ARCHIVE_ENCRYPTED', name);
	if (method !== STORED && method !== DEFLATED) throw new Refusal('ARCHIVE_METHOD', name);
	const mode = view.getUint16(4, true) >>> 8 === UNIX ? view.getUint32(38, true) >>> 16 : 0;
	if (!FILE_TYPES_READ.has(mode & FILE_TYPE_MASK)) throw new Refusal('ARCHIVE_UNSAFE', name);
	const extra = viewOf(directory.subarray(at + HEADER_BYTES + nameLength, at + HEADER_BYTES + nameLength + extraLength));
	const [bytes = 0, packedBytes = 0, offset = 0] = wideNumbers(
		[24, 20, 42].map((field) => view.getUint32(field, true)),
		extra,
	);
	if (name.endsWith('/')) {
		if (bytes !== 0) throw new Refusal('ARCHIVE_UNSAFE', name);
		return { entry: null, length };
	}
	if (method === STORED && bytes !== packedBytes) throw new Refusal('ARCHIVE_CUT', name);
	return { entry: { name, nameBytes, isDeflated: method === DEFLATED, crc: view.getUint32(16, true), packedBytes, bytes, offset }, length };
}

/** Length, packed length and offset: those that do not fit into 32 bits stand in the ZIP64 extra field, in this order (section 4.5.3). */
function wideNumbers(numbers: readonly number[], extra: DataView): number[] {
	if (!numbers.includes(SENT_ON_32)) return [...numbers];
	for (let at = 0; at + 4 <= extra.byteLength; at += 4 + extra.getUint16(at + 2, true)) {
		if (extra.getUint16(at, true) !== EXTRA_ZIP64) continue;
		let field = at + 4;
		const end = Math.min(field + extra.getUint16(at + 2, true), extra.byteLength);
		return numbers.map((number) => {
			if (number !== SENT_ON_32) return number;
			if (field + 8 > end) throw new Refusal('ARCHIVE_CUT');
			field += 8;
			return safeNumber(extra, field - 8);
		});
	}
	throw new Refusal('ARCHIVE_CUT');
}

function checkAsWhole(entries: readonly ZipEntry[], fileBytes: number, directoryOffset: number): void {
	const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
	if (total > MOST_UNPACKED || (total > RATIO_COUNTS_FROM_BYTES && total > fileBytes * MOST_RATIO)) throw new Refusal('ARCHIVE_TOO_LARGE');
	// Files that share bytes are how a small archive unpacks to petabytes without any single ratio being suspicious.
	let free = 0;
	for (const { offset, nameBytes, packedBytes, name } of [...entries].sort((one, other) => one.offset - other.offset)) {
		if (offset < free) throw new Refusal('ARCHIVE_UNSAFE', name);
		free = offset + LOCAL_HEADER_BYTES + nameBytes.length + packedBytes;
		if (free > directoryOffset) throw new Refusal('ARCHIVE_CUT', name);
	}
	// A name that stands there twice is the verifier's finding; in another case of letters it would be one file on some systems.
	const spellings = new Map<string, string>();
	for (const { name } of entries) {
		const spelling = name.normalize('NFC').toLowerCase();
		if ((spellings.get(spelling) ?? name) !== name) throw new Refusal('ARCHIVE_UNSAFE', name);
		spellings.set(spelling, name);
	}
}

/** A number of 64 bits that JavaScript holds exactly. */
function safeNumber(view: DataView, at: number): number {
	const number = view.getBigUint64(at, true);
	if (number > BigInt(Number.MAX_SAFE_INTEGER)) throw new Refusal('ARCHIVE_CUT');
	return Number(number);
}

export async function bytesAt(file: Blob, offset: number, length: number): Promise<Uint8Array> {
	if (offset < 0 || offset + length > file.size) throw new Refusal('ARCHIVE_CUT');
	return new Uint8Array(await file.slice(offset, offset + length).arrayBuffer());
}

export function viewOf(bytes: Uint8Array): DataView {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
