import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { assert } from '#shared/kernel/assert.ts';
import { createAtomicFile } from '../files.ts';
import { createSha256 } from '../signing.ts';
import { isSafeEntryName } from './entry-name.ts';
import { blocksOf, type ZipContent } from './zip-content.ts';

export type { ZipContent } from './zip-content.ts';

export interface ZipEntryOptions {
	/** False stores the bytes as they are. Default true: deflated. */
	readonly compress?: boolean;
	/** 1 (fast) to 9 (small), default 6; only where compressed. */
	readonly compressionLevel?: number;
}

export interface ZipWriter {
	/**
	 * Adds one file; resolves when its content has been read to the end. One at a time. `name` is a relative path with `/`.
	 * Only a few blocks of the content are held at a time. What the content throws is thrown here, and nothing is left.
	 */
	add(name: string, content: ZipContent, options?: ZipEntryOptions): Promise<void>;
	/** Writes the directory, brings the file to the disk and puts it in its place. `bytes` is its length, `sha256` lower-case hex. */
	finish(): Promise<{ bytes: number; sha256: string }>;
	/** Removes what was written. Harmless after `finish`. */
	abort(): Promise<void>;
}

// Before 1980, which yazl brings to 1980-01-01 00:00 of whatever timezone it runs in, so that the recorded DOS time (which knows
// no timezone) is the same everywhere. Any later instant would be written as local time and differ between machines.
const BEFORE_DOS_TIME = new Date(0);
const REGULAR_FILE_MODE = 0o100644;
// Deflate sees blocks of one size however the content came in, so that the bytes don't depend on the pieces.
const BLOCK_BYTES = 64 * 1024;
const DEFAULT_LEVEL = 6;

/**
 * A ZIP file that is a function of the names, contents and options given and of nothing else (time, timezone, umask, user, size of
 * the pieces), streamed in flat memory, ZIP64 where needed, and at `path` whole or not at all. The folder must exist.
 * Compressed bytes also depend on the zlib that node was built with.
 */
export async function createZip(path: string): Promise<ZipWriter> {
	const zip = new ZipFile();
	const sink = drain(zip, await createAtomicFile(path));
	const names = new Set<string>();
	let ended = false;
	const abort = async (): Promise<void> => {
		ended = true;
		await sink.abort();
	};
	return {
		abort,
		add: async (name, content, options = {}) => {
			assert(!ended, 'nothing is added to a ZIP file that is finished');
			assert(isSafeEntryName(name), `"${name}" is a relative path that every system can unpack`);
			assert(!names.has(name), `"${name}" is added once`);
			names.add(name);
			const source = sourceOf(content);
			const compressionLevel = options.compress === false ? 0 : (options.compressionLevel ?? DEFAULT_LEVEL);
			try {
				await sink.unlessFailed((resolve, reject) => {
					source.once('end', resolve).once('error', reject);
					zip.addReadStream(source, name, { mtime: BEFORE_DOS_TIME, forceDosTimestamp: true, mode: REGULAR_FILE_MODE, compressionLevel });
				});
			} catch (error) {
				source.destroy();
				await abort();
				throw error;
			}
		},
		finish: async () => {
			assert(!ended, 'a ZIP file is finished once');
			ended = true;
			zip.end();
			return sink.commit();
		},
	};
}

interface Sink {
	/** Rejects with the first failure of the writing side, whoever waits for the reading side. */
	unlessFailed(start: (resolve: () => void, reject: (error: unknown) => void) => void): Promise<void>;
	/** Waits for the last byte and puts the file in its place. */
	commit(): Promise<{ bytes: number; sha256: string }>;
	abort(): Promise<void>;
}

/** Writes what comes out of `zip` to `file` as fast as the disk takes it. */
function drain(zip: ZipFile, file: Awaited<ReturnType<typeof createAtomicFile>>): Sink {
	const output = zip.outputStream as Readable;
	const hash = createSha256();
	const failures: unknown[] = [];
	let bytes = 0;
	let onFailure: ((error: unknown) => void) | null = null;

	const fail = (error: unknown): void => {
		failures.push(error);
		onFailure?.(error);
	};
	const write = async (): Promise<void> => {
		for await (const chunk of output as AsyncIterable<Uint8Array>) {
			hash.update(chunk);
			bytes += chunk.length;
			await file.write(chunk);
		}
	};
	zip.once('error', fail);
	const written = write().catch(fail);
	const unlessFailed: Sink['unlessFailed'] = (start) =>
		new Promise((resolve, reject) => {
			onFailure = reject;
			if (failures.length > 0) reject(failures[0]);
			else start(resolve, reject);
		});
	const abort = async (): Promise<void> => {
		output.on('error', () => {});
		output.destroy();
		await written;
		await file.abort();
	};
	return {
		unlessFailed,
		abort,
		commit: async () => {
			try {
				await unlessFailed((resolve) => void written.then(resolve));
				if (failures.length > 0) throw failures[0];
				await file.commit();
			} finally {
				await abort();
			}
			return { bytes, sha256: hash.digestHex() };
		},
	};
}

// yazl keeps every source until the end, so a source must let go of its content when it has been read: with many attachments
// the memory would grow by all of them.
function sourceOf(content: ZipContent): Readable {
	let blocks: AsyncGenerator<Uint8Array> | null = blocksOf(content, BLOCK_BYTES);
	return new Readable({
		highWaterMark: BLOCK_BYTES,
		read() {
			blocks?.next().then(
				({ done, value }) => this.push(done ? null : value),
				(error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))),
			);
		},
		destroy(error, callback) {
			const open = blocks;
			blocks = null;
			const done = (): void => callback(error);
			if (open) open.return(undefined).then(done, done);
			else done();
		},
	});
}
