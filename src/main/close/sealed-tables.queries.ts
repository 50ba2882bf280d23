import type { ReadDb } from '#main/platform/database/connection.ts';

export interface EvidenceRow {
	readonly entryNo: number;
	readonly sha256: string;
	readonly name: string;
	readonly bytes: number;
}

/** What is attached to posted entries dated in a span, with numbers up to `throughNo`, in order of entry and hash. */
export function evidenceOf(db: ReadDb, companyId: number, from: string, to: string, throughNo: number): EvidenceRow[] {
	return db.all<EvidenceRow>(
		`SELECT a.entry_id AS entryNo, a.sha256, a.name, a.bytes FROM attachments a
		JOIN journal_entries e ON e.company_id = a.company_id AND e.id = a.entry_id
		WHERE a.company_id = ? AND a.entry_id BETWEEN 1 AND ? AND e.date BETWEEN ? AND ? ORDER BY a.entry_id, a.sha256`,
		companyId,
		throughNo,
		from,
		to,
	);
}

export interface ExemptionRow {
	readonly account: string;
	readonly code: string;
	readonly reason: string;
	readonly by: string | null;
	readonly at: string | null;
}

/** Accounts that somebody exempted from reconciliation, with who, when and why. */
export function exemptionsOf(db: ReadDb, companyId: number): ExemptionRow[] {
	return db.all<ExemptionRow>(
		`SELECT a.ref AS account, a.code, a.exempt_reason AS reason, u.login AS by, a.exempt_at AS at
		FROM accounts a LEFT JOIN users u ON u.id = a.exempt_by WHERE a.company_id = ? AND a.exempt_reason IS NOT NULL ORDER BY a.ref`,
		companyId,
	);
}

export interface PersonRow {
	/** uuid, as entries and audit events name people. */
	readonly id: string;
	readonly login: string;
	readonly name: string;
}

/** The members of a company, in order of id: whose names stand behind the ids in its entries and its audit trail. */
export function membersToSeal(db: ReadDb, companyId: number): PersonRow[] {
	return db.all<PersonRow>(
		'SELECT u.uuid AS id, u.login, u.name FROM company_members m JOIN users u ON u.id = m.user_id WHERE m.company_id = ? ORDER BY u.uuid',
		companyId,
	);
}
