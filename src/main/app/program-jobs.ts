import type { Progress } from '#shared/contract/client.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import { type JobState, jobStateOf, jobStates } from '#main/platform/jobs/job-queue.ts';
import type { JobNamed } from './jobs.ts';
import { throttled } from './program-calls.ts';
import type { JobChange } from './program-messages.ts';

/** Watches the queue, so that a screen hears of a job whoever queued it and whoever is at it. */
export interface JobWatch {
	/** After anything was committed: tells of jobs that came, went on, or ended. */
	look(): void;
	/** A job of this process goes on. */
	progressed(progress: Progress, job: JobNamed): void;
}

export function watchJobs(db: () => ReadDb, tell: (change: JobChange) => void): JobWatch {
	const known = new Map<string, JobState>();
	const tellers = new Map<string, (progress: Progress) => void>();

	const end = (jobId: string): void => {
		known.delete(jobId);
		tellers.delete(jobId);
		const ended = jobStateOf(db(), jobId);
		if (ended) tell({ ...ended, text: '' });
	};

	return {
		look: () => {
			const standing = jobStates(db());
			const ids = new Set(standing.map(({ jobId }) => jobId));
			for (const jobId of known.keys()) if (!ids.has(jobId)) end(jobId);
			for (const job of standing) {
				const before = known.get(job.jobId);
				known.set(job.jobId, job);
				const isNew = before?.state !== job.state;
				// Of a job of this process, whoever is at it says more than the queue does.
				if (isNew || (before.fraction !== job.fraction && !tellers.has(job.jobId))) tell({ ...job, text: '' });
			}
		},
		progressed: (progress, job) => {
			let teller = tellers.get(job.jobId);
			if (!teller) {
				teller = throttled(({ fraction, text }) => tell({ ...job, state: 'RUNNING', fraction, text }));
				tellers.set(job.jobId, teller);
			}
			teller(progress);
		},
	};
}
