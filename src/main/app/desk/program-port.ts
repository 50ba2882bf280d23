import { fixedClock, type Clock, systemClock } from '#main/platform/clock.ts';
import { openLog } from '#main/platform/log.ts';
import type { DataPaths, Limits } from '#main/platform/run/handlers.ts';
import { dataPaths } from '../data-paths.ts';
import { limitsFrom } from '../limits.ts';
import { openProgram, type ProgramOptions, type ProgramThreads } from '../program-threads.ts';

/** The program as desks need it: its calls, and what of its data folder a host looks at without opening a database. */
export interface ProgramPort extends Pick<ProgramThreads, 'call' | 'signIn' | 'bearer' | 'entrance' | 'verifyPackage' | 'onChange' | 'onJob' | 'close'> {
	readonly paths: DataPaths;
	readonly limits: Limits;
	readonly clock: Clock;
	/** Texts that hold for as long as the program is open. */
	warnings(): readonly string[];
	/** Records a fault of this thread and gives its incident id. */
	logFault(error: unknown): string;
}

/** Opens the program on a data folder, in its threads, for a host with screens. Refuses what `openProgram` refuses. */
export async function openProgramPort(options: Omit<ProgramOptions, 'onWarning'>): Promise<ProgramPort> {
	const limits = limitsFrom(options.env);
	const clock = options.clock ? fixedClock(options.clock.instant, options.clock.stepMs) : systemClock;
	const warnings: string[] = [];
	const program = await openProgram({ ...options, onWarning: (text) => warnings.push(text) });
	const log = openLog({ dataFolder: options.dataFolder, clock });
	return {
		call: (user, domain, name, input, callOptions) => program.call(user, domain, name, input, callOptions),
		signIn: (login, password) => program.signIn(login, password),
		bearer: (token) => program.bearer(token),
		entrance: () => program.entrance(),
		verifyPackage: (path, verifyOptions) => program.verifyPackage(path, verifyOptions),
		onChange: (listener) => program.onChange(listener),
		onJob: (listener) => program.onJob(listener),
		close: () => program.close(),
		paths: dataPaths(options.dataFolder),
		limits,
		clock,
		warnings: () => warnings,
		logFault: (error) => log.logFault(error),
	};
}
