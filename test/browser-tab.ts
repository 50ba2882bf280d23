import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { deskContract, TaskStep } from '#shared/contract/desk.contract.ts';
import { openProgramPort, type ProgramPort } from '#main/app/desk/program-port.ts';
import { present } from '#shared/kernel/assert.ts';
import { type BrowserHost, type BrowserHostOptions, openBrowserHost, serveProgram } from '#main/hosts/browser/browser-host.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface HttpAnswer {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly body: Buffer;
	readonly json: () => Record<string, unknown>;
}

interface Sent {
	readonly method?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string | Buffer;
}

/** A host on real sockets, with a page of its own in place of the screens, for the running test. */
export interface TestHost {
	readonly host: BrowserHost;
	readonly dataFolder: string;
	readonly base: string;
	readonly token: string;
	/** One request exactly as it is given: no header is added but Host, where there is none. */
	readonly send: (path: string, sent?: Sent) => Promise<HttpAnswer>;
	/** The session of a browser: brings the token. */
	readonly openBrowser: () => Promise<TestBrowser>;
}

export interface TestBrowser {
	/** `name=value` */
	readonly cookie: string;
	/** The first tab of it. */
	readonly tab: TestTab;
	readonly openTab: () => Promise<TestTab>;
}

type Books = Record<string, Record<string, (input: { input?: unknown; preview?: boolean }, options?: { signal?: AbortSignal }) => Promise<unknown>>>;

export interface TestTab {
	readonly secret: string;
	/** Cookie, secret and origin, as a page of ours sends them. */
	readonly headers: Readonly<Record<string, string>>;
	/** Calls over a WebSocket of its own. */
	connect(): Promise<{ readonly socket: WebSocket; readonly books: Books; readonly desk: ContractRouterClient<typeof deskContract> }>;
	readonly upload: (name: string, content: string | Buffer) => Promise<HttpAnswer>;
}

export interface TestHostOptions extends Partial<BrowserHostOptions> {
	/** One that is open already (sharedProgram): threads take a while to start. */
	readonly program?: ProgramPort;
}

export async function openTestHost({ program, ...options }: TestHostOptions = {}): Promise<TestHost> {
	const folder = temporaryFolder();
	const screens = join(folder, 'screens');
	mkdirSync(join(screens, 'assets'), { recursive: true });
	writeFileSync(join(screens, 'index.html'), '<!doctype html><title>Screens</title>');
	writeFileSync(join(screens, 'assets', 'app.js'), 'export {};');
	writeFileSync(join(screens, 'assets', 'app.js.map'), '{}');
	const serving = { port: 0, screens, ...options };
	const dataFolder = program?.paths.root ?? options.dataFolder ?? join(folder, 'books');
	const host = program ? await serveProgram(program, serving) : await openBrowserHost({ ...TEST_PROGRAM, ...serving, dataFolder });
	onTestFinished(() => host.close());
	const base = `http://127.0.0.1:${host.port}`;
	const token = new URL(host.url).hash.replace('#token=', '');
	const send = (path: string, sent: Sent = {}): Promise<HttpAnswer> => sendTo(host.port, path, sent);
	return { host, dataFolder, base, token, send, openBrowser: () => openBrowser({ base, token, send }) };
}

const TEST_PROGRAM = {
	env: { LEDGERSEAL_SECRET_STORE: 'file' },
	clock: { instant: '2026-04-10T09:00:00Z', stepMs: 1 },
	checkOutputs: true,
} as const;

/** One program, on a data folder of its own, for all tests of a file. */
export function sharedProgram(): { readonly program: ProgramPort } {
	const folder = mkdtempSync(join(tmpdir(), 'ledgerseal-test-'));
	let opened: ProgramPort | null = null;
	beforeAll(async () => {
		opened = await openProgramPort({ dataFolder: join(folder, 'books'), ...TEST_PROGRAM });
	});
	afterAll(async () => {
		await opened?.close();
		rmSync(folder, { recursive: true, force: true });
	});
	return {
		get program() {
			return present(opened, 'the program of this file');
		},
	};
}

function sendTo(port: number, path: string, { method = 'GET', headers = {}, body }: Sent): Promise<HttpAnswer> {
	return new Promise((resolve, reject) => {
		const request = httpRequest({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('error', reject);
			response.on('end', () => {
				const whole = Buffer.concat(chunks);
				resolve({
					status: response.statusCode ?? 0,
					headers: response.headers,
					body: whole,
					json: () => JSON.parse(whole.toString()) as Record<string, unknown>,
				});
			});
		});
		request.on('error', reject);
		request.end(body);
	});
}

async function openBrowser({ base, token, send }: Pick<TestHost, 'base' | 'token' | 'send'>): Promise<TestBrowser> {
	const answer = await send('/session', { method: 'POST', headers: { origin: base }, body: JSON.stringify({ token }) });
	const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
	const tabOf = (secret: unknown): TestTab => makeTab({ base, send }, cookie, String(secret));
	return {
		cookie,
		tab: tabOf(answer.json().tab),
		openTab: async () => {
			const more = await send('/session', { method: 'POST', headers: { origin: base, cookie, 'sec-fetch-site': 'same-origin' }, body: '{}' });
			return tabOf(more.json().tab);
		},
	};
}

function makeTab({ base, send }: Pick<TestHost, 'base' | 'send'>, cookie: string, secret: string): TestTab {
	const headers = { origin: base, cookie, 'x-ledgerseal-tab': secret };
	return {
		secret,
		headers,
		upload: (name, content) => send(`/files?name=${encodeURIComponent(name)}`, { method: 'POST', headers, body: content }),
		connect: async () => {
			const socket = await openSocket(base, ['ledgerseal', `tab.${secret}`], { cookie, origin: base });
			const client = createORPCClient<never>(new RPCLink({ websocket: socket })) as unknown as {
				books: Books;
				desk: ContractRouterClient<typeof deskContract>;
			};
			return { socket, books: client.books, desk: client.desk };
		},
	};
}

/** An open WebSocket; refused ones throw with the status of the answer: `Unexpected server response: 403`. */
export function openSocket(base: string, protocols: string[], headers: Readonly<Record<string, string>>, path = '/rpc'): Promise<WebSocket> {
	return new Promise((resolve, reject) => {
		const socket = new WebSocket(`${base.replace('http', 'ws')}${path}`, protocols, { headers });
		socket.on('open', () => resolve(socket));
		socket.on('error', reject);
		onTestFinished(() => socket.terminate());
	});
}

/** The steps of a task, all of them. */
export async function allSteps(steps: Promise<unknown>): Promise<TaskStep[]> {
	const all: TaskStep[] = [];
	for await (const step of (await steps) as AsyncIterable<TaskStep>) all.push(step);
	return all;
}

/** What a task came to. */
export async function resultOf<Output>(steps: Promise<unknown>): Promise<Output> {
	return (await allSteps(steps)).at(-1)?.output as Output;
}
