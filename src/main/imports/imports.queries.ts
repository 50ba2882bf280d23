import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';

export interface ImportRow {
	readonly id: number;
	readonly uuid: string;
	readonly fileName: string;
	readonly sha256: string;
	readonly format: string;
	readonly kind: 'JOURNAL' | 'OPENING';
	readonly firstNo: number | null;
	readonly lastNo: number | null;
	readonly entries: number;
	readonly lines: number;
	readonly rejected: number;
	readonly status: 'BOOKING' | 'BOOKED' | 'UNDONE';
	readonly importedAt: string;
	readonly importedBy: string;
}

const COLUMNS = `i.id, i.uuid, i.file_name AS fileName, i.file_sha256 AS sha256, i.format, i.kind, i.first_entry_no AS firstNo, i.last_entry_no AS lastNo,
	i.entry_count AS entries, i.line_count AS lines, i.rejected_count AS rejected, i.status, i.imported_at AS importedAt, u.login AS importedBy`;

export function listImports(db: ReadDb, companyId: number): ImportRow[] {
	return db.all<ImportRow>(`SELECT ${COLUMNS} FROM imports i JOIN users u ON u.id = i.imported_by WHERE i.company_id = ? ORDER BY i.id`, companyId);
}

/** By uuid, or by the place in the list that `import list` shows. */
export function findImportRow(db: ReadDb, companyId: number, named: string): ImportRow | undefined {
	return db.get<ImportRow>(
		`SELECT ${COLUMNS} FROM imports i JOIN users u ON u.id = i.imported_by WHERE i.company_id = ? AND (i.uuid = ? OR CAST(i.id AS TEXT) = ?)`,
		companyId,
		named,
		named,
	);
}

/** The standing import of exactly this file, whole: nothing of it was rejected, nothing undone. */
export function standingImportOf(db: ReadDb, companyId: number, sha256: string): ImportRow | undefined {
	return db.get<ImportRow>(
		`SELECT ${COLUMNS} FROM imports i JOIN users u ON u.id = i.imported_by
		WHERE i.company_id = ? AND i.file_sha256 = ? AND i.status = 'BOOKED' AND i.rejected_count = 0 LIMIT 1`,
		companyId,
		sha256,
	);
}

export function hasStandingImports(db: ReadDb, companyId: number): boolean {
	return db.value<number>(`SELECT EXISTS (SELECT 1 FROM imports WHERE company_id = ? AND status = 'BOOKED')`, companyId) === 1;
}

export interface NewImport {
	readonly uuid: string;
	readonly fileName: string;
	readonly sha256: string;
	readonly format: string;
	readonly kind: 'JOURNAL' | 'OPENING';
	readonly firstNo: number;
	readonly entries: number;
	readonly lines: number;
	readonly rejected: number;
	readonly importedBy: number;
}

export function insertImport(tx: WriteTx, companyId: number, row: NewImport): number {
	const id = tx.value<number>('SELECT coalesce(max(id), 0) + 1 FROM imports WHERE company_id = ?', companyId) ?? 1;
	tx.run(
		`INSERT INTO imports (company_id, id, uuid, file_name, file_sha256, format, kind, first_entry_no, last_entry_no, entry_count, line_count,
			rejected_count, status, imported_at, imported_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'BOOKING', ?, ?)`,
		companyId,
		id,
		row.uuid,
		row.fileName,
		row.sha256,
		row.format,
		row.kind,
		row.firstNo,
		row.firstNo + row.entries - 1,
		row.entries,
		row.lines,
		row.rejected,
		tx.instant,
		row.importedBy,
	);
	return id;
}

export function markBooked(tx: WriteTx, companyId: number, id: number): void {
	tx.run(`UPDATE imports SET status = 'BOOKED' WHERE company_id = ? AND id = ?`, companyId, id);
}

export function markUndone(tx: WriteTx, companyId: number, id: number, userId: number): void {
	tx.run(`UPDATE imports SET status = 'UNDONE', undone_at = ?, undone_by = ? WHERE company_id = ? AND id = ?`, tx.instant, userId, companyId, id);
}

/** What a staged import relies on: if any of it moved before booking, the file is staged again. */
export function booksFingerprint(db: ReadDb, companyId: number): string {
	const row = db.get<Record<string, unknown>>(
		`SELECT (SELECT group_concat(id || code || ref || name || coalesce(currency, '') || active, '|') FROM accounts WHERE company_id = ?) AS accounts,
			(SELECT group_concat(id || name || aliases, '|') FROM parties WHERE company_id = ?) AS parties,
			(SELECT group_concat(id || status, '|') FROM accounting_periods WHERE company_id = ?) AS periods,
			(SELECT group_concat(id || status, '|') FROM imports WHERE company_id = ?) AS imports,
			(SELECT books_from FROM companies WHERE id = ?) AS booksFrom`,
		companyId,
		companyId,
		companyId,
		companyId,
		companyId,
	);
	return JSON.stringify(row);
}

/** Lines of standing imported entries dated in a span, in entry order; a reversed entry counts no more. */
export function importedLines(db: ReadDb, companyId: number, from: string, to: string): IterableIterator<readonly (string | number | null)[]> {
	return db.iterateRaw(
		`SELECT e.id, e.external_no, e.date, e.description, e.reference, l.account_id, l.party_id, l.currency, l.debit_minor, l.credit_minor,
			l.base_debit_minor - l.base_credit_minor, l.due_date, l.reference, l.memo
		FROM journal_entries e CROSS JOIN journal_lines l ON l.company_id = e.company_id AND l.entry_id = e.id
		WHERE e.company_id = ? AND e.date BETWEEN ? AND ? AND e.import_id IS NOT NULL
			AND NOT EXISTS (SELECT 1 FROM journal_entries r WHERE r.company_id = e.company_id AND r.reverses_id = e.id)
		ORDER BY e.date, e.id, l.line_no`,
		companyId,
		from,
		to,
	);
}

/** Is an entry of this span of numbers dated in a closed or soft-closed period? Answers the first such period's name. */
export function closedPeriodOf(db: ReadDb, companyId: number, firstNo: number, lastNo: number): string | null {
	return (
		db.value<string>(
			`SELECT p.name FROM journal_entries e JOIN accounting_periods p ON p.company_id = e.company_id AND p.id = e.period_id
			WHERE e.company_id = ? AND e.id BETWEEN ? AND ? AND p.status <> 'OPEN' ORDER BY e.id LIMIT 1`,
			companyId,
			firstNo,
			lastNo,
		) ?? null
	);
}

/** Entries of a span of numbers that nothing has reversed yet, newest first. */
export function unreversedNumbers(db: ReadDb, companyId: number, firstNo: number, lastNo: number): number[] {
	return db.column<number>(
		`SELECT e.id FROM journal_entries e WHERE e.company_id = ? AND e.id BETWEEN ? AND ?
			AND NOT EXISTS (SELECT 1 FROM journal_entries r WHERE r.company_id = e.company_id AND r.reverses_id = e.id) ORDER BY e.id`,
		companyId,
		firstNo,
		lastNo,
	);
}
