import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Progress } from '../run/handlers.ts';
import { withSteadyMemory } from '../steady-memory.ts';
import { workerFile } from '../worker-file.ts';
import type { JobKind, JobQuestion, WorkDesk } from './job-kind.ts';
import { type AnswerMessage, packError, unpackError, type WorkMessage, type WorkOrder, workStopped } from './work-messages.ts';

export interface WorkOptions {
	/** Aborted when the work is to stop: it ends with CANCELLED at its next piece. */
	readonly signal: AbortSignal;
	readonly onProgress: (progress: Progress) => void;
	readonly answer: (question: JobQuestion) => Promise<unknown>;
	/** The file of the worker thread; null: none, so the work is done in this thread. */
	readonly workerFile?: string | null;
}

// Streaming work needs little: a small young generation keeps the thread's memory small at the same speed. The old one has room for
// the sealed tables of a large close; a limit of its own makes a thread that asks for more fail, and not the whole program.
const THREAD_LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 1024 };

/** Does the work of a job in a worker thread of its own, so that this one stays free; resolves when that thread is gone. */
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

function inThread<Result>(file: string, kind: string, input: unknown, { signal, onProgress, answer }: WorkOptions): Promise<Result> {
	const stop = new Int32Array(new SharedArrayBuffer(4));
	const order: WorkOrder & { readonly task: 'job' } = { task: 'job', kind, input, stop };
	const worker = new Worker(file, { workerData: order, resourceLimits: THREAD_LIMITS });
	const onAbort = (): void => void Atomics.store(stop, 0, 1);
	signal.addEventListener('abort', onAbort);
	const reply = (message: AnswerMessage): void => worker.postMessage(message);
	let outcome: { readonly result: Result } | { readonly error: unknown } | null = null;
	const hear = (message: WorkMessage): void => {
		if ('progress' in message) onProgress(message.progress);
		else if ('done' in message) outcome ??= { result: message.done as Result };
		else if ('failed' in message) outcome ??= { error: unpackError(message.failed) };
		else {
			const { id, question } = message;
			void answer(question).then(
				(value) => reply({ id, answer: value }),
				(error: unknown) => reply({ id, failed: packError(error) }),
			);
		}
	};
	worker.on('message', (message: WorkMessage) => {
		try {
			hear(message);
		} catch (error) {
			outcome ??= { error };
			onAbort();
		}
	});
	worker.on('error', (error) => {
		outcome ??= { error };
	});
	return new Promise((resolve, reject) => {
		worker.on('exit', () => {
			signal.removeEventListener('abort', onAbort);
			const ended = outcome ?? { error: new Error('the worker thread ended before its work') };
			if ('error' in ended) reject(ended.error);
			else resolve(ended.result);
		});
	});
}
