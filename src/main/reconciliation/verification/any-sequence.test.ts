import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReconciliationGame } from '#test/reconciliation-game.ts';
import { reconciliationStep } from '#test/reconciliation-model.ts';

describe('any sequence of posts, statements, matches, reconciliations, closes and reopenings', () => {
	it('keeps what verified means', async () => {
		const tally = new Map<string, number>();
		await fc.assert(
			fc.asyncProperty(fc.array(reconciliationStep, { minLength: 25, maxLength: 60, size: 'max' }), async (steps) => {
				const game = new ReconciliationGame();
				try {
					for (const one of steps) await game.play(one);
				} finally {
					for (const [what, times] of game.tally) tally.set(what, (tally.get(what) ?? 0) + times);
					game.books.close();
				}
			}),
			{ numRuns: 40 },
		);
		// A game that never gets there would prove nothing.
		for (const what of [
			'post done',
			'match done',
			'unmatch done',
			'create done',
			'create RECONCILIATION_FIXED',
			'create STATEMENT_SHORT',
			'items done',
			'verify done',
			'verify RECONCILIATION_VARIANCE',
			'settle done',
			'settle RECONCILIATION_VARIANCE',
			'undo done',
			'post PERIOD_CLOSED',
			'close done',
			'reopen done',
		]) {
			expect(tally.get(what) ?? 0, what).toBeGreaterThan(0);
		}
	}, 120_000);
});
