import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';

/** A token for REST. Of the token itself only the hash is known. */
export interface TokenRow {
	readonly id: number;
	readonly uuid: string;
	readonly companyUuid: string;
	readonly userId: number;
	readonly login: string;
	readonly disabled: number;
	readonly name: string;
	/** JSON array. */
	readonly permissions: string;
	readonly issuedAt: string;
	readonly expiresAt: string | null;
	readonly revokedAt: string | null;
}

const SELECTED = `SELECT t.id, t.uuid, c.uuid AS companyUuid, t.user_id AS userId, u.login, u.disabled, t.name, t.permissions,
	t.issued_at AS issuedAt, t.expires_at AS expiresAt, t.revoked_at AS revokedAt
	FROM access_tokens t JOIN users u ON u.id = t.user_id JOIN companies c ON c.id = t.company_id`;

export function listTokenRows(db: ReadDb, companyId: number): TokenRow[] {
	return db.all<TokenRow>(`${SELECTED} WHERE t.company_id = ? ORDER BY t.id`, companyId);
}

export function tokenByUuid(db: ReadDb, companyId: number, uuid: string): TokenRow | undefined {
	return db.get<TokenRow>(`${SELECTED} WHERE t.company_id = ? AND t.uuid = ?`, companyId, uuid);
}

/** In whichever company: the token alone says it. */
export function tokenByHash(db: ReadDb, tokenSha256: string): TokenRow | undefined {
	return db.get<TokenRow>(`${SELECTED} WHERE t.token_sha256 = ?`, tokenSha256);
}

export interface NewToken {
	readonly uuid: string;
	readonly userId: number;
	readonly name: string;
	readonly tokenSha256: string;
	readonly permissions: string;
	readonly expiresAt: string | null;
}

export function insertToken(tx: WriteTx, companyId: number, token: NewToken): void {
	tx.run(
		`INSERT INTO access_tokens (company_id, id, uuid, user_id, name, token_sha256, permissions, issued_at, expires_at)
		VALUES (?, (SELECT coalesce(max(id), 0) + 1 FROM access_tokens WHERE company_id = ?), ?, ?, ?, ?, ?, ?, ?)`,
		companyId,
		companyId,
		token.uuid,
		token.userId,
		token.name,
		token.tokenSha256,
		token.permissions,
		tx.instant,
		token.expiresAt,
	);
}

export function revokeTokenRow(tx: WriteTx, companyId: number, id: number, revokedBy: number): void {
	tx.run('UPDATE access_tokens SET revoked_at = ?, revoked_by = ? WHERE company_id = ? AND id = ?', tx.instant, revokedBy, companyId, id);
}
