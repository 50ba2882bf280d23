import { firstPrimes, rootFraction } from './hash-constants.ts';

const BLOCK_BYTES = 128;
const ROUNDS = 80;

/** 64-bit words as pairs of 32-bit halves: high at an even place, low at the odd one after it. */
type Words = Int32Array;

let constants: { readonly rounds: Words; readonly start: Words } | null = null;

function knownConstants() {
	const halves = (fractions: readonly bigint[]): Words =>
		Int32Array.from(fractions.flatMap((fraction) => [Number(fraction >> 32n), Number(fraction & 0xffff_ffffn)]));
	constants ??= {
		rounds: halves(firstPrimes(ROUNDS).map((prime) => rootFraction(prime, 3))),
		start: halves(firstPrimes(8).map((prime) => rootFraction(prime, 2))),
	};
	return constants;
}

/** SHA-512 (FIPS 180-4) of bytes at hand: 64 bytes. Ed25519 needs it. */
export function pureSha512(bytes: Uint8Array): Uint8Array {
	const { rounds, start } = knownConstants();
	const padded = new Uint8Array(Math.ceil((bytes.length + 17) / BLOCK_BYTES) * BLOCK_BYTES);
	padded.set(bytes);
	padded[bytes.length] = 0x80;
	const view = new DataView(padded.buffer);
	view.setUint32(padded.length - 8, Math.floor(bytes.length / 0x2000_0000));
	view.setUint32(padded.length - 4, (bytes.length * 8) % 0x1_0000_0000);
	const state = start.slice();
	const schedule = new Int32Array(ROUNDS * 2);
	for (let offset = 0; offset < padded.length; offset += BLOCK_BYTES) {
		for (let index = 0; index < 32; index++) schedule[index] = view.getInt32(offset + index * 4);
		compress(state, schedule, rounds);
	}
	const digest = new DataView(new ArrayBuffer(64));
	for (const [index, word] of state.entries()) digest.setInt32(index * 4, word);
	return new Uint8Array(digest.buffer);
}

/** Half of a word rotated right by 1 to 63 bits: the high half of (high, low), or the low half of (low, high). */
function rotated(half: number, other: number, bits: number): number {
	if (bits >= 32) return bits === 32 ? other : (other >>> (bits - 32)) | (half << (64 - bits));
	return (half >>> bits) | (other << (32 - bits));
}

function majority(first: number, second: number, third: number): number {
	return (first & second) ^ (first & third) ^ (second & third);
}

// Low halves are added as unsigned numbers; what is above 32 bits goes to the high half.
const unsigned = (half: number): number => half >>> 0;
const carry = (sum: number): number => Math.floor(sum / 0x1_0000_0000);

function compress(state: Words, schedule: Words, rounds: Words): void {
	const word = (words: Words, place: number): number => words[place] as number;
	for (let place = 32; place < ROUNDS * 2; place += 2) {
		const earlyHigh = word(schedule, place - 30);
		const earlyLow = word(schedule, place - 29);
		const lateHigh = word(schedule, place - 4);
		const lateLow = word(schedule, place - 3);
		const sigma0High = rotated(earlyHigh, earlyLow, 1) ^ rotated(earlyHigh, earlyLow, 8) ^ (earlyHigh >>> 7);
		const sigma0Low = rotated(earlyLow, earlyHigh, 1) ^ rotated(earlyLow, earlyHigh, 8) ^ ((earlyLow >>> 7) | (earlyHigh << 25));
		const sigma1High = rotated(lateHigh, lateLow, 19) ^ rotated(lateHigh, lateLow, 61) ^ (lateHigh >>> 6);
		const sigma1Low = rotated(lateLow, lateHigh, 19) ^ rotated(lateLow, lateHigh, 61) ^ ((lateLow >>> 6) | (lateHigh << 26));
		const low = unsigned(word(schedule, place - 31)) + unsigned(sigma0Low) + unsigned(word(schedule, place - 13)) + unsigned(sigma1Low);
		schedule[place + 1] = low | 0;
		schedule[place] = (word(schedule, place - 32) + sigma0High + word(schedule, place - 14) + sigma1High + carry(low)) | 0;
	}
	// a to h, as halves; after a round each word moves one place on.
	const working = state.slice();
	for (let round = 0; round < ROUNDS * 2; round += 2) {
		const aHigh = word(working, 0);
		const aLow = word(working, 1);
		const eHigh = word(working, 8);
		const eLow = word(working, 9);
		const sum1High = rotated(eHigh, eLow, 14) ^ rotated(eHigh, eLow, 18) ^ rotated(eHigh, eLow, 41);
		const sum1Low = rotated(eLow, eHigh, 14) ^ rotated(eLow, eHigh, 18) ^ rotated(eLow, eHigh, 41);
		const chosenHigh = (eHigh & word(working, 10)) ^ (~eHigh & word(working, 12));
		const chosenLow = (eLow & word(working, 11)) ^ (~eLow & word(working, 13));
		const firstLow =
			unsigned(word(working, 15)) + unsigned(sum1Low) + unsigned(chosenLow) + unsigned(word(rounds, round + 1)) + unsigned(word(schedule, round + 1));
		const firstHigh = (word(working, 14) + sum1High + chosenHigh + word(rounds, round) + word(schedule, round) + carry(firstLow)) | 0;
		const sum0High = rotated(aHigh, aLow, 28) ^ rotated(aHigh, aLow, 34) ^ rotated(aHigh, aLow, 39);
		const sum0Low = rotated(aLow, aHigh, 28) ^ rotated(aLow, aHigh, 34) ^ rotated(aLow, aHigh, 39);
		const majorityHigh = majority(aHigh, word(working, 2), word(working, 4));
		const majorityLow = majority(aLow, word(working, 3), word(working, 5));
		const nextELow = unsigned(word(working, 7)) + unsigned(firstLow | 0);
		const nextEHigh = word(working, 6) + firstHigh + carry(nextELow);
		const nextALow = unsigned(firstLow | 0) + unsigned(sum0Low) + unsigned(majorityLow);
		const nextAHigh = firstHigh + sum0High + majorityHigh + carry(nextALow);
		working.copyWithin(2, 0, 14);
		working[0] = nextAHigh | 0;
		working[1] = nextALow | 0;
		working[8] = nextEHigh | 0;
		working[9] = nextELow | 0;
	}
	for (let place = 0; place < 16; place += 2) {
		const low = unsigned(word(state, place + 1)) + unsigned(word(working, place + 1));
		state[place] = (word(state, place) + word(working, place) + carry(low)) | 0;
		state[place + 1] = low | 0;
	}
}
