import type { RPCHandler } from '@orpc/server/message-port';
import { type BrowserWindow, MessageChannelMain, type MessagePortMain } from 'electron';
import { CHANNELS, type FileOnItsWay, type HandedFile } from '#shared/contract/bridge.ts';
import type { Desk } from '#main/app/desk/desk.ts';
import { type Ask, Asks } from './asks.ts';
import { bringToFront } from './desktop-host.ts';

export type Wire = RPCHandler<{ desk: Desk }>;

/** One window, and who sits at it. */
export class DeskWindow {
	readonly window: BrowserWindow;
	readonly #asks = new Asks();
	readonly #wire: Wire;
	readonly #desk: Promise<Desk>;
	#port: MessagePortMain | null = null;

	/** `openDesk` may take as long as the books take to open: the page waits for its port meanwhile. */
	constructor(window: BrowserWindow, wire: Wire, openDesk: (window: BrowserWindow, asks: Asks) => Promise<Desk>) {
		this.window = window;
		this.#wire = wire;
		this.#desk = openDesk(window, this.#asks);
		// Whoever opens the program says why it could not.
		this.#desk.catch(() => undefined);
	}

	/** Gives the page a port of its own. A page that loads again gets a new one, and what the old page had under way is cancelled. */
	async connect(): Promise<void> {
		const desk = await this.#desk;
		if (this.window.isDestroyed()) return;
		this.#port?.close();
		const { port1, port2 } = new MessageChannelMain();
		this.#port = port1;
		this.#wire.upgrade(port1, { context: { desk } });
		port1.start();
		this.window.webContents.postMessage(CHANNELS.port, null, [port2]);
	}

	async take(file: FileOnItsWay): Promise<HandedFile> {
		const { files } = await this.#desk;
		return 'path' in file ? files.handOver(file.path) : files.receive(file.name, one(file.bytes), file.bytes.byteLength);
	}

	/** Opens a file that came from outside the page: from the command line, the dock or the menu. What is asked is the handed file as JSON. */
	async openFile(path: string): Promise<void> {
		const handed = await this.take({ path });
		this.#asks.ask('openFile', JSON.stringify(handed));
	}

	ask(what: Ask, value: string | null = null): void {
		this.#asks.ask(what, value);
	}

	bringToFront(): void {
		bringToFront(this.window);
	}

	/** Once the window is gone: cancels what can be cancelled, waits for what is being written, and removes the files of this desk. */
	async close(): Promise<void> {
		this.#port?.close();
		const desk = await this.#desk.catch(() => null);
		await desk?.close();
	}
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
	yield bytes;
}
