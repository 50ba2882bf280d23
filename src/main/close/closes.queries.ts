import type { SealDocument } from '#shared/seal/index.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';

/** A close as it is stored. Sums are minor units of the company's currency, as decimal text because they may pass 2^53. */
export interface CloseRow {
	readonly id: number;
	readonly uuid: string;
	readonly periodId: number;
	readonly closeNumber: number;
	readonly status: 'CLOSED' | 'REOPENED';
	readonly requestedAt: string;
	readonly closedAt: string;
	readonly closedBy: number;
	readonly reason: string;
	readonly reopenPolicy: 'ADMIN_WITH_REASON' | 'NEVER';
	readonly netProfitMinor: string;
	readonly closingEntryId: number | null;
	readonly sealedThroughSeq: number;
	readonly totalJournalCount: number;
	readonly totalDebitsMinor: string;
	readonly totalCreditsMinor: string;
	readonly balanceRowCount: number;
	readonly closeHash: string;
	readonly contentRoot: string;
	readonly reopenedAt: string | null;
	readonly reopenedBy: number | null;
	readonly reopenReason: string | null;
	readonly reversalEntryId: number | null;
}

const CLOSE = `id, uuid, period_id AS periodId, close_number AS closeNumber, status, requested_at AS requestedAt, closed_at AS closedAt,
	closed_by AS closedBy, reason, reopen_policy AS reopenPolicy, CAST(net_profit_minor AS TEXT) AS netProfitMinor, closing_entry_id AS closingEntryId,
	sealed_through_seq AS sealedThroughSeq, total_journal_count AS totalJournalCount, CAST(total_debits_minor AS TEXT) AS totalDebitsMinor,
	CAST(total_credits_minor AS TEXT) AS totalCreditsMinor, balance_row_count AS balanceRowCount, close_hash AS closeHash, content_root AS contentRoot,
	reopened_at AS reopenedAt, reopened_by AS reopenedBy, reopen_reason AS reopenReason, reversal_entry_id AS reversalEntryId`;

export function standingClose(db: ReadDb, companyId: number, periodId: number): CloseRow | undefined {
	return db.get<CloseRow>(`SELECT ${CLOSE} FROM period_closes WHERE company_id = ? AND period_id = ? AND status = 'CLOSED'`, companyId, periodId);
}

/** All closes of a period, or of the company, in the order in which they were made. */
export function listCloseRows(db: ReadDb, companyId: number, periodId: number | null = null): CloseRow[] {
	return db.all<CloseRow>(
		`SELECT ${CLOSE} FROM period_closes WHERE company_id = ? AND (? IS NULL OR period_id = ?) ORDER BY id`,
		companyId,
		periodId,
		periodId,
	);
}

export function nextCloseId(db: ReadDb, companyId: number): number {
	return db.value<number>('SELECT coalesce(max(id), 0) + 1 FROM period_closes WHERE company_id = ?', companyId) ?? 1;
}

export type NewClose = Omit<CloseRow, 'status' | 'reopenedAt' | 'reopenedBy' | 'reopenReason' | 'reversalEntryId'>;

export function insertClose(tx: WriteTx, companyId: number, close: NewClose): void {
	tx.run(
		`INSERT INTO period_closes (company_id, id, uuid, period_id, close_number, status, requested_at, closed_at, closed_by, reason, reopen_policy,
			net_profit_minor, closing_entry_id, sealed_through_seq, total_journal_count, total_debits_minor, total_credits_minor, balance_row_count,
			close_hash, content_root) VALUES (?, ?, ?, ?, ?, 'CLOSED', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		companyId,
		close.id,
		close.uuid,
		close.periodId,
		close.closeNumber,
		close.requestedAt,
		close.closedAt,
		close.closedBy,
		close.reason,
		close.reopenPolicy,
		BigInt(close.netProfitMinor),
		close.closingEntryId,
		close.sealedThroughSeq,
		close.totalJournalCount,
		BigInt(close.totalDebitsMinor),
		BigInt(close.totalCreditsMinor),
		close.balanceRowCount,
		close.closeHash,
		close.contentRoot,
	);
}

export function updateReopened(
	tx: WriteTx,
	companyId: number,
	closeId: number,
	reopening: { readonly by: number; readonly reason: string; readonly reversalEntryId: number | null },
): void {
	tx.run(
		`UPDATE period_closes SET status = 'REOPENED', reopened_at = ?, reopened_by = ?, reopen_reason = ?, reversal_entry_id = ? WHERE company_id = ? AND id = ?`,
		tx.instant,
		reopening.by,
		reopening.reason,
		reopening.reversalEntryId,
		companyId,
		closeId,
	);
}

export interface SealRow {
	readonly sealNo: number;
	readonly kind: SealDocument['kind'];
	readonly closeId: number;
	readonly sha256: string;
	/** The text of seal.json. */
	readonly document: string;
	readonly signature: Uint8Array | null;
	readonly keyId: string | null;
	readonly sealedAt: string;
}

const SEAL = 'seal_no AS sealNo, kind, close_id AS closeId, sha256, document, signature, key_id AS keyId, sealed_at AS sealedAt';

export function lastSeal(db: ReadDb, companyId: number): SealRow | undefined {
	return db.get<SealRow>(`SELECT ${SEAL} FROM seals WHERE company_id = ? ORDER BY seal_no DESC LIMIT 1`, companyId);
}

export function sealByNo(db: ReadDb, companyId: number, sealNo: number): SealRow | undefined {
	return db.get<SealRow>(`SELECT ${SEAL} FROM seals WHERE company_id = ? AND seal_no = ?`, companyId, sealNo);
}

/** The seal that a close made, not that of its reopening. */
export function sealOfClose(db: ReadDb, companyId: number, closeId: number): SealRow | undefined {
	return db.get<SealRow>(`SELECT ${SEAL} FROM seals WHERE company_id = ? AND close_id = ? AND kind IN ('CLOSE', 'YEAR')`, companyId, closeId);
}

export function listSeals(db: ReadDb, companyId: number): SealRow[] {
	return db.all<SealRow>(`SELECT ${SEAL} FROM seals WHERE company_id = ? ORDER BY seal_no`, companyId);
}

export function insertSeal(tx: WriteTx, companyId: number, seal: SealRow): void {
	tx.run(
		'INSERT INTO seals (company_id, seal_no, kind, close_id, sha256, document, signature, key_id, sealed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
		companyId,
		seal.sealNo,
		seal.kind,
		seal.closeId,
		seal.sha256,
		seal.document,
		seal.signature,
		seal.keyId,
		seal.sealedAt,
	);
}

export interface SigningKeyRow {
	readonly id: number;
	readonly keyId: string;
	readonly fingerprint: string;
	/** PEM */
	readonly publicKey: string;
	readonly validFrom: string;
	readonly reason: string;
	/** Canonical JSON of the rotation that an older key signed; null for the first key, and where no older key was at hand. */
	readonly statement: string | null;
	readonly statementSignature: Uint8Array | null;
}

export function listSigningKeys(db: ReadDb, companyId: number): SigningKeyRow[] {
	return db.all<SigningKeyRow>(
		`SELECT id, key_id AS keyId, fingerprint, public_key AS publicKey, valid_from AS validFrom, reason, statement, statement_signature AS statementSignature
		FROM signing_keys WHERE company_id = ? ORDER BY id`,
		companyId,
	);
}

export function insertSigningKey(tx: WriteTx, companyId: number, key: SigningKeyRow): void {
	tx.run(
		`INSERT INTO signing_keys (company_id, id, key_id, fingerprint, public_key, valid_from, reason, statement, statement_signature)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		companyId,
		key.id,
		key.keyId,
		key.fingerprint,
		key.publicKey,
		key.validFrom,
		key.reason,
		key.statement,
		key.statementSignature,
	);
}

export interface StoredTable {
	readonly name: string;
	readonly rowCount: number;
	/** Of the canonical JSON lines, each ended by one LF. */
	readonly sha256: string;
	readonly content: Uint8Array;
	readonly encoding: 'PLAIN' | 'DEFLATE';
	/** The close whose table `content` changes; null: it is whole. */
	readonly baseCloseId: number | null;
}

export function insertSealedTable(tx: WriteTx, companyId: number, closeId: number, table: StoredTable): void {
	tx.run(
		'INSERT INTO sealed_tables (company_id, close_id, name, row_count, sha256, content, encoding, base_close_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
		companyId,
		closeId,
		table.name,
		table.rowCount,
		table.sha256,
		table.content,
		table.encoding,
		table.baseCloseId,
	);
}

export function databaseUuid(db: ReadDb): string | null {
	return db.value<string>('SELECT uuid FROM database_identity') ?? null;
}

/** Hash of the audit event at a place of a company's trail (companyId 0: the data folder's). */
export function auditHashAt(db: ReadDb, companyId: number, seq: number): string | undefined {
	return db.value<string>('SELECT hash FROM audit_events WHERE coalesce(company_id, 0) = ? AND seq = ?', companyId, seq);
}
