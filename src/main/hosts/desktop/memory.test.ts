import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openMemory } from './memory.ts';

let folder = '';
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'ledgerseal-memory-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const never = (error: unknown): never => {
	throw error;
};
const place = { x: 1, y: 2, width: 1000, height: 700, isMaximised: false };

test('what was kept is there at the next start, and one thing does not overwrite the other', () => {
	const path = join(folder, 'window', 'memory.json');
	const memory = openMemory(path, never);
	expect(memory).toMatchObject({ window: null, language: null });
	memory.keep({ window: place });
	memory.keep({ language: 'mr' });
	expect(memory).toMatchObject({ window: place, language: 'mr' });
	expect(openMemory(path, never)).toMatchObject({ window: place, language: 'mr' });
});

test.each(['', 'not JSON', '[]', 'null', '{"window":7,"language":{}}'])('a damaged file (%s) counts as empty', (content) => {
	const path = join(folder, 'memory.json');
	writeFileSync(path, content);
	expect(openMemory(path, never)).toMatchObject({ window: null, language: null });
});

test('a file that cannot be written is told of and done without', () => {
	const path = join(folder, 'memory.json');
	mkdirSync(`${path}.new`);
	const failures: unknown[] = [];
	const memory = openMemory(path, (error) => failures.push(error));
	memory.keep({ language: 'mr' });
	expect(failures).toHaveLength(1);
	expect(memory.language).toBe('mr');
});
