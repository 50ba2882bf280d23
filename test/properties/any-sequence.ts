import fc from 'fast-check';
import { expect } from 'vitest';
import { contentOf } from '#test/database-content.ts';
import { expectSoundBooks, expectTrueReports, expectWholeChain } from './invariants.ts';
import { play } from './play.ts';
import { type Game, games } from './steps.ts';
import { openWorld } from './world.ts';

/** How many steps were done and how many refused, by what they do: a game in which nothing happens proves nothing. */
export type Tally = Map<string, { done: number; refused: number }>;

/** Plays one game; after each step the books are sound, and a refused step has written nothing. */
async function playGame(game: Game, tally: Tally): Promise<void> {
	const world = await openWorld(game);
	try {
		for (const step of game.steps) {
			const before = contentOf(world.judge);
			const refused = await play(world, step);
			const count = tally.get(step.does) ?? { done: 0, refused: 0 };
			tally.set(step.does, count);
			if (refused === null) count.done++;
			else count.refused++;
			// Closing a year is several commands: those before the refused one stand.
			if (refused !== null && step.does !== 'close-year') expect(contentOf(world.judge), `${step.does} refused with ${refused} wrote something`).toBe(before);
			expectSoundBooks(world);
		}
		expectWholeChain(world);
		await expectTrueReports(world);
	} finally {
		await world.leave();
	}
}

export async function playGames(numRuns: number, maxLength: number, seed?: number): Promise<Tally> {
	const tally: Tally = new Map();
	await fc.assert(
		fc.asyncProperty(games(maxLength), (game) => playGame(game, tally)),
		{ numRuns, endOnFailure: false, ...(seed === undefined ? {} : { seed }) },
	);
	return tally;
}
