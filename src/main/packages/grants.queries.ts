import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';

/** A grant to fetch a package once. Of its token only the hash is known. */
export interface GrantRow {
	readonly id: number;
	readonly uuid: string;
	readonly userId: number;
	readonly jobUuid: string;
	readonly expiresAt: string;
	readonly usedAt: string | null;
}

export function grantByToken(db: ReadDb, companyId: number, tokenSha256: string): GrantRow | undefined {
	return db.get<GrantRow>(
		`SELECT g.id, g.uuid, g.user_id AS userId, j.uuid AS jobUuid, g.expires_at AS expiresAt, g.used_at AS usedAt
		FROM download_grants g JOIN export_jobs j ON j.company_id = g.company_id AND j.id = g.job_id
		WHERE g.company_id = ? AND g.token_sha256 = ?`,
		companyId,
		tokenSha256,
	);
}

export interface NewGrant {
	readonly uuid: string;
	readonly userId: number;
	readonly closeId: number;
	readonly jobId: number;
	readonly tokenSha256: string;
	readonly expiresAt: string;
}

export function insertGrant(tx: WriteTx, companyId: number, grant: NewGrant): void {
	tx.run(
		`INSERT INTO download_grants (company_id, id, uuid, user_id, close_id, job_id, token_sha256, issued_at, expires_at)
		VALUES (?, (SELECT coalesce(max(id), 0) + 1 FROM download_grants WHERE company_id = ?), ?, ?, ?, ?, ?, ?, ?)`,
		companyId,
		companyId,
		grant.uuid,
		grant.userId,
		grant.closeId,
		grant.jobId,
		grant.tokenSha256,
		tx.instant,
		grant.expiresAt,
	);
}

export function useGrant(tx: WriteTx, companyId: number, id: number): void {
	tx.run('UPDATE download_grants SET used_at = ? WHERE company_id = ? AND id = ?', tx.instant, companyId, id);
}
