import type { MessagePort } from 'node:worker_threads';
import { CHAIN_BEAT, CHAIN_DONE, CHAIN_FAILED, CHAIN_STATE, type StagingAnswer, type StagingMessage } from './staging-place.service.ts';
import { type StagingFiles, StagingWork } from './staging-work.service.ts';

/** What the staging thread is started with. */
export interface StagingThreadData {
	readonly files: StagingFiles;
	/** Shared: state and heartbeat of the chain. */
	readonly cells: Int32Array;
}

/** The other end of a StagingPlace: does what it is told, in order. */
export function serveStaging(port: MessagePort, { files, cells }: StagingThreadData): void {
	const work = new StagingWork(files);
	const answer = (message: StagingAnswer) => port.postMessage(message);
	port.on('message', (message: StagingMessage) => {
		if ('chain' in message) return answerByCells(cells, () => work.chain(message.chain, () => Atomics.add(cells, CHAIN_BEAT, 1)));
		try {
			if ('batch' in message) {
				work.take(message.batch);
				answer({ done: 'batch' });
			} else {
				work.finish();
				answer({ done: 'finish' });
			}
		} catch (error) {
			answer({ failed: error instanceof Error ? error.message : String(error), code: (error as NodeJS.ErrnoException).code });
		}
	});
}

function answerByCells(cells: Int32Array, work: () => void): void {
	let state = CHAIN_FAILED;
	try {
		work();
		state = CHAIN_DONE;
	} finally {
		Atomics.store(cells, CHAIN_STATE, state);
		Atomics.notify(cells, CHAIN_STATE);
	}
}
