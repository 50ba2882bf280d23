import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { requireBuild } from './program.ts';

const PROJECT = path.resolve(import.meta.dirname, '../..');

/** The built program, served to the browser of a test from a data folder of its own. */
export interface BrowserHost {
	readonly url: string;
	readonly folder: string;
	stop(): Promise<void>;
}

/** `prepare` fills the data folder before it is served. */
export async function startBrowserHost(prepare: (folder: string) => Promise<unknown>): Promise<BrowserHost> {
	requireBuild();
	const folder = mkdtempSync(path.join(tmpdir(), 'ledgerseal-journey-'));
	await prepare(folder);
	return serveFolder(folder, () => rmSync(folder, { recursive: true, force: true }));
}

/** Serves the books in `folder`/books until it is stopped. */
export async function serveFolder(folder: string, remove: () => void = () => undefined): Promise<BrowserHost> {
	const env = { ...process.env, LEDGERSEAL_SECRET_STORE: 'file', HOME: folder };
	const launcher = path.join(PROJECT, 'bin/ledgerseal.mjs');
	const server = spawn(process.execPath, [launcher, 'serve', '--no-open', '--json', '--data-dir', path.join(folder, 'books')], {
		env,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const url = await addressOf(server);
	return {
		url,
		folder,
		stop: async () => {
			const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
			server.kill('SIGTERM');
			await ended;
			remove();
		},
	};
}

function addressOf(server: ChildProcess): Promise<string> {
	return new Promise((resolve, reject) => {
		let printed = '';
		const listen = (chunk: Buffer): void => {
			printed += chunk.toString();
			const url = /"url":\s*"([^"]+)"/.exec(printed)?.[1];
			if (url !== undefined) resolve(url);
		};
		server.stdout?.on('data', listen);
		server.stderr?.on('data', (chunk: Buffer) => {
			printed += chunk.toString();
		});
		server.once('exit', () => reject(new Error(`The program ended: ${printed}`)));
	});
}
