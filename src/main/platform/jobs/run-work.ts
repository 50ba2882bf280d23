import { existsSync } from 'node:fs';
import type { Progress } from '#shared/contract/client.ts';
import { withSteadyMemory } from '../steady-memory.ts';
import { workerFile } from '../worker-file.ts';
import type { JobKind, JobQuestion, WorkDesk } from './job-kind.ts';
import { packError, type ThreadMessage, unpackError, type WorkMessage, type WorkOrder, workStopped } from './work-messages.ts';
import { keepThread, takeThread } from './work-threads.ts';

export interface WorkOptions {
	/** Aborted when the work is to stop: it ends with CANCELLED at its next piece. */
	readonly signal: AbortSignal;
	readonly onProgress: (progress: Progress) => void;
	readonly answer: (question: JobQuestion) => Promise<unknown>;
	/** The file of the worker thread; null: none, so the work is done in this thread. */
	readonly workerFile?: string | null;
}

/** Does the work of a job in a worker thread, so that this one stays free. */
export async function runWork<Result>(kind: JobKind<unknown, Result>, input: unknown, options: WorkOptions): Promise<Result> {
	if (options.signal.aborted) throw workStopped();
	const file = options.workerFile === undefined ? standingWorkerFile() : options.workerFile;
	return file === null ? withSteadyMemory(() => kind.work(input, deskHere(options))) : inThread<Result>(file, kind.name, input, options);
}

function standingWorkerFile(): string | null {
	const file = workerFile();
	return existsSync(file) ? file : null;
}

function deskHere({ signal, onProgress, answer }: WorkOptions): WorkDesk {
	return {
		progress: onProgress,
		checkpoint: () => {
			if (signal.aborted) throw workStopped();
		},
		ask: async <Answer>(question: JobQuestion) => (await answer(question)) as Answer,
	};
}

async function inThread<Result>(file: string, kind: string, input: unknown, { signal, onProgress, answer }: WorkOptions): Promise<Result> {
	const order: WorkOrder = { kind, input, stop: new Int32Array(new SharedArrayBuffer(4)) };
	const thread = takeThread(file);
	const stop = (): void => void Atomics.store(order.stop, 0, 1);
	const tell = (message: ThreadMessage): void => thread.postMessage(message, []);
	const reply = async (question: JobQuestion, id: number): Promise<void> => {
		try {
			tell({ id, answer: await answer(question) });
		} catch (error) {
			tell({ id, failed: packError(error) });
		}
	};
	const { promise, resolve, reject } = Promise.withResolvers<{ readonly result: Result } | { readonly error: Error }>();
	let fault: Error | null = null;
	const hear = (message: WorkMessage): void => {
		if ('question' in message) void reply(message.question, message.id);
		else if ('done' in message) resolve(fault === null ? { result: message.done as Result } : { error: fault });
		else if ('failed' in message) resolve({ error: fault ?? unpackError(message.failed) });
		else {
			try {
				onProgress(message.progress);
			} catch (error) {
				// Whoever listens failed: the work stops, and is over when its thread says so.
				fault ??= error as Error;
				stop();
			}
		}
	};
	const onExit = (): void => reject(new Error('the worker thread ended before its work'));
	thread.on('message', hear).on('error', reject).on('exit', onExit);
	signal.addEventListener('abort', stop);
	try {
		tell({ order });
		const outcome = await promise;
		thread.off('message', hear).off('error', reject).off('exit', onExit);
		keepThread(thread, file);
		if ('error' in outcome) throw outcome.error;
		return outcome.result;
	} finally {
		signal.removeEventListener('abort', stop);
	}
}
