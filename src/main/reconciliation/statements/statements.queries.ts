import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';

/** One file taken in for one account. Days are day numbers, amounts signed minor units of `currency`. */
export interface StatementRow {
	readonly id: number;
	readonly uuid: string;
	readonly accountId: number;
	readonly accountCode: string;
	readonly accountName: string;
	readonly currency: string;
	readonly format: string;
	readonly dialect: string;
	readonly fileName: string;
	readonly sha256: string;
	readonly fileBytes: number;
	readonly bankAccount: string | null;
	readonly fromDay: number;
	readonly toDay: number;
	readonly openingMinor: number | null;
	readonly closingMinor: number | null;
	readonly lineCount: number;
	readonly addedCount: number;
	/** JSON array of {code, message}. */
	readonly accepted: string;
	readonly acceptedNote: string | null;
	readonly status: 'IMPORTED' | 'UNDONE';
	readonly importedAt: string;
	readonly importedBy: string;
	readonly undoneAt: string | null;
	readonly undoReason: string | null;
}

const SELECT = `SELECT s.id, s.uuid, s.account_id AS accountId, a.code AS accountCode, a.name AS accountName, s.currency, s.format, s.dialect,
	s.file_name AS fileName, s.file_sha256 AS sha256, s.file_bytes AS fileBytes, s.bank_account AS bankAccount, s.from_day AS fromDay, s.to_day AS toDay,
	s.opening_minor AS openingMinor, s.closing_minor AS closingMinor, s.line_count AS lineCount, s.added_count AS addedCount, s.accepted,
	s.accepted_note AS acceptedNote, s.status, s.imported_at AS importedAt, u.login AS importedBy, s.undone_at AS undoneAt, s.undo_reason AS undoReason
	FROM bank_statements s JOIN accounts a ON a.company_id = s.company_id AND a.id = s.account_id JOIN users u ON u.id = s.imported_by`;

/** Of one account, or of all (null), in the order in which they came in. */
export function listStatementRows(db: ReadDb, companyId: number, accountId: number | null): StatementRow[] {
	return db.all<StatementRow>(`${SELECT} WHERE s.company_id = ? AND (? IS NULL OR s.account_id = ?) ORDER BY s.id`, companyId, accountId, accountId);
}

/** By uuid, or by the number that `statement list` shows. */
export function findStatementRow(db: ReadDb, companyId: number, named: string): StatementRow | undefined {
	return db.get<StatementRow>(`${SELECT} WHERE s.company_id = ? AND (s.uuid = ? OR CAST(s.id AS TEXT) = ?)`, companyId, named, named);
}

/** The standing statement of exactly this file in this account. */
export function standingStatementOf(db: ReadDb, companyId: number, accountId: number, sha256: string): StatementRow | undefined {
	return db.get<StatementRow>(
		`${SELECT} WHERE s.company_id = ? AND s.account_id = ? AND s.file_sha256 = ? AND s.status = 'IMPORTED'`,
		companyId,
		accountId,
		sha256,
	);
}

/** IBANs and numbers that standing statements of an account carried. */
export function knownBankAccounts(db: ReadDb, companyId: number, accountId: number): string[] {
	return db.column<string>(
		`SELECT DISTINCT bank_account FROM bank_statements WHERE company_id = ? AND account_id = ? AND status = 'IMPORTED' AND bank_account IS NOT NULL`,
		companyId,
		accountId,
	);
}

/** Does any row of any company name this content: a statement's file or an attachment? */
export function isContentNamed(db: ReadDb, sha256: string): boolean {
	const sql = `SELECT EXISTS (SELECT 1 FROM bank_statements WHERE file_sha256 = ?) OR EXISTS (SELECT 1 FROM attachments WHERE sha256 = ?)`;
	return db.value<number>(sql, sha256, sha256) === 1;
}

/** A statement to be kept; who takes it in stands by id. */
export interface NewStatement
	extends Omit<StatementRow, 'id' | 'accountCode' | 'accountName' | 'status' | 'importedAt' | 'importedBy' | 'undoneAt' | 'undoReason'> {
	readonly importedBy: number;
}

export function insertStatement(tx: WriteTx, companyId: number, row: NewStatement): number {
	const id = tx.value<number>('SELECT coalesce(max(id), 0) + 1 FROM bank_statements WHERE company_id = ?', companyId) ?? 1;
	tx.run(
		`INSERT INTO bank_statements (company_id, id, uuid, account_id, currency, format, dialect, file_name, file_sha256, file_bytes, bank_account, from_day,
			to_day, opening_minor, closing_minor, line_count, added_count, accepted, accepted_note, status, imported_at, imported_by)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'IMPORTED', ?, ?)`,
		companyId,
		id,
		row.uuid,
		row.accountId,
		row.currency,
		row.format,
		row.dialect,
		row.fileName,
		row.sha256,
		row.fileBytes,
		row.bankAccount,
		row.fromDay,
		row.toDay,
		row.openingMinor,
		row.closingMinor,
		row.lineCount,
		row.addedCount,
		row.accepted,
		row.acceptedNote,
		tx.instant,
		row.importedBy,
	);
	return id;
}

/** One statement of the bank inside a file. */
export interface PageRow {
	readonly statementId: number;
	readonly pageNo: number;
	readonly number: string | null;
	readonly fromDay: number;
	readonly toDay: number;
	readonly openingMinor: number | null;
	readonly closingMinor: number | null;
	readonly lineCount: number;
}

const PAGE_COLUMNS = `p.statement_id AS statementId, p.page_no AS pageNo, p.number, p.from_day AS fromDay, p.to_day AS toDay, p.opening_minor AS openingMinor,
	p.closing_minor AS closingMinor, p.line_count AS lineCount`;

export function insertPage(tx: WriteTx, companyId: number, page: PageRow): void {
	tx.run(
		`INSERT INTO statement_pages (company_id, statement_id, page_no, number, from_day, to_day, opening_minor, closing_minor, line_count)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		companyId,
		page.statementId,
		page.pageNo,
		page.number,
		page.fromDay,
		page.toDay,
		page.openingMinor,
		page.closingMinor,
		page.lineCount,
	);
}

export function pagesOfStatement(db: ReadDb, companyId: number, statementId: number): PageRow[] {
	return db.all<PageRow>(
		`SELECT ${PAGE_COLUMNS} FROM statement_pages p WHERE p.company_id = ? AND p.statement_id = ? ORDER BY p.page_no`,
		companyId,
		statementId,
	);
}

/** The statements of an account's standing files. */
export function standingPages(db: ReadDb, companyId: number, accountId: number): PageRow[] {
	return db.all<PageRow>(
		`SELECT ${PAGE_COLUMNS} FROM bank_statements s JOIN statement_pages p ON p.company_id = s.company_id AND p.statement_id = s.id
		WHERE s.company_id = ? AND s.account_id = ? AND s.status = 'IMPORTED' ORDER BY s.id, p.page_no`,
		companyId,
		accountId,
	);
}

/** Sum of a page's lines dated before a day; of all where the day is null. */
export function pageSum(db: ReadDb, companyId: number, { statementId, pageNo }: PageRow, beforeDay: number | null): bigint {
	const row = db.getBig<{ total: bigint }>(
		`SELECT coalesce(sum(l.amount_minor), 0) AS total FROM statement_page_lines p JOIN statement_lines l ON l.company_id = p.company_id AND l.id = p.line_id
		WHERE p.company_id = ? AND p.statement_id = ? AND p.page_no = ? AND (? IS NULL OR l.day < ?)`,
		companyId,
		statementId,
		pageNo,
		beforeDay,
		beforeDay,
	);
	return row?.total ?? 0n;
}

/** How a format is read for an account: the saved answers, with the format for which they were given. */
export function savedLayout(db: ReadDb, companyId: number, accountId: number): Record<string, unknown> | null {
	const options = db.value<string>('SELECT options FROM statement_layouts WHERE company_id = ? AND account_id = ?', companyId, accountId);
	return options === undefined ? null : (JSON.parse(options) as Record<string, unknown>);
}

export function saveLayout(tx: WriteTx, companyId: number, accountId: number, userId: number, options: Readonly<Record<string, unknown>>): void {
	tx.run(
		`INSERT INTO statement_layouts (company_id, account_id, options, saved_at, saved_by) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (company_id, account_id) DO UPDATE SET options = excluded.options, saved_at = excluded.saved_at, saved_by = excluded.saved_by`,
		companyId,
		accountId,
		JSON.stringify(options),
		tx.instant,
		userId,
	);
}
