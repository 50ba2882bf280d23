import type { CallOptions } from '#shared/contract/client.ts';
import type { TerminalContext } from './context.ts';
import { startProgress } from './progress.ts';

/**
 * Long work with a progress bar on a terminal. Ctrl-C cancels it between two steps (CANCELLED); what was not committed is gone. A
 * second Ctrl-C ends the program at once, which leaves the books whole too: an open database transaction never happened.
 */
export async function longWork<Output>({ output }: TerminalContext, label: string, work: (options: CallOptions) => Promise<Output>): Promise<Output> {
	const progress = startProgress(output.stderr, { label });
	const cancel = new AbortController();
	const onInterrupt = (): void => cancel.abort();
	process.once('SIGINT', onInterrupt);
	try {
		return await work({
			signal: cancel.signal,
			onProgress: ({ fraction, text }) => progress.update(Math.round(fraction * 1000), 1000, text === '' ? label : text),
		});
	} finally {
		process.off('SIGINT', onInterrupt);
		progress.end();
	}
}
