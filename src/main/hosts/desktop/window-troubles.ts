import { type BrowserWindow, dialog } from 'electron';
import type { Log } from '#main/platform/log.ts';
import type { Text } from './texts.ts';

/** What happens when a page stops, hangs, or holds something that was not saved. Nothing of the books is in a page, so nothing of them is lost with it. */
export function watchTroubles(window: BrowserWindow, log: Log, text: Text): void {
	const { webContents } = window;
	let isAsking = false;
	webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
		// A page that hung was ended by the person, who is asked nothing more.
		if (reason === 'clean-exit' || isAsking) return;
		const incident = log.logFault(new Error(`the page of a window stopped: ${reason}`), { reason, exitCode });
		void askAfterCrash(window, incident, text);
	});
	window.on('unresponsive', () => {
		if (isAsking) return;
		isAsking = true;
		log.write('warning', 'the page of a window does not answer');
		void askAboutHang(window, text).finally(() => {
			isAsking = false;
		});
	});
	webContents.on('will-prevent-unload', (event) => {
		const chosen = dialog.showMessageBoxSync(window, {
			type: 'question',
			message: text('desktop.leave.title'),
			detail: text('desktop.leave.text'),
			buttons: [text('desktop.leave.stay'), text('desktop.leave.leave')],
			defaultId: 0,
			cancelId: 0,
			noLink: true,
		});
		// Preventing the prevention: the page is left.
		if (chosen === 1) event.preventDefault();
	});
}

async function askAfterCrash(window: BrowserWindow, incident: string, text: Text): Promise<void> {
	if (window.isDestroyed()) return;
	const { response } = await dialog.showMessageBox(window, {
		type: 'error',
		message: text('desktop.gone.title'),
		detail: text('desktop.gone.text', { incident }),
		buttons: [text('desktop.gone.reload'), text('desktop.gone.close')],
		defaultId: 0,
		cancelId: 1,
		noLink: true,
	});
	if (window.isDestroyed()) return;
	if (response === 0) window.webContents.reload();
	else window.destroy();
}

async function askAboutHang(window: BrowserWindow, text: Text): Promise<void> {
	if (window.isDestroyed()) return;
	const { response } = await dialog.showMessageBox(window, {
		type: 'warning',
		message: text('desktop.hung.title'),
		detail: text('desktop.hung.text'),
		buttons: [text('desktop.hung.wait'), text('desktop.hung.reload')],
		defaultId: 0,
		cancelId: 0,
		noLink: true,
	});
	if (response !== 1 || window.isDestroyed()) return;
	// A page that hangs does not hear of a reload; its process has to go first.
	window.webContents.forcefullyCrashRenderer();
	window.webContents.reload();
}
