import { recordEvent } from '#main/audit/index.ts';
import { listCompanies } from '#main/companies/index.ts';
import { type ResumedJobs, resumeJobs } from '#main/packages/index.ts';
import type { Company } from '#main/platform/run/actor.ts';
import type { Progress, TaskContext } from '#main/platform/run/handlers.ts';
import type { App } from './open-app.ts';

export interface ResumeOptions {
	readonly signal?: AbortSignal;
	readonly onProgress?: (progress: Progress) => void;
}

/** Takes up the packages of every company that a close queued or a crash left, and removes expired ones. The program acts, no user. */
export async function resumePackages(app: App, options: ResumeOptions = {}): Promise<ResumedJobs> {
	const finished: ResumedJobs['finished'][number][] = [];
	const failed: ResumedJobs['failed'][number][] = [];
	for (const company of app.runner.read((db) => listCompanies(db))) {
		const resumed = await resumeJobs(await contextOf(app, company, options), company);
		finished.push(...resumed.finished);
		failed.push(...resumed.failed);
	}
	return { finished, failed };
}

async function contextOf(app: App, company: Company, options: ResumeOptions): Promise<TaskContext> {
	return {
		clock: app.clock,
		paths: app.paths,
		secrets: await app.secrets(),
		signal: options.signal ?? new AbortController().signal,
		progress: (progress) => options.onProgress?.(progress),
		read: (work) => app.runner.read(work),
		write: (action, work, writeOptions) =>
			app.runner.write((tx) => {
				const { output, audit } = work(tx);
				if (audit) recordEvent(tx, { company, user: null }, action, audit);
				return output;
			}, writeOptions),
	};
}
