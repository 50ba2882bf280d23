import { describe, expect, it } from 'vitest';
import { packageActions, shownInstant, shownSize } from './package-rules.ts';

describe('what may be done with a package', () => {
	it.each([
		['QUEUED', false, false, true],
		['RUNNING', false, false, true],
		['READY', true, true, false],
		['FAILED', false, true, false],
		['CANCELLED', false, true, false],
		['EXPIRED', false, true, false],
		['SUPERSEDED', true, true, false],
	] as const)('%s: download %s, regenerate %s, cancel %s', (status, download, regenerate, cancel) => {
		expect(packageActions(status)).toEqual({ download, regenerate, cancel });
	});
});

describe('figures of a package', () => {
	it.each([
		[0, '0 B'],
		[9_999, '9999 B'],
		[10_240, '10 KiB'],
		[4_500_000, '4395 KiB'],
		[52_428_800, '50 MiB'],
	])('%i bytes are %s', (bytes, shown) => {
		expect(shownSize(bytes)).toBe(shown);
	});

	it('shows an instant on the clock of the machine', () => {
		const local = new Date(2026, 1, 3, 4, 5);
		expect(shownInstant(local.toISOString(), 'DD/MM/YYYY')).toBe('03/02/2026 04:05');
	});
});
