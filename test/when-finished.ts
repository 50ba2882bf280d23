import { beforeAll, onTestFinished } from 'vitest';
import { present } from '#shared/kernel/assert.ts';

type Ending = () => unknown;

/** What is to be done when the shared things that are being made are no longer needed; null in a test. */
let shared: Ending[] | null = null;

/** Runs when the running test has ended; of what is shared, when the last test of its file has. */
export function whenFinished(end: Ending): void {
	if (shared === null) onTestFinished(async () => void (await end()));
	else shared.push(end);
}

/** Made once before the tests of a file or of a `describe`, for tests that only look at it. What costs much and is changed by no test belongs here. */
export function sharedByTests<Made extends object>(make: () => Promise<Made>): () => Made {
	let made: Made | undefined;
	beforeAll(async () => {
		const endings: Ending[] = [];
		shared = endings;
		try {
			made = await make();
		} finally {
			shared = null;
		}
		return async () => {
			for (const end of endings.toReversed()) await end();
		};
	}, 120_000);
	return () => present(made, 'what the tests share');
}
