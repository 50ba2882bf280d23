import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';

const LAUNCHER = path.resolve(import.meta.dirname, '../../bin/ledgerseal.mjs');

/** The built program, serving its screens to a browser of this machine. */
export interface Host {
	/** Good once. */
	readonly url: string;
	stop(): Promise<void>;
}

export async function startHost(folder: string): Promise<Host> {
	const env = { ...process.env, LEDGERSEAL_DATA_DIR: path.join(folder, 'books'), LEDGERSEAL_SECRET_STORE: 'file', HOME: folder };
	const server = spawn(process.execPath, [LAUNCHER, 'serve', '--no-open', '--json'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
	const url = await addressOf(server);
	return { url, stop: () => stopped(server) };
}

async function addressOf(server: ChildProcess): Promise<string> {
	let said = '';
	for await (const chunk of server.stdout ?? []) {
		said += String(chunk);
		const url = /"url":"([^"]+)"/.exec(said)?.[1];
		if (url !== undefined) return url;
	}
	throw new Error(`the program ended: ${said}`);
}

async function stopped(server: ChildProcess): Promise<void> {
	if (server.exitCode !== null) return;
	const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()));
	server.kill('SIGTERM');
	await gone;
}

/** Collects what a page reports as wrong. */
export function watchProblems(page: Page): string[] {
	const problems: string[] = [];
	page.on('pageerror', (error) => problems.push(String(error)));
	page.on('console', (message) => {
		if (message.type() === 'error') problems.push(message.text());
	});
	return problems;
}

/** Goes on with Tab until the element has the focus: a person without a mouse gets there as well. */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
	await wanted.waitFor();
	const element = await wanted.elementHandle();
	for (let presses = 0; presses < 150; presses++) {
		if (await page.evaluate((one) => one === document.activeElement, element)) return;
		await page.keyboard.press('Tab');
	}
	throw new Error(`${String(wanted)} is not reached by Tab`);
}
