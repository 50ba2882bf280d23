import { hash } from 'node:crypto';
import { closeSync, openSync, readSync, writeFileSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { assert } from '#shared/kernel/assert.ts';
import { joinEntryText } from '#shared/seal/index.ts';

/** Where an import's entries take their places in the chain. */
export interface ChainStart {
	/** Number of the newest entry before them; 0 before the first. */
	readonly lastNo: number;
	/** Its hash in hex, or 64 zeros. */
	readonly prev: string;
	readonly postedAt: string;
	/** uuid of the user. */
	readonly postedBy: string;
	/** Entries of the file, from 1, that are not booked; ascending. */
	readonly skipped: readonly number[];
}

export const HASH_BYTES = 32;
const CHUNK_BYTES = 256 * 1024;
const HASHES_PER_WRITE = 2048;

/**
 * Hashes the entry texts of a texts file (see StagedBatch.texts) in their order, each with the hash before it, and writes the
 * hashes to a file, HASH_BYTES each. `onProgress` is called now and then.
 */
export function chainEntries(textsPath: string, hashesPath: string, start: ChainStart, onProgress: () => void): void {
	const output = openSync(hashesPath, 'w');
	try {
		const buffer = Buffer.allocUnsafe(HASHES_PER_WRITE * HASH_BYTES);
		let filled = 0;
		let { lastNo: no, prev } = start;
		let n = 0;
		let skippedAt = 0;
		for (const line of linesOf(textsPath)) {
			n++;
			if (start.skipped[skippedAt] === n) {
				skippedAt++;
				continue;
			}
			const [head, middle, tail] = line.split('\t');
			assert(head !== undefined && middle !== undefined && tail !== undefined, 'a staged entry text has three parts');
			no++;
			prev = hash('sha256', joinEntryText({ head, middle, tail }, { no, postedAt: start.postedAt, postedBy: start.postedBy, prev }), 'hex');
			filled += buffer.write(prev, filled, 'hex');
			if (filled < buffer.length) continue;
			writeFileSync(output, buffer);
			filled = 0;
			onProgress();
		}
		writeFileSync(output, buffer.subarray(0, filled));
	} finally {
		closeSync(output);
	}
}

function* linesOf(path: string): Generator<string> {
	const file = openSync(path, 'r');
	try {
		const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
		const decoder = new StringDecoder('utf8');
		let rest = '';
		for (;;) {
			const bytes = readSync(file, buffer);
			if (bytes === 0) break;
			const text = rest + decoder.write(buffer.subarray(0, bytes));
			let from = 0;
			for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
				yield text.slice(from, end);
				from = end + 1;
			}
			rest = text.slice(from);
		}
		assert(rest === '', 'a texts file ends with a whole line');
	} finally {
		closeSync(file);
	}
}

/** Reads the hashes that chainEntries wrote, one after the other. */
export class HashReader {
	readonly #file: number;
	readonly #buffer = Buffer.allocUnsafe(HASHES_PER_WRITE * HASH_BYTES);
	#at = 0;
	#filled = 0;

	constructor(path: string) {
		this.#file = openSync(path, 'r');
	}

	/** Valid until the next call. */
	next(): Buffer {
		if (this.#at === this.#filled) {
			this.#filled = readSync(this.#file, this.#buffer);
			this.#at = 0;
		}
		const end = this.#at + HASH_BYTES;
		assert(end <= this.#filled, 'every staged entry has its hash');
		const hashBytes = this.#buffer.subarray(this.#at, end);
		this.#at = end;
		return hashBytes;
	}

	close(): void {
		closeSync(this.#file);
	}
}
