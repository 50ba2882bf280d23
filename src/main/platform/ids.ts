import { randomFillSync } from 'node:crypto';
import { assert } from '#shared/kernel/assert.ts';
import type { Clock } from './clock.ts';

interface Sequence {
	timestampMs: number;
	counter: number;
}

const COUNTER_LIMIT = 0x1000;
const BYTES_PER_ID = 10;
const MAX_TIMESTAMP_MS = 0xffff_ffff_ffff;
const SHAPE = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

const pool = Buffer.alloc(BYTES_PER_ID * 1024);
let poolUsed = pool.length;

// One sequence per clock: a clock fixed in the past must not be dragged to the time that another clock has already shown.
const sequences = new WeakMap<Clock, Sequence>();

/**
 * A UUID version 7 (RFC 9562, section 5.7), lower case: 48 bits of Unix milliseconds, a counter of 12 bits, 62 random bits.
 * Ids of one clock in one process ascend strictly, also within a millisecond and where the clock is set back
 * (RFC 9562, section 6.2, method 1: the counter starts at a random value below half of its range; where it runs over, the
 * timestamp goes one millisecond ahead).
 */
export function uuidV7(clock: Clock): string {
	const from = takeRandom();
	const { timestampMs, counter } = advance(clock, ((pool[from + 8] ?? 0) << 3) | ((pool[from + 9] ?? 0) >> 5));
	const time = timestampMs.toString(16).padStart(12, '0');
	const hex = (index: number): string => HEX[pool[from + index] ?? 0] ?? '';
	const variant = HEX[0x80 | ((pool[from] ?? 0) & 0x3f)] ?? '';
	return (
		`${time.slice(0, 8)}-${time.slice(8)}-7${(0x1000 | counter).toString(16).slice(1)}-` +
		`${variant}${hex(1)}-${hex(2)}${hex(3)}${hex(4)}${hex(5)}${hex(6)}${hex(7)}`
	);
}

/** True for a UUID of any RFC 9562 version (1 to 8) in lower-case text. */
export function isUuid(text: string): boolean {
	return SHAPE.test(text);
}

function advance(clock: Clock, seed: number): Sequence {
	const nowMs = clock.now().getTime();
	assert(nowMs >= 0 && nowMs <= MAX_TIMESTAMP_MS, 'an id is made after 1970');
	const sequence = sequences.get(clock);
	if (!sequence) {
		const first = { timestampMs: nowMs, counter: seed };
		sequences.set(clock, first);
		return first;
	}
	if (nowMs > sequence.timestampMs) {
		sequence.timestampMs = nowMs;
		sequence.counter = seed;
	} else if (++sequence.counter === COUNTER_LIMIT) {
		sequence.timestampMs++;
		sequence.counter = seed;
	}
	return sequence;
}

// Random bytes are drawn for a thousand ids at a time: one call for each would cost more than the rest of the work.
function takeRandom(): number {
	if (poolUsed === pool.length) {
		randomFillSync(pool);
		poolUsed = 0;
	}
	poolUsed += BYTES_PER_ID;
	return poolUsed - BYTES_PER_ID;
}
