import type { MessagePort } from 'node:worker_threads';
import type { CallOptions, Progress } from '#shared/contract/client.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import { bearerOf, entranceOf, signIn } from '#main/access/index.ts';
import type { Clock } from '#main/platform/clock.ts';
import { failureOf } from '#main/platform/failure.ts';
import type { Log } from '#main/platform/log.ts';
import { signingFingerprints } from './books-keys.ts';
import { dispatch, type Served } from './dispatch.ts';
import type { CallMessage, FromThread, Request, ThreadSettings, ToThread } from './program-messages.ts';

/** At most ten messages a second for one call; a step that says something new is told at once, for it may be a long one. */
const TELL_EVERY_MS = 100;

/** What a thread of the program is given. */
export interface ThreadDesk {
	readonly port: MessagePort;
	readonly settings: ThreadSettings;
	readonly clock: Clock;
	readonly log: Log;
	say(this: void, message: FromThread): void;
}

/** The calls under way in one thread. */
export interface Calls {
	take(message: CallMessage): void;
	cancel(call: number, reason: string | null): void;
	/** Waits until nothing is under way. */
	done(): Promise<void>;
}

/** Answers calls, many at once, as data: an output, or why there is none. A bug is logged in the thread that had it. */
export function answerCalls(served: () => Served, log: Log, say: (message: FromThread) => void): Calls {
	const underWay = new Map<number, { readonly controller: AbortController; readonly end: Promise<void> }>();

	const answer = async ({ call, request, stop }: CallMessage, controller: AbortController): Promise<void> => {
		try {
			if (Atomics.load(stop, 0) !== 0) throw new AppError('CANCELLED', 'You cancelled before it was begun. Nothing was done.');
			const app = served();
			const tell = throttled((progress) => say({ progressed: call, progress }));
			const onProgress = (progress: Progress): void => {
				// Work that never waits hears of a message only when it is over; it sees what both threads share.
				if (Atomics.load(stop, 0) !== 0) controller.abort();
				tell(progress);
			};
			say({ answered: call, output: await outputOf(app, request, { signal: controller.signal, onProgress }) });
		} catch (error) {
			say({ failed: call, failure: failureOf(error, (bug) => log.logFault(bug)) });
		}
	};

	return {
		take: (message) => {
			const controller = new AbortController();
			const end = answer(message, controller).finally(() => underWay.delete(message.call));
			underWay.set(message.call, { controller, end });
		},
		cancel: (call, reason) => underWay.get(call)?.controller.abort(reason ?? undefined),
		done: async () => {
			while (underWay.size > 0) await Promise.all(Array.from(underWay.values(), ({ end }) => end));
		},
	};
}

async function outputOf(app: Served, request: Request, options: Required<Pick<CallOptions, 'signal' | 'onProgress'>>): Promise<unknown> {
	switch (request.kind) {
		case 'procedure':
			return dispatch(app, request.user, request.domain, request.name, request.input, { ...options, preview: request.preview });
		case 'entrance':
			return app.runner.read(entranceOf);
		case 'sign-in':
			return app.runner.read((db) => signIn(db, request.login, request.password));
		case 'bearer':
			return app.runner.read((db) => bearerOf(db, request.token, app.clock.now().toISOString()));
		case 'verify-package': {
			// What reads archives is much, and few threads are ever asked.
			const { verifyPackageFile } = await import('./verify-package.ts');
			return verifyPackageFile(request.path, { ...options, knownFingerprints: app.runner.read(signingFingerprints) });
		}
	}
}

/** Tells of progress a few times a second, and at once where its words (numbers apart) are new. */
export function throttled(tell: (progress: Progress) => void): (progress: Progress) => void {
	let toldAt = Number.NEGATIVE_INFINITY;
	let told = '';
	return (progress) => {
		const words = progress.text.replaceAll(/\d+/g, '');
		if (words === told && performance.now() - toldAt < TELL_EVERY_MS) return;
		toldAt = performance.now();
		told = words;
		tell(progress);
	};
}

/** Hears the main thread until it closes this one: `close` waits for what is under way. */
export function hear(port: MessagePort, calls: Calls, close: () => Promise<void>): void {
	port.on('message', (message: ToThread) => {
		if ('call' in message) calls.take(message);
		else if ('cancel' in message) calls.cancel(message.cancel, message.reason);
		else void close().finally(() => port.close());
	});
}
