import { rm } from 'node:fs/promises';
import { tryLock } from '#main/platform/database/process-lock.ts';
import { expireJob } from '#main/platform/jobs/job-queue.ts';
import { jobLockFile } from '#main/platform/jobs/run-job.ts';
import type { Company } from '#main/platform/run/actor.ts';
import type { TaskContext } from '#main/platform/run/handlers.ts';
import { abandonedLocations, expiredJobs, isKeptAt } from './jobs.queries.ts';
import { packageFile } from './jobs.service.ts';
import { namesOf } from './package-job.service.ts';

type Desk = Pick<TaskContext, 'clock' | 'paths' | 'read' | 'write'>;

/**
 * Packages whose time is over go; seal, signatures and digests stay in the books, so each can be built again as it was. The job becomes
 * EXPIRED before its file is removed, so that nothing is ever listed without its file; a file that a crash left between the two goes the
 * next time. A close that somebody works at is left for then as well. Answers how many packages expired.
 */
export async function expirePackages(context: Desk, company: Company): Promise<number> {
	const now = context.clock.now().toISOString();
	let count = 0;
	for (const job of context.read((db) => expiredJobs(db, company.id, now))) {
		await underLock(context, company, job, async () => {
			const isExpired = context.write('packages.expire', (tx) => {
				const output = expireJob(tx, company.id, job.id, null);
				return { output, audit: output ? { ...namesOf(job), sha256: job.checksum } : null };
			});
			if (isExpired) count++;
		});
	}
	for (const { closeId, location } of context.read((db) => abandonedLocations(db, company.id))) {
		await underLock(context, company, { closeId }, async () => {
			if (!context.read((db) => isKeptAt(db, company.id, location))) await rm(packageFile({ location }, context.paths), { force: true });
		});
	}
	return count;
}

async function underLock(context: Desk, company: Company, job: { readonly closeId: number }, work: () => Promise<void>): Promise<void> {
	const lock = tryLock(jobLockFile(context, company, job));
	if (lock === null) return;
	try {
		await work();
	} finally {
		lock.release();
	}
}
