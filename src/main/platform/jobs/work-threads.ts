import { Worker } from 'node:worker_threads';

// Streaming work needs little: a small young generation keeps the thread's memory small at the same speed. The old one has room for
// the sealed tables of a large close; a limit of its own makes a thread that asks for more fail, and not the whole program.
const LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 1024 };
const IDLE_MS = 10_000;

interface Idle {
	readonly thread: Worker;
	readonly file: string;
	readonly timer: NodeJS.Timeout;
	readonly onEnd: () => void;
}

let idle: Idle | null = null;

/** A thread that serves jobs: the one that is idle, else a new one. It keeps the process going until it is given back. */
export function takeThread(file: string): Worker {
	if (idle?.file !== file) return new Worker(file, { workerData: { task: 'jobs' }, resourceLimits: LIMITS });
	const { thread, timer, onEnd } = idle;
	idle = null;
	clearTimeout(timer);
	thread.off('exit', onEnd).off('error', onEnd);
	thread.ref();
	return thread;
}

/**
 * Keeps a thread for the next job a little while: starting one costs as much as a small package. It holds up no process that is done.
 * Whoever gives it back listens to it no more.
 */
export function keepThread(thread: Worker, file: string): void {
	if (idle !== null) {
		void thread.terminate();
		return;
	}
	const onEnd = (): void => {
		if (idle?.thread !== thread) return;
		clearTimeout(idle.timer);
		idle = null;
	};
	thread.on('exit', onEnd).on('error', onEnd);
	thread.unref();
	idle = { thread, file, timer: setTimeout(() => void thread.terminate(), IDLE_MS).unref(), onEnd };
}
