import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import type { JobStatus } from '#main/platform/jobs/job-queue.ts';

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

/** The kind of job that builds the package of a close. */
export const KIND = 'CLOSE_PACKAGE';

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

/** READY jobs whose time is over. */
export function expiredJobs(db: ReadDb, companyId: number, instant: string): JobRow[] {
	return db.all<JobRow>(`${JOB} AND j.status = 'READY' AND j.expires_at <= ? ORDER BY j.id`, companyId, instant);
}

/** Files of expired jobs that no package which is kept has as well. */
export function abandonedLocations(db: ReadDb, companyId: number): { closeId: number; location: string }[] {
	return db.all(
		`SELECT DISTINCT e.close_id AS closeId, e.location FROM export_jobs e
		WHERE e.company_id = ? AND e.kind = '${KIND}' AND e.status = 'EXPIRED' AND e.location IS NOT NULL AND NOT EXISTS (
			SELECT 1 FROM export_jobs k WHERE k.company_id = e.company_id AND k.location = e.location AND k.status IN ('READY', 'SUPERSEDED'))`,
		companyId,
	);
}

/** Is there a package that is kept in this place? */
export function isKeptAt(db: ReadDb, companyId: number, location: string): boolean {
	return db.value("SELECT 1 FROM export_jobs WHERE company_id = ? AND location = ? AND status IN ('READY', 'SUPERSEDED')", companyId, location) !== undefined;
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
