import type { MessagePort } from 'node:worker_threads';
import type { JobKind, JobQuestion, WorkDesk } from './job-kind.ts';
import { packError, type ThreadMessage, unpackError, type WorkMessage, type WorkOrder, workStopped } from './work-messages.ts';

interface Waiting {
	readonly resolve: (answer: unknown) => void;
	readonly reject: (error: Error) => void;
}

/** The worker thread's end of `runWork`: does the work of one job after the other and says how far it is. */
export function serveWork(port: MessagePort, kindNamed: (name: string) => JobKind): void {
	const waiting = new Map<number, Waiting>();
	let questions = 0;
	const say = (message: WorkMessage): void => port.postMessage(message);
	const ask = (question: JobQuestion): Promise<unknown> => {
		const id = ++questions;
		return new Promise((resolve, reject) => {
			waiting.set(id, { resolve, reject });
			say({ question, id });
		});
	};
	const work = async ({ kind, input, stop }: WorkOrder): Promise<WorkMessage> => {
		const desk: WorkDesk = {
			progress: (progress) => say({ progress }),
			checkpoint: () => {
				if (Atomics.load(stop, 0) !== 0) throw workStopped();
			},
			ask: ask as WorkDesk['ask'],
		};
		try {
			return { done: await kindNamed(kind).work(input, desk) };
		} catch (error) {
			return { failed: packError(error) };
		}
	};
	port.on('message', (message: ThreadMessage) => {
		if ('order' in message) return void work(message.order).then(say);
		const asked = waiting.get(message.id);
		waiting.delete(message.id);
		if ('failed' in message) asked?.reject(unpackError(message.failed));
		else asked?.resolve(message.answer);
	});
}
