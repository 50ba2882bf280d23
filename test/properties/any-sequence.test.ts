import { describe, expect, it } from 'vitest';
import { playGames } from './any-sequence.ts';

describe('any sequence of posting, reversing, correcting, drafting, importing, undoing, revaluing, closing and reopening, in two companies', () => {
	it('keeps the books in balance, numbered, chained and reported truly, and every seal verified', async () => {
		const tally = await playGames(14, 30);
		expect(tally.get('post')?.done).toBeGreaterThan(0);
		expect(tally.get('close-next')?.done).toBeGreaterThan(0);
	});
});
