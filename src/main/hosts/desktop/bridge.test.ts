import type { IpcMainInvokeEvent } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import { CHANNELS } from '#shared/contract/bridge.ts';
import { serveBridge } from './bridge.ts';
import type { DeskWindow } from './desk-window.ts';
import { ownPages } from './own-address.ts';

type Handler = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;
const handlers = vi.hoisted(() => new Map<string, unknown>());
vi.mock('electron', () => ({ ipcMain: { handle: (channel: string, handler: unknown) => handlers.set(channel, handler) } }));

const OURS = { id: 7 };
let connected = 0;
let taken: unknown[] = [];
let spoken: string[] = [];
let refused: string[] = [];

beforeEach(() => {
	connected = 0;
	taken = [];
	spoken = [];
	refused = [];
	handlers.clear();
	const window = {
		connect: async () => void connected++,
		take: async (file: unknown) => {
			taken.push(file);
			return { path: 'handed:0', name: 'a.csv', bytes: 1 };
		},
	} as unknown as DeskWindow;
	serveBridge({
		pages: ownPages(undefined, true),
		windowOf: (contentsId) => (contentsId === OURS.id ? window : null),
		refused: (what, address) => refused.push(`${what} of ${address}`),
		logFault: () => 'LS-0000-0000',
		speak: (language) => spoken.push(language),
	});
});

/** Asks as a page of this address would; answers what came, or why it was refused. */
async function ask(channel: string, senderFrame: unknown, argument?: unknown, sender = OURS): Promise<unknown> {
	const handler = handlers.get(channel) as Handler;
	try {
		return await handler({ sender, senderFrame } as unknown as IpcMainInvokeEvent, argument);
	} catch (error) {
		return String(error);
	}
}

const page = { url: 'ledgerseal://app/#/', parent: null };

test('a page of the program is served on each channel', async () => {
	await ask(CHANNELS.connect, page);
	await ask(CHANNELS.speak, page, 'mr');
	expect(await ask(CHANNELS.handOver, page, { path: '/media/a.csv' })).toEqual({ path: 'handed:0', name: 'a.csv', bytes: 1 });
	await ask(CHANNELS.handOver, page, { name: 'a.csv', bytes: new Uint8Array([1]) });
	expect({ connected, taken, spoken, refused }).toEqual({
		connected: 1,
		taken: [{ path: '/media/a.csv' }, { name: 'a.csv', bytes: new Uint8Array([1]) }],
		spoken: ['mr'],
		refused: [],
	});
});

const STRANGERS: readonly [string, unknown, { id: number }, string][] = [
	['a page of the network', { url: 'https://evil.example/', parent: null }, OURS, 'a page that is none of the program asked'],
	['a frame inside the page', { url: 'ledgerseal://app/', parent: {} }, OURS, 'a frame inside a page asked'],
	['a page that is gone', null, OURS, 'the page that asked is gone'],
	['contents without a window', page, { id: 8 }, 'a page without a window of the program asked'],
];
test.each(STRANGERS)('%s is refused on each channel, told why, and written down', async (_who, frame, sender, reason) => {
	const said = `The program does not listen: ${reason}.`;
	expect(await ask(CHANNELS.connect, frame, undefined, sender)).toContain(said);
	expect(await ask(CHANNELS.speak, frame, 'mr', sender)).toContain(said);
	expect(await ask(CHANNELS.handOver, frame, { path: '/etc/passwd' }, sender)).toMatchObject({ refusal: { code: 'NOT_ALLOWED', message: said } });
	expect({ connected, taken, spoken }).toEqual({ connected: 0, taken: [], spoken: [] });
	expect(refused).toHaveLength(3);
});

test.each([undefined, null, 7, 'path', {}, { path: 7 }, { name: 'a' }, { name: 'a', bytes: 'text' }])('%j is no file', async (given) => {
	expect(await ask(CHANNELS.handOver, page, given)).toMatchObject({ refusal: { code: 'INPUT_INVALID' } });
	expect(taken).toEqual([]);
});
