import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '#main/platform/clock.ts';
import { ensureFolderSync } from '#main/platform/files/atomic-file.ts';
import type { Log } from '#main/platform/log.ts';
import type { DataPaths } from '#main/platform/run/handlers.ts';
import { workerFile } from '#main/platform/worker-file.ts';

const DAY_MS = 86_400_000;
const MARK = /^running-(\d+)$/;

/** A process's presence in a data folder. */
export interface Attendance {
	/** Whether the day's check is due, or an unclean stop was found. */
	readonly isCheckDue: boolean;
	/** After an unclean stop, and once a day: quick_check in the worker, while the program goes on. */
	checkDatabase(log: Log, onWarning: (text: string) => void): void;
	/** Waits for a check under way and takes the mark away. */
	leave(): Promise<void>;
}

/** Leaves a mark for as long as the process runs; a mark without its process is an unclean stop. */
export function attend(paths: DataPaths, clock: Clock): Attendance {
	ensureFolderSync(paths.work, 0o700);
	const abandoned = sweepMarks(paths.work);
	const mark = join(paths.work, `running-${process.pid}`);
	writeFileSync(mark, '');
	const isNew = abandoned === 0 && !existsSync(join(paths.work, 'last-check'));
	const isCheckDue = !isNew && (abandoned > 0 || isDue(paths, clock));
	let check: Promise<void> = Promise.resolve();
	return {
		isCheckDue,
		checkDatabase: (log, onWarning) => {
			if (isNew) recordCheck(paths, clock);
			else if (isCheckDue) check = quickCheck(paths, clock, log, onWarning);
		},
		leave: async () => {
			await check;
			rmSync(mark, { force: true });
		},
	};
}

/** Removes marks of processes that are gone, with what they left unfinished; answers how many there were. */
function sweepMarks(work: string): number {
	let abandoned = 0;
	for (const name of readdirSync(work)) {
		const pid = Number(MARK.exec(name)?.[1] ?? Number.NaN);
		if (!Number.isInteger(pid) || pid === process.pid || isRunning(pid)) continue;
		abandoned++;
		rmSync(join(work, name), { force: true });
		for (const left of readdirSync(work)) if (left.startsWith(`staging-${pid}-`)) rmSync(join(work, left), { force: true, recursive: true });
	}
	return abandoned;
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: it runs, as somebody else.
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}

function isDue(paths: DataPaths, clock: Clock): boolean {
	const last = Date.parse(readFileSync(join(paths.work, 'last-check'), 'utf8'));
	return !(clock.now().getTime() - last < DAY_MS);
}

function recordCheck(paths: DataPaths, clock: Clock): void {
	writeFileSync(join(paths.work, 'last-check'), clock.now().toISOString());
}

/** While the program goes on: a full disk takes nothing but the date of this check, and the next start checks again. */
function recordCheckIfPossible(paths: DataPaths, clock: Clock, log: Log): void {
	try {
		recordCheck(paths, clock);
	} catch (error) {
		log.write('warning', 'the date of the check could not be kept', { error });
	}
}

function quickCheck(paths: DataPaths, clock: Clock, log: Log, onWarning: (text: string) => void): Promise<void> {
	return new Promise((resolve) => {
		const worker = new (process.getBuiltinModule('node:worker_threads').Worker)(workerFile(), {
			workerData: { task: 'quick-check', database: paths.database },
		});
		worker.on('message', (problems: readonly string[]) => {
			if (problems.length === 0) return recordCheckIfPossible(paths, clock, log);
			log.write('error', 'quick_check found damage', { problems });
			onWarning('The file of the books is damaged. Stop working in it, keep a copy, and restore the latest backup. The log names what was found.');
		});
		worker.on('error', (error) => {
			log.logFault(error);
			resolve();
		});
		worker.on('exit', () => resolve());
	});
}
