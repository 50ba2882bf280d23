import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';

export type JobStatus = 'QUEUED' | 'RUNNING' | 'READY' | 'FAILED' | 'CANCELLED' | 'EXPIRED' | 'SUPERSEDED';

/** A package job as it is stored, with the close that it packs. */
export interface JobRow {
	readonly id: number;
	readonly uuid: string;
	readonly closeId: number;
	/** Name of the period. */
	readonly period: string;
	readonly periodKind: string;
	readonly closeNumber: number;
	readonly closeStatus: 'CLOSED' | 'REOPENED';
	readonly status: JobStatus;
	/** Below the packages folder, with `/`. */
	readonly location: string | null;
	readonly bytes: number | null;
	readonly checksum: string | null;
	readonly contentSha256: string | null;
	readonly packageSeal: string | null;
	readonly packageSignature: Uint8Array | null;
	readonly progress: number;
	readonly attempt: number;
	readonly error: string | null;
	readonly requestedAt: string;
	readonly finishedAt: string | null;
	readonly expiresAt: string | null;
}

const KIND = 'CLOSE_PACKAGE';

const JOB = `SELECT j.id, j.uuid, j.close_id AS closeId, p.name AS period, p.kind AS periodKind, c.close_number AS closeNumber, c.status AS closeStatus, j.status,
	j.location, j.content_length AS bytes, j.checksum, j.content_sha256 AS contentSha256, j.package_seal AS packageSeal,
	j.package_signature AS packageSignature, j.progress, j.attempt, j.error, j.requested_at AS requestedAt, j.finished_at AS finishedAt,
	j.expires_at AS expiresAt
	FROM export_jobs j
	JOIN period_closes c ON c.company_id = j.company_id AND c.id = j.close_id
	JOIN accounting_periods p ON p.company_id = c.company_id AND p.id = c.period_id
	WHERE j.kind = '${KIND}' AND j.company_id = ?`;

/** Newest first. */
export function listJobs(db: ReadDb, companyId: number): JobRow[] {
	return db.all<JobRow>(`${JOB} ORDER BY j.id DESC`, companyId);
}

export function jobByUuid(db: ReadDb, companyId: number, uuid: string): JobRow | undefined {
	return db.get<JobRow>(`${JOB} AND j.uuid = ?`, companyId, uuid);
}

/** Jobs of one close, newest first. */
export function jobsOfClose(db: ReadDb, companyId: number, closeId: number): JobRow[] {
	return db.all<JobRow>(`${JOB} AND j.close_id = ? ORDER BY j.id DESC`, companyId, closeId);
}

/** Jobs that nobody finished yet, oldest first. */
export function unfinishedJobs(db: ReadDb, companyId: number): JobRow[] {
	return db.all<JobRow>(`${JOB} AND j.status IN ('QUEUED', 'RUNNING') ORDER BY j.id`, companyId);
}

export function expiredJobs(db: ReadDb, companyId: number, instant: string): JobRow[] {
	return db.all<JobRow>(`${JOB} AND j.status = 'READY' AND j.expires_at <= ? ORDER BY j.id`, companyId, instant);
}

export function insertJob(tx: WriteTx, companyId: number, job: { readonly uuid: string; readonly closeId: number; readonly requestedBy: number }): void {
	tx.run(
		`INSERT INTO export_jobs (company_id, id, uuid, kind, close_id, status, requested_at, requested_by)
		VALUES (?, (SELECT coalesce(max(id), 0) + 1 FROM export_jobs WHERE company_id = ?), ?, '${KIND}', ?, 'QUEUED', ?, ?)`,
		companyId,
		companyId,
		job.uuid,
		job.closeId,
		tx.instant,
		job.requestedBy,
	);
}

/** QUEUED, or RUNNING in a process that is gone, to RUNNING. False where it was taken away meanwhile. */
export function claimJob(tx: WriteTx, companyId: number, id: number): boolean {
	const { changes } = tx.run(
		`UPDATE export_jobs SET status = 'RUNNING', attempt = attempt + 1, progress = 0, error = NULL
		WHERE company_id = ? AND id = ? AND status IN ('QUEUED', 'RUNNING')`,
		companyId,
		id,
	);
	return changes === 1;
}

/** False where the job was cancelled or superseded meanwhile. */
export function updateProgress(tx: WriteTx, companyId: number, id: number, progress: number): boolean {
	return tx.run(`UPDATE export_jobs SET progress = ? WHERE company_id = ? AND id = ? AND status = 'RUNNING'`, progress, companyId, id).changes === 1;
}

export interface FinishedJob {
	readonly status: 'READY' | 'SUPERSEDED';
	readonly location: string;
	readonly contentType: string;
	readonly bytes: number;
	readonly checksum: string;
	readonly contentSha256: string;
	readonly packageSeal: string;
	readonly packageSignature: Uint8Array | null;
	readonly expiresAt: string | null;
}

export function finishJob(tx: WriteTx, companyId: number, id: number, job: FinishedJob): void {
	tx.run(
		`UPDATE export_jobs SET status = ?, location = ?, content_type = ?, content_length = ?, checksum = ?, content_sha256 = ?, package_seal = ?,
			package_signature = ?, progress = 1, error = NULL, finished_at = ?, expires_at = ? WHERE company_id = ? AND id = ?`,
		job.status,
		job.location,
		job.contentType,
		job.bytes,
		job.checksum,
		job.contentSha256,
		job.packageSeal,
		job.packageSignature,
		tx.instant,
		job.expiresAt,
		companyId,
		id,
	);
}

/** QUEUED or RUNNING to what it came to without a package. */
export function endJob(tx: WriteTx, companyId: number, id: number, status: 'FAILED' | 'CANCELLED', error: string | null): boolean {
	const { changes } = tx.run(
		`UPDATE export_jobs SET status = ?, error = ?, finished_at = ? WHERE company_id = ? AND id = ? AND status IN ('QUEUED', 'RUNNING')`,
		status,
		error,
		tx.instant,
		companyId,
		id,
	);
	return changes === 1;
}

/** READY to EXPIRED, with why where it was not time. */
export function expireJob(tx: WriteTx, companyId: number, id: number, error: string | null): void {
	tx.run(`UPDATE export_jobs SET status = 'EXPIRED', error = ? WHERE company_id = ? AND id = ? AND status = 'READY'`, error, companyId, id);
}

/** Whatever stands of a reopened close. */
export function supersedeJobs(tx: WriteTx, companyId: number, closeId: number): void {
	tx.run(
		`UPDATE export_jobs SET status = 'SUPERSEDED', expires_at = NULL WHERE company_id = ? AND close_id = ? AND status IN ('QUEUED', 'RUNNING', 'READY')`,
		companyId,
		closeId,
	);
}
