import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError, isAppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import { tryLock } from '../database/process-lock.ts';
import { mapFault } from '../faults.ts';
import type { Company } from '../run/actor.ts';
import type { Progress } from '#shared/contract/client.ts';
import type { TaskContext } from '../run/handlers.ts';
import type { JobAttempt, JobKind, JobQuestion } from './job-kind.ts';
import { claimJob, endJob, releaseJob, type StoredJob, storedJob, updateProgress } from './job-queue.ts';
import { runWork } from './run-work.ts';

/** The reason of an abort that leaves the program: the job goes back to the queue and is taken up at the next start. */
export const LEAVING = 'leaving';

const MAX_CRASHED_ATTEMPTS = 3;
const POLL_MS = 100;
const WATCH_MS = 250;
const PROGRESS_PATIENCE_MS = 0;

/** What is being run: the kind, in which company, which job. */
interface Run {
	readonly context: TaskContext;
	readonly kind: JobKind;
	readonly company: Company;
	readonly job: StoredJob;
}

/**
 * Brings a job to its end: does its work, or waits for whoever on this machine is at it, and takes over where that process is gone.
 * Answers the job as it ended, whoever ended it. What goes wrong here is kept with the job as FAILED and thrown; CANCELLED where it was
 * taken away.
 */
export async function runJob(context: TaskContext, kind: JobKind, company: Company, uuid: string): Promise<StoredJob> {
	for (;;) {
		const ended = await tryJob(context, kind, company, uuid);
		if (ended !== null) return ended;
		await delay(POLL_MS);
	}
}

/** The same without waiting: null where somebody else is at it. */
export async function tryJob(context: TaskContext, kind: JobKind, company: Company, uuid: string): Promise<StoredJob | null> {
	if (context.signal.aborted) throw stopped(context.read((db) => kind.words(db, company, jobNow(context, company, uuid)).what));
	const lock = tryLock(jobLockFile(context, company, jobNow(context, company, uuid)));
	try {
		const job = jobNow(context, company, uuid);
		if (job.status !== 'QUEUED' && job.status !== 'RUNNING') return job;
		if (lock === null) return null;
		return await attempt({ context, kind, company, job });
	} finally {
		lock?.release();
	}
}

/** One file per close: whoever holds its lock may build, place and remove what belongs to the close. */
export function jobLockFile(context: Pick<TaskContext, 'paths'>, company: Company, job: { readonly closeId: number }): string {
	return join(context.paths.work, `job-${company.uuid}-${job.closeId}.lock`);
}

function jobNow(context: TaskContext, company: Company, uuid: string): StoredJob {
	return present(
		context.read((db) => storedJob(db, company.id, uuid)),
		'a job',
	);
}

async function attempt(run: Run): Promise<StoredJob> {
	const { context, kind, company, job } = run;
	claim(run);
	try {
		const begun = kind.begin(context, company, job);
		const result = await work(run, begun);
		try {
			finish(run, begun, result);
		} catch (error) {
			await begun.discard(result);
			throw error;
		}
		return jobNow(context, company, job.uuid);
	} catch (error) {
		const fault = mapFault(error);
		recordEnd(run, fault ?? error);
		throw isAppError(fault, 'CANCELLED') ? cancelled(run) : (fault ?? error);
	}
}

/** One attempt more; a job whose attempts all ended with the program is given up. */
function claim(run: Run): void {
	const { context, kind, company, job } = run;
	const givenUp = job.status === 'RUNNING' && job.attempt >= MAX_CRASHED_ATTEMPTS;
	const { what, again } = context.read((db) => kind.words(db, company, job));
	const reason = `${what} was begun ${job.attempt} times, and each time the program ended before it was done. Make sure that there is memory and room on the disk, and ask for it again: ${again}`;
	const isClaimed = context.write(givenUp ? `${kind.events}.failed` : `${kind.events}.build`, (tx) => {
		if (!givenUp) return { output: claimJob(tx, company.id, job.id), audit: null };
		endJob(tx, company.id, job.id, 'FAILED', reason);
		return { output: false, audit: { ...kind.details(tx, company, job), attempts: job.attempt } };
	});
	if (givenUp) throw new AppError('PACKAGE_NOT_READY', reason, { jobId: job.uuid, status: 'FAILED', attempts: job.attempt });
	if (!isClaimed) throw cancelled(run);
}

async function work(run: Run, begun: JobAttempt<unknown, unknown>): Promise<unknown> {
	const { context } = run;
	const stop = new AbortController();
	const onAbort = (): void => stop.abort();
	context.signal.addEventListener('abort', onAbort);
	const watch = watchJob(run, onAbort);
	const answer = async (question: JobQuestion): Promise<unknown> => {
		// Whoever took the job away before its work asks for something gets nothing of it.
		if (context.signal.aborted || isTakenAway(run)) throw cancelled(run);
		return begun.answer(question);
	};
	try {
		if (context.signal.aborted) onAbort();
		return await runWork(run.kind, begun.task, { signal: stop.signal, onProgress: watch.onProgress, answer });
	} finally {
		watch.end();
		context.signal.removeEventListener('abort', onAbort);
	}
}

/** A few times a second: writes how far the work is, and stops it where somebody took the job away, in whichever process. */
function watchJob(run: Run, stop: () => void): { onProgress: (progress: Progress) => void; end: () => void } {
	const { context, kind, company, job } = run;
	let fraction = 0;
	let written = 0;
	const look = (): void => {
		try {
			if (isTakenAway(run)) return stop();
			const percent = Math.floor(fraction * 100);
			if (percent === written) return;
			written = percent;
			const options = { patienceMs: PROGRESS_PATIENCE_MS };
			context.write(`${kind.events}.build`, (tx) => ({ output: updateProgress(tx, company.id, job.id, fraction), audit: null }), options);
		} catch {
			// Another process writes, or the disk is full: how far it is can be told another time, and what matters comes up at the end.
		}
	};
	const timer = setInterval(look, WATCH_MS);
	return {
		onProgress: (progress) => {
			fraction = Math.min(progress.fraction, 1);
			context.progress(progress);
		},
		end: () => clearInterval(timer),
	};
}

// A reopening while the work goes on does not stop it: what comes of it is kept, and marked.
function isTakenAway({ context, company, job }: Run): boolean {
	const { status } = jobNow(context, company, job.uuid);
	return status !== 'RUNNING' && status !== 'SUPERSEDED';
}

function finish(run: Run, begun: JobAttempt<unknown, unknown>, result: unknown): void {
	const { context, kind } = run;
	context.write(`${kind.events}.ready`, (tx) => {
		if (isTakenAway(run)) throw cancelled(run);
		return { output: null, audit: begun.finish(tx, result) };
	});
}

/** Keeps with the job why there is nothing. */
function recordEnd(run: Run, fault: unknown): void {
	const { context, kind, company, job } = run;
	const isCancelled = isAppError(fault, 'CANCELLED');
	const message = fault instanceof AppError ? fault.message : 'The program failed. The log says more.';
	try {
		if (isCancelled && context.signal.reason === LEAVING) {
			context.write(`${kind.events}.build`, (tx) => ({ output: releaseJob(tx, company.id, job.id), audit: null }));
			return;
		}
		context.write(isCancelled ? `${kind.events}.cancel` : `${kind.events}.failed`, (tx) => {
			const isEnded = endJob(tx, company.id, job.id, isCancelled ? 'CANCELLED' : 'FAILED', isCancelled ? null : message);
			const details = { ...kind.details(tx, company, job), ...(isCancelled ? {} : { code: fault instanceof AppError ? fault.code : null }) };
			return { output: null, audit: isEnded ? details : null };
		});
	} catch (error) {
		// On a full disk even this cannot be written: then the job stays unfinished and is taken up again. What matters is why it failed.
		if (mapFault(error) === null) throw error;
	}
}

function cancelled({ context, kind, company, job }: Run): AppError {
	const { what, again } = context.read((db) => kind.words(db, company, job));
	return new AppError('CANCELLED', `${what} was cancelled, and nothing of it is left. Ask for it again when you need it: ${again}`, { jobId: job.uuid });
}

function stopped(what: string): AppError {
	return new AppError('CANCELLED', `${what} was not waited for, because you cancelled.`, {});
}
