import type { MessagePort } from 'node:worker_threads';
import type { JobKind, WorkDesk } from './job-kind.ts';
import { type AnswerMessage, packError, unpackError, type WorkMessage, type WorkOrder, workStopped } from './work-messages.ts';

interface Waiting {
	readonly resolve: (answer: unknown) => void;
	readonly reject: (error: Error) => void;
}

/** The worker thread's end of `runWork`: does the work of one job, says how far it is, and closes the port. */
export async function serveWork(port: MessagePort, order: WorkOrder, kind: JobKind): Promise<void> {
	const waiting = new Map<number, Waiting>();
	port.on('message', (message: AnswerMessage) => {
		const asked = waiting.get(message.id);
		waiting.delete(message.id);
		if ('failed' in message) asked?.reject(unpackError(message.failed));
		else asked?.resolve(message.answer);
	});
	const say = (message: WorkMessage): void => port.postMessage(message);
	let questions = 0;
	const desk: WorkDesk = {
		progress: (progress) => say({ progress }),
		checkpoint: () => {
			if (Atomics.load(order.stop, 0) !== 0) throw workStopped();
		},
		ask: (question) => {
			const id = ++questions;
			return new Promise((resolve, reject) => {
				waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
				say({ question, id });
			});
		},
	};
	try {
		say({ done: await kind.work(order.input, desk) });
	} catch (error) {
		say({ failed: packError(error) });
	} finally {
		port.close();
	}
}
