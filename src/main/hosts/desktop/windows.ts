import { join } from 'node:path';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { Desk } from '#main/app/desk/desk.ts';
import { programFolder } from '#main/platform/database/program-folder.ts';
import type { Log } from '#main/platform/log.ts';
import type { Asks } from './asks.ts';
import { DeskWindow, type Wire } from './desk-window.ts';
import type { Memory } from './memory.ts';
import type { OwnPages } from './own-address.ts';
import type { Text } from './texts.ts';
import { windowOptions } from './window-options.ts';
import { placeWindow } from './window-place.ts';
import { watchTroubles } from './window-troubles.ts';

export interface WindowsOptions {
	readonly pages: OwnPages;
	readonly isDevelopment: boolean;
	readonly memory: Memory;
	readonly log: Log;
	readonly text: Text;
	readonly wire: Wire;
	readonly openDesk: (window: BrowserWindow, asks: Asks) => Promise<Desk>;
}

/** The windows of the program. Each has a desk of its own; all have the same books. */
export class Windows {
	readonly #options: WindowsOptions;
	readonly #open = new Map<number, DeskWindow>();
	readonly #closing = new Set<Promise<void>>();
	#front: DeskWindow | null = null;

	constructor(options: WindowsOptions) {
		this.#options = options;
	}

	open(): DeskWindow {
		const { pages, isDevelopment, memory, log, text, wire, openDesk } = this.#options;
		const { isMaximised, ...bounds } = placeWindow(memory.window, workAreas(), this.#bounds());
		const program = programFolder();
		const window = new BrowserWindow(
			windowOptions({
				bounds,
				isDevelopment,
				preload: join(program, 'out', 'preload', 'index.cjs'),
				icon: join(program, 'resources', 'icons', 'icon.png'),
				isDark: nativeTheme.shouldUseDarkColors,
			}),
		);
		const contentsId = window.webContents.id;
		const deskWindow = new DeskWindow(window, wire, openDesk);
		this.#open.set(contentsId, deskWindow);
		this.#front = deskWindow;
		if (isMaximised) window.maximize();
		watchTroubles(window, log, text);
		window.once('ready-to-show', () => window.show());
		window.on('focus', () => {
			this.#front = deskWindow;
		});
		window.on('close', () => memory.keep({ window: { ...window.getNormalBounds(), isMaximised: window.isMaximized() } }));
		window.on('closed', () => this.#closed(contentsId, deskWindow));
		void window.loadURL(pages.start).catch((error: unknown) => log.logFault(error, { page: pages.start }));
		return deskWindow;
	}

	/** The window that a person looked at last, or a new one. */
	front(): DeskWindow {
		return this.#front ?? this.open();
	}

	ofContents(contentsId: number): DeskWindow | null {
		return this.#open.get(contentsId) ?? null;
	}

	get all(): readonly DeskWindow[] {
		return [...this.#open.values()];
	}

	/** Waits for the desks of windows that are gone. */
	async allClosed(): Promise<void> {
		await Promise.all(this.#closing);
	}

	#closed(contentsId: number, deskWindow: DeskWindow): void {
		this.#open.delete(contentsId);
		if (this.#front === deskWindow) this.#front = this.all.at(-1) ?? null;
		const closing = deskWindow.close().catch((error: unknown) => void this.#options.log.logFault(error));
		this.#closing.add(closing);
		void closing.finally(() => this.#closing.delete(closing));
	}

	#bounds() {
		return this.all.map(({ window }) => window.getNormalBounds());
	}
}

function workAreas() {
	const main = screen.getPrimaryDisplay();
	return [main, ...screen.getAllDisplays().filter(({ id }) => id !== main.id)].map(({ workArea }) => workArea);
}
