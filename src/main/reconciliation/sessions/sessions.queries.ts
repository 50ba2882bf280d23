import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';

/** A reconciliation session; people by login. */
export interface SessionRow {
	readonly id: number;
	readonly uuid: string;
	readonly periodId: number;
	readonly period: string;
	readonly status: 'ACTIVE' | 'CLOSED';
	readonly notes: string;
	readonly startedAt: string;
	readonly startedBy: string;
	readonly closedAt: string | null;
	readonly closedBy: string | null;
}

const ROWS = `SELECT s.id, s.uuid, s.period_id AS periodId, p.name AS period, s.status, s.notes, s.started_at AS startedAt, u.login AS startedBy,
	s.closed_at AS closedAt, c.login AS closedBy
	FROM reconciliation_sessions s JOIN accounting_periods p ON p.company_id = s.company_id AND p.id = s.period_id
	JOIN users u ON u.id = s.started_by LEFT JOIN users c ON c.id = s.closed_by`;

export function sessionByUuid(db: ReadDb, companyId: number, uuid: string): SessionRow | undefined {
	return db.get<SessionRow>(`${ROWS} WHERE s.company_id = ? AND s.uuid = ?`, companyId, uuid);
}

export function activeSessionOf(db: ReadDb, companyId: number, periodId: number): SessionRow | undefined {
	return db.get<SessionRow>(`${ROWS} WHERE s.company_id = ? AND s.period_id = ? AND s.status = 'ACTIVE'`, companyId, periodId);
}

/** The newest session of a period, active or not. */
export function latestSessionOf(db: ReadDb, companyId: number, periodId: number): SessionRow | undefined {
	return db.get<SessionRow>(`${ROWS} WHERE s.company_id = ? AND s.period_id = ? ORDER BY s.id DESC LIMIT 1`, companyId, periodId);
}

/** The sessions of a period in their order. */
export function sessionsOf(db: ReadDb, companyId: number, periodId: number): SessionRow[] {
	return db.all<SessionRow>(`${ROWS} WHERE s.company_id = ? AND s.period_id = ? ORDER BY s.id`, companyId, periodId);
}

export function activeSessions(db: ReadDb, companyId: number): SessionRow[] {
	return db.all<SessionRow>(`${ROWS} WHERE s.company_id = ? AND s.status = 'ACTIVE' ORDER BY s.period_id`, companyId);
}

export function insertSession(tx: WriteTx, companyId: number, session: { uuid: string; periodId: number; notes: string; startedBy: number }): void {
	tx.run(
		`INSERT INTO reconciliation_sessions (company_id, id, uuid, period_id, status, notes, started_at, started_by)
		VALUES (?, (SELECT coalesce(max(id), 0) + 1 FROM reconciliation_sessions WHERE company_id = ?), ?, ?, 'ACTIVE', ?, ?, ?)`,
		companyId,
		companyId,
		session.uuid,
		session.periodId,
		session.notes,
		tx.instant,
		session.startedBy,
	);
}

export function updateNotes(tx: WriteTx, companyId: number, id: number, notes: string): void {
	tx.run('UPDATE reconciliation_sessions SET notes = ? WHERE company_id = ? AND id = ?', notes, companyId, id);
}

export function markSessionClosed(tx: WriteTx, companyId: number, id: number, userId: number): void {
	tx.run(
		`UPDATE reconciliation_sessions SET status = 'CLOSED', closed_at = ?, closed_by = ? WHERE company_id = ? AND id = ?`,
		tx.instant,
		userId,
		companyId,
		id,
	);
}

/** Numbers of the entries that were posted in a session. They are dated in its period, by which they are found. */
export function entriesOfSession(db: ReadDb, companyId: number, id: number): number[] {
	return db.column<number>(
		`SELECT e.id FROM reconciliation_sessions s JOIN accounting_periods p ON p.company_id = s.company_id AND p.id = s.period_id
		JOIN journal_entries e ON e.company_id = s.company_id AND e.date BETWEEN p.start_date AND p.end_date AND e.session_id = s.id
		WHERE s.company_id = ? AND s.id = ? AND e.id > 0 ORDER BY e.id`,
		companyId,
		id,
	);
}
