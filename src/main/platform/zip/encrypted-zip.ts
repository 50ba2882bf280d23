import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { configure, ZipWriter } from '@zip.js/zip.js';
import { assert } from '#shared/kernel/assert.ts';
import { createAtomicFile } from '../files.ts';
import { createSha256 } from '../signing.ts';
import { isSafeEntryName } from './entry-name.ts';

export interface EncryptedCopy {
	/** Absolute path of the file to encrypt. */
	readonly source: string;
	/** Its length, which decides whether the archive needs ZIP64. */
	readonly bytes: number;
	/** Absolute path of the archive, whole or not at all. */
	readonly target: string;
	/** The file's name in the archive; anyone can read it. */
	readonly name: string;
	readonly password: string;
	/** Throws to stop; called between pieces. */
	readonly checkpoint: () => void;
}

const AES_256 = 3;
const STORED = 0;
// Some room below 4 GiB for what encryption adds.
const ZIP64_FROM_BYTES = 0xffff_0000;
const CHUNK_BYTES = 256 * 1024;
// An archive of one entry says nothing of when it was made.
const FIXED_DATE = new Date(2020, 0, 1);

/**
 * Writes an archive of one file encrypted with AES-256 as WinZip and 7-Zip read it (AE-2: https://www.winzip.com/en/support/aes-encryption/),
 * in flat memory. Answers the SHA-256 of what was encrypted, lower-case hex; `place` decides with it whether the archive is put in its place.
 */
export async function writeEncryptedZip(copy: EncryptedCopy, place: (sha256: string) => void): Promise<void> {
	assert(isSafeEntryName(copy.name), 'a file has a name that every system can unpack');
	configure({ useWebWorkers: false });
	const file = await createAtomicFile(copy.target, { mode: 0o600 });
	const hash = createSha256();
	try {
		const zip = new ZipWriter(new WritableStream<Uint8Array>({ write: (bytes) => file.write(bytes) }), {
			password: copy.password,
			encryptionStrength: AES_256,
			level: STORED,
			zip64: copy.bytes >= ZIP64_FROM_BYTES,
			lastModDate: FIXED_DATE,
			extendedTimestamp: false,
		});
		const pieces = hashed(copy, (bytes) => hash.update(bytes));
		await zip.add(copy.name, Readable.toWeb(Readable.from(pieces, { objectMode: false, highWaterMark: CHUNK_BYTES })) as ReadableStream<Uint8Array>);
		await zip.close();
		place(hash.digestHex());
		await file.commit();
	} finally {
		await file.abort();
	}
}

async function* hashed({ source, checkpoint }: EncryptedCopy, take: (bytes: Uint8Array) => void): AsyncGenerator<Uint8Array, void, undefined> {
	for await (const piece of createReadStream(source, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Uint8Array>) {
		checkpoint();
		take(piece);
		yield piece;
	}
}
