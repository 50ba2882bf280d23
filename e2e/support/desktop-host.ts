import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ElectronParts } from '../standin/electron-parts.ts';
import { type BrowserContext, chromium, _electron as electron, type Page } from '@playwright/test';

const PROJECT = path.resolve(import.meta.dirname, '../..');
const MAIN = path.join(PROJECT, 'out/main/index.js');
const REGISTER = path.join(PROJECT, 'e2e/standin/register.ts');
/** Every journey on the stand-in shows that the main thread opens no database. */
const NO_DATABASE = path.join(PROJECT, 'test/no-database-here.ts');

export type Evaluate = <Argument, Output>(run: (parts: ElectronParts, argument: Argument) => Output | Promise<Output>, argument: Argument) => Promise<Output>;

export interface RunningDesktop {
	readonly process: ChildProcess;
	readonly context: BrowserContext;
	firstPage(): Promise<Page>;
	/** Runs a function in the program's own process; it can use nothing of the journey but its argument. */
	readonly evaluate: Evaluate;
	/** Resolves with the exit code, null where it was killed. */
	readonly ended: Promise<number | null>;
}

/** Electron's runtime is fetched when it is first used; where that was never done, or cannot be, there is none. */
export function hasRuntime(): boolean {
	const folder = path.join(PROJECT, 'node_modules/electron');
	const named = path.join(folder, 'path.txt');
	return existsSync(named) && existsSync(path.join(folder, 'dist', readFileSync(named, 'utf8')));
}

export function startDesktop(env: Readonly<Record<string, string>>, files: readonly string[] = []): Promise<RunningDesktop> {
	return hasRuntime() ? startElectron(env, files) : startStandIn(env, files);
}

/** A start that ends by itself, on books that are open already or cannot be opened: its exit code. A dialog is answered as by Escape. */
export async function startInVain(env: Readonly<Record<string, string>>, files: readonly string[]): Promise<number | null> {
	if (!hasRuntime()) return ending(spawnStandIn(env, files));
	const { ended, evaluate } = await startElectron(env, files);
	await evaluate(({ dialog }) => {
		dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false });
	}, null).catch(() => undefined);
	return ended;
}

async function startElectron(env: Readonly<Record<string, string>>, files: readonly string[]): Promise<RunningDesktop> {
	const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
	const application = await electron.launch({ args: [...asRoot, MAIN, ...files], cwd: PROJECT, env: { ...env } });
	return {
		process: application.process(),
		context: application.context(),
		firstPage: () => application.firstWindow(),
		evaluate: (run, argument) => application.evaluate(run as never, argument) as never,
		ended: ending(application.process()),
	};
}

async function startStandIn(env: Readonly<Record<string, string>>, files: readonly string[]): Promise<RunningDesktop> {
	const child = spawnStandIn(env, files);
	const ended = ending(child);
	const endpoint = await new Promise<string>((resolve, reject) => {
		child.on('message', (message: { endpoint?: string }) => message.endpoint && resolve(message.endpoint));
		void ended.then((code) => reject(new Error(`the program ended with ${code} before it had a window`)));
	});
	const browser = await chromium.connectOverCDP(endpoint);
	const [context] = browser.contexts();
	if (!context) throw new Error('the stand-in has no browser context');
	let calls = 0;
	const evaluate: Evaluate = (run, argument) =>
		new Promise((resolve, reject) => {
			const id = calls++;
			const hear = (message: { id?: number; output?: never; error?: string }): void => {
				if (message.id !== id) return;
				child.off('message', hear);
				if (message.error === undefined) resolve(message.output as never);
				else reject(new Error(message.error));
			};
			child.on('message', hear);
			child.send({ id, source: run.toString(), argument });
		});
	return { process: child, context, evaluate, ended, firstPage: () => pageOfProgram(context) };
}

function spawnStandIn(env: Readonly<Record<string, string>>, files: readonly string[]): ChildProcess {
	return spawn(process.execPath, ['--import', NO_DATABASE, '--import', REGISTER, MAIN, ...files], {
		cwd: PROJECT,
		env: { ...env },
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
	});
}

async function pageOfProgram(context: BrowserContext): Promise<Page> {
	const isOurs = (page: Page): boolean => page.url().startsWith('http://app.ledgerseal.localhost/');
	const [page] = context.pages();
	if (page && !isOurs(page)) await page.waitForURL((url) => url.host === 'app.ledgerseal.localhost');
	return page ?? context.waitForEvent('page');
}

function ending(child: ChildProcess): Promise<number | null> {
	return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}
