import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';

export interface AuditRow {
	readonly seq: number;
	readonly at: string;
	readonly userUuid: string | null;
	readonly userLogin: string | null;
	readonly action: string;
	readonly detail: string;
	readonly hash: string;
}

const SELECT = `SELECT a.seq, a.at, u.uuid AS userUuid, u.login AS userLogin, a.action, a.detail, a.hash
	FROM audit_events a LEFT JOIN users u ON u.id = a.user_id`;

/** Asked at every write: it must find its one row in the index, however long the trail is. */
export const AUDIT_HEAD = 'SELECT seq, hash FROM audit_events WHERE coalesce(company_id, 0) = ? ORDER BY seq DESC LIMIT 1';

/** The newest event of a company's chain; companyId null is the chain of the data folder. */
export function auditHead(db: ReadDb, companyId: number | null): { readonly seq: number; readonly hash: string } | null {
	return db.get<{ seq: number; hash: string }>(AUDIT_HEAD, companyId ?? 0) ?? null;
}

export function insertAuditEvent(
	tx: WriteTx,
	event: { companyId: number | null; seq: number; userId: number | null; action: string; detail: string; hash: string },
): void {
	tx.run(
		'INSERT INTO audit_events (company_id, seq, at, user_id, action, detail, hash) VALUES (?, ?, ?, ?, ?, ?, ?)',
		event.companyId,
		event.seq,
		tx.instant,
		event.userId,
		event.action,
		event.detail,
		event.hash,
	);
}

/** The instant of the newest event of the whole data folder. */
export function lastInstant(db: ReadDb): string | null {
	return db.value<string>('SELECT at FROM audit_events ORDER BY id DESC LIMIT 1') ?? null;
}

export function iterateEvents(db: ReadDb, companyId: number | null, throughSeq: number | null): IterableIterator<AuditRow> {
	return db.iterate<AuditRow>(
		`${SELECT} WHERE coalesce(a.company_id, 0) = ? AND a.seq <= ? ORDER BY a.seq`,
		companyId ?? 0,
		throughSeq ?? Number.MAX_SAFE_INTEGER,
	);
}

export function pageOfEvents(db: ReadDb, companyId: number, beforeSeq: number, limit: number, action: string | null): AuditRow[] {
	return db.all<AuditRow>(
		`${SELECT} WHERE coalesce(a.company_id, 0) = ? AND a.seq < ? AND (? IS NULL OR a.action = ?) ORDER BY a.seq DESC LIMIT ?`,
		companyId,
		beforeSeq,
		action,
		action,
		limit,
	);
}

export function eventsOfAction(db: ReadDb, companyId: number, actions: readonly string[], afterSeq: number): AuditRow[] {
	return db.all<AuditRow>(
		`${SELECT} WHERE coalesce(a.company_id, 0) = ? AND a.seq > ? AND a.action IN (${actions.map(() => '?').join(', ')}) ORDER BY a.seq`,
		companyId,
		afterSeq,
		...actions,
	);
}

/** Events of one action in the chain of the data folder, oldest first. */
export function eventsOfDataFolder(db: ReadDb, action: string): AuditRow[] {
	return db.all<AuditRow>(`${SELECT} WHERE coalesce(a.company_id, 0) = 0 AND a.action = ? ORDER BY a.seq`, action);
}
