import { concatBytes, toHex } from './bytes.ts';
import type { IncrementalSha256, Sha256 } from './hash.ts';
import type { VerifyEd25519 } from './signature.ts';

/** The files of a bag, by name relative to its top folder, with `/` between folders. Folders themselves are not listed. */
export interface PackageSource {
	/** Every file, in the order of the archive; a name that stands there twice is listed twice. */
	list(): readonly string[];
	/** The bytes of one file. Throws FileDamaged where the file itself cannot be unpacked; any other error ends the verification. */
	read(name: string): AsyncIterable<Uint8Array>;
}

/** Thrown by a source whose archive holds a file that cannot be unpacked (a wrong check sum, a cut stream): that is a finding. */
export class FileDamaged extends Error {
	override readonly name = 'FileDamaged';
}

/** The primitives that a host passes in. */
export interface SealCryptography {
	readonly sha256: Sha256;
	readonly createSha256: () => IncrementalSha256;
	readonly verifyEd25519: VerifyEd25519;
}

/** Takes a file's bytes as they come. */
export interface ByteSink {
	write(bytes: Uint8Array): void;
	end(): void;
}

export interface FileDigest {
	readonly sha256: string;
	readonly bytes: number;
}

/** Reads a file once: its SHA-256 and length, with its bytes passed on to a sink. */
export async function digestFile(source: PackageSource, name: string, createSha256: () => IncrementalSha256, sink?: ByteSink): Promise<FileDigest> {
	const hash = createSha256();
	let bytes = 0;
	for await (const chunk of source.read(name)) {
		hash.update(chunk);
		sink?.write(chunk);
		bytes += chunk.length;
	}
	sink?.end();
	return { sha256: toHex(hash.digest()), bytes };
}

/** A whole small file; null where it is longer than `limit` bytes or damaged (which the pass over all files reports). */
export async function readSmallFile(source: PackageSource, name: string, limit: number): Promise<Uint8Array | null> {
	const parts: Uint8Array[] = [];
	let length = 0;
	try {
		for await (const chunk of source.read(name)) {
			length += chunk.length;
			if (length > limit) return null;
			parts.push(chunk.slice());
		}
	} catch (error) {
		if (error instanceof FileDamaged) return null;
		throw error;
	}
	return concatBytes(parts);
}

// Far above any entry: 10 000 lines are about 3 MB.
const LONGEST_LINE = 256 * 1024 * 1024;
const LF = 0x0a;

/**
 * Splits bytes into lines ended by LF and hands each on without it. A last line without LF is handed on as `cut`, as is one longer than any entry can be.
 * The bytes of a line are valid only during the call.
 */
export function lineSink(take: (line: Uint8Array, lineNo: number) => void, cut: (lineNo: number) => void, finish: () => void): ByteSink {
	let pending: Uint8Array[] = [];
	let pendingLength = 0;
	let lineNo = 0;
	let overlong = false;
	const emit = (tail: Uint8Array): void => {
		lineNo++;
		if (overlong) cut(lineNo);
		else take(pending.length === 0 ? tail : concatBytes([...pending, tail]), lineNo);
		pending = [];
		pendingLength = 0;
		overlong = false;
	};
	return {
		write(chunk) {
			let start = 0;
			for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
				emit(chunk.subarray(start, end));
				start = end + 1;
			}
			if (start === chunk.length) return;
			pendingLength += chunk.length - start;
			overlong ||= pendingLength > LONGEST_LINE;
			if (overlong) pending = [];
			else pending.push(chunk.slice(start));
		},
		end() {
			if (pendingLength > 0) cut(lineNo + 1);
			finish();
		},
	};
}

/** Gathers a whole file; `take` gets null where it is longer than `limit`. */
export function wholeSink(limit: number, take: (bytes: Uint8Array | null) => void): ByteSink {
	const parts: Uint8Array[] = [];
	let length = 0;
	return {
		write(chunk) {
			length += chunk.length;
			if (length <= limit) parts.push(chunk.slice());
		},
		end() {
			take(length <= limit ? concatBytes(parts) : null);
		},
	};
}
