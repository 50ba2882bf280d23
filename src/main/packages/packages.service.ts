import { rm } from 'node:fs/promises';
import { isAppError } from '#shared/kernel/app-error.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import type { TaskContext } from '#main/platform/run/handlers.ts';
import { runJob } from './build.service.ts';
import { expiredJobs, expireJob, type JobRow, jobsOfClose, unfinishedJobs } from './jobs.queries.ts';
import { closeAsked, jobView, packageFile, type PackageJob, queueJob } from './jobs.service.ts';
import { isFileRight } from './save.service.ts';

interface Asked {
	readonly period: string;
	readonly closeNumber?: number | undefined;
}

/**
 * The package of a close: the standing one where its file is there and right, else built. Answers when it is READY (SUPERSEDED for a
 * reopened close). Refuses PERIOD_NOT_FOUND, PERIOD_NOT_CLOSED, PACKAGE_DIFFERS, KEY_UNAVAILABLE, CANCELLED, DISK_FULL, DISK_READ_ONLY.
 */
export async function buildPackage(context: TaskContext, actor: Actor, input: Asked): Promise<PackageJob> {
	const { company } = actor;
	const { close, standing } = context.read((db) => {
		const found = closeAsked(db, company, input);
		return { close: found, standing: jobsOfClose(db, company.id, found.id).find(hasPackage) };
	});
	const isRight = standing !== undefined && (await isFileRight(standing, context.paths));
	if (standing !== undefined && isRight) return jobView(standing, context.paths);
	const job = context.write('packages.queue', (tx) => {
		if (standing !== undefined) expireJob(tx, company.id, standing.id, 'The file was removed or changed outside this program.');
		const output = queueJob(tx, actor, close.id);
		return { output, audit: { jobId: output.uuid, period: output.period, closeNumber: output.closeNumber } };
	});
	return jobView(await runJob(context, company, job), context.paths);
}

function hasPackage(job: JobRow): boolean {
	return job.status === 'READY' || (job.status === 'SUPERSEDED' && job.location !== null);
}

/** Builds the package anew from the books. Its content must be that of the earlier one: PACKAGE_DIFFERS otherwise, and nothing is replaced. */
export async function regeneratePackage(context: TaskContext, actor: Actor, input: Asked): Promise<PackageJob> {
	const job = context.write('packages.regenerate', (tx) => {
		const output = queueJob(tx, actor, closeAsked(tx, actor.company, input).id);
		return { output, audit: { jobId: output.uuid, period: output.period, closeNumber: output.closeNumber } };
	});
	return jobView(await runJob(context, actor.company, job), context.paths);
}

export interface ResumedJobs {
	readonly finished: readonly PackageJob[];
	/** What could not be finished, and why; the jobs are FAILED. */
	readonly failed: readonly { readonly jobId: string; readonly error: unknown }[];
}

/** Takes up what a close queued or a crash left, and removes the files of expired packages. For the start of a host. */
export async function resumeJobs(context: TaskContext, company: Company): Promise<ResumedJobs> {
	await removeExpired(context, company);
	const finished: PackageJob[] = [];
	const failed: { jobId: string; error: unknown }[] = [];
	for (const job of context.read((db) => unfinishedJobs(db, company.id))) {
		try {
			finished.push(jobView(await runJob(context, company, job), context.paths));
		} catch (error) {
			if (isAppError(error, 'CANCELLED') && context.signal.aborted) throw error;
			failed.push({ jobId: job.uuid, error });
		}
	}
	return { finished, failed };
}

/** Packages whose time is over go; seal, signatures and digests stay in the books, so each can be built again as it was. */
async function removeExpired(context: TaskContext, company: Company): Promise<void> {
	const now = context.clock.now().toISOString();
	for (const job of context.read((db) => expiredJobs(db, company.id, now))) {
		await rm(packageFile(job, context.paths), { force: true });
		context.write('packages.expire', (tx) => {
			expireJob(tx, company.id, job.id, null);
			return { output: null, audit: { jobId: job.uuid, period: job.period, closeNumber: job.closeNumber, sha256: job.checksum } };
		});
	}
}
