/**
 * What the desktop host uses of Electron, on a Chromium that Playwright starts. It cannot show that a page is isolated and sandboxed, nor
 * native menus, dialogs and fuses; those are held by unit tests, and by these same journeys where the runtime is to be had.
 */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { type ServePage, type StandInBrowser, startBrowser } from './browser.ts';
import { releaseLock, takeLock, toldHolder } from './instance-lock.ts';
import { MessageChannelMain } from './ports.ts';
import { BrowserWindow, cancellable, maySwitch, surround } from './window.ts';

export { BrowserWindow, MessageChannelMain };

type Handler = (event: unknown, ...args: never[]) => unknown;
const PROJECT = resolve(import.meta.dirname, '../..');

export const ipcMain = {
	handlers: new Map<string, Handler>(),
	handle: (channel: string, handler: Handler) => void ipcMain.handlers.set(channel, handler),
};

let servePage: ServePage = async () => new Response(null, { status: 404 });
export const protocol = {
	registerSchemesAsPrivileged: () => undefined,
	handle: (_scheme: string, handler: ServePage) => {
		servePage = handler;
	},
};

// Started when the program gets ready: a second start of it, which never does, needs none.
let starting: Promise<StandInBrowser> | null = null;
function browserOf(): Promise<StandInBrowser> {
	if (starting) return starting;
	starting = startBrowser(
		(request) => servePage(request),
		(page, url, isMainFrame) => maySwitch(page, url, isMainFrame),
	);
	void starting.then(({ endpoint }) => {
		process.send?.({ endpoint });
	});
	return starting;
}

class Application extends EventEmitter {
	readonly isPackaged = false;
	readonly #paths = new Map<string, string>();
	#isQuitting = false;
	#isExiting = false;

	whenReady = async (): Promise<void> => void (await browserOf());
	isReady = (): boolean => true;
	getVersion = (): string => (JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as { version: string }).version;
	getPreferredSystemLanguages = (): string[] => [process.env.LEDGERSEAL_TEST_LANGUAGE ?? 'en-IN'];
	getPath = (name: string): string => this.#paths.get(name) ?? join(process.env.HOME ?? PROJECT, name);
	setPath = (name: string, path: string): void => void this.#paths.set(name, path);
	setAppUserModelId = (): void => undefined;
	relaunch = (): void => process.stderr.write('relaunch\n') as unknown as void;

	requestSingleInstanceLock = (additional: unknown): boolean =>
		takeLock(this.getPath('userData'), additional, (said) => this.emit('second-instance', {}, [], process.cwd(), said));

	quit(): void {
		if (this.#isExiting) return;
		if (this.#isQuitting && BrowserWindow.getAllWindows().length > 0) return;
		this.#isQuitting = true;
		const before = cancellable({});
		this.emit('before-quit', before);
		if (before.defaultPrevented) {
			this.#isQuitting = false;
			return;
		}
		const windows = BrowserWindow.getAllWindows();
		for (const window of windows) window.close();
		// The last window says that all are closed, which quits again.
		if (windows.length === 0) this.#leave();
		else if (BrowserWindow.getAllWindows().length > 0) this.#isQuitting = false;
	}

	#leave(): void {
		const event = cancellable({});
		this.emit('will-quit', event);
		if (!event.defaultPrevented) void this.exit(0);
	}

	async exit(code: number): Promise<void> {
		this.#isExiting = true;
		releaseLock(this.getPath('userData'));
		await (await starting)?.close();
		await toldHolder();
		process.exit(code);
	}
}
export const app = new Application();

surround({
	browser: browserOf,
	created: (contents) => void app.emit('web-contents-created', {}, contents),
	allClosed: () => void app.emit('window-all-closed'),
	invoke: async (event, channel, args) => {
		const handler = ipcMain.handlers.get(channel);
		if (!handler) throw new Error(`No handler registered for '${channel}'`);
		return handler(event, ...(args as never[]));
	},
});

/** Nobody is there to answer: whoever tries a dialog puts an answer in its place, as with Electron itself. */
export const dialog = {
	showOpenDialog: async () => ({ canceled: true, filePaths: [] as string[] }),
	showSaveDialog: async () => ({ canceled: true, filePath: '' }),
	showMessageBox: async (first: unknown, second?: { cancelId?: number }) => ({ response: (second ?? (first as { cancelId?: number })).cancelId ?? 0 }),
	showMessageBoxSync: () => 1,
	showErrorBox: (title: string, content: string) => void process.stderr.write(`${title}\n${content}\n`),
};

export class Notification extends EventEmitter {
	static isSupported = (): boolean => true;
	readonly title: string;
	readonly body: string;
	constructor({ title, body }: { title: string; body: string }) {
		super();
		this.title = title;
		this.body = body;
	}
	show(): void {}
}

class StandInSession extends EventEmitter {
	setPermissionRequestHandler = (): void => undefined;
	setPermissionCheckHandler = (): void => undefined;
	setDevicePermissionHandler = (): void => undefined;
	setDisplayMediaRequestHandler = (): void => undefined;
}
export const session = { defaultSession: new StandInSession() };
export const shell = { openExternal: async (_url: string) => undefined, openPath: async (_path: string) => '' };
export const powerMonitor = new EventEmitter();
export const nativeTheme = { shouldUseDarkColors: false };
const display = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1080 } };
export const screen = { getPrimaryDisplay: () => display, getAllDisplays: () => [display] };

class StandInMenu {
	readonly items: readonly MenuItemConstructorOptions[];
	constructor(items: readonly MenuItemConstructorOptions[]) {
		this.items = items;
	}
	getMenuItemById(id: string): { readonly label: string | undefined; click(): void } | null {
		const within = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions | undefined =>
			items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? [within(item.submenu)] : [])]).find((item) => item?.id === id);
		const item = within(this.items);
		return item ? { label: item.label, click: () => (item.click as (() => void) | undefined)?.() } : null;
	}
}
let applicationMenu: StandInMenu | null = null;
export const Menu = {
	buildFromTemplate: (items: readonly MenuItemConstructorOptions[]) => new StandInMenu(items),
	setApplicationMenu: (menu: StandInMenu) => void (applicationMenu = menu),
	getApplicationMenu: () => applicationMenu,
};

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());

/** A test runs a function in this process, as Playwright's `electronApplication.evaluate` does with Electron itself. */
process.on('message', (message: { readonly id: number; readonly source: string; readonly argument: unknown }) => {
	const electron = { app, BrowserWindow, dialog, ipcMain, Menu, Notification, powerMonitor, screen, session, shell };
	// oxlint-disable-next-line typescript/no-implied-eval -- the test that started this process sends it
	const run = async (): Promise<unknown> => (new Function(`return (${message.source});`)() as Handler)(electron, message.argument as never);
	void run().then(
		(output) => process.send?.({ id: message.id, output }),
		(error: unknown) => process.send?.({ id: message.id, error: String(error) }),
	);
});
