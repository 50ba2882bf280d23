import type { ReadDb, WriteTx } from '../database/connection.ts';

export type JobStatus = 'QUEUED' | 'RUNNING' | 'READY' | 'FAILED' | 'CANCELLED' | 'EXPIRED' | 'SUPERSEDED';

/** A job as every kind has it. What else a kind keeps with it, its own domain reads. */
export interface StoredJob {
	readonly id: number;
	readonly uuid: string;
	readonly kind: string;
	readonly closeId: number;
	readonly status: JobStatus;
	/** How often it was begun. */
	readonly attempt: number;
	readonly error: string | null;
}

const JOB = 'SELECT id, uuid, kind, close_id AS closeId, status, attempt, error FROM export_jobs WHERE company_id = ?';

export function storedJob(db: ReadDb, companyId: number, uuid: string): StoredJob | undefined {
	return db.get<StoredJob>(`${JOB} AND uuid = ?`, companyId, uuid);
}

/** Jobs of every kind that nobody finished yet, oldest first. */
export function unfinishedJobs(db: ReadDb, companyId: number): StoredJob[] {
	return db.all<StoredJob>(`${JOB} AND status IN ('QUEUED', 'RUNNING') ORDER BY id`, companyId);
}

/** A job of any company, as hosts name it. */
export interface JobState {
	/** A company's uuid. */
	readonly companyId: string;
	readonly jobId: string;
	readonly kind: string;
	readonly state: JobStatus;
	/** 0 to 1. */
	readonly fraction: number;
}

const JOB_STATE = `SELECT c.uuid AS companyId, j.uuid AS jobId, j.kind, j.status AS state, j.progress AS fraction
	FROM export_jobs j JOIN companies c ON c.id = j.company_id`;

/** What is queued or under way in every company. */
export function jobStates(db: ReadDb): JobState[] {
	return db.all<JobState>(`${JOB_STATE} WHERE j.status IN ('QUEUED', 'RUNNING') ORDER BY j.company_id, j.id`);
}

export function jobStateOf(db: ReadDb, jobId: string): JobState | undefined {
	return db.get<JobState>(`${JOB_STATE} WHERE j.uuid = ?`, jobId);
}

export interface NewJob {
	readonly uuid: string;
	readonly kind: string;
	readonly closeId: number;
	/** A user's id. */
	readonly requestedBy: number;
}

/** A new job in the queue. The database allows one QUEUED or RUNNING job per close. */
export function insertJob(tx: WriteTx, companyId: number, job: NewJob): void {
	tx.run(
		`INSERT INTO export_jobs (company_id, id, uuid, kind, close_id, status, requested_at, requested_by)
		VALUES (?, (SELECT coalesce(max(id), 0) + 1 FROM export_jobs WHERE company_id = ?), ?, ?, ?, 'QUEUED', ?, ?)`,
		companyId,
		companyId,
		job.uuid,
		job.kind,
		job.closeId,
		tx.instant,
		job.requestedBy,
	);
}

/** QUEUED, or RUNNING in a process that is gone, to RUNNING: one more attempt. False where it was taken away meanwhile. */
export function claimJob(tx: WriteTx, companyId: number, id: number): boolean {
	const { changes } = tx.run(
		`UPDATE export_jobs SET status = 'RUNNING', attempt = attempt + 1, progress = 0, error = NULL
		WHERE company_id = ? AND id = ? AND status IN ('QUEUED', 'RUNNING')`,
		companyId,
		id,
	);
	return changes === 1;
}

/** RUNNING to QUEUED, as if the attempt had not been made: the program is left, and the next one goes on. */
export function releaseJob(tx: WriteTx, companyId: number, id: number): void {
	tx.run(`UPDATE export_jobs SET status = 'QUEUED', attempt = attempt - 1, progress = 0 WHERE company_id = ? AND id = ? AND status = 'RUNNING'`, companyId, id);
}

/** `progress` is 0 to 1. */
export function updateProgress(tx: WriteTx, companyId: number, id: number, progress: number): void {
	tx.run(`UPDATE export_jobs SET progress = ? WHERE company_id = ? AND id = ? AND status = 'RUNNING'`, progress, companyId, id);
}

/** QUEUED or RUNNING to what it came to without a result. False where it had ended already. */
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

/** READY to EXPIRED, with why where it was not time. False where it is READY no more. */
export function expireJob(tx: WriteTx, companyId: number, id: number, error: string | null): boolean {
	return (
		tx.run(`UPDATE export_jobs SET status = 'EXPIRED', error = ? WHERE company_id = ? AND id = ? AND status = 'READY'`, error, companyId, id).changes === 1
	);
}

/** Whatever stands of a reopened close; it never expires. */
export function supersedeJobs(tx: WriteTx, companyId: number, closeId: number): void {
	tx.run(
		`UPDATE export_jobs SET status = 'SUPERSEDED', expires_at = NULL WHERE company_id = ? AND close_id = ? AND status IN ('QUEUED', 'RUNNING', 'READY')`,
		companyId,
		closeId,
	);
}
