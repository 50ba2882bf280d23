import { recordEvent } from '#main/audit/index.ts';
import type { Company } from '#main/platform/run/actor.ts';
import type { Clock } from '#main/platform/clock.ts';
import type { Progress } from '#shared/contract/client.ts';
import type { DataPaths, Limits, TaskContext } from '#main/platform/run/handlers.ts';
import type { Runner } from '#main/platform/run/write-path.ts';
import type { SecretStore } from '#main/platform/secrets/index.ts';

/** What was committed on the one write path. */
export interface Commit {
	/** A company's uuid; null where it concerns the data folder. */
	readonly companyId: string | null;
	/** As the audit trail names it: `ledger.post`. */
	readonly action: string;
	/** False for a step that the audit trail says nothing of: how far a job is, a file that stood already. */
	readonly isRecorded: boolean;
}

/** What of an open data folder the program needs to act by itself. */
export interface Program {
	readonly paths: DataPaths;
	readonly clock: Clock;
	readonly limits: Limits;
	readonly runner: Runner;
	readonly onCommitted?: ((commit: Commit) => void) | undefined;
}

export interface ProgramContextOptions {
	readonly signal?: AbortSignal;
	readonly onProgress?: (progress: Progress) => void;
}

/** What reads and writes where the program acts by itself: its audit events name no user. */
export function programDesk(app: Program, company: Company): Pick<TaskContext, 'clock' | 'paths' | 'limits' | 'read' | 'write'> {
	return {
		clock: app.clock,
		paths: app.paths,
		limits: app.limits,
		read: (work) => app.runner.read(work),
		write: (action, work, writeOptions) => {
			let isRecorded = false;
			const answer = app.runner.write((tx) => {
				const { output, audit } = work(tx);
				if (audit) recordEvent(tx, { company, user: null }, action, audit);
				isRecorded = audit !== null;
				return output;
			}, writeOptions);
			if (!writeOptions?.preview) app.onCommitted?.({ companyId: company.uuid, action, isRecorded });
			return answer;
		},
	};
}

/** The same for long work. */
export async function programContext(
	app: Program & { readonly secrets: () => Promise<SecretStore> },
	company: Company,
	options: ProgramContextOptions = {},
): Promise<TaskContext> {
	return {
		...programDesk(app, company),
		secrets: await app.secrets(),
		signal: options.signal ?? new AbortController().signal,
		progress: (progress) => options.onProgress?.(progress),
	};
}
