import type { ReadDb } from '#main/platform/database/connection.ts';

export interface ListedEntry {
	readonly id: number;
	readonly externalNo: string | null;
	readonly date: string;
	readonly description: string;
	readonly reference: string | null;
	readonly source: string;
	readonly status: 'DRAFT' | 'POSTED';
	readonly entryHash: string | null;
	readonly postedAt: string | null;
	readonly postedBy: string | null;
	readonly reverses: number | null;
	readonly reversedBy: number | null;
	readonly uuid: string | null;
	readonly draft: string | null;
	readonly totalMinor: number | null;
}

export interface ShownLine {
	readonly lineNo: number;
	readonly code: string;
	readonly name: string;
	readonly party: string | null;
	readonly currency: string | null;
	readonly debitMinor: number;
	readonly creditMinor: number;
	readonly baseDebitMinor: number;
	readonly baseCreditMinor: number;
	readonly dueDate: string | null;
	readonly reference: string | null;
	readonly memo: string | null;
}

export function shownLines(db: ReadDb, companyId: number, entryId: number): ShownLine[] {
	return db.all<ShownLine>(
		`SELECT l.line_no AS lineNo, a.code, a.name, p.name AS party, l.currency, l.debit_minor AS debitMinor, l.credit_minor AS creditMinor,
			l.base_debit_minor AS baseDebitMinor, l.base_credit_minor AS baseCreditMinor, l.due_date AS dueDate, l.reference, l.memo
		FROM journal_lines l JOIN accounts a ON a.company_id = l.company_id AND a.id = l.account_id
			LEFT JOIN parties p ON p.company_id = l.company_id AND p.id = l.party_id
		WHERE l.company_id = ? AND l.entry_id = ? ORDER BY l.line_no`,
		companyId,
		entryId,
	);
}

/** One entry as the list shows it, by number (above zero) or a draft's internal id. */
export function entryRow(db: ReadDb, companyId: number, id: number): ListedEntry | undefined {
	return db.get<ListedEntry>(
		`SELECT e.id, e.external_no AS externalNo, e.date, e.description, e.reference, e.source, e.status, e.entry_hash AS entryHash, e.posted_at AS postedAt,
			u.login AS postedBy, e.reverses_id AS reverses, e.uuid, e.draft, 0 AS totalMinor,
			(SELECT r.id FROM journal_entries r WHERE r.company_id = e.company_id AND r.reverses_id = e.id) AS reversedBy
		FROM journal_entries e LEFT JOIN users u ON u.id = e.posted_by WHERE e.company_id = ? AND e.id = ?`,
		companyId,
		id,
	);
}

/** The number of the posted entry with this hash prefix: an entry's id outside is made of its hash. */
export function entryNumberByHash(db: ReadDb, companyId: number, firstBytes: string): number | undefined {
	return db.value<number>(`SELECT id FROM journal_entries WHERE company_id = ? AND id > 0 AND substr(hex(hash), 1, 12) = upper(?)`, companyId, firstBytes);
}
