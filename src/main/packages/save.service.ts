import { rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError } from '#shared/kernel/app-error.ts';
import { withMappedFaults } from '#main/platform/faults.ts';
import { copyWithChecksum, requireWritableFolder, sha256File } from '#main/platform/files.ts';
import type { Actor } from '#main/platform/run/actor.ts';
import type { TaskContext } from '#main/platform/run/handlers.ts';
import type { JobRow } from './jobs.queries.ts';
import { findJob, jobView, packageFile, type PackageJob } from './jobs.service.ts';

/** Is a job's package there, and is it the one that was built? */
export async function isFileRight(job: JobRow, paths: TaskContext['paths']): Promise<boolean> {
	if (job.location === null) return false;
	const path = packageFile(job, paths);
	return (await sizeOf(path)) === job.bytes && (await sha256File(path)) === job.checksum;
}

async function sizeOf(path: string): Promise<number | null> {
	try {
		const found = await stat(path);
		return found.isFile() ? found.size : null;
	} catch (error) {
		if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
		throw error;
	}
}

/**
 * Copies a package to a folder, or to a name that ends with .zip, whole or not at all, and compares its checksum. `file` of the answer is the copy.
 * Refuses NOT_FOUND, PACKAGE_NOT_READY, PACKAGE_DIFFERS (the stored file was changed), ALREADY_EXISTS, DISK_FULL and DISK_READ_ONLY.
 */
export async function savePackage(context: TaskContext, { company }: Actor, input: { readonly jobId: string; readonly to: string }): Promise<PackageJob> {
	const job = context.read((db) => findJob(db, company, input.jobId));
	const view = jobView(job, context.paths);
	if (view.file === null) {
		throw new AppError('PACKAGE_NOT_READY', `The package of ${job.period} is ${job.status}. Build it first: ledgerseal package build ${job.period}`, {
			jobId: job.uuid,
			status: job.status,
		});
	}
	const source = view.file;
	return withMappedFaults(async () => {
		if (!(await isFileRight(job, context.paths))) throw changed(job);
		const target = await targetFor(input.to, basename(source));
		if ((await sizeOf(target)) !== null && (await sha256File(target)) !== job.checksum) {
			throw new AppError('ALREADY_EXISTS', `There is another file ${target} already. Choose another folder or name.`, { path: target });
		}
		await requireWritableFolder(dirname(target), job.bytes ?? 0);
		if ((await copyWithChecksum(source, target)) !== job.checksum) {
			await rm(target, { force: true });
			throw changed(job);
		}
		context.write('packages.save', () => ({
			output: null,
			audit: { jobId: job.uuid, period: job.period, closeNumber: job.closeNumber, sha256: job.checksum, to: target },
		}));
		return { ...view, file: target };
	});
}

async function targetFor(to: string, name: string): Promise<string> {
	const path = resolve(to);
	const isFolder = await stat(path).then(
		(found) => found.isDirectory(),
		() => !path.toLowerCase().endsWith('.zip'),
	);
	return isFolder ? join(path, name) : path;
}

function changed(job: JobRow): AppError {
	return new AppError(
		'PACKAGE_DIFFERS',
		`The stored package of ${job.period} is missing or was changed. Build it anew from the books: ledgerseal package regenerate ${job.period}`,
		{ jobId: job.uuid, sha256: job.checksum },
	);
}
