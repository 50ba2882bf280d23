/** What crosses between the stand-in and a page is JSON; bytes and files of the page are written as these. */
export interface Bytes {
	readonly $bytes: string;
}
export interface PageFile {
	readonly $file: string;
	readonly $bytes: string;
}

export type FromPage =
	| { readonly kind: 'invoke'; readonly channel: string; readonly args: readonly unknown[] }
	| { readonly kind: 'open'; readonly url: string }
	| { readonly kind: 'port'; readonly port: number; readonly data: unknown };
export type ToPage =
	| { readonly kind: 'post'; readonly channel: string; readonly message: unknown; readonly ports: readonly number[] }
	| { readonly kind: 'port'; readonly port: number; readonly data: unknown }
	| { readonly kind: 'close'; readonly port: number };

interface StandInWindow {
	standInCall(message: FromPage): Promise<{ readonly output?: unknown; readonly error?: string }>;
	standInDeliver(message: ToPage): void;
}

/** Turns what crosses into JSON and back, in the page. Files that the preload asked the path of are known by it. */
interface Packer {
	readonly files: Map<string, File>;
	readonly packed: (value: unknown) => Promise<unknown>;
	readonly unpacked: (value: unknown) => unknown;
}

/** Runs in the page, as text. */
export function makePacker(): Packer {
	const files = new Map<string, File>();
	const base64 = (bytes: Uint8Array): string => {
		let text = '';
		for (let start = 0; start < bytes.length; start += 32_768) text += String.fromCharCode(...bytes.subarray(start, start + 32_768));
		return btoa(text);
	};
	const packed = async (value: unknown): Promise<unknown> => {
		if (value instanceof Uint8Array) return { $bytes: base64(value) };
		if (value instanceof ArrayBuffer) return { $bytes: base64(new Uint8Array(value)) };
		if (value instanceof Blob) return { $bytes: base64(new Uint8Array(await value.arrayBuffer())) };
		const file = typeof value === 'string' ? files.get(value) : undefined;
		if (file) return { $file: file.name, $bytes: base64(new Uint8Array(await file.arrayBuffer())) };
		if (typeof value !== 'object' || value === null) return value;
		const entries = await Promise.all(Object.entries(value).map(async ([key, inner]) => [key, await packed(inner)] as const));
		return Object.fromEntries(entries);
	};
	const unpacked = (value: unknown): unknown => {
		const bytes = typeof value === 'object' && value !== null && '$bytes' in value ? (value as { $bytes: string }).$bytes : null;
		return bytes === null ? value : Uint8Array.from(atob(bytes), (sign) => sign.charCodeAt(0));
	};
	return { files, packed, unpacked };
}

type Preload = (require: (name: string) => unknown, module: object, exports: object) => void;

/**
 * Runs in the page, as text: gives the preload, which is the built one, the `electron` that it asks for. It can use nothing of this module,
 * and builds no code from text: the policy of the page would not let it.
 */
export function servePreload(origin: string, { files, packed, unpacked }: Packer, preload: Preload): void {
	if (location.origin !== origin || window !== window.top) return;
	const page = window as unknown as StandInWindow;
	const listeners = new Map<string, (event: { ports: MessagePort[] }, message: unknown) => void>();
	const ports = new Map<number, MessagePort>();
	const openPort = (id: number): MessagePort => {
		const { port1, port2 } = new MessageChannel();
		// One after the other: packing may wait, and what a page says must arrive as it was said.
		let said = Promise.resolve();
		port1.addEventListener('message', ({ data }) => {
			said = said.then(async () => void (await page.standInCall({ kind: 'port', port: id, data: await packed(data) })));
		});
		port1.start();
		ports.set(id, port1);
		return port2;
	};
	page.standInDeliver = (message) => {
		if (message.kind === 'post') listeners.get(message.channel)?.({ ports: message.ports.map(openPort) }, message.message);
		else if (message.kind === 'port') ports.get(message.port)?.postMessage(unpacked(message.data));
		else ports.get(message.port)?.close();
	};
	const electron = {
		contextBridge: { exposeInMainWorld: (name: string, api: unknown) => Object.defineProperty(window, name, { value: api }) },
		ipcRenderer: {
			on: (channel: string, listener: (event: { ports: MessagePort[] }, message: unknown) => void) => listeners.set(channel, listener),
			invoke: async (channel: string, ...args: unknown[]) => {
				const answer = await page.standInCall({ kind: 'invoke', channel, args: await Promise.all(args.map(packed)) });
				if (answer.error !== undefined) throw new Error(`Error invoking remote method '${channel}': ${answer.error}`);
				return answer.output;
			},
		},
		webUtils: {
			getPathForFile: (file: File) => {
				const path = `stand-in-file:${files.size}`;
				files.set(path, file);
				return path;
			},
		},
	};
	const requireInSandbox = (name: string): unknown => {
		if (name === 'electron') return electron;
		throw new Error(`module not found: ${name}`);
	};
	// A window that the program refuses is never made, and the page is told so by null.
	const open = (url: string): null => {
		void page.standInCall({ kind: 'open', url: new URL(url, location.href).href });
		return null;
	};
	Object.assign(window, { open: (url: string | URL) => open(String(url)) });
	document.addEventListener('click', (event) => {
		const link = event.target instanceof Element ? event.target.closest('a[target=_blank]') : null;
		if (!(link instanceof HTMLAnchorElement)) return;
		event.preventDefault();
		open(link.href);
	});
	preload(requireInSandbox, { exports: {} }, {});
}
