import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';

export interface AllocationRow {
	readonly id: number;
	readonly uuid: string;
	readonly debitNo: number;
	readonly debitLineNo: number;
	readonly creditNo: number;
	readonly creditLineNo: number;
	readonly amountMinor: number;
	readonly effectiveDay: number;
	readonly rule: 'EXPLICIT' | 'REFERENCE' | 'FIFO';
	readonly madeAt: string;
	readonly madeBy: string;
	readonly undoneDay: number | null;
	readonly undoneAt: string | null;
	readonly undoneBy: string | null;
	readonly undoReason: string | null;
	readonly code: string;
	readonly accountName: string;
	readonly party: string | null;
	readonly currency: string | null;
}

const ROWS = `SELECT a.id, a.uuid, a.debit_entry_id AS debitNo, a.debit_line_no AS debitLineNo, a.credit_entry_id AS creditNo,
		a.credit_line_no AS creditLineNo, a.amount_minor AS amountMinor, a.effective_day AS effectiveDay, a.rule, a.made_at AS madeAt, m.login AS madeBy,
		a.undone_day AS undoneDay, a.undone_at AS undoneAt, u.login AS undoneBy, a.undo_reason AS undoReason,
		c.code, c.name AS accountName, p.name AS party, d.currency
	FROM allocations a
	JOIN journal_lines d ON d.company_id = a.company_id AND d.entry_id = a.debit_entry_id AND d.line_no = a.debit_line_no
	JOIN accounts c ON c.company_id = d.company_id AND c.id = d.account_id
	LEFT JOIN parties p ON p.company_id = d.company_id AND p.id = d.party_id
	JOIN users m ON m.id = a.made_by LEFT JOIN users u ON u.id = a.undone_by`;

/** Stored allocations, undone ones too, in the order in which they were made; of one entry where a number is given. */
export function allocationRows(db: ReadDb, companyId: number, no: number | null): AllocationRow[] {
	return db.all<AllocationRow>(
		`${ROWS} WHERE a.company_id = ? AND (? IS NULL OR a.debit_entry_id = ? OR a.credit_entry_id = ?) ORDER BY a.id`,
		companyId,
		no,
		no,
		no,
	);
}

export function allocationByUuid(db: ReadDb, companyId: number, uuid: string): AllocationRow | undefined {
	return db.get<AllocationRow>(`${ROWS} WHERE a.company_id = ? AND a.uuid = ?`, companyId, uuid);
}

export interface LineUse {
	readonly amountMinor: number;
	readonly effectiveDay: number;
	readonly undoneDay: number | null;
}

/** What was ever allocated of a line. */
export function usesOfLine(db: ReadDb, companyId: number, no: number, lineNo: number): LineUse[] {
	const columns = 'amount_minor AS amountMinor, effective_day AS effectiveDay, undone_day AS undoneDay';
	return db.all<LineUse>(
		`SELECT ${columns} FROM allocations WHERE company_id = ? AND debit_entry_id = ? AND debit_line_no = ?
		UNION ALL SELECT ${columns} FROM allocations WHERE company_id = ? AND credit_entry_id = ? AND credit_line_no = ?`,
		companyId,
		no,
		lineNo,
		companyId,
		no,
		lineNo,
	);
}

/** The last day of the newest closed period; -1 where none is closed. */
export function lastClosedDay(db: ReadDb, companyId: number): number {
	return (
		db.value<number>(
			`SELECT max(unixepoch(end_date) / 86400) FROM accounting_periods WHERE company_id = ? AND kind <> 'YEAR' AND status = 'CLOSED'`,
			companyId,
		) ?? -1
	);
}

export interface AllocationInsert {
	readonly uuid: string;
	readonly debit: { readonly no: number; readonly lineNo: number };
	readonly credit: { readonly no: number; readonly lineNo: number };
	readonly amountMinor: number;
	readonly effectiveDay: number;
	readonly madeBy: number;
}

export function insertAllocation(tx: WriteTx, companyId: number, row: AllocationInsert): void {
	tx.run(
		`INSERT INTO allocations (company_id, id, uuid, debit_entry_id, debit_line_no, credit_entry_id, credit_line_no, amount_minor, effective_day,
			rule, made_at, made_by)
		VALUES (?, (SELECT coalesce(max(id), 0) + 1 FROM allocations WHERE company_id = ?), ?, ?, ?, ?, ?, ?, ?, 'EXPLICIT', ?, ?)`,
		companyId,
		companyId,
		row.uuid,
		row.debit.no,
		row.debit.lineNo,
		row.credit.no,
		row.credit.lineNo,
		row.amountMinor,
		row.effectiveDay,
		tx.instant,
		row.madeBy,
	);
}

export function storeUndoing(
	tx: WriteTx,
	companyId: number,
	id: number,
	undoing: { readonly day: number; readonly by: number; readonly reason: string },
): void {
	tx.run(
		'UPDATE allocations SET undone_day = ?, undone_at = ?, undone_by = ?, undo_reason = ? WHERE company_id = ? AND id = ?',
		undoing.day,
		tx.instant,
		undoing.by,
		undoing.reason,
		companyId,
		id,
	);
}
