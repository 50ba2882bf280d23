import { describe, expect, test } from 'vitest';
import { readArguments } from './arguments.ts';

const surroundings = { env: { HOME: '/srv/asha' }, platform: 'linux', workingFolder: '/srv/asha', isPackaged: true } as const;

describe('the command line of the desktop program', () => {
	test.each([
		['nothing', [], '/srv/asha/.local/share/ledgerseal', []],
		['a folder', ['--data-dir', 'books'], '/srv/asha/books', []],
		['a folder after an equals sign', ['--data-dir=/srv/books'], '/srv/books', []],
		['files', ['march.csv', '/media/bank.ofx'], '/srv/asha/.local/share/ledgerseal', ['/srv/asha/march.csv', '/media/bank.ofx']],
		['options of Chromium between them', ['--no-sandbox', 'march.csv', '--lang=mr'], '/srv/asha/.local/share/ledgerseal', ['/srv/asha/march.csv']],
	])('%s', (_case, given, dataFolder, files) => {
		expect(readArguments(['/opt/Ledgerseal/ledgerseal', ...given], surroundings)).toEqual({ dataFolder, files });
	});

	test('the environment names the folder, the command line outranks it', () => {
		const env = { ...surroundings.env, LEDGERSEAL_DATA_DIR: '/srv/books' };
		expect(readArguments(['ledgerseal'], { ...surroundings, env }).dataFolder).toBe('/srv/books');
		expect(readArguments(['ledgerseal', '--data-dir', 'mine'], { ...surroundings, env }).dataFolder).toBe('/srv/asha/mine');
	});

	test('what Electron itself is given to run is no file to open', () => {
		const given = readArguments(['electron', '/program', 'march.csv'], { ...surroundings, isPackaged: false });
		expect(given.files).toEqual(['/srv/asha/march.csv']);
	});
});
