import type { Company } from '../run/actor.ts';
import type { Progress } from '#shared/contract/client.ts';
import type { AuditDetail, TaskContext } from '../run/handlers.ts';
import type { ReadDb, WriteTx } from '../database/connection.ts';
import type { StoredJob } from './job-queue.ts';

/** What work asks of the thread that began it: whatever needs the secret store or the books as they are now. */
export interface JobQuestion {
	readonly name: string;
	/** Plain data: it crosses from thread to thread. */
	readonly value?: unknown;
}

/** What work has before it, in whichever thread it runs. */
export interface WorkDesk {
	progress(progress: Progress): void;
	/** Throws CANCELLED once the work is to stop. Call it often: between any two pieces. */
	checkpoint(): void;
	/** Rejects with what the other side refused. */
	ask<Answer>(question: JobQuestion): Promise<Answer>;
}

/** One attempt at a job, as the thread that began it sees it. */
export interface JobAttempt<Task, Result> {
	/** What the work is given. Plain data. */
	readonly task: Task;
	readonly answer: (question: JobQuestion) => Promise<unknown>;
	/** In the database transaction that ends the job: makes it READY (or SUPERSEDED). Answers what its audit event holds. */
	finish(tx: WriteTx, result: Result): AuditDetail;
	/** The job was taken away after the work had ended: what it made goes. */
	discard(result: Result): Promise<void>;
}

/** How a job is called in refusals. */
export interface JobWords {
	/** At the beginning of a sentence: `The package of 2026-01`. */
	readonly what: string;
	/** The command that asks for it again. */
	readonly again: string;
}

/** A kind of job. The composition lists them; the queue knows none. */
export interface JobKind<Task = unknown, Result = unknown> {
	/** As stored with the job. */
	readonly name: string;
	/** Begins the names of its audit events: `packages.ready`. */
	readonly events: string;
	words(db: ReadDb, company: Company, job: StoredJob): JobWords;
	/** What each of its audit events holds. */
	details(db: ReadDb, company: Company, job: StoredJob): AuditDetail;
	/** Throws what makes an attempt impossible: the job is FAILED with it. */
	begin(context: TaskContext, company: Company, job: StoredJob): JobAttempt<Task, Result>;
	/** The heavy part, in a worker thread: reads on connections of its own, and writes nothing to the books. */
	work(task: Task, desk: WorkDesk): Promise<Result>;
}
