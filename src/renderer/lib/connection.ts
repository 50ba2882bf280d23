import { createORPCClient } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { type Bridge, type HandedFile, PORT_MESSAGE, PORT_WANTED } from '#shared/contract/bridge.ts';
import type { DeskContract } from '#shared/contract/desk.contract.ts';
import { AppError } from '#shared/kernel/app-error.ts';

declare global {
	interface Window {
		readonly ledgerseal?: Bridge<File>;
	}
}

/** What goes over the wire: the books by domain and name, and the desk. */
export interface WireClient {
	readonly books: Record<string, Record<string, (input: { input?: unknown; preview?: boolean }, options?: { signal?: AbortSignal }) => Promise<unknown>>>;
	readonly desk: ContractRouterClient<DeskContract>;
}

/** The program on the other side, whichever host it is. */
export interface Connection {
	readonly wire: WireClient;
	/** A file that the person chose or dropped in the page. */
	handOver(file: File, signal?: AbortSignal): Promise<HandedFile>;
	/** Fetches what the desk offered for download; the desktop has its own dialog and never comes here. */
	fetchDownload(url: string, signal?: AbortSignal): Promise<Blob>;
	/** Kept once: when the line to the program was cut. */
	readonly lost: Promise<void>;
	/** Whether a cut line says nothing of the program, and another may be made. */
	readonly canReconnect: boolean;
}

export async function connect(): Promise<Connection> {
	return window.ledgerseal === undefined ? connectTab() : connectWindow(window.ledgerseal);
}

async function connectWindow(bridge: Bridge<File>): Promise<Connection> {
	const port = await new Promise<MessagePort>((resolve) => {
		const listen = (event: MessageEvent): void => {
			const given = event.ports[0];
			if (event.source !== window || event.data !== PORT_MESSAGE || given === undefined) return;
			window.removeEventListener('message', listen);
			resolve(given);
		};
		window.addEventListener('message', listen);
		window.postMessage(PORT_WANTED, window.origin);
	});
	const wire = createORPCClient<never>(new PortLink({ port })) as unknown as WireClient;
	const lost = new Promise<void>((resolve) => port.addEventListener('close', () => resolve()));
	port.start();
	return {
		wire,
		handOver: (file) => handOverTo(bridge, file),
		fetchDownload: () => Promise.reject(new Error('The window saves by itself.')),
		lost,
		canReconnect: false,
	};
}

async function handOverTo(bridge: Bridge, file: File): Promise<HandedFile> {
	const handed = await bridge.handOver(file);
	if (!('refusal' in handed)) return handed;
	const { code, message, details } = handed.refusal;
	throw new AppError(code as AppError['code'], message, details);
}

const SECRET_KEY = 'ledgerseal.tab';
const SECRET_HEADER = 'x-ledgerseal-tab';

async function connectTab(): Promise<Connection> {
	const { secret, socket } = await openTab();
	const lost = new Promise<void>((resolve) => socket.addEventListener('close', () => resolve(), { once: true }));
	const wire = createORPCClient<never>(new SocketLink({ websocket: lineOver(socket) })) as unknown as WireClient;
	const headers = { [SECRET_HEADER]: secret };
	return {
		wire,
		lost,
		canReconnect: true,
		handOver: async (file, signal) => {
			const answer = await fetch(`/files?name=${encodeURIComponent(file.name)}`, { method: 'POST', headers, body: file, ...(signal ? { signal } : {}) });
			return (await accepted(answer)).json() as Promise<HandedFile>;
		},
		fetchDownload: async (url, signal) => (await accepted(await fetch(url, { headers, ...(signal ? { signal } : {}) }))).blob(),
	};
}

/**
 * The socket as the calls use it. While it is being closed it takes what is said to it, and drops it: whoever waits for an answer is told once it
 * is closed. The calls would look first, and leave it unhandled that a question could not be taken back any more.
 */
function lineOver(socket: WebSocket) {
	return {
		addEventListener: socket.addEventListener.bind(socket),
		removeEventListener: socket.removeEventListener.bind(socket),
		send: (message: Parameters<WebSocket['send']>[0]): void => {
			if (socket.readyState === WebSocket.OPEN) socket.send(message);
		},
		get readyState() {
			return socket.readyState === WebSocket.CLOSING ? WebSocket.OPEN : socket.readyState;
		},
	};
}

interface OpenTab {
	readonly secret: string;
	readonly socket: WebSocket;
}

/** With the secret of this tab, kept for a reload; where the program knows it no more, with a new one. */
async function openTab(): Promise<OpenTab> {
	const token = /^#token=([\w-]+)$/.exec(location.hash)?.[1];
	const kept = sessionStorage.getItem(SECRET_KEY);
	const known = token === undefined && kept !== null ? await openSocket(kept) : null;
	if (known !== null) return known;
	const opened = await openSocket(await newSecret(token));
	if (opened === null) throw sessionRefused();
	return opened;
}

/** null: refused, or there is no program. */
function openSocket(secret: string): Promise<OpenTab | null> {
	const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/rpc`, ['ledgerseal', `tab.${secret}`]);
	return new Promise((resolve) => {
		socket.addEventListener('open', () => resolve({ secret, socket }), { once: true });
		socket.addEventListener('error', () => resolve(null), { once: true });
	});
}

/** Got with the one-time token of the address, or with the cookie of another tab. */
async function newSecret(token: string | undefined): Promise<string> {
	if (token !== undefined) history.replaceState(null, '', '#/');
	const answer = await fetch('/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }) });
	if (!answer.ok) throw sessionRefused();
	const { tab } = (await answer.json()) as { tab: string };
	sessionStorage.setItem(SECRET_KEY, tab);
	return tab;
}

function sessionRefused(): AppError {
	sessionStorage.removeItem(SECRET_KEY);
	return new AppError('LOGIN_REFUSED', 'This address was used already or is too old. Start Ledgerseal again and open the address that it prints.', {});
}

/** Refusals of uploads and downloads come as `{code, message, details}`. */
async function accepted(answer: Response): Promise<Response> {
	if (answer.ok) return answer;
	const refusal = (await answer.json().catch(() => null)) as { code?: string; message?: string; details?: Record<string, unknown> } | null;
	if (refusal?.code === undefined) throw new Error(`The program answered ${answer.status}.`);
	throw new AppError(refusal.code as AppError['code'], refusal.message ?? '', refusal.details ?? {});
}
