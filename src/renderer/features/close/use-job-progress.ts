import { type JobProgress, useJobsProgress } from '#renderer/lib/job-progress.ts';
import type { PackageJob } from './use-close-view.ts';

/** How far a job is: by its own events, and before the first of them as it is stored. */
export function useJobProgress(job: PackageJob | null): JobProgress {
	const told = useJobsProgress();
	return (job && told.get(job.jobId)) ?? { fraction: job?.progress ?? 0, text: '' };
}
