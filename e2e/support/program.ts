import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const PROJECT = path.resolve(import.meta.dirname, '../..');
const LAUNCHER = path.join(PROJECT, 'bin/ledgerseal.mjs');

/** The page as the build made it. */
export const PAGE = path.join(PROJECT, 'out/verify.html');

export function requireBuild(): void {
	if (!existsSync(PAGE) || !existsSync(path.join(PROJECT, 'out/main/terminal.js'))) throw new Error('The journeys try the build: run `npm run build` first.');
}

/** Runs one command line of the built program and gives its JSON. `input` is what stands on its standard input: a password. */
export async function runProgram<Document>(folder: string, args: readonly string[], input = ''): Promise<Document> {
	const env = { ...process.env, LEDGERSEAL_DATA_DIR: path.join(folder, 'books'), LEDGERSEAL_SECRET_STORE: 'file', HOME: folder };
	const running = promisify(execFile)(process.execPath, [LAUNCHER, ...args, '--json'], { cwd: folder, env });
	running.child.stdin?.end(input);
	const { stdout } = await running;
	return JSON.parse(stdout) as Document;
}

export interface ClosedBooks {
	readonly folder: string;
	/** Path of the close package of the first month. */
	readonly package: string;
	readonly fingerprint: string;
	/** Path of the proof of entry 7. */
	readonly proof: string;
	remove(): void;
}

/** The sample company in a new folder, its first month closed, with its package and the proof of one entry. */
export async function closedBooks(): Promise<ClosedBooks> {
	requireBuild();
	const folder = mkdtempSync(path.join(tmpdir(), 'ledgerseal-journey-'));
	const demo = await runProgram<{ package: string; fingerprint: string }>(folder, ['demo', '--data-dir', path.join(folder, 'books')]);
	const { file } = await runProgram<{ file: string }>(folder, ['package', 'prove', '7', '--out', 'entry-7.json']);
	return { folder, package: demo.package, fingerprint: demo.fingerprint, proof: file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
