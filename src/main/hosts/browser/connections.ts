import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { RPCHandler } from '@orpc/server/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { wireRouter } from '#main/app/desk/wire-router.ts';
import { checkSource, type Door, tabOf, type TurnedAway } from './door.ts';
import type { Tab } from './sessions.ts';

/** Longest message of a call, in bytes. Files come by upload. */
export const MAX_CALL_BYTES = 1024 * 1024;
const PROTOCOL = 'ledgerseal';
const TAB_PREFIX = 'tab.';
const PING_EVERY_MS = 30_000;

/** Calls over WebSocket: `/rpc`, subprotocols `ledgerseal` and `tab.<secret>`. Gives what closes them all. */
export function acceptConnections(server: Server, door: Door): () => void {
	const handler = new RPCHandler(wireRouter());
	const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_CALL_BYTES, perMessageDeflate: false, handleProtocols: () => PROTOCOL });
	server.on('upgrade', (request, stream, head) => {
		stream.on('error', () => stream.destroy());
		const tab = admit(door, request);
		if ('status' in tab) return turnAway(stream, tab);
		// The timeout of idle connections is for requests: an open tab may say nothing for hours.
		request.socket.setTimeout(0);
		sockets.handleUpgrade(request, stream, head, (socket) => converse(door, tab, socket, handler));
	});
	return () => {
		for (const socket of sockets.clients) socket.close(1001);
		sockets.close();
	};
}

function admit(door: Door, request: IncomingMessage): Tab | TurnedAway {
	const refusal = checkSource(door, request, true);
	if (refusal) return refusal;
	if (request.url !== '/rpc') return { status: 404, reason: 'PATH' };
	const protocols = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((protocol) => protocol.trim());
	if (!protocols.includes(PROTOCOL)) return { status: 400, reason: 'PROTOCOL' };
	return tabOf(door, request, protocols.find((protocol) => protocol.startsWith(TAB_PREFIX))?.slice(TAB_PREFIX.length));
}

function turnAway(stream: Duplex, { status, reason }: TurnedAway): void {
	stream.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function converse(door: Door, tab: Tab, socket: WebSocket, handler: RPCHandler<{ desk: Tab['desk'] }>): void {
	const connection = { close: () => socket.close(1001) };
	door.sessions.connect(tab, connection);
	let isAlive = true;
	const pulse = setInterval(() => {
		if (!isAlive) return socket.terminate();
		isAlive = false;
		socket.ping();
	}, PING_EVERY_MS);
	pulse.unref();
	socket.on('pong', () => (isAlive = true));
	socket.on('error', () => socket.terminate());
	socket.on('close', () => {
		clearInterval(pulse);
		door.sessions.disconnect(tab, connection);
	});
	void handler.upgrade(onlyCalls(socket), { context: { desk: tab.desk } });
}

/** The handler would print what it cannot read; here such a connection ends, and nothing of it is kept. */
function onlyCalls(socket: WebSocket): Pick<WebSocket, 'addEventListener' | 'send'> {
	const addEventListener = (event: string, listener: (event: never) => void): void => {
		if (event !== 'message') return socket.addEventListener(event as 'close', listener as () => void);
		socket.addEventListener('message', (message) => {
			if (isCall(message.data)) listener(message as never);
			else socket.close(1008);
		});
	};
	return { send: socket.send.bind(socket), addEventListener: addEventListener as WebSocket['addEventListener'] };
}

function isCall(data: unknown): boolean {
	if (typeof data !== 'string') return false;
	try {
		const message = JSON.parse(data) as { i?: unknown; t?: unknown; p?: { u?: unknown; h?: unknown } } | null;
		if (typeof message !== 'object' || message === null || typeof message.i !== 'string') return false;
		return typeof message.t === 'number' || (typeof message.p?.u === 'string' && message.p.u.startsWith('/'));
	} catch {
		return false;
	}
}
