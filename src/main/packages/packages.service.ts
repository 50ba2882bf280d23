import { AppError } from '#shared/kernel/app-error.ts';
import { expireJob } from '#main/platform/jobs/job-queue.ts';
import { runJob } from '#main/platform/jobs/run-job.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import type { TaskContext } from '#main/platform/run/handlers.ts';
import { type JobRow, jobsOfClose } from './jobs.queries.ts';
import { closeAsked, findJob, hasPackage, jobView, type PackageJob, queueJob } from './jobs.service.ts';
import { packageJob } from './package-job.service.ts';
import { isFileRight } from './standing-file.service.ts';

/** The close that is meant: an earlier one by its number, else the standing one of the period. */
export interface CloseAsked {
	readonly period: string;
	readonly closeNumber?: number | undefined;
}

/**
 * The package of a close: the standing one where its file is there and right, else built. Answers when it is READY (SUPERSEDED for a
 * reopened close). Refuses PERIOD_NOT_FOUND, PERIOD_NOT_CLOSED, PACKAGE_DIFFERS, KEY_UNAVAILABLE, CANCELLED, DISK_FULL, DISK_READ_ONLY.
 */
export async function buildPackage(context: TaskContext, actor: Actor, input: CloseAsked): Promise<PackageJob> {
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
	return runToPackage(context, company, job);
}

/** Builds the package anew from the books. Its content must be that of the earlier one: PACKAGE_DIFFERS otherwise, and nothing is replaced. */
export async function regeneratePackage(context: TaskContext, actor: Actor, input: CloseAsked): Promise<PackageJob> {
	const job = context.write('packages.regenerate', (tx) => {
		const output = queueJob(tx, actor, closeAsked(tx, actor.company, input).id);
		return { output, audit: { jobId: output.uuid, period: output.period, closeNumber: output.closeNumber } };
	});
	return runToPackage(context, actor.company, job);
}

/** Runs a job to its end and answers the package, also where somebody else built it meanwhile. */
async function runToPackage(context: TaskContext, company: Company, { uuid }: JobRow): Promise<PackageJob> {
	await runJob(context, packageJob, company, uuid);
	const job = context.read((db) => findJob(db, company, uuid));
	if (hasPackage(job)) return jobView(job, context.paths);
	if (job.status === 'FAILED') throw new AppError('PACKAGE_NOT_READY', job.error ?? 'The package could not be built.', { jobId: uuid, status: job.status });
	throw new AppError('CANCELLED', `The package of ${job.period} was cancelled. Build it again when you need it.`, { jobId: uuid });
}
