import { z } from 'zod';
import { verification } from './close.contract.ts';
import { command, inCompany, instant, periodName, query, sha256, task } from './define.ts';

export const packageJob = z.object({
	jobId: z.uuid(),
	period: z.string(),
	closeNumber: z.number().int(),
	status: z.enum(['QUEUED', 'RUNNING', 'READY', 'FAILED', 'CANCELLED', 'EXPIRED', 'SUPERSEDED']),
	progress: z.number(),
	/** Absolute path, once READY. */
	file: z.string().nullable(),
	sha256: sha256.nullable(),
	contentSha256: sha256.nullable(),
	bytes: z.number().int().nullable(),
	error: z.string().nullable(),
	requestedAt: instant,
	finishedAt: instant.nullable(),
	expiresAt: instant.nullable(),
});

const building = [
	'PERIOD_NOT_FOUND',
	'PERIOD_NOT_CLOSED',
	'PACKAGE_DIFFERS',
	'PACKAGE_NOT_READY',
	'FILE_UNREADABLE',
	'KEY_UNAVAILABLE',
	'DISK_FULL',
	'DISK_READ_ONLY',
	'CANCELLED',
] as const;

export const packagesContract = {
	/** The standing package where its file is right, else built; answers when it is READY. */
	build: task('ExportPackages', building)
		.input(inCompany.extend({ period: periodName, closeNumber: z.number().int().positive().optional() }))
		.output(packageJob),
	list: query('ViewReports')
		.input(inCompany)
		.output(z.object({ jobs: z.array(packageJob) })),
	/** `to` is a folder, or a name that ends with .zip; `file` of the answer is the copy. */
	save: task('ExportPackages', ['NOT_FOUND', 'PACKAGE_NOT_READY', 'PACKAGE_DIFFERS', 'ALREADY_EXISTS', 'DISK_FULL', 'DISK_READ_ONLY'])
		.input(inCompany.extend({ jobId: z.string(), to: z.string() }))
		.output(packageJob),
	/** Builds anew whatever stands; the content must come out as before. */
	regenerate: task('ExportPackages', building)
		.input(inCompany.extend({ period: periodName, closeNumber: z.number().int().positive().optional() }))
		.output(packageJob),
	/** Writes a proof that one entry was sealed. `to` is a folder, or a name that ends with .json; `file` of the answer is what was written. */
	prove: task('ExportPackages', ['NOT_FOUND', 'PERIOD_NOT_CLOSED', 'PACKAGE_DIFFERS', 'ALREADY_EXISTS', 'DISK_FULL', 'DISK_READ_ONLY', 'CANCELLED'])
		.input(inCompany.extend({ no: z.number().int().positive(), closeNumber: z.number().int().positive().optional(), to: z.string().min(1) }))
		.output(
			z.object({
				file: z.string(),
				bytes: z.number().int(),
				sha256,
				entryNo: z.number().int(),
				period: z.string(),
				closeNumber: z.number().int(),
			}),
		),
	cancel: command('ExportPackages', ['NOT_FOUND', 'PACKAGE_NOT_READY'])
		.input(inCompany.extend({ jobId: z.string() }))
		.output(packageJob),
};

/** What `package verify` answers; it needs no company and no books. */
export const packageVerification = verification.extend({
	file: z.string(),
	company: z.string().nullable(),
	period: z.string().nullable(),
	closeNumber: z.number().int().nullable(),
});

/** What `package verify-proof` answers; it needs no company and no books. */
export const proofVerification = verification.extend({
	file: z.string(),
	/** The entry that the file is about, where it could be read. */
	entryNo: z.number().int().nullable(),
	entryHash: sha256.nullable(),
	company: z.string().nullable(),
	period: z.string().nullable(),
	closeNumber: z.number().int().nullable(),
	contentRoot: sha256.nullable(),
	sealSha256: sha256.nullable(),
});

export type PackagesContract = typeof packagesContract;
