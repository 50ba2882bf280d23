import { createReadStream, existsSync, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#shared/kernel/app-error.ts';
import { assert } from '#shared/kernel/assert.ts';
import { createSha256 } from '../signing.ts';
import { createAtomicFile, ensureFolder } from './atomic-file.ts';

const CHUNK_BYTES = 256 * 1024;
const SHA256_SHAPE = /^[0-9a-f]{64}$/;

interface StoredContent {
	/** Lower-case hex. */
	readonly sha256: string;
	/** Number of bytes. */
	readonly bytes: number;
}

/** Lower-case hex SHA-256 of a file, read in pieces. */
export async function sha256File(path: string): Promise<string> {
	const hash = createSha256();
	for await (const chunk of readChunks(path)) hash.update(chunk);
	return hash.digestHex();
}

/** Copies a file so that it appears at `to` whole or not at all, and gives the SHA-256 of the bytes that were copied. */
export async function copyWithChecksum(from: string, to: string): Promise<string> {
	return (await writeChunks(to, readChunks(from))).sha256;
}

/** Where content with this SHA-256 lies in a content store: `<folder>/ab/abcdef…`. */
export function contentPath(folder: string, sha256: string): string {
	assert(SHA256_SHAPE.test(sha256), 'content is named by its SHA-256 in lower-case hex');
	return join(folder, sha256.slice(0, 2), sha256);
}

/**
 * Keeps content under its own SHA-256. `source` is a file's path or the bytes themselves. Storing the same content again changes
 * nothing; a stored file whose length differs from its content's is replaced, since its name proves it damaged.
 * Refuses FILE_UNREADABLE (retryable) where the source changes while it is read.
 */
export async function storeContent(folder: string, source: string | Uint8Array): Promise<StoredContent> {
	const stored = typeof source === 'string' ? await measureFile(source) : { sha256: createSha256().update(source).digestHex(), bytes: source.length };
	const path = contentPath(folder, stored.sha256);
	if ((await sizeOf(path)) === stored.bytes) return stored;
	await ensureFolder(join(folder, stored.sha256.slice(0, 2)));
	await writeChunks(path, typeof source === 'string' ? readChunks(source) : [source], stored.sha256);
	return stored;
}

/** Is content with this SHA-256 kept? */
export function hasContent(folder: string, sha256: string): boolean {
	return existsSync(contentPath(folder, sha256));
}

/** Takes content out of a store. Only for what nothing names: decide that where nobody else can write. */
export function removeContent(folder: string, sha256: string): void {
	rmSync(contentPath(folder, sha256), { force: true });
}

async function writeChunks(path: string, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, expectedSha256?: string): Promise<StoredContent> {
	const file = await createAtomicFile(path);
	try {
		const hash = createSha256();
		let bytes = 0;
		for await (const chunk of chunks) {
			hash.update(chunk);
			bytes += chunk.length;
			await file.write(chunk);
		}
		const sha256 = hash.digestHex();
		if (expectedSha256 !== undefined && sha256 !== expectedSha256) {
			throw new AppError(
				'FILE_UNREADABLE',
				'The file changed while it was read. Wait until the program that writes it is done, and do the same again.',
				{},
				{ retryable: true },
			);
		}
		await file.commit();
		return { sha256, bytes };
	} finally {
		await file.abort();
	}
}

async function measureFile(path: string): Promise<StoredContent> {
	const hash = createSha256();
	let bytes = 0;
	for await (const chunk of readChunks(path)) {
		hash.update(chunk);
		bytes += chunk.length;
	}
	return { sha256: hash.digestHex(), bytes };
}

async function sizeOf(path: string): Promise<number | null> {
	try {
		return (await stat(path)).size;
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
		throw error;
	}
}

function readChunks(path: string): AsyncIterable<Uint8Array> {
	return createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Uint8Array>;
}
