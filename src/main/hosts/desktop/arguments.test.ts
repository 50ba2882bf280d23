import { describe, expect, test } from 'vitest';
import { readArguments } from './arguments.ts';

const surroundings = { env: { HOME: '/home/asha' }, platform: 'linux', workingFolder: '/home/asha', isPackaged: true } as const;

describe('the command line of the desktop program', () => {
	test.each([
		['nothing', [], '/home/asha/.local/share/ledgerseal', []],
		['a folder', ['--data-dir', 'books'], '/home/asha/books', []],
		['a folder after an equals sign', ['--data-dir=/srv/books'], '/srv/books', []],
		['files', ['march.csv', '/tmp/bank.ofx'], '/home/asha/.local/share/ledgerseal', ['/home/asha/march.csv', '/tmp/bank.ofx']],
		['options of Chromium between them', ['--no-sandbox', 'march.csv', '--lang=mr'], '/home/asha/.local/share/ledgerseal', ['/home/asha/march.csv']],
	])('%s', (_case, given, dataFolder, files) => {
		expect(readArguments(['/opt/Ledgerseal/ledgerseal', ...given], surroundings)).toEqual({ dataFolder, files });
	});

	test('the environment names the folder, the command line outranks it', () => {
		const env = { ...surroundings.env, LEDGERSEAL_DATA_DIR: '/srv/books' };
		expect(readArguments(['ledgerseal'], { ...surroundings, env }).dataFolder).toBe('/srv/books');
		expect(readArguments(['ledgerseal', '--data-dir', 'mine'], { ...surroundings, env }).dataFolder).toBe('/home/asha/mine');
	});

	test('what Electron itself is given to run is no file to open', () => {
		const given = readArguments(['electron', '/program', 'march.csv'], { ...surroundings, isPackaged: false });
		expect(given.files).toEqual(['/home/asha/march.csv']);
	});
});
