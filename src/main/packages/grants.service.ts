import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import { companyOfGrant, type PackagesContract } from '#shared/contract/packages.contract.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import { fixedClock } from '#main/platform/clock.ts';
import { uuidV7 } from '#main/platform/ids.ts';
import type { Actor } from '#main/platform/run/actor.ts';
import type { OutputOf } from '#shared/contract/client.ts';
import type { TaskContext } from '#main/platform/run/handlers.ts';
import { sha256Hex } from '#main/platform/signing.ts';
import { grantByToken, type GrantRow, insertGrant, useGrant } from './grants.queries.ts';
import { findJob, hasPackage } from './jobs.service.ts';
import { namesOf } from './package-job.service.ts';
import { CONTENT_TYPE } from './package-format.ts';
import { standingFile } from './standing-file.service.ts';

const TOKEN_BYTES = 32;

/**
 * A grant for the caller alone: the company and 256 random bits, of which the books keep the SHA-256. It is told once, here.
 * Refuses NOT_FOUND, PACKAGE_NOT_READY and PACKAGE_DIFFERS.
 */
export async function grantDownload(
	context: TaskContext,
	{ company, user }: Actor,
	input: { readonly jobId: string },
): Promise<OutputOf<PackagesContract['grantDownload']>> {
	const file = await standingFile(
		context,
		context.read((db) => findJob(db, company, input.jobId)),
	);
	const grant = `${company.uuid}.${randomBytes(TOKEN_BYTES).toString('base64url')}`;
	return context.write('packages.grantDownload', (tx) => {
		const job = findJob(tx, company, input.jobId);
		const uuid = uuidV7(fixedClock(tx.instant));
		const expiresAt = new Date(Date.parse(tx.instant) + context.limits.downloadSeconds * 1000).toISOString();
		insertGrant(tx, company.id, { uuid, userId: user.id, closeId: job.closeId, jobId: job.id, tokenSha256: sha256Hex(grant), expiresAt });
		const output = { grant, grantId: uuid, jobId: job.uuid, fileName: basename(file), issuedAt: tx.instant, expiresAt };
		return { output, audit: { ...namesOf(job), grantId: uuid, expiresAt } };
	});
}

/**
 * The file that a grant is good for; the grant is used up in the same database transaction. It is good for who got it, in its company:
 * anybody else's is refused like one that never was. Refuses DOWNLOAD_REFUSED, PACKAGE_NOT_READY, PACKAGE_DIFFERS (the grant is not used up).
 */
export async function redeemGrant(context: TaskContext, actor: Actor, input: { readonly grant: string }): Promise<OutputOf<PackagesContract['redeemGrant']>> {
	const { company } = actor;
	const now = context.clock.now().toISOString();
	const job = context.read((db) => findJob(db, company, judgeGrant(db, actor, input.grant, now).jobUuid));
	const file = await standingFile(context, job);
	return context.write('packages.redeemGrant', (tx) => {
		const { id, uuid, jobUuid } = judgeGrant(tx, actor, input.grant, tx.instant);
		useGrant(tx, company.id, id);
		const standing = findJob(tx, company, jobUuid);
		const sha256 = present(standing.checksum, 'the checksum of a package');
		const bytes = present(standing.bytes, 'the length of a package');
		// It expired, or was built anew, while its checksum was compared.
		if (!hasPackage(standing) || sha256 !== job.checksum) throw refused('EXPIRED');
		return {
			output: { file, fileName: basename(file), contentType: CONTENT_TYPE, bytes, sha256, grantId: uuid, jobId: jobUuid },
			audit: { ...namesOf(standing), grantId: uuid, sha256 },
		};
	});
}

function judgeGrant(db: ReadDb, { company, user }: Actor, grant: string, instant: string): GrantRow {
	const found = companyOfGrant(grant) === company.uuid ? grantByToken(db, company.id, sha256Hex(grant)) : undefined;
	if (found === undefined || found.userId !== user.id) throw refused('UNKNOWN');
	if (found.usedAt !== null) throw refused('USED');
	if (instant >= found.expiresAt) throw refused('EXPIRED');
	return found;
}

const WORDS = {
	UNKNOWN: 'This link is not one of yours.',
	USED: 'This link was used already; each is good for one download.',
	EXPIRED: 'The time of this link is over.',
} as const;

function refused(reason: keyof typeof WORDS): AppError {
	return new AppError('DOWNLOAD_REFUSED', `${WORDS[reason]} Ask for a new one beside the package.`, { reason });
}
