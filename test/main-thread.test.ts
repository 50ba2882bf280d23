import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';

const PROJECT = join(import.meta.dirname, '..');
const NO_DATABASE = join(PROJECT, 'test/no-database-here.ts');
const ELECTRON = join(PROJECT, 'e2e/standin/register.ts');

/** Runs a process whose main thread may open no database. */
function run(...args: readonly string[]): Promise<{ readonly stdout: string }> {
	const folder = mkdtempSync(join(tmpdir(), 'ledgerseal-test-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	const env = { ...process.env, LEDGERSEAL_TEST: '1', LEDGERSEAL_DATA_DIR: folder };
	return promisify(execFile)(process.execPath, ['--import', NO_DATABASE, ...args], { cwd: PROJECT, env });
}

describe('the main thread of a host that stays open', () => {
	it('opens no database, from the first company to a package that is handed over and verified', async () => {
		const { stdout } = await run('--import', ELECTRON, join(PROJECT, 'test/host-child.ts'));
		expect(JSON.parse(stdout)).toEqual({ balanced: true, result: 'VERIFIED', isKnown: true });
	});

	it.each([
		['from the sources', "await import('#main/app/books-keys.ts')"],
		['from a build', "process.dlopen({ exports: {} }, require.resolve('better-sqlite3').replace('lib/index.js', 'build/Release/better_sqlite3.node'))"],
	])('would be stopped where it did: %s', async (_name, script) => {
		await expect(run('--eval', script)).rejects.toMatchObject({ stderr: expect.stringContaining('opens a database') });
	});
});
