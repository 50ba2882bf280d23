import { stat } from 'node:fs/promises';
import { AppError } from '#shared/kernel/app-error.ts';
import { sha256File } from '#main/platform/files.ts';
import type { TaskContext } from '#main/platform/run/handlers.ts';
import type { JobRow } from './jobs.queries.ts';
import { jobView, packageFile } from './jobs.service.ts';

/** Is a job's package there, and is it the one that was built? */
export async function isFileRight(job: JobRow, paths: TaskContext['paths']): Promise<boolean> {
	if (job.location === null) return false;
	const path = packageFile(job, paths);
	return (await sizeOf(path)) === job.bytes && (await sha256File(path)) === job.checksum;
}

/** Length of a file in bytes; null where there is none. */
export async function sizeOf(path: string): Promise<number | null> {
	try {
		const found = await stat(path);
		return found.isFile() ? found.size : null;
	} catch (error) {
		if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
		throw error;
	}
}

/**
 * The stored file of a package, once it is known to be the one that was built.
 * Refuses PACKAGE_NOT_READY, and PACKAGE_DIFFERS where the file was removed or changed.
 */
export async function standingFile(context: TaskContext, job: JobRow): Promise<string> {
	const { file } = jobView(job, context.paths);
	if (file === null) {
		throw new AppError('PACKAGE_NOT_READY', `The package of ${job.period} is ${job.status}. Build it first: ledgerseal package build ${job.period}`, {
			jobId: job.uuid,
			status: job.status,
		});
	}
	if (!(await isFileRight(job, context.paths))) throw changed(job);
	return file;
}

/** The refusal of a stored package that is not what was built. */
export function changed(job: JobRow): AppError {
	return new AppError(
		'PACKAGE_DIFFERS',
		`The stored package of ${job.period} is missing or was changed. Build it anew from the books: ledgerseal package regenerate ${job.period}`,
		{ jobId: job.uuid, sha256: job.checksum },
	);
}
