import type { Worker } from 'node:worker_threads';
import type { CallOptions } from '#shared/contract/client.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import { errorOf } from '#main/platform/failure.ts';
import type { FromThread, Place, Request, ToThread } from './program-messages.ts';

/** A cancelled query of a reader that goes on after this long is ended with its thread: SQLite hears of nothing meanwhile. */
const PATIENCE_MS = 200;

/** What the thread says of itself, beside its answers. */
export type ThreadNews = Exclude<FromThread, { readonly answered: number } | { readonly failed: number } | { readonly progressed: number }>;

export interface ThreadOptions {
	readonly place: Place;
	readonly start: (place: Place) => Worker;
	readonly onNews: (news: ThreadNews) => void;
	/** It ended although nobody closed it; `fault` is what it threw, null where it was ended from outside. Answers the incident id of the log. */
	readonly onDeath: (fault: unknown) => string;
}

interface CallOfThread {
	readonly request: Request;
	readonly isTask: boolean;
	readonly waitsForJob: boolean;
	readonly options: CallOptions;
	readonly stop: Int32Array;
	readonly resolve: (output: unknown) => void;
	readonly reject: (error: Error) => void;
}

export type AskedAs = Pick<CallOfThread, 'isTask' | 'waitsForJob'>;

/** The main thread's end of one thread: its calls under way, its death and its next start. Nothing here waits for anything but messages. */
export class ProgramThread {
	readonly #options: ThreadOptions;
	readonly #calls = new Map<number, CallOfThread>();
	/** Queries that were cancelled and are answered to nobody. */
	readonly #abandoned = new Set<number>();
	#worker: Worker | null = null;
	#refusal: Error | null = null;
	#fault: unknown = null;
	#isLeaving = false;
	#lastCall = 0;

	constructor(options: ThreadOptions) {
		this.#options = options;
	}

	/** Starts the thread where it is not there. */
	start(): void {
		if (this.#worker) return;
		const worker = this.#options.start(this.#options.place);
		this.#worker = worker;
		this.#fault = null;
		this.#refusal = null;
		worker.on('message', (message: FromThread) => {
			if (this.#worker === worker) this.#hear(message);
		});
		worker.on('error', (error: unknown) => {
			if (this.#worker === worker) this.#fault = error;
		});
		worker.on('exit', () => {
			if (this.#worker === worker) this.#ended();
		});
	}

	/** Asks, and starts the thread where it has to. Refuses CANCELLED, WORK_INTERRUPTED, and what the procedure refuses. */
	call(request: Request, as: AskedAs, options: CallOptions): Promise<unknown> {
		const { promise, resolve, reject } = Promise.withResolvers<unknown>();
		const { signal } = options;
		const id = ++this.#lastCall;
		const onAbort = (): void => this.#cancel(id);
		this.#calls.set(id, { request, ...as, options, stop: new Int32Array(new SharedArrayBuffer(4)), resolve, reject });
		this.#send(id);
		if (signal?.aborted) onAbort();
		signal?.addEventListener('abort', onAbort);
		return promise.finally(() => signal?.removeEventListener('abort', onAbort));
	}

	/** Waits for the calls under way (those that wait for a job leave it in the queue), then for the end of the thread. */
	async close(): Promise<void> {
		const worker = this.#worker;
		this.#isLeaving = true;
		if (!worker) return;
		for (const [id, { waitsForJob }] of this.#calls) if (waitsForJob) this.#tell({ cancel: id, reason: 'leaving' });
		const ended = new Promise((resolve) => void worker.once('exit', resolve));
		this.#tell({ close: true });
		await ended;
	}

	/** For a reader: cancels what it reads, then closes it. */
	async cancelAndClose(): Promise<void> {
		this.#isLeaving = true;
		for (const id of this.#calls.keys()) this.#cancel(id);
		await this.close();
	}

	#send(id: number): void {
		const call = this.#calls.get(id);
		if (!call) return;
		try {
			this.start();
			this.#tell({ call: id, request: call.request, stop: call.stop });
		} catch (error) {
			// An input that cannot cross threads, or a thread that could not be started.
			this.#calls.delete(id);
			call.reject(error as Error);
		}
	}

	#tell(message: ToThread): void {
		this.#worker?.postMessage(message, []);
	}

	#hear(message: FromThread): void {
		if ('answered' in message) this.#settle(message.answered)?.resolve(message.output);
		else if ('failed' in message) this.#settle(message.failed)?.reject(errorOf(message.failure));
		else if ('progressed' in message) this.#calls.get(message.progressed)?.options.onProgress?.(message.progress);
		else {
			if ('refused' in message) this.#refusal = errorOf(message.refused);
			this.#options.onNews(message);
		}
	}

	#settle(id: number): CallOfThread | undefined {
		const call = this.#calls.get(id);
		this.#calls.delete(id);
		this.#abandoned.delete(id);
		return call;
	}

	/** A query has nothing to undo, so nobody waits for its end; what may write says itself whether it was done. */
	#cancel(id: number): void {
		const call = this.#calls.get(id);
		if (!call) return;
		Atomics.store(call.stop, 0, 1);
		this.#tell({ cancel: id, reason: null });
		if (this.#options.place === 'writer' || call.isTask) return;
		this.#abandoned.add(id);
		call.reject(new AppError('CANCELLED', 'You cancelled. Nothing was changed.'));
		setTimeout(() => this.#endAbandoned(id), PATIENCE_MS).unref();
	}

	/** SQLite goes on with a query that nobody waits for: the thread is ended, and the others' queries are asked anew. A task ends by itself. */
	#endAbandoned(id: number): void {
		const worker = this.#worker;
		if (!worker || !this.#abandoned.has(id)) return;
		if (Array.from(this.#calls.values()).some(({ isTask }) => isTask)) return;
		for (const abandoned of this.#abandoned) this.#calls.delete(abandoned);
		this.#abandoned.clear();
		this.#worker = null;
		void worker.terminate();
		for (const other of this.#calls.keys()) this.#send(other);
	}

	#ended(): void {
		this.#worker = null;
		const left = Array.from(this.#calls.values());
		this.#calls.clear();
		this.#abandoned.clear();
		const isExpected = this.#isLeaving && this.#fault === null;
		const error = this.#refusal ?? (isExpected ? closing() : interrupted(this.#options.onDeath(this.#fault)));
		for (const { reject } of left) reject(error);
	}
}

/** What a call is refused with once the program is being left. */
export function closing(): AppError {
	return new AppError('CANCELLED', 'The program is being closed. Start it again and do the same again.');
}

/** What a call is refused with whose thread ended. */
export function interrupted(incident: string): AppError {
	return new AppError(
		'WORK_INTERRUPTED',
		`A part of the program ended while this was under way, and is started again. What was booked stands, the rest was undone: look whether it is there, and do it again if not. The log has the details under incident ${incident}.`,
		{ incident },
		{ retryable: true },
	);
}
