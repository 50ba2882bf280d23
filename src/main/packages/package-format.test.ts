import { expect, it } from 'vitest';
import { formatAfter, PACKAGE_FORMAT } from './package-format.ts';

it.each<[string, readonly unknown[], number]>([
	['nothing was packed before', [], PACKAGE_FORMAT],
	['jobs failed before', [null, null], PACKAGE_FORMAT],
	['it was packed before there were documents', [null, 1], 1],
	['it was packed with documents', [2, null, 2], 2],
	['a later release packed it', [99], PACKAGE_FORMAT],
])('where %s, the format is the one that gives the recorded content', (_what, recorded, format) => {
	expect(formatAfter(recorded)).toBe(format);
});
