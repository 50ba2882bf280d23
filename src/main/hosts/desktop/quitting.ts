import { app, Notification } from 'electron';
import type { Text } from './texts.ts';

/** How long a person waits before being told what for. */
const PATIENCE_MS = 1500;

/**
 * Quits when the windows are gone and the books are closed: a write under way is finished first. Whoever starts the program
 * meanwhile is served as soon as that is done. `close` finishes what is under way; what it throws is given to `failed`.
 */
export function quitAfterWrites(
	close: () => Promise<void>,
	failed: (error: unknown) => void,
	text: Text,
): { startAgain(): void; readonly isQuitting: boolean } {
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
		startAgain: () => app.relaunch(),
		get isQuitting() {
			return closing !== null;
		},
	};
}

function sayWaiting(text: Text): void {
	if (Notification.isSupported()) new Notification({ title: text('desktop.finishing.title'), body: text('desktop.finishing.text') }).show();
}
