import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import type { PeriodKind, PeriodStatus } from '#shared/kernel/period.ts';

export interface Period {
	/** Day number of the first day; negative for a year. */
	readonly id: number;
	readonly uuid: string;
	readonly kind: PeriodKind;
	readonly name: string;
	readonly start: string;
	readonly end: string;
	/** First day of the fiscal year that holds it. */
	readonly fiscalYearStart: string;
	readonly status: PeriodStatus;
	readonly closedAt: string | null;
	readonly closedBy: number | null;
	readonly closeReason: string | null;
	readonly closeHash: string | null;
}

const COLUMNS = `id, uuid, kind, name, start_date AS start, end_date AS end, fiscal_year_start AS fiscalYearStart, status,
	closed_at AS closedAt, closed_by AS closedBy, close_reason AS closeReason, close_hash AS closeHash`;

/** All periods in date order, each year after its periods. */
export function listPeriods(db: ReadDb, companyId: number): Period[] {
	return db.all<Period>(`SELECT ${COLUMNS} FROM accounting_periods WHERE company_id = ? ORDER BY end_date, kind = 'YEAR', start_date`, companyId);
}

export function periodById(db: ReadDb, companyId: number, id: number): Period | undefined {
	return db.get<Period>(`SELECT ${COLUMNS} FROM accounting_periods WHERE company_id = ? AND id = ?`, companyId, id);
}

export function periodByName(db: ReadDb, companyId: number, nameOrUuid: string): Period | undefined {
	return db.get<Period>(
		`SELECT ${COLUMNS} FROM accounting_periods WHERE company_id = ? AND (name = ? COLLATE NOCASE OR uuid = ?)`,
		companyId,
		nameOrUuid,
		nameOrUuid,
	);
}

/** The period, not the year, that holds a date. */
export function periodOfDate(db: ReadDb, companyId: number, date: string): Period | undefined {
	return db.get<Period>(
		`SELECT ${COLUMNS} FROM accounting_periods WHERE company_id = ? AND id BETWEEN 0 AND unixepoch(?) / 86400 AND end_date >= ? ORDER BY id DESC LIMIT 1`,
		companyId,
		date,
		date,
	);
}

/** The last period before this one in its own row: years among years, the rest among the rest. */
export function periodBefore(db: ReadDb, companyId: number, period: Period): Period | undefined {
	return db.get<Period>(
		`SELECT ${COLUMNS} FROM accounting_periods WHERE company_id = ? AND (kind = 'YEAR') = ? AND end_date < ? ORDER BY end_date DESC LIMIT 1`,
		companyId,
		period.kind === 'YEAR' ? 1 : 0,
		period.start,
	);
}

export function periodsOfFiscalYear(db: ReadDb, companyId: number, fiscalYearStart: string): Period[] {
	return db.all<Period>(
		`SELECT ${COLUMNS} FROM accounting_periods WHERE company_id = ? AND fiscal_year_start = ? AND kind NOT IN ('YEAR', 'OPENING') ORDER BY id`,
		companyId,
		fiscalYearStart,
	);
}

export function yearOf(db: ReadDb, companyId: number, fiscalYearStart: string): Period | undefined {
	return db.get<Period>(
		`SELECT ${COLUMNS} FROM accounting_periods WHERE company_id = ? AND fiscal_year_start = ? AND kind = 'YEAR'`,
		companyId,
		fiscalYearStart,
	);
}

export function openingPeriod(db: ReadDb, companyId: number): Period | undefined {
	return db.get<Period>(`SELECT ${COLUMNS} FROM accounting_periods WHERE company_id = ? AND kind = 'OPENING'`, companyId);
}

export function insertPeriod(
	tx: WriteTx,
	companyId: number,
	period: {
		readonly id: number;
		readonly uuid: string;
		readonly kind: PeriodKind;
		readonly name: string;
		readonly start: string;
		readonly end: string;
		readonly fiscalYearStart: string;
	},
): void {
	tx.run(
		'INSERT INTO accounting_periods (company_id, id, uuid, kind, name, start_date, end_date, fiscal_year_start) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
		companyId,
		period.id,
		period.uuid,
		period.kind,
		period.name,
		period.start,
		period.end,
		period.fiscalYearStart,
	);
}

/** OPEN to CLOSING and back. CLOSED is reached and left through `markClosed` and `markReopened` only. */
export function updateStatus(tx: WriteTx, companyId: number, id: number, status: 'OPEN' | 'CLOSING'): void {
	tx.run(`UPDATE accounting_periods SET status = ? WHERE company_id = ? AND id = ? AND status <> 'CLOSED'`, status, companyId, id);
}

export function markClosed(
	tx: WriteTx,
	companyId: number,
	id: number,
	close: { readonly closedAt: string; readonly closedBy: number; readonly reason: string; readonly closeHash: string },
): void {
	tx.run(
		`UPDATE accounting_periods SET status = 'CLOSED', closed_at = ?, closed_by = ?, close_reason = ?, close_hash = ? WHERE company_id = ? AND id = ?`,
		close.closedAt,
		close.closedBy,
		close.reason,
		close.closeHash,
		companyId,
		id,
	);
}

export function markReopened(tx: WriteTx, companyId: number, id: number, status: 'OPEN' | 'CLOSING'): void {
	tx.run(
		`UPDATE accounting_periods SET status = ?, closed_at = NULL, closed_by = NULL, close_reason = NULL, close_hash = NULL WHERE company_id = ? AND id = ?`,
		status,
		companyId,
		id,
	);
}

/** The books' first day as it stands in this database transaction. */
export function booksFromOf(db: ReadDb, companyId: number): string | null {
	return db.value<string | null>('SELECT books_from FROM companies WHERE id = ?', companyId) ?? null;
}
