import type { ReadDb, SqlValue } from '#main/platform/database/connection.ts';

/** The lines that were named: of one statement, or of a whole account. */
export interface Scope {
	readonly accountId: number;
	readonly code: string;
	/** Of the lines that are looked at. */
	readonly currency: string;
	readonly statementId: number | null;
}

/** Of a statement that stands, by its number in the company or its id. */
export function accountOfStatement(
	db: ReadDb,
	companyId: number,
	named: string,
): { readonly statementId: number; readonly accountId: number; readonly code: string; readonly currency: string | null } | undefined {
	return db.get(
		`SELECT s.id AS statementId, a.id AS accountId, a.code, a.currency FROM bank_statements s
		JOIN accounts a ON a.company_id = s.company_id AND a.id = s.account_id
		WHERE ${/^\d{1,15}$/.test(named) ? 's.id = CAST(? AS INTEGER)' : 's.uuid = ?'} AND s.company_id = ? AND s.status = 'IMPORTED'`,
		named,
		companyId,
	);
}

/** Statement lines that stand, with the match or proposal of each. */
const STATEMENT_LINES = `FROM statement_lines l
	LEFT JOIN matched_statement_lines m ON m.company_id = l.company_id AND m.line_id = l.id
	LEFT JOIN proposed_statement_lines p ON p.company_id = l.company_id AND p.line_id = l.id
	WHERE l.company_id = ? AND l.account_id = ? AND l.undone = 0`;
const OF_STATEMENT = 'AND l.id IN (SELECT line_id FROM statement_page_lines WHERE company_id = ? AND statement_id = ?)';

export type LineStatus = 'UNMATCHED' | 'SUGGESTED' | 'MATCHED';

const STATUS_CONDITIONS: Readonly<Record<LineStatus, string>> = {
	MATCHED: 'm.match_id IS NOT NULL',
	SUGGESTED: 'm.match_id IS NULL AND p.match_id IS NOT NULL',
	UNMATCHED: 'm.match_id IS NULL AND p.match_id IS NULL',
};

function scopeValues(companyId: number, { accountId, statementId }: Scope): SqlValue[] {
	return statementId === null ? [companyId, accountId] : [companyId, accountId, companyId, statementId];
}

export interface StatementLineRow {
	readonly id: number;
	readonly uuid: string;
	readonly day: number;
	readonly amountMinor: number;
	readonly description: string;
	readonly party: string | null;
	readonly bankId: string | null;
	readonly reference: string | null;
	readonly isMatched: number;
	/** Of the confirmed match, else of the proposal. */
	readonly matchId: number | null;
}

export interface LinePage {
	readonly status: LineStatus | undefined;
	readonly after: { readonly day: number; readonly id: number } | undefined;
	readonly limit: number;
}

export function statementLineRows(db: ReadDb, companyId: number, scope: Scope, page: LinePage): StatementLineRow[] {
	return db.all<StatementLineRow>(
		`SELECT l.id, l.uuid, l.day, l.amount_minor AS amountMinor, l.description, l.party, l.bank_id AS bankId, l.reference,
			m.match_id IS NOT NULL AS isMatched, coalesce(m.match_id, p.match_id) AS matchId
		${STATEMENT_LINES} ${scope.statementId === null ? '' : OF_STATEMENT} ${page.status ? `AND ${STATUS_CONDITIONS[page.status]}` : ''}
			AND (l.day, l.id) > (?, ?) ORDER BY l.day, l.id LIMIT ?`,
		...scopeValues(companyId, scope),
		page.after?.day ?? -1_000_000,
		page.after?.id ?? 0,
		page.limit,
	);
}

export interface SideSum {
	readonly count: number;
	readonly sumMinor: bigint;
}

export interface LineSides {
	readonly matched: SideSum;
	readonly suggested: SideSum;
	readonly unmatched: SideSum;
}

/** How many lines of each status, and their sums. */
export function lineSides(db: ReadDb, companyId: number, scope: Scope): LineSides {
	const rows = db.allBig<{ status: LineStatus; count: bigint; sum: bigint }>(
		`SELECT CASE WHEN m.match_id IS NOT NULL THEN 'MATCHED' WHEN p.match_id IS NOT NULL THEN 'SUGGESTED' ELSE 'UNMATCHED' END AS status,
			count(*) AS count, sum(l.amount_minor) AS sum ${STATEMENT_LINES} ${scope.statementId === null ? '' : OF_STATEMENT} GROUP BY 1`,
		...scopeValues(companyId, scope),
	);
	const of = (wanted: LineStatus): SideSum => {
		const row = rows.find(({ status }) => status === wanted);
		return { count: Number(row?.count ?? 0n), sumMinor: row?.sum ?? 0n };
	};
	return { matched: of('MATCHED'), suggested: of('SUGGESTED'), unmatched: of('UNMATCHED') };
}

/** Posted lines of an account in a currency (null: the company's own) that no confirmed match holds, with the proposal of each. */
const LEDGER_LINES = `FROM journal_lines l
	LEFT JOIN proposed_entry_lines p ON p.company_id = l.company_id AND p.entry_id = l.entry_id AND p.line_no = l.line_no
	WHERE l.company_id = ? AND l.account_id = ? AND l.currency IS ? AND l.debit_minor <> l.credit_minor AND l.day <= ?
		AND NOT EXISTS (SELECT 1 FROM matched_entry_lines m WHERE m.company_id = l.company_id AND m.entry_id = l.entry_id AND m.line_no = l.line_no)`;

export interface LedgerLineRow {
	readonly entryId: number;
	readonly lineNo: number;
	readonly externalNo: string | null;
	readonly day: number;
	readonly amountMinor: number;
	readonly description: string;
	readonly memo: string | null;
	readonly party: string | null;
	readonly reference: string | null;
	readonly matchUuid: string | null;
}

export interface LedgerScope {
	readonly accountId: number;
	readonly currency: string | null;
	readonly throughDay: number;
}

export interface LedgerPage {
	readonly status: 'UNMATCHED' | 'SUGGESTED' | undefined;
	readonly after: { readonly day: number; readonly entryId: number; readonly lineNo: number } | undefined;
	readonly limit: number;
}

export function ledgerLineRows(db: ReadDb, companyId: number, { accountId, currency, throughDay }: LedgerScope, page: LedgerPage): LedgerLineRow[] {
	const status = page.status === undefined ? '' : `AND p.match_id IS ${page.status === 'SUGGESTED' ? 'NOT NULL' : 'NULL'}`;
	return db.all<LedgerLineRow>(
		`SELECT l.entry_id AS entryId, l.line_no AS lineNo, l.day, l.debit_minor - l.credit_minor AS amountMinor, l.memo,
			(SELECT e.external_no FROM journal_entries e WHERE e.company_id = l.company_id AND e.id = l.entry_id) AS externalNo,
			(SELECT e.description FROM journal_entries e WHERE e.company_id = l.company_id AND e.id = l.entry_id) AS description,
			coalesce(l.reference, (SELECT e.reference FROM journal_entries e WHERE e.company_id = l.company_id AND e.id = l.entry_id)) AS reference,
			(SELECT a.name FROM parties a WHERE a.company_id = l.company_id AND a.id = l.party_id) AS party,
			(SELECT s.uuid FROM statement_matches s WHERE s.company_id = l.company_id AND s.id = p.match_id) AS matchUuid
		${LEDGER_LINES} ${status} AND (l.day, l.entry_id, l.line_no) > (?, ?, ?) ORDER BY l.day, l.entry_id, l.line_no LIMIT ?`,
		companyId,
		accountId,
		currency,
		throughDay,
		page.after?.day ?? -1_000_000,
		page.after?.entryId ?? 0,
		page.after?.lineNo ?? 0,
		page.limit,
	);
}

export function ledgerSides(
	db: ReadDb,
	companyId: number,
	{ accountId, currency, throughDay }: LedgerScope,
): { readonly suggested: SideSum; readonly unmatched: SideSum } {
	const rows = db.allBig<{ isSuggested: bigint; count: bigint; sum: bigint }>(
		`SELECT p.match_id IS NOT NULL AS isSuggested, count(*) AS count, sum(l.debit_minor - l.credit_minor) AS sum ${LEDGER_LINES} GROUP BY 1`,
		companyId,
		accountId,
		currency,
		throughDay,
	);
	const of = (wanted: bigint): SideSum => {
		const row = rows.find(({ isSuggested }) => isSuggested === wanted);
		return { count: Number(row?.count ?? 0n), sumMinor: row?.sum ?? 0n };
	};
	return { suggested: of(1n), unmatched: of(0n) };
}

export interface MemberLine {
	readonly id: number;
	readonly uuid: string;
	readonly accountId: number;
	readonly code: string;
	readonly day: number;
	readonly amountMinor: number;
	readonly description: string;
	readonly isUndone: number;
}

export interface MemberEntryLine {
	readonly entryId: number;
	readonly lineNo: number;
	readonly externalNo: string | null;
	readonly day: number;
	readonly amountMinor: number;
}

// The few that are asked for come first in these joins (CROSS JOIN): without figures of the tables SQLite would begin with the many.

/** Statement lines of these numbers, in their order. */
export function memberLines(db: ReadDb, companyId: number, ids: readonly number[]): MemberLine[] {
	return db.all<MemberLine>(
		`SELECT l.id, l.uuid, l.account_id AS accountId, a.code, l.day, l.amount_minor AS amountMinor, l.description, l.undone AS isUndone
		FROM json_each(?) j CROSS JOIN statement_lines l ON l.company_id = ? AND l.id = j.value
			JOIN accounts a ON a.company_id = l.company_id AND a.id = l.account_id ORDER BY l.id`,
		JSON.stringify(ids),
		companyId,
	);
}

/** Ledger lines `[entry, line]`; `entryLines` is their JSON. */
export function memberEntryLines(db: ReadDb, companyId: number, entryLines: string): MemberEntryLine[] {
	return db.all<MemberEntryLine>(
		`SELECT l.entry_id AS entryId, l.line_no AS lineNo, e.external_no AS externalNo, l.day, l.debit_minor - l.credit_minor AS amountMinor
		FROM json_each(?) j CROSS JOIN journal_lines l ON l.company_id = ? AND l.entry_id = j.value ->> 0 AND l.line_no = j.value ->> 1
			JOIN journal_entries e ON e.company_id = l.company_id AND e.id = l.entry_id ORDER BY l.entry_id, l.line_no`,
		entryLines,
		companyId,
	);
}
