// `npm start`: the program in a window where its runtime is or can be had, else in the browser, and says so in one line.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROJECT, toolScript } from './tool.ts';
import { downloadAddress, fetchedExecutable, planWindow } from './window-runtime.ts';

const ANSWERS_WITHIN_MS = 3000;
const FETCHED_WITHIN_MS = 10 * 60_000;
/** What the loader of a Linux system ends a program with whose libraries are missing. */
const CANNOT_RUN = 127;

const path = (name: string): string => join(PROJECT, name);
const RUNTIME = path('node_modules/electron');
const wanted = process.argv.slice(2);

async function main(): Promise<void> {
	if (!['out/main/terminal.js', 'out/renderer/index.html', 'out/verify.html'].every((file) => existsSync(path(file)))) await build();
	const reason = wanted.includes('--browser') ? 'as asked' : await openWindow();
	if (reason === null) return;
	process.stdout.write(`Opening in the browser: ${reason}.\n`);
	process.argv.splice(1, process.argv.length, path('bin/ledgerseal.mjs'), 'serve', ...wanted.filter((word) => word !== '--browser'));
	await import(pathToFileURL(path('bin/ledgerseal.mjs')).href);
}

async function build(): Promise<void> {
	process.stdout.write('Building, once.\n');
	await run(process.execPath, [toolScript('electron-vite', 'electron-vite'), 'build', '--ignoreConfigWarning', '--logLevel', 'error']);
	await run(process.execPath, [path('scripts/build-verify-page.ts')]);
}

/** Null once the window was closed; else why there is none. */
async function openWindow(): Promise<string | null> {
	const { env, platform } = process;
	const facts = { platform, env, isRoot: process.getuid?.() === 0, hasEntry: existsSync(path('out/main/index.js')) };
	const plan = planWindow({ ...facts, executable: fetchedExecutable(RUNTIME, env) });
	if (plan.kind === 'browser') return plan.reason;
	const executable = plan.kind === 'open' ? plan.executable : await fetchRuntime();
	if (executable === null) return "the window's runtime is not here and cannot be fetched";
	const status = await statusOf(executable, [path('out/main/index.js'), ...wanted]);
	if (status === CANNOT_RUN) return "the window's runtime lacks libraries of this system";
	process.exitCode = status;
	return null;
}

/** Asks first whether it can be had: off the network this answers within seconds, and the installer would try for minutes. */
async function fetchRuntime(): Promise<string | null> {
	const { version } = JSON.parse(readFileSync(`${RUNTIME}/package.json`, 'utf8')) as { version: string };
	const answer = await fetch(downloadAddress(version, process.env), { method: 'HEAD', signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) }).catch(() => null);
	if (!answer?.ok) return null;
	process.stdout.write("Fetching the window's runtime, once.\n");
	const status = await statusOf(process.execPath, [`${RUNTIME}/install.js`], FETCHED_WITHIN_MS);
	return status === 0 ? fetchedExecutable(RUNTIME, process.env) : null;
}

async function run(command: string, words: readonly string[]): Promise<void> {
	const status = await statusOf(command, words);
	if (status !== 0) process.exit(status);
}

function statusOf(command: string, words: readonly string[], timeoutMs?: number): Promise<number> {
	return new Promise((resolve) => {
		const child = spawn(command, words, { stdio: 'inherit', cwd: PROJECT, timeout: timeoutMs });
		child.on('error', () => resolve(CANNOT_RUN));
		child.on('exit', (code) => resolve(code ?? 1));
	});
}

await main();
