import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError, isAppError } from '#shared/kernel/app-error.ts';
import type { PackageSeal } from '#shared/seal/index.ts';
import { companySettings } from '#main/companies/index.ts';
import { tryLock } from '#main/platform/database/process-lock.ts';
import { openReadSnapshot } from '#main/platform/database/read-snapshot.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import { mapFault } from '#main/platform/faults.ts';
import { ensureFolder, sweepTemporaryFiles } from '#main/platform/files.ts';
import type { Company } from '#main/platform/run/actor.ts';
import type { TaskContext } from '#main/platform/run/handlers.ts';
import { type WrittenBag, type WrittenTags, writeBag } from './bag-writer.service.ts';
import { claimJob, endJob, expireJob, finishJob, jobByUuid, type JobRow, jobsOfClose, updateProgress } from './jobs.queries.ts';
import { findJob } from './jobs.service.ts';
import { readMaterial } from './material.service.ts';
import { type Member, payloadMembers } from './members.service.ts';
import { CONTENT_TYPE, PACKAGE_FORMAT, periodFolder, topFolder } from './package-format.ts';
import { type KeptSignature, packageSigner } from './signer.service.ts';
import { verifyPage } from './verify-page.service.ts';

const POLL_MS = 100;
const DAY_MS = 86_400_000;

/**
 * Brings a job to its end: builds it, or waits for whoever on this machine is at it, and takes over where that process is gone.
 * The job is READY (SUPERSEDED where the close was reopened) afterwards. What goes wrong is kept with the job as FAILED and thrown.
 */
export async function runJob(context: TaskContext, company: Company, job: JobRow): Promise<JobRow> {
	const lockFile = join(context.paths.work, `package-${company.uuid}-${job.closeId}.lock`);
	for (;;) {
		throwIfCancelled(context.signal);
		const lock = tryLock(lockFile);
		try {
			const standing = context.read((db) => findJob(db, company, job.uuid));
			if (standing.status !== 'QUEUED' && standing.status !== 'RUNNING') return judge(standing);
			if (lock !== null) return await build(context, company, standing);
		} finally {
			lock?.release();
		}
		await delay(POLL_MS);
	}
}

/** How a job that somebody else ended is answered. */
function judge(job: JobRow): JobRow {
	if (job.status === 'READY' || (job.status === 'SUPERSEDED' && job.location !== null)) return job;
	if (job.status === 'FAILED') throw new AppError('PACKAGE_NOT_READY', job.error ?? 'The package could not be built.', { jobId: job.uuid, status: job.status });
	throw cancelled(job);
}

async function build(context: TaskContext, company: Company, job: JobRow): Promise<JobRow> {
	if (!context.write('packages.build', (tx) => ({ output: claimJob(tx, company.id, job.id), audit: null }))) throw cancelled(job);
	try {
		const { bag, location } = await writePackage(context, company, job);
		return finish(context, company, job, bag, location);
	} catch (error) {
		const fault = mapFault(error);
		recordEnd(context, company, job, isAppError(error, 'CANCELLED') ? null : (fault ?? error));
		throw fault ?? error;
	}
}

/** Keeps with the job why there is no package; null: it was cancelled. */
function recordEnd(context: TaskContext, company: Company, job: JobRow, fault: unknown): void {
	const message = fault instanceof AppError ? fault.message : 'The program failed. The log says more.';
	try {
		context.write('packages.failed', (tx) => {
			const ended = endJob(tx, company.id, job.id, fault === null ? 'CANCELLED' : 'FAILED', fault === null ? null : message);
			return { output: null, audit: ended && fault !== null ? { ...namesOf(job), code: fault instanceof AppError ? fault.code : null } : null };
		});
	} catch (error) {
		// On a full disk even this cannot be written: then the job stays unfinished and is taken up again. What matters is why it failed.
		if (mapFault(error) === null) throw error;
	}
}

async function writePackage(context: TaskContext, company: Company, job: JobRow): Promise<{ bag: WrittenBag; location: string }> {
	const snapshot = openReadSnapshot(context.paths.database);
	try {
		const material = readMaterial(snapshot.db, company, job.closeId);
		const kept = keptSignature(snapshot.db, company, job.closeId);
		const signer = await packageSigner(context.secrets, material, kept);
		const top = topFolder(material.seal);
		const folder = join(context.paths.packages, company.uuid, periodFolder(material.seal));
		await ensureFolder(folder, 0o700);
		await sweepTemporaryFiles(folder, context.clock);
		const members = payloadMembers(material, context.paths.content, signer?.keyId ?? null);
		const staged = join(folder, `${top}.zip`);
		const bag = await writeBag({
			path: staged,
			topFolder: top,
			material,
			members,
			signer,
			page: verifyPage(),
			onMember: memberReporter(context, company, job, members),
			beforePlacing: (tags) => compareWithRecorded(snapshot.db, company, job, tags),
		});
		return { bag, location: `${company.uuid}/${periodFolder(material.seal)}/${top}.zip` };
	} finally {
		snapshot.close();
	}
}

function memberReporter(context: TaskContext, company: Company, job: JobRow, members: readonly Member[]): (name: string, index: number) => void {
	let reported = -1;
	return (name, index) => {
		throwIfCancelled(context.signal);
		const fraction = index / members.length;
		context.progress({ fraction, text: name });
		// Evidence can be thousands of files; the job needs to know of about twenty steps.
		const step = Math.floor(fraction * 20);
		if (step === reported) return;
		reported = step;
		if (!context.write('packages.build', (tx) => ({ output: updateProgress(tx, company.id, job.id, fraction), audit: null })))
			throwUnlessSuperseded(context, company, job);
	};
}

// A reopening while the package is being built does not stop it: it is kept, and marked.
function throwUnlessSuperseded(context: TaskContext, company: Company, job: JobRow): void {
	if (context.read((db) => jobByUuid(db, company.id, job.uuid))?.status !== 'SUPERSEDED') throw cancelled(job);
}

/**
 * An earlier package of this close must have had the same payload, file for file. Its tag files may be of another release, which brings another
 * verify.html.
 */
function compareWithRecorded(db: ReadDb, company: Company, job: JobRow, { contentSha256, packageSeal }: WrittenTags): void {
	const built = sealFields(packageSeal);
	for (const earlier of jobsOfClose(db, company.id, job.closeId)) {
		if (earlier.packageSeal === null || earlier.contentSha256 === contentSha256) continue;
		const recorded = sealFields(earlier.packageSeal);
		if (recorded.packageFormat !== PACKAGE_FORMAT || recorded.manifestSha256 === built.manifestSha256) continue;
		throw new AppError(
			'PACKAGE_DIFFERS',
			`The package of ${job.period} comes out otherwise than before, though its close is the same. Nothing was replaced. Run \`ledgerseal period verify ${job.period}\`.`,
			{ period: job.period, closeNumber: job.closeNumber, recorded: earlier.contentSha256, built: contentSha256 },
		);
	}
}

function sealFields(packageSeal: string): Partial<PackageSeal> {
	return JSON.parse(packageSeal) as Partial<PackageSeal>;
}

function keptSignature(db: ReadDb, company: Company, closeId: number): KeptSignature | null {
	for (const { packageSeal, packageSignature } of jobsOfClose(db, company.id, closeId)) {
		if (packageSeal !== null && packageSignature !== null) return { packageSeal, packageSignature };
	}
	return null;
}

function finish(context: TaskContext, company: Company, job: JobRow, bag: WrittenBag, location: string): JobRow {
	return context.write('packages.ready', (tx) => {
		const standing = findJob(tx, company, job.uuid);
		if (standing.status === 'CANCELLED') throw cancelled(job);
		const status = standing.closeStatus === 'REOPENED' ? 'SUPERSEDED' : 'READY';
		const days = job.periodKind === 'YEAR' ? 0 : companySettings(tx, company.id).retention_days;
		const expiresAt = days === 0 || status === 'SUPERSEDED' ? null : new Date(Date.parse(tx.instant) + days * DAY_MS).toISOString();
		for (const earlier of jobsOfClose(tx, company.id, job.closeId)) {
			if (earlier.id !== job.id) expireJob(tx, company.id, earlier.id, 'A later build took its place.');
		}
		const { bytes, sha256: checksum, contentSha256, packageSeal, packageSignature } = bag;
		finishJob(tx, company.id, job.id, {
			status,
			location,
			contentType: CONTENT_TYPE,
			bytes,
			checksum,
			contentSha256,
			packageSeal,
			packageSignature,
			expiresAt,
		});
		return { output: findJob(tx, company, job.uuid), audit: { ...namesOf(job), bytes, sha256: checksum, contentSha256 } };
	});
}

function namesOf(job: JobRow): Record<string, unknown> {
	return { jobId: job.uuid, period: job.period, closeNumber: job.closeNumber };
}

function throwIfCancelled(signal: AbortSignal): void {
	if (signal.aborted) throw new AppError('CANCELLED', 'The package was not built, because you cancelled.', {});
}

function cancelled(job: JobRow): AppError {
	return new AppError('CANCELLED', `The package of ${job.period} was cancelled. Build it again when you need it.`, { jobId: job.uuid });
}
