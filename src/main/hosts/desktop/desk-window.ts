import { BrowserWindow, MessageChannelMain, type MessagePortMain } from 'electron';
import { CHANNELS, type FileOnItsWay, type HandedFile } from '#shared/contract/bridge.ts';
import { servePort } from '#main/app/desk/serve-port.ts';
import type { DeskDesk } from '#main/app/desk/desk-procedures.ts';
import { Asks } from './asks.ts';
import { bringToFront } from './desktop-host.ts';

/** One window, and who sits at it. */
export class DeskWindow {
	readonly window: BrowserWindow;
	readonly asks = new Asks();
	readonly #at: Promise<DeskDesk>;
	#port: MessagePortMain | null = null;

	/** `openDesk` may take as long as the books take to open: the page waits for its port meanwhile. */
	constructor(window: BrowserWindow, openDesk: (window: BrowserWindow, asks: Asks) => Promise<DeskDesk>) {
		this.window = window;
		this.#at = openDesk(window, this.asks);
		// Whoever opens the program reports why it could not.
		this.#at.catch(() => undefined);
	}

	/** Gives the page a port of its own. A page that loads again gets a new one, and what the old page had under way is cancelled. */
	async connect(): Promise<void> {
		const at = await this.#at;
		if (this.window.isDestroyed()) return;
		this.#port?.close();
		const { port1, port2 } = new MessageChannelMain();
		this.#port = port1;
		servePort(port1, at);
		port1.start();
		this.window.webContents.postMessage(CHANNELS.port, null, [port2]);
	}

	async take(file: FileOnItsWay): Promise<HandedFile> {
		const { desk } = await this.#at;
		return 'path' in file ? desk.files.handOver(file.path) : desk.files.receive(file.name, one(file.bytes), file.bytes.byteLength);
	}

	/** Opens a file that came from outside the page: from the command line, the dock or the menu. Its value is the handed file as JSON. */
	async openFile(path: string): Promise<void> {
		const handed = await this.take({ path });
		this.asks.ask('openFile', JSON.stringify(handed));
	}

	bringToFront(): void {
		bringToFront(this.window);
	}

	/** Once the window is gone: cancels what can be cancelled, waits for what is being written, and removes the files of this desk. */
	async close(): Promise<void> {
		this.#port?.close();
		const at = await this.#at.catch(() => null);
		await at?.desk.close();
	}
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
	yield bytes;
}
