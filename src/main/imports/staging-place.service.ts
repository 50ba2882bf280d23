import { Worker } from 'node:worker_threads';
import { workerFile } from '#main/platform/worker-file.ts';
import { type ChainStart, HashReader } from './entry-chain.service.ts';
import type { StagedBatch } from './staged-batch.rules.ts';
import { type StagingFiles, StagingWork } from './staging-work.service.ts';

/** Where batches are written and hashed while this thread goes on reading: in another thread, or for a small file in this one. */
export interface StagingPlace {
	take(batch: StagedBatch): void;
	/** Resolves as soon as few enough batches are under way. Rejects with what went wrong there. */
	room(): Promise<void>;
	/** Everything taken is in the staging database. */
	finish(): Promise<void>;
	/** Begins to hash the entries at their places in the chain. */
	chain(start: ChainStart): void;
	/** Waits for the hashes. Close the reader. */
	hashes(): HashReader;
	close(): Promise<void>;
}

/** Below this size starting a thread costs more than it saves. */
const THREAD_FROM_BYTES = 4 * 1024 * 1024;

export function openStagingPlace(files: StagingFiles, fileBytes: number): StagingPlace {
	return fileBytes < THREAD_FROM_BYTES ? new StagingHere(files) : new StagingThread(files);
}

class StagingHere implements StagingPlace {
	readonly #files: StagingFiles;
	readonly #work: StagingWork;

	constructor(files: StagingFiles) {
		this.#files = files;
		this.#work = new StagingWork(files);
	}

	take(batch: StagedBatch): void {
		this.#work.take(batch);
	}
	async room(): Promise<void> {}
	async finish(): Promise<void> {
		this.#work.finish();
	}
	chain(start: ChainStart): void {
		this.#work.chain(start, () => undefined);
	}
	hashes(): HashReader {
		return new HashReader(this.#files.hashes);
	}
	async close(): Promise<void> {
		this.#work.close();
	}
}

/** What the staging thread is told. */
export type StagingMessage = { readonly batch: StagedBatch } | { readonly finish: true } | { readonly chain: ChainStart };
/** What it answers: after each batch and after finishing, or once when it fails. */
export type StagingAnswer = { readonly done: 'batch' | 'finish' } | { readonly failed: string; readonly code: string | undefined };

/** Cells of the memory that both threads see. */
export const CHAIN_STATE = 0;
export const CHAIN_BEAT = 1;
export const CHAIN_DONE = 1;
export const CHAIN_FAILED = 2;

const MAX_BATCHES_UNDER_WAY = 8;
const PATIENCE_MS = 60_000;
// Staging needs little; a small young generation keeps its memory small at the same speed.
const THREAD_LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 256 };

class StagingThread implements StagingPlace {
	readonly #files: StagingFiles;
	readonly #worker: Worker;
	readonly #cells = new Int32Array(new SharedArrayBuffer(8));
	#underWay = 0;
	#isFinished = false;
	#failure: Error | null = null;
	#wake: () => void = () => undefined;

	constructor(files: StagingFiles) {
		this.#files = files;
		const workerData = { task: 'stage', files, cells: this.#cells };
		this.#worker = new Worker(workerFile(), { workerData, resourceLimits: THREAD_LIMITS });
		this.#worker.on('message', (answer: StagingAnswer) => this.#hear(answer));
		this.#worker.on('error', (error) => this.#fail(error as Error));
		this.#worker.on('exit', () => this.#fail(new Error('the staging thread ended early')));
	}

	#hear(answer: StagingAnswer): void {
		if ('failed' in answer) return this.#fail(Object.assign(new Error(answer.failed), answer.code === undefined ? {} : { code: answer.code }));
		if (answer.done === 'batch') this.#underWay--;
		else this.#isFinished = true;
		this.#wake();
	}

	#fail(error: Error): void {
		this.#failure ??= error;
		this.#wake();
	}

	#send(message: StagingMessage, transfer: ArrayBuffer[] = []): void {
		this.#worker.postMessage(message, transfer);
	}

	async #until(condition: () => boolean): Promise<void> {
		for (;;) {
			if (this.#failure) throw this.#failure;
			if (condition()) return;
			await new Promise<void>((resolve) => {
				this.#wake = resolve;
			});
		}
	}

	take(batch: StagedBatch): void {
		this.#underWay++;
		this.#send({ batch }, [batch.lines.buffer]);
	}

	room(): Promise<void> {
		return this.#until(() => this.#underWay < MAX_BATCHES_UNDER_WAY);
	}

	finish(): Promise<void> {
		this.#send({ finish: true });
		return this.#until(() => this.#isFinished);
	}

	chain(start: ChainStart): void {
		this.#send({ chain: start });
	}

	// Booking is one database transaction and waits without letting go of it, so the answer comes by shared memory.
	hashes(): HashReader {
		for (let beat = -1; Atomics.load(this.#cells, CHAIN_STATE) === 0; ) {
			const now = Atomics.load(this.#cells, CHAIN_BEAT);
			if (now === beat) throw new Error('the staging thread stands still');
			beat = now;
			Atomics.wait(this.#cells, CHAIN_STATE, 0, PATIENCE_MS);
		}
		if (Atomics.load(this.#cells, CHAIN_STATE) === CHAIN_FAILED) throw new Error('the staging thread could not hash the entries');
		return new HashReader(this.#files.hashes);
	}

	async close(): Promise<void> {
		await this.#worker.terminate();
	}
}
