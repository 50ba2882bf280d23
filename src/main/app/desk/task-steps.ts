import type { Progress } from '#shared/contract/client.ts';
import { EventQueue } from './event-queue.ts';

export type TaskStepOf<Output> =
	| { readonly kind: 'progress'; readonly fraction: number; readonly text: string }
	| { readonly kind: 'result'; readonly output: Output };

/**
 * Long work as steps: how far it is, then what came of it. A reader who is slow sees the newest progress only. Whoever stops reading, or
 * aborts, cancels the work; the steps end only when the work has.
 */
export async function* taskSteps<Output>(
	signal: AbortSignal | undefined,
	work: (options: { readonly signal: AbortSignal; readonly onProgress: (progress: Progress) => void }) => Promise<Output>,
): AsyncGenerator<TaskStepOf<Output>, void, undefined> {
	const cancel = new AbortController();
	const abort = (): void => cancel.abort(signal?.reason);
	signal?.addEventListener('abort', abort);
	if (signal?.aborted) abort();
	const steps = new EventQueue<TaskStepOf<Output>>({ merge: (last, next) => (last.kind === 'progress' && next.kind === 'progress' ? next : null) });
	const working = work({ signal: cancel.signal, onProgress: ({ fraction, text }) => steps.push({ kind: 'progress', fraction, text }) }).then(
		(output) => {
			steps.push({ kind: 'result', output });
			steps.end();
		},
		(error: unknown) => steps.end({ error }),
	);
	try {
		yield* steps.read();
	} finally {
		cancel.abort();
		await working;
		signal?.removeEventListener('abort', abort);
	}
}
