import { rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError } from '#shared/kernel/app-error.ts';
import { companySettings } from '#main/companies/index.ts';
import { withMappedFaults } from '#main/platform/faults.ts';
import { copyWithChecksum, requireWritableFolder, sha256File } from '#main/platform/files.ts';
import type { Actor } from '#main/platform/run/actor.ts';
import type { TaskContext } from '#main/platform/run/handlers.ts';
import type { JobRow } from './jobs.queries.ts';
import { findJob, jobView, type PackageJob } from './jobs.service.ts';
import { namesOf } from './package-job.service.ts';
import { buildPackage, type CloseAsked } from './packages.service.ts';
import { changed, sizeOf, standingFile } from './standing-file.service.ts';

interface SaveInput {
	readonly jobId: string;
	readonly to: string;
	/** The copy is encrypted with it; the stored package never is. */
	readonly password?: string | undefined;
}

/**
 * Copies a package to a folder, or to a name that ends with .zip, whole or not at all, and compares its checksum. `file` of the answer is the copy.
 * Refuses NOT_FOUND, PACKAGE_NOT_READY, PACKAGE_DIFFERS (the stored file was changed), ALREADY_EXISTS, CANCELLED, DISK_FULL and DISK_READ_ONLY.
 */
export function savePackage(context: TaskContext, { company }: Actor, input: SaveInput): Promise<PackageJob> {
	const job = context.read((db) => findJob(db, company, input.jobId));
	return copyPackage(context, job, { action: 'packages.save', to: input.to, password: input.password });
}

/**
 * The same to the shared folder of the company, under the package's own name; the package is built first where it is not there.
 * Refuses SETTING_REFUSED where there is no such folder.
 */
export async function sharePackage(context: TaskContext, actor: Actor, input: CloseAsked): Promise<PackageJob> {
	const { company } = actor;
	const folder = context.read((db) => companySettings(db, company.id).shared_folder);
	if (folder === null) {
		throw new AppError('SETTING_REFUSED', 'No shared folder is set. An Admin sets one: ledgerseal company set shared_folder FOLDER', { key: 'shared_folder' });
	}
	const isFolder = await stat(folder).then(
		(found) => found.isDirectory(),
		() => false,
	);
	if (!isFolder)
		throw new AppError('SETTING_REFUSED', `The shared folder ${folder} is not there. Connect the drive it is on, or set another one.`, {
			key: 'shared_folder',
		});
	const { jobId } = await buildPackage(context, actor, input);
	const job = context.read((db) => findJob(db, company, jobId));
	return copyPackage(context, job, { action: 'packages.share', to: folder, password: undefined });
}

interface Copy {
	readonly action: string;
	readonly to: string;
	readonly password: string | undefined;
}

function copyPackage(context: TaskContext, job: JobRow, { action, to, password }: Copy): Promise<PackageJob> {
	const view = jobView(job, context.paths);
	return withMappedFaults(async () => {
		const source = await standingFile(context, job);
		const target = await targetFor(to, password === undefined ? basename(source) : basename(source).replace(/\.zip$/, '.encrypted.zip'));
		// An encrypted copy is never the same as another: there is nothing to compare.
		if ((await sizeOf(target)) !== null && (password !== undefined || (await sha256File(target)) !== job.checksum)) {
			throw new AppError('ALREADY_EXISTS', `There is another file ${target} already. Choose another folder or name.`, { path: target });
		}
		await requireWritableFolder(dirname(target), job.bytes ?? 0);
		if (password === undefined) await copyPlain(job, source, target);
		else await copyEncrypted(context, job, { source, target, password });
		context.write(action, () => ({
			output: null,
			audit: { ...namesOf(job), sha256: job.checksum, to: target, ...(password === undefined ? {} : { encrypted: true }) },
		}));
		return { ...view, file: target };
	});
}

async function copyPlain(job: JobRow, source: string, target: string): Promise<void> {
	if ((await copyWithChecksum(source, target)) === job.checksum) return;
	await rm(target, { force: true });
	throw changed(job);
}

async function copyEncrypted(context: TaskContext, job: JobRow, copy: { source: string; target: string; password: string }): Promise<void> {
	const { writeEncryptedZip } = await import('#main/platform/zip/encrypted-zip.ts');
	const checkpoint = (): void => {
		if (context.signal.aborted) throw new AppError('CANCELLED', 'The copy was not made, because you cancelled.', {});
	};
	await writeEncryptedZip({ ...copy, bytes: job.bytes ?? 0, name: basename(copy.source), checkpoint }, (sha256) => {
		if (sha256 !== job.checksum) throw changed(job);
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
