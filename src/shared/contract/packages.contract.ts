import { z } from 'zod';
import { verification } from './close.contract.ts';
import { command, inCompany, instant, periodName, query, sha256, task } from './define.ts';

/** A password of a copy is typed by people and tried by machines: the key of such an archive is cheap to guess from a short one. */
export const MIN_PASSWORD_LENGTH = 12;

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
	/**
	 * `to` is a folder, or a name that ends with .zip; `file` of the answer is the copy. With a password the copy is an archive that holds
	 * the package encrypted with AES-256; `sha256` is that of the package, which comes out of it byte for byte.
	 */
	save: task('ExportPackages', ['NOT_FOUND', 'PACKAGE_NOT_READY', 'PACKAGE_DIFFERS', 'ALREADY_EXISTS', 'CANCELLED', 'DISK_FULL', 'DISK_READ_ONLY'])
		.input(inCompany.extend({ jobId: z.string(), to: z.string(), password: z.string().min(MIN_PASSWORD_LENGTH).max(256).optional() }))
		.output(packageJob),
	/** Builds anew whatever stands; the content must come out as before. */
	regenerate: task('ExportPackages', building)
		.input(inCompany.extend({ period: periodName, closeNumber: z.number().int().positive().optional() }))
		.output(packageJob),
	/** Copies the package of a close to the shared folder of the company, built first where it is not there; `file` of the answer is the copy. */
	share: task('ExportPackages', [...building, 'ALREADY_EXISTS', 'SETTING_REFUSED'])
		.input(inCompany.extend({ period: periodName, closeNumber: z.number().int().positive().optional() }))
		.output(packageJob),
	/** Lets the caller fetch a package once, within a few minutes. The grant is told once and stored nowhere. */
	grantDownload: task('ExportPackages', ['NOT_FOUND', 'PACKAGE_NOT_READY', 'PACKAGE_DIFFERS'])
		.input(inCompany.extend({ jobId: z.string() }))
		.output(z.object({ grant: z.string(), grantId: z.uuid(), jobId: z.uuid(), fileName: z.string(), issuedAt: instant, expiresAt: instant })),
	/** What a grant is good for, and its one use. DOWNLOAD_REFUSED: `details.reason` is EXPIRED, USED or UNKNOWN (nobody's, or another's). */
	redeemGrant: task('ExportPackages', ['DOWNLOAD_REFUSED', 'PACKAGE_NOT_READY', 'PACKAGE_DIFFERS'])
		.input(inCompany.extend({ grant: z.string().max(200) }))
		.output(
			z.object({
				file: z.string(),
				fileName: z.string(),
				contentType: z.string(),
				bytes: z.number().int(),
				sha256,
				grantId: z.uuid(),
				jobId: z.uuid(),
			}),
		),
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

/** The company of a grant, for a host that is shown nothing else; null where the text is no grant. It proves nothing: the grant is judged when redeemed. */
export function companyOfGrant(grant: string): string | null {
	return GRANT.exec(grant)?.groups?.company ?? null;
}

const GRANT = /^(?<company>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.[A-Za-z0-9_-]{43}$/;

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
