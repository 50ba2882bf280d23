import { systemClock } from '#main/platform/clock.ts';
import { openLog } from '#main/platform/log.ts';
import { dataPaths } from '../data-paths.ts';
import { limitsFrom } from '../limits.ts';
import { openProgram } from '../program-threads.ts';
import type { ProgramPort } from './program-port.ts';

/** The program of a host that stays open: what writes, what reads and what takes long have threads of their own, and the host's own thread waits for none of them. */
export async function openProgramInThreads(options: {
	/** Absolute. */
	readonly dataFolder: string;
	readonly env: Readonly<Record<string, string | undefined>>;
}): Promise<ProgramPort> {
	const { dataFolder, env } = options;
	const limits = limitsFrom(env);
	const warnings: string[] = [];
	const log = openLog({ dataFolder, clock: systemClock });
	const program = await openProgram({ dataFolder, env, onWarning: (text) => warnings.push(text) });
	return {
		paths: dataPaths(dataFolder),
		limits,
		clock: systemClock,
		warnings: () => warnings,
		call: (user, domain, name, input, callOptions) => program.call(user, domain, name, input, callOptions),
		signIn: (login, password) => program.signIn(login, password),
		onChange: (listener) => program.onChange(listener),
		// That a package is out of date or its time is over is told as a change of its company.
		onJob: (listener) =>
			program.onJob(({ companyId, jobId, state, fraction, text }) => {
				if (state !== 'EXPIRED' && state !== 'SUPERSEDED') listener({ companyId, jobId, state, fraction, text });
			}),
		logFault: (error) => log.logFault(error),
		close: () => program.close(),
	};
}
