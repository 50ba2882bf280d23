#!/usr/bin/env node
// Starts the terminal host on the Node that the project ships: better-sqlite3 crashes on an older one without a word.
// Every command pays for this file, so it loads nothing that it may not need.
import { existsSync, realpathSync } from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 24;
const FAULT = 3;
const PROGRAM = new URL('../out/main/terminal.js', import.meta.url);

function fail(message) {
	process.stderr.write(`ledgerseal: ${message}\n`);
	process.exitCode = FAULT;
}

/** A folder of this user alone: compiled code that others could write would be run. */
function cacheFolder() {
	const { env, platform } = process;
	if (platform === 'win32') return env.LOCALAPPDATA && `${env.LOCALAPPDATA}\\Ledgerseal\\Cache`;
	if (platform === 'darwin') return env.HOME && `${env.HOME}/Library/Caches/Ledgerseal`;
	if (env.XDG_CACHE_HOME) return `${env.XDG_CACHE_HOME}/ledgerseal`;
	return env.HOME && `${env.HOME}/.cache/ledgerseal`;
}

/** The Node that npm installed with the project, or undefined. */
function shippedNode() {
	const name = process.platform === 'win32' ? 'node.exe' : 'node';
	const beside = fileURLToPath(new URL(`../node_modules/node/bin/${name}`, import.meta.url));
	if (existsSync(beside)) return beside;
	try {
		const manifest = module.createRequire(import.meta.url).resolve('node/package.json');
		const elsewhere = path.join(path.dirname(manifest), 'bin', name);
		return existsSync(elsewhere) ? elsewhere : undefined;
	} catch {
		return undefined;
	}
}

async function startOn(node) {
	const args = [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)];
	const { spawn } = await import('node:child_process');
	const child = spawn(node, args, { stdio: 'inherit' });
	const signals = process.platform === 'win32' ? ['SIGINT', 'SIGTERM'] : ['SIGINT', 'SIGTERM', 'SIGHUP'];
	// A terminal sends Ctrl-C to both of us: passing it on as well would make it two.
	const forward = (signal) => (signal === 'SIGINT' && (process.stdin.isTTY || process.stdout.isTTY)) || child.kill(signal);
	for (const signal of signals) process.on(signal, forward);
	child.on('error', (error) => fail(`cannot start ${node}: ${error.message}. Run \`npm ci\` again.`));
	child.on('exit', (code, signal) => {
		for (const each of signals) process.off(each, forward);
		if (signal) process.kill(process.pid, signal);
		else process.exitCode = code;
	});
}

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
	const node = shippedNode();
	if (node && realpathSync(node) !== process.execPath) await startOn(node);
	else
		fail(
			`needs Node ${OLDEST_NODE} or later, and this is ${process.versions.node}. Run \`npm ci\` in ${fileURLToPath(new URL('..', import.meta.url))}, which installs it.`,
		);
} else if (!existsSync(PROGRAM)) {
	fail(`is not built yet. Run \`npm run build\` in ${fileURLToPath(new URL('..', import.meta.url))} and try again.`);
} else {
	const cache = cacheFolder();
	if (cache) module.enableCompileCache(cache);
	await import(PROGRAM.href);
}
