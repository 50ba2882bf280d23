import { assert } from '#shared/kernel/assert.ts';
import type { IncrementalSha256 } from './hash.ts';
import { firstPrimes, rootFraction } from './hash-constants.ts';

const BLOCK_BYTES = 64;
const ROUNDS = 64;

interface Constants {
	readonly rounds: Int32Array;
	readonly start: Int32Array;
}
let constants: Constants | null = null;

// Made at first use: a start of the program has the hash of its own engine and never needs them.
function knownConstants(): Constants {
	const top32 = (fraction: bigint): number => Number(fraction >> 32n);
	constants ??= {
		rounds: Int32Array.from(firstPrimes(ROUNDS), (prime) => top32(rootFraction(prime, 3))),
		start: Int32Array.from(firstPrimes(8), (prime) => top32(rootFraction(prime, 2))),
	};
	return constants;
}

/** SHA-256 (FIPS 180-4) in plain arithmetic, for engines that have none, or none that takes a stream. `digest` is called once. */
export function createPureSha256(): IncrementalSha256 {
	const { rounds, start } = knownConstants();
	const state = start.slice();
	const schedule = new Int32Array(ROUNDS);
	const block = new Uint8Array(BLOCK_BYTES);
	let filled = 0;
	let length = 0;
	let ended = false;

	const update = (bytes: Uint8Array): void => {
		assert(!ended, 'a hash takes no more bytes after its digest');
		length += bytes.length;
		let offset = 0;
		if (filled > 0) {
			offset = Math.min(BLOCK_BYTES - filled, bytes.length);
			block.set(bytes.subarray(0, offset), filled);
			filled += offset;
			if (filled < BLOCK_BYTES) return;
			compress(state, schedule, rounds, block, 0);
			filled = 0;
		}
		for (; offset + BLOCK_BYTES <= bytes.length; offset += BLOCK_BYTES) compress(state, schedule, rounds, bytes, offset);
		block.set(bytes.subarray(offset));
		filled = bytes.length - offset;
	};
	return {
		update,
		digest() {
			const padding = new Uint8Array((filled < 56 ? 56 : 120) - filled + 8);
			padding[0] = 0x80;
			// The length in bits passes 32 bits at half a gigabyte.
			const view = new DataView(padding.buffer);
			view.setUint32(padding.length - 8, Math.floor(length / 0x2000_0000));
			view.setUint32(padding.length - 4, (length * 8) % 0x1_0000_0000);
			update(padding);
			ended = true;
			const digest = new Uint8Array(32);
			const words = new DataView(digest.buffer);
			for (let index = 0; index < 8; index++) words.setInt32(index * 4, state[index] as number);
			return digest;
		},
	};
}

/** The same of bytes at hand. */
export function pureSha256(bytes: Uint8Array): Uint8Array {
	const hash = createPureSha256();
	hash.update(bytes);
	return hash.digest();
}

// One block of 64 bytes. The eight working words are locals and every sum is cut to 32 bits: that is what makes it fast.
function compress(state: Int32Array, schedule: Int32Array, rounds: Int32Array, bytes: Uint8Array, offset: number): void {
	for (let index = 0, byte = offset; index < 16; index++, byte += 4) {
		schedule[index] = ((bytes[byte] as number) << 24) | ((bytes[byte + 1] as number) << 16) | ((bytes[byte + 2] as number) << 8) | (bytes[byte + 3] as number);
	}
	for (let index = 16; index < ROUNDS; index++) {
		const early = schedule[index - 15] as number;
		const late = schedule[index - 2] as number;
		const sigma0 = ((early >>> 7) | (early << 25)) ^ ((early >>> 18) | (early << 14)) ^ (early >>> 3);
		const sigma1 = ((late >>> 17) | (late << 15)) ^ ((late >>> 19) | (late << 13)) ^ (late >>> 10);
		schedule[index] = ((schedule[index - 16] as number) + sigma0 + (schedule[index - 7] as number) + sigma1) | 0;
	}
	let a = state[0] as number;
	let b = state[1] as number;
	let c = state[2] as number;
	let d = state[3] as number;
	let e = state[4] as number;
	let f = state[5] as number;
	let g = state[6] as number;
	let h = state[7] as number;
	for (let index = 0; index < ROUNDS; index++) {
		const sum1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
		const first = (h + sum1 + ((e & f) ^ (~e & g)) + (rounds[index] as number) + (schedule[index] as number)) | 0;
		const sum0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
		const second = (sum0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
		h = g;
		g = f;
		f = e;
		e = (d + first) | 0;
		d = c;
		c = b;
		b = a;
		a = (first + second) | 0;
	}
	state[0] = (state[0] as number) + a;
	state[1] = (state[1] as number) + b;
	state[2] = (state[2] as number) + c;
	state[3] = (state[3] as number) + d;
	state[4] = (state[4] as number) + e;
	state[5] = (state[5] as number) + f;
	state[6] = (state[6] as number) + g;
	state[7] = (state[7] as number) + h;
}
