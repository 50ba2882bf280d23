import { rm } from 'node:fs/promises';
import { AppError } from '#shared/kernel/app-error.ts';
import { assert, present } from '#shared/kernel/assert.ts';
import type { PackageSeal } from '#shared/seal/index.ts';
import { companySettings } from '#main/companies/index.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import type { JobAttempt, JobKind } from '#main/platform/jobs/job-kind.ts';
import { expireJob } from '#main/platform/jobs/job-queue.ts';
import type { Company } from '#main/platform/run/actor.ts';
import type { AuditDetail, TaskContext } from '#main/platform/run/handlers.ts';
import type { WrittenTags } from './bag-writer.service.ts';
import { type PackageQuestion, type PackageTask, type PlacedPackage, writePackage } from './build.service.ts';
import { finishJob, isKeptAt, type JobRow, jobsOfClose, KIND } from './jobs.queries.ts';
import { findJob, packageFile } from './jobs.service.ts';
import { signingKeys } from './material.queries.ts';
import { CONTENT_TYPE, formatAfter, type PackageFormat } from './package-format.ts';
import { type KeptSignature, type KeyInHand, packageSigner } from './signer.service.ts';

const DAY_MS = 86_400_000;

/** The job that builds the package of a close. */
export const packageJob: JobKind<PackageTask, PlacedPackage> = {
	name: KIND,
	events: 'packages',
	words: (db, company, { uuid }) => {
		const job = findJob(db, company, uuid);
		const earlier = job.closeStatus === 'REOPENED' ? ` --close-number ${job.closeNumber}` : '';
		return { what: `The package of ${job.period}`, again: `ledgerseal package build ${job.period}${earlier}` };
	},
	details: (db, company, { uuid }) => namesOf(findJob(db, company, uuid)),
	begin: (context, company, { uuid }) =>
		beginPackage(
			context,
			company,
			context.read((db) => findJob(db, company, uuid)),
		),
	work: writePackage,
};

function beginPackage(context: TaskContext, company: Company, job: JobRow): JobAttempt<PackageTask, PlacedPackage> {
	const { database, content, packages } = context.paths;
	let signer: KeyInHand | null = null;
	return {
		task: { database, content, packages, company, closeId: job.closeId, format: context.read((db) => formatOf(db, company, job)) },
		answer: async (asked) => {
			const question = asked as PackageQuestion;
			switch (question.name) {
				case 'key': {
					const { keys, kept } = context.read((db) => ({ keys: signingKeys(db, company.id), kept: keptSignature(db, company, job.closeId) }));
					signer = await packageSigner(context.secrets, { companyUuid: company.uuid, keys, ...question.value }, kept);
					return signer?.keyId ?? null;
				}
				case 'sign':
					return present(signer, 'the key that was asked for').sign(question.value);
				default:
					assert(question.name === 'place', 'a question of a package');
					return context.read((db) => compareWithRecorded(db, company, job, question.value));
			}
		},
		finish: (tx, placed) => finishPackage(tx, company, job.uuid, placed),
		discard: async ({ location }) => {
			if (!context.read((db) => isKeptAt(db, company.id, location))) await rm(packageFile({ location }, context.paths), { force: true });
		},
	};
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
		if (recorded.packageFormat !== built.packageFormat || recorded.manifestSha256 === built.manifestSha256) continue;
		throw new AppError(
			'PACKAGE_DIFFERS',
			`The package of ${job.period} comes out otherwise than before, though its close is the same. Nothing was replaced. Run \`ledgerseal period verify ${job.period}\`.`,
			{ period: job.period, closeNumber: job.closeNumber, recorded: earlier.contentSha256, built: contentSha256 },
		);
	}
}

/** A close keeps the format of its first package, so that it can be built again as it was. */
function formatOf(db: ReadDb, company: Company, job: JobRow): PackageFormat {
	return formatAfter(jobsOfClose(db, company.id, job.closeId).map(({ packageSeal }) => packageSeal && sealFields(packageSeal).packageFormat));
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

function finishPackage(tx: WriteTx, company: Company, uuid: string, { bag, location }: PlacedPackage): AuditDetail {
	const job = findJob(tx, company, uuid);
	const status = job.closeStatus === 'REOPENED' ? 'SUPERSEDED' : 'READY';
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
	return { ...namesOf(job), bytes, sha256: checksum, contentSha256 };
}

/** How audit events name a package. */
export function namesOf(job: JobRow): { readonly jobId: string; readonly period: string; readonly closeNumber: number } {
	return { jobId: job.uuid, period: job.period, closeNumber: job.closeNumber };
}
