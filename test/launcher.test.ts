import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

const LAUNCHER = resolve('bin/ledgerseal.mjs');

beforeAll(() => {
	if (!existsSync('out/main/terminal.js')) throw new Error('These tests try the build: run `npm run build` first.');
});

interface Ran {
	readonly status: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** A command line as a process of its own, in a folder of its own, as people start it. */
async function launch(folder: string, argv: readonly string[], stdin = ''): Promise<Ran> {
	const env = { ...process.env, LEDGERSEAL_DATA_DIR: `${folder}/books`, LEDGERSEAL_SECRET_STORE: 'file', HOME: folder, XDG_CACHE_HOME: `${folder}/cache` };
	const child = spawn(process.execPath, [LAUNCHER, ...argv], { cwd: folder, env });
	child.stdin.end(stdin);
	const ended = new Promise<number | null>((done) => child.on('close', done));
	const [stdout, stderr, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
	return { status, stdout, stderr };
}

describe('bin/ledgerseal.mjs', () => {
	it('keeps books from any folder, one process after the other', async () => {
		const folder = temporaryFolder();
		const made = await launch(folder, ['company', 'create', '--name', 'Alder', '--currency', 'INR', '--chart', 'india-gst', '--json']);
		expect(made).toMatchObject({ status: 0 });
		expect(JSON.parse(made.stdout)).toMatchObject({ name: 'Alder', currency: 'INR' });
		const entry = '{"date":"2026-02-03","description":"Capital","lines":[{"account":"1000","debit":"123456.00"},{"account":"3000","credit":"123456.00"}]}';
		expect(await launch(folder, ['journal', 'post', '-'], entry)).toMatchObject({ status: 0, stdout: 'Posted 1 of 2026-02-03.\n' });
		const report = await launch(folder, ['report', 'trial-balance', '--as-of', '2026-02-28']);
		expect(report).toMatchObject({ status: 0, stdout: expect.stringContaining('1,23,456.00') });
	});

	it.each([
		['a refusal', 1, ['account', 'list', '--json'], 'NOT_FOUND'],
		['a wrong command line', 2, ['acount', 'list', '--json'], 'USAGE'],
	])('ends with the status of %s, and one JSON document', async (_what, status, argv, code) => {
		const ran = await launch(temporaryFolder(), argv);
		expect(ran.status).toBe(status);
		expect(JSON.parse(ran.stdout)).toMatchObject({ error: { code } });
	});
});
