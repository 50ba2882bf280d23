import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { type Bridge, CHANNELS, type FileOnItsWay, type HandedFile, type HandOverRefusal, PORT_MESSAGE, PORT_WANTED } from '#shared/contract/bridge.ts';

/** What is used of the page: this file is checked without the types of a browser, as everything beside the screens. */
declare const window: {
	readonly origin: string;
	postMessage(message: string, targetOrigin: string, transfer: readonly unknown[]): void;
	addEventListener(type: 'message', listener: (event: { readonly source: unknown; readonly data: unknown }) => void): void;
};

const bridge: Bridge<File> = {
	host: 'desktop',
	handOver: async (file) => (await ipcRenderer.invoke(CHANNELS.handOver, await onItsWay(file))) as HandedFile | HandOverRefusal,
	speak: (language) => void ipcRenderer.invoke(CHANNELS.speak, language),
};

// Where the file lies is found out here: a page cannot name a path of its own choice.
async function onItsWay(file: File): Promise<FileOnItsWay> {
	const path = webUtils.getPathForFile(file);
	return path === '' ? { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) } : { path };
}

contextBridge.exposeInMainWorld('ledgerseal', bridge);

window.addEventListener('message', (event) => {
	if (event.source === window && event.data === PORT_WANTED) void ipcRenderer.invoke(CHANNELS.connect);
});
ipcRenderer.on(CHANNELS.port, (event) => window.postMessage(PORT_MESSAGE, window.origin, event.ports));
