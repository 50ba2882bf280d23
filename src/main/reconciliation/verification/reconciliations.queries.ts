import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import type { StrategyName } from '../strategies/strategy.ts';

export type ReconciliationStatus = 'DRAFT' | 'VERIFIED' | 'STALE' | 'UNDONE';

/** A stored reconciliation. Minor units of `currency`; people by login. */
export interface ReconciliationRow {
	readonly id: number;
	readonly uuid: string;
	readonly accountId: number;
	readonly periodId: number;
	readonly endDay: number;
	readonly currency: string;
	readonly strategy: StrategyName;
	readonly status: ReconciliationStatus;
	readonly expectedMinor: number;
	readonly actualMinor: number;
	/** Expected less actual. */
	readonly varianceMinor: number;
	/** Sum of the items. */
	readonly explainedMinor: number;
	/** JSON of an ActualDetail. */
	readonly detail: string;
	readonly preparedAt: string;
	readonly preparedBy: string;
	readonly preparedById: number;
	readonly verifiedAt: string | null;
	readonly verifiedBy: string | null;
	readonly staleReason: string | null;
	readonly undoneAt: string | null;
	readonly undoneBy: string | null;
	readonly undoReason: string | null;
}

const ROWS = `SELECT r.id, r.uuid, r.account_id AS accountId, r.period_id AS periodId, r.end_day AS endDay, r.currency, r.strategy, r.status,
	r.expected_minor AS expectedMinor, r.actual_minor AS actualMinor, r.variance_minor AS varianceMinor, r.explained_minor AS explainedMinor, r.detail,
	r.prepared_at AS preparedAt, p.login AS preparedBy, r.prepared_by AS preparedById, r.verified_at AS verifiedAt, v.login AS verifiedBy,
	r.stale_reason AS staleReason, r.undone_at AS undoneAt, d.login AS undoneBy, r.undo_reason AS undoReason
	FROM reconciliations r JOIN users p ON p.id = r.prepared_by LEFT JOIN users v ON v.id = r.verified_by LEFT JOIN users d ON d.id = r.undone_by`;

export function reconciliationByUuid(db: ReadDb, companyId: number, uuid: string): ReconciliationRow | undefined {
	return db.get<ReconciliationRow>(`${ROWS} WHERE r.company_id = ? AND r.uuid = ?`, companyId, uuid);
}

/** The one of an account and period that was not undone. */
export function standingReconciliation(db: ReadDb, companyId: number, accountId: number, periodId: number): ReconciliationRow | undefined {
	return db.get<ReconciliationRow>(
		`${ROWS} WHERE r.company_id = ? AND r.account_id = ? AND r.period_id = ? AND r.status <> 'UNDONE'`,
		companyId,
		accountId,
		periodId,
	);
}

/** The latest that is verified, or was until something moved, and ends before a day. */
export function verifiedBefore(db: ReadDb, companyId: number, accountId: number, day: number): ReconciliationRow | undefined {
	return db.get<ReconciliationRow>(
		`${ROWS} WHERE r.company_id = ? AND r.account_id = ? AND r.end_day < ? AND r.status IN ('VERIFIED', 'STALE') ORDER BY r.end_day DESC LIMIT 1`,
		companyId,
		accountId,
		day,
	);
}

/** The newest of an account that is verified, or was until something moved, and ends after a day. */
export function verifiedAfter(db: ReadDb, companyId: number, accountId: number, day: number): ReconciliationRow | undefined {
	return db.get<ReconciliationRow>(
		`${ROWS} WHERE r.company_id = ? AND r.account_id = ? AND r.end_day > ? AND r.status IN ('VERIFIED', 'STALE') ORDER BY r.end_day DESC LIMIT 1`,
		companyId,
		accountId,
		day,
	);
}

/** Those of an account that stand, by end, in a span of days. */
export function standingBetween(db: ReadDb, companyId: number, accountId: number, fromDay: number, toDay: number): ReconciliationRow[] {
	return db.all<ReconciliationRow>(
		`${ROWS} WHERE r.company_id = ? AND r.account_id = ? AND r.end_day BETWEEN ? AND ? AND r.status <> 'UNDONE' ORDER BY r.end_day`,
		companyId,
		accountId,
		fromDay,
		toDay,
	);
}

export interface NewReconciliation {
	readonly uuid: string;
	readonly accountId: number;
	readonly periodId: number;
	readonly endDay: number;
	readonly currency: string;
	readonly strategy: StrategyName;
	readonly expectedMinor: number;
	readonly actualMinor: number;
	readonly detail: string;
	readonly preparedBy: number;
}

export function insertReconciliation(tx: WriteTx, companyId: number, row: NewReconciliation): void {
	tx.run(
		`INSERT INTO reconciliations (company_id, id, uuid, account_id, period_id, end_day, currency, strategy, status, expected_minor, actual_minor, detail,
			prepared_at, prepared_by)
		VALUES (?, (SELECT coalesce(max(id), 0) + 1 FROM reconciliations WHERE company_id = ?), ?, ?, ?, ?, ?, ?, 'DRAFT', ?, ?, ?, ?, ?)`,
		companyId,
		companyId,
		row.uuid,
		row.accountId,
		row.periodId,
		row.endDay,
		row.currency,
		row.strategy,
		row.expectedMinor,
		row.actualMinor,
		row.detail,
		tx.instant,
		row.preparedBy,
	);
}

/** New figures for a draft; one that was stale becomes a draft again. */
export function updateFigures(
	tx: WriteTx,
	companyId: number,
	id: number,
	figures: Pick<NewReconciliation, 'strategy' | 'expectedMinor' | 'actualMinor' | 'detail'>,
): void {
	tx.run(
		`UPDATE reconciliations SET status = 'DRAFT', stale_reason = NULL, verified_at = NULL, verified_by = NULL, strategy = ?, expected_minor = ?,
			actual_minor = ?, detail = ? WHERE company_id = ? AND id = ?`,
		figures.strategy,
		figures.expectedMinor,
		figures.actualMinor,
		figures.detail,
		companyId,
		id,
	);
}

export function updatePreparer(tx: WriteTx, companyId: number, id: number, userId: number): void {
	tx.run('UPDATE reconciliations SET prepared_at = ?, prepared_by = ? WHERE company_id = ? AND id = ?', tx.instant, userId, companyId, id);
}

export function markVerified(tx: WriteTx, companyId: number, id: number, userId: number): void {
	tx.run(`UPDATE reconciliations SET status = 'VERIFIED', verified_at = ?, verified_by = ? WHERE company_id = ? AND id = ?`, tx.instant, userId, companyId, id);
}

export function markUndone(tx: WriteTx, companyId: number, id: number, userId: number, reason: string): void {
	tx.run(
		`UPDATE reconciliations SET status = 'UNDONE', stale_reason = NULL, undone_at = ?, undone_by = ?, undo_reason = ? WHERE company_id = ? AND id = ?`,
		tx.instant,
		userId,
		reason,
		companyId,
		id,
	);
}

/** Statement lines up to a day that were in no match by then and are no item: how many, and their sum in minor units, money in positive. */
export function openStatementLines(
	db: ReadDb,
	companyId: number,
	accountId: number,
	day: number,
	reconciliationId: number | null,
): { readonly count: number; readonly sumMinor: bigint } {
	const row = db.getBig<{ count: bigint; sum: bigint | null }>(
		`SELECT count(*) AS count, sum(l.amount_minor) AS sum FROM statement_lines l
		WHERE l.company_id = ? AND l.account_id = ? AND l.day <= ? AND l.undone = 0
			AND NOT EXISTS (SELECT 1 FROM matched_statement_lines m JOIN statement_matches t ON t.company_id = m.company_id AND t.id = m.match_id
				WHERE m.company_id = l.company_id AND m.line_id = l.id AND t.through_day <= ?)
			AND NOT EXISTS (SELECT 1 FROM reconciling_items i WHERE i.company_id = l.company_id AND i.reconciliation_id = ? AND i.line_id = l.id)`,
		companyId,
		accountId,
		day,
		day,
		reconciliationId,
	);
	return { count: Number(row?.count ?? 0n), sumMinor: row?.sum ?? 0n };
}

/** How many are verified at a period's end. */
export function reconciliationsOfPeriod(db: ReadDb, companyId: number, periodId: number): number {
	return db.value<number>(`SELECT count(*) FROM reconciliations WHERE company_id = ? AND period_id = ? AND status = 'VERIFIED'`, companyId, periodId) ?? 0;
}
