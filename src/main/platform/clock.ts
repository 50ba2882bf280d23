import { assert } from '#shared/kernel/assert.ts';

/** Where the program gets the time from. Nothing else reads the machine's clock, so that tests and rebuilds can fix it. */
export interface Clock {
	now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/**
 * A clock for tests and rebuilds: `instant` (ISO 8601 with offset, or a Date) at the first call, and `stepMs` milliseconds more
 * at each later one (0: it stands still).
 */
export function fixedClock(instant: string | Date, stepMs = 0): Clock {
	let nextMs = new Date(instant).getTime();
	assert(Number.isFinite(nextMs), 'a fixed clock starts at an instant');
	return {
		now: () => {
			const now = new Date(nextMs);
			nextMs += stepMs;
			return now;
		},
	};
}

/** An instant as the books write it: UTC, ISO 8601, milliseconds, `Z`: `2026-01-31T18:29:59.999Z`. Plain text order is time order. */
export function instantText(instant: Date): string {
	const year = instant.getUTCFullYear();
	assert(year >= 0 && year <= 9999, 'an instant of the books has a year of four digits');
	return instant.toISOString();
}
