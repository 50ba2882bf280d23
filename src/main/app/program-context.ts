import { recordEvent } from '#main/audit/index.ts';
import type { Company } from '#main/platform/run/actor.ts';
import type { Progress, TaskContext } from '#main/platform/run/handlers.ts';
import type { App } from './open-app.ts';

export interface ProgramContextOptions {
	readonly signal?: AbortSignal;
	readonly onProgress?: (progress: Progress) => void;
}

/** What reads and writes where the program acts by itself: its audit events name no user. */
export function programDesk(app: App, company: Company): Pick<TaskContext, 'clock' | 'paths' | 'limits' | 'read' | 'write'> {
	return {
		clock: app.clock,
		paths: app.paths,
		limits: app.limits,
		read: (work) => app.runner.read(work),
		write: (action, work, writeOptions) =>
			app.runner.write((tx) => {
				const { output, audit } = work(tx);
				if (audit) recordEvent(tx, { company, user: null }, action, audit);
				return output;
			}, writeOptions),
	};
}

/** The same for long work. */
export async function programContext(app: App, company: Company, options: ProgramContextOptions = {}): Promise<TaskContext> {
	return {
		...programDesk(app, company),
		secrets: await app.secrets(),
		signal: options.signal ?? new AbortController().signal,
		progress: (progress) => options.onProgress?.(progress),
	};
}
