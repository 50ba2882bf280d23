import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { programFolder } from '#main/platform/database/program-folder.ts';
import { openLog } from '#main/platform/log.ts';
import { COMMANDS } from './command-table.ts';
import { createContext, dataFolderOf, type Surroundings, type TerminalContext } from './context.ts';
import type { Program } from './run-command.ts';

/** The terminal host: its commands, in given surroundings. */
export function createProgram(surroundings: Surroundings): Program<TerminalContext> {
	return {
		name: 'ledgerseal',
		get version() {
			const manifest = JSON.parse(readFileSync(join(programFolder(), 'package.json'), 'utf8')) as { version: string };
			return manifest.version;
		},
		commands: COMMANDS,
		openContext: async (globals, output) => {
			const context = createContext(globals, output, surroundings);
			return { context, close: () => context.close() };
		},
		logFault: (error, dataDir) => openLog({ dataFolder: dataFolderOf(dataDir, surroundings), clock: surroundings.clock }).logFault(error),
	};
}
