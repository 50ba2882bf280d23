import { extname, join } from 'node:path';
import { app, type BrowserWindow, dialog, type FileFilter, Notification, shell } from 'electron';
import { AppError } from '#shared/kernel/app-error.ts';
import type { DeskHost, FilesAsked } from '#main/app/desk/desk-host.ts';
import type { Asks } from './asks.ts';
import { allowedLink } from './own-address.ts';
import type { Text } from './texts.ts';

/** What a desk does by means of the system, for one window. `text` speaks the language of the moment. */
export function createDesktopHost(window: BrowserWindow, asks: Asks, text: Text): DeskHost {
	let lastFolder: string | null = null;
	return {
		kind: 'desktop',
		pickFiles: async (asked) => {
			const { canceled, filePaths } = await dialog.showOpenDialog(window, {
				title: asked.title,
				filters: filtersFor(asked.extensions, text),
				properties: asked.several ? ['openFile', 'multiSelections'] : ['openFile'],
			});
			return canceled ? [] : filePaths;
		},
		saveAs: async (fileName) => {
			const { canceled, filePath } = await dialog.showSaveDialog(window, {
				title: text('desktop.save.title'),
				defaultPath: join(lastFolder ?? app.getPath('documents'), fileName),
				filters: filtersFor([extname(fileName).slice(1)], text),
				properties: ['createDirectory', 'showOverwriteConfirmation'],
			});
			if (canceled || filePath === '') return null;
			lastFolder = join(filePath, '..');
			return filePath;
		},
		showProgress: (fraction) => {
			// -1 takes the bar away.
			if (!window.isDestroyed()) window.setProgressBar(fraction ?? -1);
		},
		notify: (title, body) => {
			if (window.isDestroyed() || window.isFocused() || !Notification.isSupported()) return;
			const notification = new Notification({ title, body });
			notification.on('click', () => {
				if (!window.isDestroyed()) bringToFront(window);
			});
			notification.show();
		},
		openLink: async (url) => {
			const link = allowedLink(url);
			if (link === null) throw new AppError('NOT_ALLOWED', 'This address is none that the program opens. Copy it and open it in your browser yourself.', {});
			await shell.openExternal(link);
		},
		onAsk: (listener) => asks.listen(listener),
	};
}

export function bringToFront(window: BrowserWindow): void {
	if (window.isMinimized()) window.restore();
	window.show();
	window.focus();
}

function filtersFor(extensions: FilesAsked['extensions'], text: Text): FileFilter[] {
	const known = extensions.filter((extension) => extension !== '');
	const any = { name: text('desktop.kind.any'), extensions: ['*'] };
	return known.length === 0 ? [any] : [{ name: text('desktop.kind.chosen'), extensions: known }, any];
}
