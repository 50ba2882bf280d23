import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';

export interface HeldLine {
	readonly lineId: number;
	readonly day: number;
	readonly amountMinor: number;
}

/** Lines that a statement brought and that a reconciliation has verified, oldest first. */
export function verifiedLines(db: ReadDb, companyId: number, statementId: number, limit: number): HeldLine[] {
	return db.all<HeldLine>(
		`SELECT l.id AS lineId, l.day, l.amount_minor AS amountMinor FROM statement_lines l
		WHERE l.company_id = ? AND l.statement_id = ? AND l.undone = 0 AND EXISTS (SELECT 1 FROM reconciliations r WHERE r.company_id = l.company_id
			AND r.account_id = l.account_id AND r.end_day >= l.day AND r.status IN ('VERIFIED', 'STALE'))
		ORDER BY l.day, l.id LIMIT ?`,
		companyId,
		statementId,
		limit,
	);
}

/** Gives the lines that another standing statement holds too to the first of those. Answers how many. */
export function passLines(tx: WriteTx, companyId: number, statementId: number): number {
	const heir = `SELECT min(p.statement_id) FROM statement_page_lines p JOIN bank_statements s ON s.company_id = p.company_id AND s.id = p.statement_id
			AND s.status = 'IMPORTED' WHERE p.company_id = statement_lines.company_id AND p.line_id = statement_lines.id AND p.statement_id <> ?`;
	return tx.run(
		`UPDATE statement_lines SET statement_id = (${heir}) WHERE company_id = ? AND statement_id = ? AND undone = 0 AND (${heir}) IS NOT NULL`,
		statementId,
		companyId,
		statementId,
		statementId,
	).changes;
}

/** Confirmed matches with a line that a statement brought and no other holds. */
export function matchesOfLines(
	db: ReadDb,
	companyId: number,
	statementId: number,
): { readonly matchId: string; readonly day: number; readonly amountMinor: number }[] {
	return db.all(
		`SELECT m.uuid AS matchId, min(l.day) AS day, sum(l.amount_minor) AS amountMinor FROM statement_lines l
		JOIN matched_statement_lines x ON x.company_id = l.company_id AND x.line_id = l.id
		JOIN statement_matches m ON m.company_id = x.company_id AND m.id = x.match_id
		WHERE l.company_id = ? AND l.statement_id = ? AND l.undone = 0 GROUP BY m.id ORDER BY m.id`,
		companyId,
		statementId,
	);
}

/** Lines that a statement brought and that a reconciliation lists as reconciling items. */
export function itemsOfLines(db: ReadDb, companyId: number, statementId: number): { readonly reconciliationId: string }[] {
	return db.all(
		`SELECT DISTINCT r.uuid AS reconciliationId FROM statement_lines l JOIN reconciling_items i ON i.company_id = l.company_id AND i.line_id = l.id
		JOIN reconciliations r ON r.company_id = i.company_id AND r.id = i.reconciliation_id AND r.status <> 'UNDONE'
		WHERE l.company_id = ? AND l.statement_id = ? AND l.undone = 0`,
		companyId,
		statementId,
	);
}

/** Removes the proposals with a line that a statement brought, of transfers also those of the other account. Answers how many. */
export function removeProposals(tx: WriteTx, companyId: number, statementId: number): number {
	return tx.run(
		`DELETE FROM statement_matches WHERE company_id = ? AND status = 'PROPOSED' AND id IN (
			SELECT x.match_id FROM statement_lines l JOIN proposed_statement_lines x ON x.company_id = l.company_id AND x.line_id = l.id
			WHERE l.company_id = ? AND l.statement_id = ? AND l.undone = 0)`,
		companyId,
		companyId,
		statementId,
	).changes;
}

export function markStatementUndone(tx: WriteTx, companyId: number, statementId: number, userId: number, reason: string): void {
	tx.run(
		`UPDATE bank_statements SET status = 'UNDONE', undone_at = ?, undone_by = ?, undo_reason = ? WHERE company_id = ? AND id = ?`,
		tx.instant,
		userId,
		reason,
		companyId,
		statementId,
	);
}

/** Undoes the lines that are left to an undone statement. Answers how many. */
export function undoLines(tx: WriteTx, companyId: number, statementId: number): number {
	return tx.run('UPDATE statement_lines SET undone = 1 WHERE company_id = ? AND statement_id = ? AND undone = 0', companyId, statementId).changes;
}
