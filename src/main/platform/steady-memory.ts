import { setFlagsFromString } from 'node:v8';

// V8's own value: each time the young generation proves too small, it doubles.
const GROWTH = 2;

let users = 0;

/**
 * Keeps V8's young generation as small as it is while long streaming work runs. Left alone it grows to over 100 MiB under a stream of
 * short-lived strings and stays so, at hardly any gain in speed.
 */
export async function withSteadyMemory<Output>(work: () => Promise<Output>): Promise<Output> {
	if (users++ === 0) setFlagsFromString('--semi-space-growth-factor=1');
	try {
		return await work();
	} finally {
		if (--users === 0) setFlagsFromString(`--semi-space-growth-factor=${GROWTH}`);
	}
}
