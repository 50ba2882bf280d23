import type { ReadDb } from '#main/platform/database/connection.ts';

/** What a package reads of a close. */
export interface CloseToPackage {
	readonly id: number;
	readonly periodId: number;
	readonly closeNumber: number;
	readonly status: 'CLOSED' | 'REOPENED';
	/** The text of seal.json, with its SHA-256 and signature. */
	readonly document: string;
	readonly sealSha256: string;
	readonly signature: Uint8Array | null;
	readonly keyId: string | null;
}

const CLOSE = `c.id, c.period_id AS periodId, c.close_number AS closeNumber, c.status, s.document, s.sha256 AS sealSha256, s.signature, s.key_id AS keyId
	FROM period_closes c JOIN seals s ON s.company_id = c.company_id AND s.close_id = c.id AND s.kind IN ('CLOSE', 'YEAR')`;

export function closeById(db: ReadDb, companyId: number, closeId: number): CloseToPackage | undefined {
	return db.get<CloseToPackage>(`SELECT ${CLOSE} WHERE c.company_id = ? AND c.id = ?`, companyId, closeId);
}

/** The close with this number, or without one the standing close, of a period. */
export function closeOfPeriod(db: ReadDb, companyId: number, periodId: number, closeNumber: number | null): CloseToPackage | undefined {
	return db.get<CloseToPackage>(
		`SELECT ${CLOSE} WHERE c.company_id = ? AND c.period_id = ? AND CASE WHEN ? IS NULL THEN c.status = 'CLOSED' ELSE c.close_number = ? END`,
		companyId,
		periodId,
		closeNumber,
		closeNumber,
	);
}

/**
 * Seq of the audit trail's head that the seal before names; 0 where there is none. The opening period's seal does not count: it is made
 * together with the first period's, so what was done until then belongs to both.
 */
export function auditSeqBefore(db: ReadDb, companyId: number, sealNo: number): number {
	return (
		db.value<number>(
			`SELECT json_extract(document, '$.auditHead.seq') FROM seals
			WHERE company_id = ? AND seal_no < ? AND json_extract(document, '$.period.kind') <> 'OPENING' ORDER BY seal_no DESC LIMIT 1`,
			companyId,
			sealNo,
		) ?? 0
	);
}

export interface KeyRow {
	readonly keyId: string;
	/** PEM */
	readonly publicKey: string;
	/** Canonical JSON of the rotation that an older key signed, and the signature. */
	readonly statement: string | null;
	readonly statementSignature: Uint8Array | null;
}

/** The company's signing keys in the order in which they came. */
export function signingKeys(db: ReadDb, companyId: number): KeyRow[] {
	return db.all<KeyRow>(
		`SELECT key_id AS keyId, public_key AS publicKey, statement, statement_signature AS statementSignature FROM signing_keys WHERE company_id = ? ORDER BY id`,
		companyId,
	);
}

/** What an account (by ref) moved in the company's currency; minor units, signed, debit positive. */
export interface BaseSum {
	readonly ref: string;
	readonly base: bigint;
}

/** Base sums of some accounts (refs as a JSON array) over a span of days, as far as the seal goes. */
export function lineSums(db: ReadDb, companyId: number, refs: string, span: { fromDay: number; toDay: number }, throughNo: number): BaseSum[] {
	return db.allBig<BaseSum>(
		`SELECT a.ref, sum(l.base_debit_minor - l.base_credit_minor) AS base
		FROM accounts a CROSS JOIN journal_lines l INDEXED BY journal_lines_by_account ON l.company_id = a.company_id AND l.account_id = a.id
		WHERE a.company_id = ? AND a.ref IN (SELECT value FROM json_each(?)) AND l.day BETWEEN ? AND ? AND l.entry_id <= ?
		GROUP BY a.ref`,
		companyId,
		refs,
		span.fromDay,
		span.toDay,
		throughNo,
	);
}

/** date, entry number, external number, source, description, entry's reference, line number, party id, debit, credit, base debit, base credit, reference, memo */
export type RegisterRow = readonly [
	date: string,
	no: number,
	externalNo: string | null,
	source: string,
	description: string,
	entryReference: string | null,
	lineNo: number,
	party: string | null,
	debitMinor: number,
	creditMinor: number,
	baseDebitMinor: number,
	baseCreditMinor: number,
	reference: string | null,
	memo: string | null,
];

/** The lines of one account in one currency (null: the company's own) in order of date, number and line. */
export function iterateRegister(
	db: ReadDb,
	companyId: number,
	account: { readonly ref: string; readonly currency: string | null },
	span: { fromDay: number; toDay: number },
	throughNo: number,
): IterableIterator<RegisterRow> {
	return db.iterateRaw<RegisterRow>(
		`SELECT e.date, e.id, e.external_no, e.source, e.description, e.reference, l.line_no, p.ref, l.debit_minor, l.credit_minor,
			l.base_debit_minor, l.base_credit_minor, l.reference, l.memo
		FROM journal_lines l INDEXED BY journal_lines_by_account
		JOIN journal_entries e ON e.company_id = l.company_id AND e.id = l.entry_id
		LEFT JOIN parties p ON p.company_id = l.company_id AND p.id = l.party_id
		WHERE l.company_id = ? AND l.account_id = (SELECT id FROM accounts WHERE company_id = ? AND ref = ?) AND l.currency IS ?
			AND l.day BETWEEN ? AND ? AND l.entry_id <= ?
		ORDER BY l.day, l.entry_id, l.line_no`,
		companyId,
		companyId,
		account.ref,
		account.currency,
		span.fromDay,
		span.toDay,
		throughNo,
	);
}

/** seq, instant, user's uuid, action, detail (JSON), hash */
export type AuditRow = readonly [seq: number, at: string, user: string | null, action: string, detail: string, hash: string];

/** The company's audit events in a range of their numbers. */
export function iterateAudit(db: ReadDb, companyId: number, afterSeq: number, throughSeq: number): IterableIterator<AuditRow> {
	return db.iterateRaw<AuditRow>(
		`SELECT e.seq, e.at, u.uuid, e.action, e.detail, e.hash FROM audit_events e LEFT JOIN users u ON u.id = e.user_id
		WHERE coalesce(e.company_id, 0) = ? AND e.seq > ? AND e.seq <= ? ORDER BY e.seq`,
		companyId,
		afterSeq,
		throughSeq,
	);
}

/** Lowest and highest number of the entries dated in a span, as far as the seal goes; null where there are none. */
export function numbersBetween(
	db: ReadDb,
	companyId: number,
	span: { start: string; end: string },
	throughNo: number,
): { from: number; through: number } | null {
	const row = db.get<{ first: number | null; last: number | null }>(
		`SELECT min(id) AS first, max(id) AS last FROM journal_entries INDEXED BY journal_entries_by_date
		WHERE company_id = ? AND date BETWEEN ? AND ? AND id BETWEEN 1 AND ?`,
		companyId,
		span.start,
		span.end,
		throughNo,
	);
	return row === undefined || row.first === null || row.last === null ? null : { from: row.first, through: row.last };
}

/** Accounts and parties by ref, which never changes. */
export function accountIds(db: ReadDb, companyId: number): ReadonlyMap<string, number> {
	return new Map(db.all<{ ref: string; id: number }>('SELECT ref, id FROM accounts WHERE company_id = ?', companyId).map(({ ref, id }) => [ref, id]));
}

export function partyRefs(db: ReadDb, companyId: number): { readonly id: number; readonly ref: string }[] {
	return db.all<{ id: number; ref: string }>('SELECT id, ref FROM parties WHERE company_id = ?', companyId);
}
