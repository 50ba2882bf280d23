import { describe, expect, it } from 'vitest';
import type { Step } from './steps.ts';
import { playGames } from './any-sequence.ts';

describe('any sequence of commands in two companies, many times', () => {
	it('keeps every invariant; every kind of step was done, and none that must be refused', async () => {
		const tally = await playGames(200, 70);
		const never: Step['does'][] = ['post-unbalanced'];
		for (const [does, { done }] of tally) expect(done > 0, does).toBe(!never.includes(does as Step['does']));
	});
});
