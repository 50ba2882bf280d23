import { join } from 'node:path';
import { AppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import type { PackagesContract } from '#shared/contract/packages.contract.ts';
import { findPeriod } from '#main/periods/index.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import { endJob, insertJob, supersedeJobs } from '#main/platform/jobs/job-queue.ts';
import { uuidV7 } from '#main/platform/ids.ts';
import { fixedClock } from '#main/platform/clock.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import type { OutputOf } from '#shared/contract/client.ts';
import type { DataPaths } from '#main/platform/run/handlers.ts';
import { jobByUuid, type JobRow, jobsOfClose, KIND } from './jobs.queries.ts';
import { type CloseToPackage, closeOfPeriod } from './material.queries.ts';

export type PackageJob = OutputOf<PackagesContract['build']>;

/** A job as the contract shows it. */
export function jobView(job: JobRow, paths: Pick<DataPaths, 'packages'>): PackageJob {
	return {
		jobId: job.uuid,
		period: job.period,
		closeNumber: job.closeNumber,
		status: job.status,
		progress: job.progress,
		file: hasPackage(job) ? packageFile(job, paths) : null,
		sha256: job.checksum,
		contentSha256: job.contentSha256,
		bytes: job.bytes,
		error: job.error,
		requestedAt: job.requestedAt,
		finishedAt: job.finishedAt,
		expiresAt: job.expiresAt,
	};
}

/** Is there a package of it? A superseded one is kept where it had been built. */
export function hasPackage(job: JobRow): boolean {
	return job.status === 'READY' || (job.status === 'SUPERSEDED' && job.location !== null);
}

/** Absolute path of a job's package. */
export function packageFile(job: Pick<JobRow, 'location'>, paths: Pick<DataPaths, 'packages'>): string {
	return join(paths.packages, ...present(job.location, 'the location of a package').split('/'));
}

/** The close that was asked for. Refuses PERIOD_NOT_FOUND and PERIOD_NOT_CLOSED. */
export function closeAsked(db: ReadDb, company: Company, input: { readonly period: string; readonly closeNumber?: number | undefined }): CloseToPackage {
	const period = findPeriod(db, company, input.period);
	const close = closeOfPeriod(db, company.id, period.id, input.closeNumber ?? null);
	if (close) return close;
	if (input.closeNumber === undefined) {
		throw new AppError(
			'PERIOD_NOT_CLOSED',
			`${period.name} is not closed, so there is nothing to pack. Close it first: ledgerseal period close ${period.name}`,
			{
				period: period.name,
			},
		);
	}
	throw new AppError('PERIOD_NOT_CLOSED', `${period.name} has no close number ${input.closeNumber}.`, {
		period: period.name,
		closeNumber: input.closeNumber,
	});
}

/** The unfinished job of a close, or a new one in the queue: two requests share one. */
export function queueJob(tx: WriteTx, { company, user }: Actor, closeId: number): JobRow {
	const standing = jobsOfClose(tx, company.id, closeId).find(({ status }) => status === 'QUEUED' || status === 'RUNNING');
	if (standing) return standing;
	const uuid = uuidV7(fixedClock(tx.instant));
	insertJob(tx, company.id, { uuid, kind: KIND, closeId, requestedBy: user.id });
	return present(jobByUuid(tx, company.id, uuid), 'the new job');
}

/** What a close does about packages, in its own database transaction: queue one; at a reopening, mark what there is. */
export const packageCloseHooks = {
	onClosed(tx: WriteTx, actor: Actor, close: { readonly id: number }): void {
		queueJob(tx, actor, close.id);
	},
	onReopened(tx: WriteTx, { company }: Actor, close: { readonly id: number }): void {
		supersedeJobs(tx, company.id, close.id);
	},
};

/** Refuses NOT_FOUND. */
export function findJob(db: ReadDb, company: Company, jobId: string): JobRow {
	const job = jobByUuid(db, company.id, jobId);
	if (!job) throw new AppError('NOT_FOUND', 'There is no such package job in this company. See `ledgerseal package list`.', { jobId });
	return job;
}

/** Takes an unfinished job away; what runs notices before its next file. Refuses NOT_FOUND and PACKAGE_NOT_READY. */
export function cancelJob(tx: WriteTx, company: Company, jobId: string): JobRow {
	const job = findJob(tx, company, jobId);
	if (!endJob(tx, company.id, job.id, 'CANCELLED', null)) {
		throw new AppError('PACKAGE_NOT_READY', `The job is ${job.status}, so there is nothing to cancel.`, { jobId, status: job.status });
	}
	return findJob(tx, company, jobId);
}
