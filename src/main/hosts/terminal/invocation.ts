import { relative } from 'node:path';
import { shellWord } from './words.ts';

/** How this program was called, as a shell takes it again in the same folder. `launcher`: the second word of the process. */
export function invocationOf(launcher: string | undefined, workingFolder: string): string {
	if (launcher === undefined || !/\.m?js$/.test(launcher)) return 'ledgerseal';
	const near = relative(workingFolder, launcher);
	return `node ${shellWord(near.startsWith('..') ? launcher : near)}`;
}
