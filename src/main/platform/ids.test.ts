import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fixedClock } from './clock.ts';
import { isUuid, uuidV7 } from './ids.ts';

const INSTANT = '2022-02-22T19:22:22.000Z';

describe('uuidV7', () => {
	it('carries the milliseconds of its clock, version 7 and the variant of RFC 9562', () => {
		// The instant of the example in RFC 9562, appendix A.6.
		expect(uuidV7(fixedClock(INSTANT))).toMatch(/^017f22e2-79b0-7[0-7][0-9a-f]{2}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
	});

	it('ascends strictly within a millisecond, beyond what its counter holds', () => {
		const clock = fixedClock(INSTANT);
		const ids = Array.from({ length: 20_000 }, () => uuidV7(clock));
		expect(ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? ''))).toBe(true);
		expect(ids.every(isUuid)).toBe(true);
	});

	it('ascends where the clock is set back', () => {
		const clock = fixedClock(INSTANT, -60_000);
		const ids = Array.from({ length: 10 }, () => uuidV7(clock));
		expect(ids).toEqual(ids.toSorted());
		expect(new Set(ids).size).toBe(10);
	});

	it('keeps a clock fixed in the past apart from other clocks', () => {
		uuidV7(fixedClock('2030-01-01T00:00:00Z'));
		expect(uuidV7(fixedClock(INSTANT))).toMatch(/^017f22e2-79b0-/);
	});

	it('differs between clocks that show the same instant', () => {
		expect(uuidV7(fixedClock(INSTANT))).not.toBe(uuidV7(fixedClock(INSTANT)));
	});

	it('is not made before 1970', () => {
		expect(() => uuidV7(fixedClock('1969-12-31T23:59:59Z'))).toThrow('after 1970');
	});
});

describe('isUuid', () => {
	it.each([
		['version 4 of another maker', randomUUID(), true],
		['version 7', '017f22e2-79b0-7cc3-98c4-dc0c0c07398f', true],
		['upper case', '017F22E2-79B0-7CC3-98C4-DC0C0C07398F', false],
		['version 0', '017f22e2-79b0-0cc3-98c4-dc0c0c07398f', false],
		['another variant', '017f22e2-79b0-7cc3-c8c4-dc0c0c07398f', false],
		['without hyphens', '017f22e279b07cc398c4dc0c0c07398f', false],
		['more after it', '017f22e2-79b0-7cc3-98c4-dc0c0c07398f\n', false],
		['nothing', '', false],
	])('%s', (_name, text, expected) => {
		expect(isUuid(text)).toBe(expected);
	});
});
