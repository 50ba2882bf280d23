import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions, Rectangle } from 'electron';
import type { Frame, Page } from '@playwright/test';
import { packed, preloadScript, type StandInBrowser, toBrowser, toProgram, unpacked } from './browser.ts';
import type { FromPage, ToPage } from './in-page.ts';
import type { StandInPort } from './ports.ts';

/** What windows need of the application around them. */
export interface Surroundings {
	browser(): Promise<StandInBrowser>;
	invoke(event: { readonly sender: WebContents; readonly senderFrame: unknown }, channel: string, args: readonly unknown[]): Promise<unknown>;
	created(contents: WebContents): void;
	allClosed(): void;
}

let surroundings: Surroundings | null = null;
export function surround(given: Surroundings): void {
	surroundings = given;
}
function around(): Surroundings {
	if (surroundings === null) throw new Error('the application comes before its windows');
	return surroundings;
}

interface Cancellable {
	defaultPrevented: boolean;
	preventDefault(): void;
}
export function cancellable<Details extends object>(details: Details): Details & Cancellable {
	const event = { ...details, defaultPrevented: false, preventDefault: () => void (event.defaultPrevented = true) };
	return event;
}

let nextContents = 1;
let nextPort = 1;

/** A Chromium page as the web contents of a window. */
export class WebContents extends EventEmitter {
	readonly id = nextContents++;
	readonly page: Promise<Page>;
	readonly #ports = new Map<number, StandInPort>();
	#openHandler: ((details: { url: string }) => unknown) | null = null;
	#url = '';

	constructor(preload: string) {
		super();
		this.page = this.#open(preload);
		this.page.catch((error: unknown) => this.emit('render-process-gone', {}, { reason: 'launch-failed', exitCode: 1, error }));
	}

	async #open(preload: string): Promise<Page> {
		const page = await (await around().browser()).newPage();
		await page.exposeBinding('standInCall', ({ frame }, message: FromPage) => this.#hear(frame, message));
		await page.addInitScript({ content: preloadScript(preload) });
		page.on('crash', () => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 133 }));
		page.on('framenavigated', (frame) => {
			if (frame === page.mainFrame()) this.#url = toProgram(frame.url());
		});
		return page;
	}

	async #hear(frame: Frame, message: FromPage): Promise<{ output?: unknown; error?: string }> {
		if (message.kind === 'port') {
			this.#ports.get(message.port)?.peer?.receive(unpacked(message.data));
			return {};
		}
		if (message.kind === 'open') {
			this.#openHandler?.({ url: toProgram(message.url) });
			return {};
		}
		const senderFrame = { url: toProgram(frame.url()), parent: frame.parentFrame() };
		try {
			return { output: await around().invoke({ sender: this, senderFrame }, message.channel, message.args.map(unpacked)) };
		} catch (error) {
			return { error: String(error) };
		}
	}

	postMessage(channel: string, message: unknown, ports: readonly StandInPort[] = []): void {
		const ids = ports.map((port) => {
			const id = nextPort++;
			this.#ports.set(id, port);
			return id;
		});
		this.#deliver({ kind: 'post', channel, message, ports: ids });
		for (const [index, port] of ports.entries()) {
			const id = ids[index] ?? 0;
			port.on('close', () => this.#deliver({ kind: 'close', port: id }));
			port.giveToPage((data) => this.#deliver({ kind: 'port', port: id, data: packed(data) }));
		}
	}

	// A page that goes elsewhere takes its ports with it: what is said to it meanwhile is said to nobody, as in Electron.
	#deliver(message: ToPage): void {
		void this.page
			.then((page) => page.evaluate((given) => (window as unknown as { standInDeliver(message: unknown): void }).standInDeliver(given), message))
			.catch(() => undefined);
	}

	setWindowOpenHandler(handler: (details: { url: string }) => unknown): void {
		this.#openHandler = handler;
	}

	getURL(): string {
		return this.#url;
	}

	reload(): void {
		void this.page.then((page) => page.reload()).catch(() => undefined);
	}
}

/** A window of the program as a page of Chromium. What a page has no edge for (menu bar, taskbar) is remembered or left out. */
export class BrowserWindow extends EventEmitter {
	static readonly #all = new Set<BrowserWindow>();
	static #focused: BrowserWindow | null = null;
	readonly webContents: WebContents;
	#bounds: Rectangle;
	#isMaximised = false;
	#isMinimised = false;
	#isDestroyed = false;

	constructor(options: BrowserWindowConstructorOptions) {
		super();
		const { x = 0, y = 0, width = 800, height = 600, webPreferences } = options;
		this.#bounds = { x, y, width, height };
		this.webContents = new WebContents(webPreferences?.preload ?? '');
		BrowserWindow.#all.add(this);
		around().created(this.webContents);
		void this.webContents.page
			.then(async (page) => {
				page.on('close', () => this.#gone());
				await page.setViewportSize({ width, height });
			})
			.catch(() => undefined);
	}

	static getAllWindows(): BrowserWindow[] {
		return [...BrowserWindow.#all];
	}

	static getFocusedWindow(): BrowserWindow | null {
		return BrowserWindow.#focused;
	}

	async loadURL(url: string): Promise<void> {
		const page = await this.webContents.page;
		await page.goto(toBrowser(url), { waitUntil: 'domcontentloaded' });
		this.emit('ready-to-show');
	}

	show(): void {
		this.focus();
	}

	focus(): void {
		BrowserWindow.#focused = this;
		void this.webContents.page.then((page) => page.bringToFront()).catch(() => undefined);
		this.emit('focus');
	}

	blur(): void {
		if (this.isFocused()) BrowserWindow.#focused = null;
	}

	/** As a person closes it: the window may say no. */
	close(): void {
		if (this.#isDestroyed) return;
		const event = cancellable({});
		this.emit('close', event);
		if (!event.defaultPrevented) this.#end();
	}

	destroy(): void {
		this.#end();
	}

	#end(): void {
		void this.webContents.page.then((page) => page.close()).catch(() => undefined);
		this.#gone();
	}

	#gone(): void {
		if (this.#isDestroyed) return;
		this.#isDestroyed = true;
		BrowserWindow.#all.delete(this);
		if (BrowserWindow.#focused === this) BrowserWindow.#focused = null;
		this.emit('closed');
		if (BrowserWindow.#all.size === 0) around().allClosed();
	}

	isDestroyed = (): boolean => this.#isDestroyed;
	isFocused = (): boolean => BrowserWindow.#focused === this;
	isMinimized = (): boolean => this.#isMinimised;
	isMaximized = (): boolean => this.#isMaximised;
	minimize = (): void => {
		this.#isMinimised = true;
		this.blur();
	};
	restore = (): void => void (this.#isMinimised = false);
	maximize = (): void => void (this.#isMaximised = true);
	getNormalBounds = (): Rectangle => this.#bounds;
	setBounds = (bounds: Partial<Rectangle>): void => void (this.#bounds = { ...this.#bounds, ...bounds });
	setProgressBar(_fraction: number): void {}
}

/** May the page go there? As the listeners of `will-frame-navigate` say. */
export async function maySwitch(page: Page, url: string, isMainFrame: boolean): Promise<boolean> {
	for (const window of BrowserWindow.getAllWindows()) {
		if ((await window.webContents.page) !== page) continue;
		const event = cancellable({ url, isMainFrame });
		window.webContents.emit('will-frame-navigate', event);
		return !event.defaultPrevented;
	}
	return false;
}
