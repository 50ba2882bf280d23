import { FileDamaged, type PackageSource } from '#shared/seal/index.ts';
import { crc32 } from './crc-32.ts';
import { Refusal } from './refusal.ts';
import { bytesAt, LOCAL_HEADER, LOCAL_HEADER_BYTES, readZipDirectory, viewOf, type ZipEntry } from './zip-directory.ts';

/** A package to be verified, from an archive or an unpacked folder. */
export interface OpenPackage {
	readonly source: PackageSource;
	/** Of all files, unpacked. */
	readonly totalBytes: number;
	/** Files of the folder that operating systems leave behind and that were not looked at. */
	readonly ignored: readonly string[];
}

const DECLARATION = 'bagit.txt';

/** Opens a ZIP archive. Its one top folder is left off; a file beside it keeps its whole name, and no manifest lists it. */
export async function openArchive(file: Blob): Promise<OpenPackage> {
	const entries = await readZipDirectory(file);
	if (entries.some(({ isDeflated }) => isDeflated) && !canInflate()) throw new Refusal('CANNOT_UNPACK');
	const declaration = entries.find(({ name }) => /^[^/]+\/bagit\.txt$/.test(name));
	const top = declaration === undefined ? '' : declaration.name.slice(0, -DECLARATION.length);
	const named = entries.map((entry) => [entry.name.startsWith(top) ? entry.name.slice(top.length) : entry.name, entry] as const);
	const byName = new Map(named);
	return {
		source: {
			list: () => named.map(([name]) => name),
			read: (name) => readEntry(file, byName.get(name) as ZipEntry),
		},
		totalBytes: entries.reduce((sum, { bytes }) => sum + bytes, 0),
		ignored: [],
	};
}

function canInflate(): boolean {
	try {
		// An older browser has no such class, or none for ZIP's own form.
		return new DecompressionStream('deflate-raw').readable instanceof ReadableStream;
	} catch {
		return false;
	}
}

async function* readEntry(file: Blob, entry: ZipEntry): AsyncGenerator<Uint8Array, void, undefined> {
	const header = await bytesAt(file, entry.offset, LOCAL_HEADER_BYTES + entry.nameBytes.length);
	const view = viewOf(header);
	const isOwn =
		view.getUint32(0, true) === LOCAL_HEADER &&
		view.getUint16(26, true) === entry.nameBytes.length &&
		entry.nameBytes.every((byte, index) => header[LOCAL_HEADER_BYTES + index] === byte);
	if (!isOwn) throw new FileDamaged('another name stands in front of the content');
	const start = entry.offset + header.length + view.getUint16(28, true);
	const packed = file.slice(start, start + entry.packedBytes);
	if (packed.size !== entry.packedBytes) throw new FileDamaged('the content is cut');
	let checksum = 0;
	let bytes = 0;
	for await (const chunk of chunksOf(entry.isDeflated ? packed.stream().pipeThrough(new DecompressionStream('deflate-raw')) : packed.stream())) {
		bytes += chunk.length;
		if (bytes > entry.bytes) throw new FileDamaged('the content is longer than it says');
		checksum = crc32(chunk, checksum);
		yield chunk;
	}
	if (bytes !== entry.bytes || checksum !== entry.crc) throw new FileDamaged('the content does not match its check sum');
}

/** What a stream gives; a stream that cannot be unpacked is a damaged file, one that the disk does not give is a refusal. */
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
	const reader = stream.getReader();
	try {
		for (;;) {
			const { done, value } = await reader.read();
			if (done) return;
			yield value;
		}
	} catch (error) {
		if (error instanceof DOMException) throw new Refusal('FILE_UNREADABLE', error.message);
		throw new FileDamaged(String(error));
	} finally {
		// Where the reader of the file stopped early, the rest need not be unpacked.
		await reader.cancel().catch(() => {});
	}
}

/** What operating systems put into folders that somebody looked at. */
const LEFT_BEHIND = /(?:^|\/)(?:\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini|\.localized)$/i;

/** A file of a chosen folder, with its path below that folder's parent. */
export interface FolderFile {
	readonly path: string;
	readonly file: Blob;
}

/** Opens an unpacked package: the folder that holds bagit.txt, and nothing that lies beside or above it. */
export function openFolder(files: readonly FolderFile[]): OpenPackage {
	const depth = ({ path }: FolderFile): number => path.split('/').length;
	const declarations = files.filter(({ path }) => path === DECLARATION || path.endsWith(`/${DECLARATION}`));
	const declaration = declarations.sort((one, other) => depth(one) - depth(other))[0];
	if (declaration === undefined) throw new Refusal('NO_BAG_IN_FOLDER');
	const top = declaration.path.slice(0, -DECLARATION.length);
	const inside = files.filter(({ path }) => path.startsWith(top)).map(({ path, file }) => [path.slice(top.length), file] as const);
	const looked = new Map(inside.filter(([name]) => !LEFT_BEHIND.test(name)));
	return {
		source: {
			list: () => [...looked.keys()],
			read: (name) => chunksOf((looked.get(name) as Blob).stream()),
		},
		totalBytes: [...looked.values()].reduce((sum, { size }) => sum + size, 0),
		ignored: inside.map(([name]) => name).filter((name) => LEFT_BEHIND.test(name)),
	};
}
