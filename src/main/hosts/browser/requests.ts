import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { RPCHandler } from '@orpc/server/node';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { wireError } from '#main/app/desk/wire-errors.ts';
import { wireRouter } from '#main/app/desk/wire-router.ts';
import { MAX_CALL_BYTES } from './connections.ts';
import { checkSource, cookieName, cookieOf, type Door, failed, tabOf, type TurnedAway } from './door.ts';
import { securityHeaders } from './security-headers.ts';
import type { Tab } from './sessions.ts';
import type { StaticFile } from './static-files.ts';

export interface RequestDoor extends Door {
	readonly files: ReadonlyMap<string, StaticFile>;
}

const MAX_SESSION_BYTES = 4096;
const BODY_WITHIN_MS = 10_000;
export const TAB_HEADER = 'x-ledgerseal-tab';

type Rpc = RPCHandler<{ desk: Tab['desk'] }>;

/** Everything that comes over plain HTTP: the screens, the session, calls, files that come in and files that go out. */
export function answerRequests(server: Server, door: RequestDoor): void {
	const rpc = new RPCHandler(wireRouter());
	server.on('request', (request: IncomingMessage, response: ServerResponse) => {
		for (const [name, value] of Object.entries(securityHeaders(`127.0.0.1:${door.port}`))) response.setHeader(name, value);
		response.on('error', () => request.destroy());
		answer(door, rpc, request, response).catch((error: unknown) => {
			door.program.logFault(error);
			if (!response.headersSent) turnAway(request, response, { status: 400, reason: 'FAULT' });
			else response.destroy();
		});
	});
}

async function answer(door: RequestDoor, rpc: Rpc, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const refusal = checkSource(door, request);
	if (refusal) return turnAway(request, response, refusal);
	response.setHeader('content-security-policy', securityHeaders(request.headers.host ?? '')['content-security-policy'] ?? '');
	const address = addressOf(request);
	if (address === null) return turnAway(request, response, { status: 400, reason: 'ADDRESS' });
	const { pathname, searchParams } = address;
	if (request.method === 'POST' && pathname === '/session') return openSession(door, request, response);
	if (request.method === 'GET' || request.method === 'HEAD') {
		if (!pathname.startsWith('/download/')) return sendStatic(door, request, response, pathname);
	}
	const tab = tabOf(door, request, headerOf(request, TAB_HEADER));
	if ('status' in tab) return turnAway(request, response, tab);
	if (request.method === 'GET' && pathname.startsWith('/download/')) return sendDownload(door, tab, response, pathname.slice('/download/'.length));
	if (request.method !== 'POST') return turnAway(request, response, { status: 405, reason: 'METHOD' });
	if (pathname === '/files') return takeFile(door, tab, request, response, searchParams.get('name') ?? '');
	if (pathname.startsWith('/rpc/')) return answerCall(rpc, tab, request, response);
	turnAway(request, response, { status: 404, reason: 'PATH' });
}

async function openSession(door: RequestDoor, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const body = await bodyOf(request, MAX_SESSION_BYTES);
	if (body === null) return turnAway(request, response, { status: 413, reason: 'LENGTH' });
	const { token } = parsed(body);
	if (token !== undefined) {
		const cookie = door.sessions.exchange(token);
		if (cookie === null) return turnAway(request, response, failed(door, 'TOKEN'));
		response.setHeader('set-cookie', `${cookieName(door)}=${cookie}; HttpOnly; SameSite=Strict; Path=/`);
	} else if (!door.sessions.isCookie(cookieOf(door, request)) || request.headers['sec-fetch-site'] !== 'same-origin') {
		return turnAway(request, response, failed(door, 'SESSION'));
	}
	const tab = door.sessions.openTab();
	if (tab === null) return turnAway(request, response, { status: 429, reason: 'TOO_MANY_TABS' });
	sendJson(response, 200, { tab });
}

function parsed(body: Buffer): { token?: string } {
	try {
		const { token } = JSON.parse(body.toString('utf8') || '{}') as { token?: unknown };
		return typeof token === 'string' ? { token } : {};
	} catch {
		return {};
	}
}

function sendStatic(door: RequestDoor, request: IncomingMessage, response: ServerResponse, pathname: string): void {
	const file = door.files.get(pathname);
	if (!file) return turnAway(request, response, { status: 404, reason: 'PATH' });
	response.writeHead(200, { 'content-type': file.contentType, 'content-length': file.bytes.length });
	response.end(request.method === 'HEAD' ? undefined : file.bytes);
}

async function answerCall(rpc: Rpc, tab: Tab, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const length = Number(request.headers['content-length'] ?? Number.NaN);
	if (!(length <= MAX_CALL_BYTES)) return turnAway(request, response, { status: 413, reason: 'LENGTH' });
	// Long work may say nothing for longer than an idle connection may.
	request.socket.setTimeout(0);
	const { matched } = await rpc.handle(request, response, { prefix: '/rpc', context: { desk: tab.desk } });
	if (!matched) turnAway(request, response, { status: 404, reason: 'PATH' });
}

async function takeFile(door: RequestDoor, tab: Tab, request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
	const announced = request.headers['content-length'];
	try {
		const handed = await tab.desk.files.receive(name, request, announced === undefined ? null : Number(announced));
		sendJson(response, 200, handed);
	} catch (error) {
		// What is still on its way is not read: the connection ends with the answer.
		response.setHeader('connection', 'close');
		sendRefusal(door, tab, response, error);
	}
}

async function sendDownload(door: RequestDoor, tab: Tab, response: ServerResponse, grant: string): Promise<void> {
	let download: Awaited<ReturnType<typeof tab.desk.deliveries.redeem>>;
	try {
		download = await tab.desk.deliveries.redeem(grant);
	} catch (error) {
		return sendRefusal(door, tab, response, error);
	}
	response.writeHead(200, {
		'content-type': download.contentType,
		'content-length': download.bytes,
		'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(download.fileName).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`)}`,
	});
	try {
		await pipeline(createReadStream(download.path), response);
	} catch {
		// Who goes away in the middle gets nothing, and there is nobody to tell. Who has everything may hang up before we know that it was sent.
		response.destroy();
		if (!response.writableEnded) return;
	}
	await download.done();
}

function sendRefusal(door: RequestDoor, tab: Tab, response: ServerResponse, error: unknown): void {
	const { code, status, message, data } = wireError(error, {
		clean: (text) => tab.desk.files.withoutPaths(text),
		logFault: (fault) => door.program.logFault(fault),
	});
	sendJson(response, status, { code, message, ...(data as object) });
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
	response.writeHead(status, { 'content-type': 'application/json' });
	response.end(JSON.stringify(value));
}

function turnAway(request: IncomingMessage, response: ServerResponse, { status, reason }: TurnedAway): void {
	request.resume();
	response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
	response.end(JSON.stringify({ reason }));
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
	const value = request.headers[name];
	return Array.isArray(value) ? value[0] : value;
}

/** The path alone, whatever form the address has; null where it is none. */
function addressOf({ url = '' }: IncomingMessage): URL | null {
	return url.startsWith('/') && !url.startsWith('//') ? URL.parse(url, 'http://127.0.0.1') : null;
}

/** null where it is too long. Who sends slowly is cut off. */
async function bodyOf(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
	const late = setTimeout(() => request.destroy(), BODY_WITHIN_MS);
	try {
		const chunks: Buffer[] = [];
		let bytes = 0;
		for await (const chunk of request as AsyncIterable<Buffer>) {
			bytes += chunk.length;
			if (bytes > maxBytes) return null;
			chunks.push(chunk);
		}
		return Buffer.concat(chunks);
	} finally {
		clearTimeout(late);
	}
}
