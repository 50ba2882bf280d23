import type { ReadDb } from '#main/platform/database/connection.ts';

/* Rows as a close seals them. Days are day numbers; amounts minor units of the account's currency; people by login. */

export interface SealedReconciliationRow {
	readonly internalId: number;
	readonly id: string;
	/** The account's ref. */
	readonly account: string;
	readonly accountId: number;
	readonly currency: string;
	readonly strategy: string;
	readonly status: string;
	readonly endDay: number;
	readonly expectedMinor: number;
	readonly actualMinor: number;
	readonly varianceMinor: number;
	readonly explainedMinor: number;
	readonly detail: string;
	readonly preparedAt: string;
	readonly preparedBy: string;
	readonly verifiedAt: string | null;
	readonly verifiedBy: string | null;
}

/** Reconciliations of a period that were not undone, by account. */
export function reconciliationsOfPeriod(db: ReadDb, companyId: number, periodId: number): SealedReconciliationRow[] {
	return db.all<SealedReconciliationRow>(
		`SELECT r.id AS internalId, r.uuid AS id, a.ref AS account, a.id AS accountId, r.currency, r.strategy, r.status, r.end_day AS endDay,
			r.expected_minor AS expectedMinor, r.actual_minor AS actualMinor, r.variance_minor AS varianceMinor, r.explained_minor AS explainedMinor,
			r.detail, r.prepared_at AS preparedAt, p.login AS preparedBy, r.verified_at AS verifiedAt, v.login AS verifiedBy
		FROM reconciliations r JOIN accounts a ON a.company_id = r.company_id AND a.id = r.account_id
		JOIN users p ON p.id = r.prepared_by LEFT JOIN users v ON v.id = r.verified_by
		WHERE r.company_id = ? AND r.period_id = ? AND r.status <> 'UNDONE' ORDER BY a.ref`,
		companyId,
		periodId,
	);
}

export interface SealedItemRow {
	readonly no: number;
	readonly kind: string;
	readonly day: number;
	readonly amountMinor: number;
	readonly note: string | null;
	readonly description: string;
	readonly reference: string | null;
	/** Of a BOOK item. */
	readonly entryNo: number | null;
	readonly lineNo: number | null;
	/** Of a BANK item. */
	readonly lineId: string | null;
	readonly bankId: string | null;
}

export function itemsOfReconciliation(db: ReadDb, companyId: number, reconciliationId: number): SealedItemRow[] {
	return db.all<SealedItemRow>(
		`SELECT i.item_no AS no, i.kind, coalesce(j.day, s.day) AS day, i.amount_minor AS amountMinor, i.note, coalesce(e.description, s.description) AS description,
			coalesce(j.reference, e.reference, s.reference) AS reference, i.entry_id AS entryNo, i.line_no AS lineNo, s.uuid AS lineId, s.bank_id AS bankId
		FROM reconciling_items i
		LEFT JOIN journal_entries e ON e.company_id = i.company_id AND e.id = i.entry_id
		LEFT JOIN journal_lines j ON j.company_id = i.company_id AND j.entry_id = i.entry_id AND j.line_no = i.line_no
		LEFT JOIN statement_lines s ON s.company_id = i.company_id AND s.id = i.line_id
		WHERE i.company_id = ? AND i.reconciliation_id = ? ORDER BY i.item_no`,
		companyId,
		reconciliationId,
	);
}

export interface SealedStatementRow {
	readonly internalId: number;
	readonly id: string;
	readonly account: string;
	readonly currency: string;
	readonly format: string;
	readonly dialect: string;
	readonly fileName: string;
	readonly sha256: string;
	readonly bytes: number;
	readonly bankAccount: string | null;
	readonly fromDay: number;
	readonly toDay: number;
	readonly openingMinor: number | null;
	readonly closingMinor: number | null;
	readonly lines: number;
	readonly added: number;
	readonly accepted: string;
	readonly acceptedNote: string | null;
	readonly importedAt: string;
	readonly importedBy: string;
}

/** Statements that touch a span of days, and those named (a JSON array of uuids), by account and span. */
export function statementsBetween(db: ReadDb, companyId: number, fromDay: number, toDay: number, named: string): SealedStatementRow[] {
	return db.all<SealedStatementRow>(
		`SELECT s.id AS internalId, s.uuid AS id, a.ref AS account, s.currency, s.format, s.dialect, s.file_name AS fileName, s.file_sha256 AS sha256,
			s.file_bytes AS bytes, s.bank_account AS bankAccount, s.from_day AS fromDay, s.to_day AS toDay, s.opening_minor AS openingMinor,
			s.closing_minor AS closingMinor, s.line_count AS lines, s.added_count AS added, s.accepted, s.accepted_note AS acceptedNote,
			s.imported_at AS importedAt, u.login AS importedBy
		FROM bank_statements s JOIN accounts a ON a.company_id = s.company_id AND a.id = s.account_id JOIN users u ON u.id = s.imported_by
		WHERE s.company_id = ? AND s.status = 'IMPORTED'
			AND ((s.from_day <= ? AND s.to_day >= ?) OR s.uuid IN (SELECT value FROM json_each(?)))
		ORDER BY a.ref, s.from_day, s.to_day, s.id`,
		companyId,
		toDay,
		fromDay,
		named,
	);
}

/** The first statement of an account that reaches a day: it shows that nothing was booked up to then, even where it begins later. */
export function reachingStatement(db: ReadDb, companyId: number, accountId: number, day: number): string | undefined {
	return db.value<string>(
		`SELECT uuid FROM bank_statements WHERE company_id = ? AND account_id = ? AND status = 'IMPORTED' AND to_day >= ? ORDER BY from_day, id LIMIT 1`,
		companyId,
		accountId,
		day,
	);
}

export interface SealedPageRow {
	readonly page: number;
	readonly number: string | null;
	readonly fromDay: number;
	readonly toDay: number;
	readonly openingMinor: number | null;
	readonly closingMinor: number | null;
	readonly lines: number;
}

export function pagesOfStatement(db: ReadDb, companyId: number, statementId: number): SealedPageRow[] {
	return db.all<SealedPageRow>(
		`SELECT page_no AS page, number, from_day AS fromDay, to_day AS toDay, opening_minor AS openingMinor, closing_minor AS closingMinor, line_count AS lines
		FROM statement_pages WHERE company_id = ? AND statement_id = ? ORDER BY page_no`,
		companyId,
		statementId,
	);
}

export interface SealedLineRow {
	readonly id: string;
	readonly account: string;
	readonly statement: string;
	readonly day: number;
	readonly valueDay: number | null;
	readonly amountMinor: number;
	readonly description: string;
	readonly party: string | null;
	readonly bankId: string | null;
	readonly bankIdReused: number;
	readonly reference: string | null;
	readonly runningBalanceMinor: number | null;
	/** The match that joined the line by the end of the span; null: it was open then. */
	readonly match: string | null;
}

/** Bank lines of a span of days, and earlier ones that were open when it began, by account and day. */
export function statementLinesOpenIn(db: ReadDb, companyId: number, fromDay: number, toDay: number): SealedLineRow[] {
	return db.all<SealedLineRow>(
		`SELECT l.uuid AS id, a.ref AS account, s.uuid AS statement, l.day, l.value_day AS valueDay, l.amount_minor AS amountMinor, l.description, l.party,
			l.bank_id AS bankId, l.bank_id_reused AS bankIdReused, l.reference, l.running_balance_minor AS runningBalanceMinor, m.uuid AS match
		FROM statement_lines l JOIN accounts a ON a.company_id = l.company_id AND a.id = l.account_id
		JOIN bank_statements s ON s.company_id = l.company_id AND s.id = l.statement_id
		LEFT JOIN matched_statement_lines t ON t.company_id = l.company_id AND t.line_id = l.id
		LEFT JOIN statement_matches m ON m.company_id = t.company_id AND m.id = t.match_id AND m.status = 'CONFIRMED' AND m.through_day <= ?
		WHERE l.company_id = ? AND l.day <= ? AND l.undone = 0 AND (l.day >= ? OR m.through_day IS NULL OR m.through_day >= ?)
		ORDER BY a.ref, l.day, l.id`,
		toDay,
		companyId,
		toDay,
		fromDay,
		fromDay,
	);
}

export interface SealedMatchRow {
	readonly internalId: number;
	readonly id: string;
	readonly account: string;
	readonly kind: string;
	readonly score: number;
	readonly certain: number;
	readonly automatic: number;
	readonly reasons: string;
	readonly throughDay: number;
	readonly confirmedAt: string;
	readonly confirmedBy: string | null;
}

/** Confirmed matches whose last line is dated in a span of days, by account and that day. */
export function matchesThrough(db: ReadDb, companyId: number, fromDay: number, toDay: number): SealedMatchRow[] {
	return db.all<SealedMatchRow>(
		`SELECT m.id AS internalId, m.uuid AS id, a.ref AS account, m.kind, m.score, m.certain, m.automatic, m.reasons, m.through_day AS throughDay,
			m.decided_at AS confirmedAt, u.login AS confirmedBy
		FROM accounts a JOIN statement_matches m ON m.company_id = a.company_id AND m.account_id = a.id LEFT JOIN users u ON u.id = m.decided_by
		WHERE a.company_id = ? AND m.status = 'CONFIRMED' AND m.through_day BETWEEN ? AND ? ORDER BY a.ref, m.through_day, m.id`,
		companyId,
		fromDay,
		toDay,
	);
}

export function linesOfMatch(db: ReadDb, companyId: number, matchId: number): string[] {
	return db.column<string>(
		`SELECT l.uuid FROM matched_statement_lines t JOIN statement_lines l ON l.company_id = t.company_id AND l.id = t.line_id
		WHERE t.company_id = ? AND t.match_id = ? ORDER BY l.day, l.id`,
		companyId,
		matchId,
	);
}

export interface SealedEntryLineRow {
	readonly no: number;
	readonly line: number;
	readonly day: number;
	readonly amountMinor: number;
	readonly description: string;
	readonly reference: string | null;
}

/** The ledger lines of a match; debit positive. */
export function entryLinesOfMatch(db: ReadDb, companyId: number, matchId: number): SealedEntryLineRow[] {
	return db.all<SealedEntryLineRow>(
		`SELECT j.entry_id AS no, j.line_no AS line, j.day,
			CASE WHEN a.currency IS NULL THEN j.base_debit_minor - j.base_credit_minor ELSE j.debit_minor - j.credit_minor END AS amountMinor,
			e.description, coalesce(j.reference, e.reference) AS reference
		FROM matched_entry_lines t JOIN journal_lines j ON j.company_id = t.company_id AND j.entry_id = t.entry_id AND j.line_no = t.line_no
		JOIN journal_entries e ON e.company_id = j.company_id AND e.id = j.entry_id
		JOIN accounts a ON a.company_id = j.company_id AND a.id = j.account_id
		WHERE t.company_id = ? AND t.match_id = ? ORDER BY j.day, j.entry_id, j.line_no`,
		companyId,
		matchId,
	);
}
