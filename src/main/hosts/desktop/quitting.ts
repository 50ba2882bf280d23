import { app, Notification } from 'electron';
import type { Text } from './texts.ts';

export interface Quitting {
	/** Starts the program again when it has ended, and opens these files then. */
	startAgain(files: readonly string[]): void;
	readonly isQuitting: boolean;
}

/** How long a person waits before being told what for. */
const PATIENCE_MS = 1500;

/**
 * Quits when the windows are gone and the books are closed: a write under way is finished first. Whoever starts the program
 * meanwhile is served as soon as that is done. `close` finishes what is under way; what it throws is given to `failed`.
 */
export function quitAfterWrites(close: () => Promise<void>, failed: (error: unknown) => void, text: Text): Quitting {
	let isClosed = false;
	let closing: Promise<void> | null = null;
	app.on('will-quit', (event) => {
		if (isClosed) return;
		event.preventDefault();
		if (closing !== null) return;
		const waiting = setTimeout(() => sayWaiting(text), PATIENCE_MS);
		closing = close()
			.catch(failed)
			.finally(() => {
				clearTimeout(waiting);
				isClosed = true;
				app.quit();
			});
	});
	return {
		startAgain: (files) => app.relaunch({ args: [...process.argv.slice(1), ...files] }),
		get isQuitting() {
			return closing !== null;
		},
	};
}

function sayWaiting(text: Text): void {
	if (Notification.isSupported()) new Notification({ title: text('desktop.finishing.title'), body: text('desktop.finishing.text') }).show();
}
