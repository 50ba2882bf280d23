import type { z } from 'zod';
import type { closeContract } from '#shared/contract/close.contract.ts';
import type { packageJob } from '#shared/contract/packages.contract.ts';
import type { period } from '#shared/contract/periods.contract.ts';
import type { OutputOf } from '#shared/contract/client.ts';

/** The thin mapper between the contract of the books and the fixed bodies of the REST routes. Pure. */

type Period = z.output<typeof period>;
type PackageJob = z.output<typeof packageJob>;
export type Close = OutputOf<(typeof closeContract)['closes']>['closes'][number];
export type ExportStatus = 'queued' | 'running' | 'ready' | 'failed' | 'cancelled' | 'expired' | 'superseded';

export function closeStatusOf(found: Period) {
	return {
		state: found.status,
		closed_at: found.closedAt,
		closed_by: found.closedBy,
		close_reason: found.closeReason,
		close_hash: found.closeHash,
		// A close is one database transaction: it is asked for and done at once.
		requested_at: found.closedAt,
	};
}

/** The newest package of a close; undefined where none was ever asked for. */
export function newestJob(jobs: readonly PackageJob[], close: Pick<Close, 'period' | 'closeNumber'>): PackageJob | undefined {
	return jobs
		.filter(({ period: name, closeNumber }) => name === close.period && closeNumber === close.closeNumber)
		.reduce<PackageJob | undefined>((newest, job) => (newest === undefined || job.requestedAt >= newest.requestedAt ? job : newest), undefined);
}

export function closeBody(tenantId: string, close: Close, found: Period, jobs: readonly PackageJob[]) {
	return {
		id: close.closeId,
		tenant_id: tenantId,
		period_id: found.periodId,
		period: close.period,
		period_start: found.start,
		period_end: found.end,
		close_number: close.closeNumber,
		status: close.status,
		closed_at: close.closedAt,
		closed_by: close.closedBy,
		close_reason: close.reason,
		close_hash: close.closeHash,
		content_root: close.contentRoot,
		net_profit: close.netProfit,
		exportPackageStatus: exportStatusOf(close, newestJob(jobs, close)),
	};
}

/** A reopened close is superseded, whatever became of its package. */
function exportStatusOf(close: Close, job: PackageJob | undefined): ExportStatus | null {
	if (close.status === 'REOPENED') return 'superseded';
	return job === undefined ? null : statusWord(job.status);
}

function statusWord(status: PackageJob['status']): ExportStatus {
	return status.toLowerCase() as ExportStatus;
}

export function jobBody(tenantId: string, job: PackageJob) {
	return {
		id: job.jobId,
		tenant_id: tenantId,
		period: job.period,
		close_number: job.closeNumber,
		status: statusWord(job.status),
		progress: job.progress,
		sha256: job.sha256,
		content_sha256: job.contentSha256,
		bytes: job.bytes,
		error: job.error,
		requested_at: job.requestedAt,
		finished_at: job.finishedAt,
		expires_at: job.expiresAt,
	};
}
