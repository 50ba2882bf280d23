import { setTimeout as delay } from 'node:timers/promises';
import type { Progress } from '#shared/contract/client.ts';
import { listCompanies } from '#main/companies/index.ts';
import { type StoredJob, unfinishedJobs } from '#main/platform/jobs/job-queue.ts';
import { LEAVING, tryJob } from '#main/platform/jobs/run-job.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import { jobKind } from './job-kinds.ts';
import type { App } from './open-app.ts';
import { programContext } from './program-context.ts';
import { sweepDataFolder } from './sweep.ts';

export interface RunJobs {
	/** As they ended. */
	readonly finished: readonly StoredJob[];
	/** What could not be finished, and why. */
	readonly failed: readonly { readonly jobId: string; readonly error: unknown }[];
}

/** A job as hosts name it. */
export interface JobNamed {
	/** A company's uuid. */
	readonly companyId: string;
	readonly jobId: string;
	readonly kind: string;
}

export interface RunJobsOptions {
	readonly signal?: AbortSignal;
	readonly onProgress?: (progress: Progress, job: JobNamed) => void;
	/** Jobs to leave alone this time. */
	readonly except?: (jobId: string) => boolean;
}

/**
 * Takes up what a close queued or a crash left, in every company, one after the other; a job that another process is at is left to it.
 * The program acts, no user.
 */
export async function runWaitingJobs(app: App, options: RunJobsOptions = {}): Promise<RunJobs> {
	const finished: StoredJob[] = [];
	const failed: { jobId: string; error: unknown }[] = [];
	for (const { company, job } of waitingJobs(app)) {
		const kind = jobKind(job.kind);
		if (kind === undefined || options.except?.(job.uuid)) continue;
		try {
			const onProgress = (progress: Progress): void => options.onProgress?.(progress, { companyId: company.uuid, jobId: job.uuid, kind: job.kind });
			const context = await programContext(app, company, { onProgress, ...(options.signal && { signal: options.signal }) });
			const ended = await tryJob(context, kind, company, job.uuid);
			if (ended !== null) finished.push(ended);
		} catch (error) {
			if (options.signal?.aborted) throw error;
			failed.push({ jobId: job.uuid, error });
		}
	}
	return { finished, failed };
}

function waitingJobs(app: App): { company: Company; job: StoredJob }[] {
	return app.runner.read((db) => listCompanies(db).flatMap((company) => unfinishedJobs(db, company.id).map((job) => ({ company, job }))));
}

export interface JobRunner {
	/** Stops after putting the job under way back into the queue; the next start goes on with it. */
	stop(): Promise<void>;
}

const LOOK_EVERY_MS = 1000;
const SWEEP_EVERY_MS = 24 * 60 * 60 * 1000;
const AGAIN_AFTER_MS = 60_000;

/**
 * For a host that stays open: sweeps at its start and once a day, and runs every job as soon as it is queued, by whichever process.
 * What fails is kept with the job and in the log; a job that could not even be ended is tried again after a minute.
 */
export function startJobRunner(app: App, options: { readonly onProgress?: RunJobsOptions['onProgress'] } = {}): JobRunner {
	const leaving = new AbortController();
	const triedAt = new Map<string, number>();
	let sweptAt = Number.NEGATIVE_INFINITY;
	const isTooSoon = (jobId: string): boolean => performance.now() - (triedAt.get(jobId) ?? Number.NEGATIVE_INFINITY) < AGAIN_AFTER_MS;
	const look = async (): Promise<void> => {
		if (performance.now() - sweptAt >= SWEEP_EVERY_MS) {
			sweptAt = performance.now();
			await sweepDataFolder(app);
		}
		if (!waitingJobs(app).some(({ job }) => !isTooSoon(job.uuid))) return;
		const progress = options.onProgress === undefined ? {} : { onProgress: options.onProgress };
		const { failed } = await runWaitingJobs(app, { signal: leaving.signal, except: isTooSoon, ...progress });
		for (const { jobId, error } of failed) {
			triedAt.set(jobId, performance.now());
			app.log.write('warning', 'a job failed', { jobId, code: error instanceof AppError ? error.code : null });
			if (!(error instanceof AppError)) app.log.logFault(error);
		}
	};
	const run = async (): Promise<void> => {
		while (!leaving.signal.aborted) {
			await look().catch((error: unknown) => {
				if (!leaving.signal.aborted) app.log.logFault(error);
			});
			await delay(LOOK_EVERY_MS, undefined, { signal: leaving.signal, ref: false }).catch(() => undefined);
		}
	};
	const running = run();
	return {
		stop: async () => {
			leaving.abort(LEAVING);
			await running;
		},
	};
}
