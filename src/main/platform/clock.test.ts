import { describe, expect, it } from 'vitest';
import { fixedClock, instantText, systemClock } from './clock.ts';

describe('fixedClock', () => {
	it('stands still without a step', () => {
		const clock = fixedClock('2026-01-31T23:59:59.999+05:30');
		expect([clock.now(), clock.now()].map(instantText)).toEqual(['2026-01-31T18:29:59.999Z', '2026-01-31T18:29:59.999Z']);
	});

	it('moves by its step at each reading', () => {
		const clock = fixedClock(new Date(Date.UTC(2026, 1, 28, 23, 59, 59)), 1000);
		expect([clock.now(), clock.now()].map(instantText)).toEqual(['2026-02-28T23:59:59.000Z', '2026-03-01T00:00:00.000Z']);
	});

	it('does not start at a time that is none', () => {
		expect(() => fixedClock('yesterday')).toThrow('starts at an instant');
	});
});

describe('instantText', () => {
	it('is UTC with milliseconds and Z, as JSON reads it back', () => {
		const now = systemClock.now();
		expect(instantText(now)).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
		expect(new Date(instantText(now)).getTime()).toBe(now.getTime());
	});

	it('refuses years whose text would not sort', () => {
		expect(() => instantText(new Date(Date.UTC(10000, 0, 1)))).toThrow('four digits');
		expect(() => instantText(new Date(Number.NaN))).toThrow('four digits');
	});
});
