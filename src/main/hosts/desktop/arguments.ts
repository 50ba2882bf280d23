import { resolve } from 'node:path';
import { defaultDataFolder } from '#main/platform/files.ts';

export interface StartArguments {
	/** Absolute: as said with --data-dir, else as LEDGERSEAL_DATA_DIR says, else the application-data folder; as the terminal decides it. */
	readonly dataFolder: string;
	/** Files to open, absolute. */
	readonly files: readonly string[];
}

export interface StartSurroundings {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly platform: NodeJS.Platform;
	readonly workingFolder: string;
	/** A packaged program is started by its own name; otherwise the second argument is the folder or file that Electron runs. */
	readonly isPackaged: boolean;
}

/** What the command line of the desktop program asks for. Options it does not know are Chromium's (`--no-sandbox`) and left alone. */
export function readArguments(argv: readonly string[], { env, platform, workingFolder, isPackaged }: StartSurroundings): StartArguments {
	const given = argv.slice(isPackaged ? 1 : 2);
	const files: string[] = [];
	let folder: string | undefined;
	for (let index = 0; index < given.length; index++) {
		const argument = given[index] ?? '';
		if (argument === '--data-dir') folder = given[++index];
		else if (argument.startsWith('--data-dir=')) folder = argument.slice('--data-dir='.length);
		else if (argument !== '' && !argument.startsWith('-')) files.push(resolve(workingFolder, argument));
	}
	return { dataFolder: resolve(workingFolder, folder || env.LEDGERSEAL_DATA_DIR || defaultDataFolder(env, platform)), files };
}
