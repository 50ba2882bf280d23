import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { downloadAddress, fetchedExecutable, planWindow, type WindowFacts } from './window-runtime.ts';

const READY: WindowFacts = { platform: 'linux', env: { DISPLAY: ':0' }, isRoot: false, hasEntry: true, executable: '/runtime/electron' };

describe('whether a window can be opened', () => {
	it.each([
		['everything is there', {}, { kind: 'open', executable: '/runtime/electron' }],
		['under Wayland', { env: { WAYLAND_DISPLAY: 'wayland-0' } }, { kind: 'open', executable: '/runtime/electron' }],
		['Windows and macOS name no display', { platform: 'win32' as const, env: {} }, { kind: 'open', executable: '/runtime/electron' }],
		['the runtime was not fetched yet', { executable: null }, { kind: 'fetch' }],
		['no display', { env: {} }, { kind: 'browser', reason: 'there is no display here' }],
		['as root', { isRoot: true }, { kind: 'browser', reason: 'a window is never opened as root' }],
		['no entry in the build', { hasEntry: false, executable: null }, { kind: 'browser', reason: 'this build has no window' }],
	])('%s', (_case, facts, plan) => {
		expect(planWindow({ ...READY, ...facts })).toEqual(plan);
	});
});

describe('the executable of the runtime', () => {
	it('is the one that its package names, once it is there', () => {
		const folder = temporaryFolder();
		expect(fetchedExecutable(folder, {})).toBeNull();
		writeFileSync(join(folder, 'path.txt'), 'electron.exe');
		expect(fetchedExecutable(folder, {})).toBeNull();
		mkdirSync(join(folder, 'dist'));
		writeFileSync(join(folder, 'dist', 'electron.exe'), '');
		expect(fetchedExecutable(folder, {})).toBe(join(folder, 'dist', 'electron.exe'));
	});

	it('is where the environment says', () => {
		const folder = temporaryFolder();
		writeFileSync(join(folder, 'electron'), '');
		expect(fetchedExecutable(temporaryFolder(), { ELECTRON_OVERRIDE_DIST_PATH: folder })).toBe(join(folder, 'electron'));
	});
});

it('a mirror is asked where the environment names one', () => {
	expect(downloadAddress('45.4.1', {})).toBe('https://github.com/electron/electron/releases/download/v45.4.1/SHASUMS256.txt');
	expect(downloadAddress('45.4.1', { ELECTRON_MIRROR: 'https://mirror.example/electron' })).toBe('https://mirror.example/electron/v45.4.1/SHASUMS256.txt');
});
