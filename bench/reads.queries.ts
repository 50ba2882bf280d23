import type { ReadDb } from '#main/platform/database/connection.ts';

export function busiestAccount(db: ReadDb, companyId: number): { readonly id: number; readonly code: string; readonly lines: number } {
	const found = db.get<{ id: number; code: string; lines: number }>(
		`SELECT a.id, a.code, sum(b.line_count) AS lines FROM account_balances b JOIN accounts a ON a.company_id = b.company_id AND a.id = b.account_id
		WHERE b.company_id = ? GROUP BY a.id ORDER BY lines DESC LIMIT 1`,
		companyId,
	);
	if (!found) throw new Error('the books have lines');
	return found;
}

/** The line of an account with so many lines before it. */
export function lineAtDepth(db: ReadDb, companyId: number, accountId: number, depth: number): { date: string; no: number; lineNo: number } {
	const found = db.get<{ date: string; no: number; lineNo: number }>(
		`SELECT date(day * 86400, 'unixepoch') AS date, entry_id AS no, line_no AS lineNo FROM journal_lines
		WHERE company_id = ? AND account_id = ? ORDER BY day, entry_id, line_no LIMIT 1 OFFSET ?`,
		companyId,
		accountId,
		depth,
	);
	if (!found) throw new Error('the account has that many lines');
	return found;
}

/** Entry and line in one row, in the order of entries. */
export type JoinedRow = readonly [
	no: number,
	externalNo: string | null,
	date: string,
	source: string,
	description: string,
	reference: string | null,
	hash: string,
	accountId: number,
	partyId: number | null,
	debit: number,
	credit: number,
	currency: string | null,
	baseDebit: number,
	baseCredit: number,
	dueDate: string | null,
	lineReference: string | null,
	memo: string | null,
];

const JOINED = `e.id, e.external_no, e.date, e.source, e.description, e.reference, e.entry_hash, l.account_id, l.party_id, l.debit_minor, l.credit_minor,
	l.currency, l.base_debit_minor, l.base_credit_minor, l.due_date, l.reference, l.memo`;

/** Entries dated in a span with their lines: the least that a seal must read. */
export function joinedEntries(db: ReadDb, companyId: number, from: string, to: string): IterableIterator<JoinedRow> {
	return db.iterateRaw<JoinedRow>(
		`SELECT ${JOINED} FROM journal_entries e CROSS JOIN journal_lines l ON l.company_id = e.company_id AND l.entry_id = e.id
		WHERE e.company_id = ? AND e.date BETWEEN ? AND ? ORDER BY e.date, e.id, l.line_no`,
		companyId,
		from,
		to,
	);
}

/** All entries in the order of the chain. */
export function joinedChain(db: ReadDb, companyId: number): IterableIterator<JoinedRow> {
	return db.iterateRaw<JoinedRow>(
		`SELECT ${JOINED} FROM journal_entries e CROSS JOIN journal_lines l ON l.company_id = e.company_id AND l.entry_id = e.id
		WHERE e.company_id = ? AND e.id > 0 ORDER BY e.id, l.line_no`,
		companyId,
	);
}

export function refsOf(db: ReadDb, table: 'accounts' | 'parties', companyId: number): Map<number, string> {
	return new Map(db.all<{ id: number; ref: string }>(`SELECT id, ref FROM ${table} WHERE company_id = ?`, companyId).map(({ id, ref }) => [id, ref]));
}

/** What one posting writes, without the service around it. The database transaction around it is the caller's. */
export const BARE_LINE = `INSERT INTO journal_lines (company_id, entry_id, line_no, account_id, party_id, day, currency, debit_minor, credit_minor,
	base_debit_minor, base_credit_minor, due_date, reference, memo) VALUES (?, ?, ?, ?, NULL, ?, NULL, ?, ?, ?, ?, NULL, NULL, NULL)`;
export const BARE_ENTRY = `INSERT INTO journal_entries (company_id, id, entry_no, date, period_id, description, reference, source, status, posted_at_ms, posted_by, hash)
	VALUES (?, ?, ?, ?, ?, ?, ?, 'MANUAL', 'POSTED', ?, ?, ?)`;

/** Where the next bare entry goes. */
export function lastEntry(db: ReadDb, companyId: number): { readonly no: number; readonly date: string; readonly periodId: number } {
	const found = db.get<{ no: number; date: string; periodId: number }>(
		'SELECT id AS no, date, period_id AS periodId FROM journal_entries WHERE company_id = ? ORDER BY id DESC LIMIT 1',
		companyId,
	);
	if (!found) throw new Error('the books have entries');
	return found;
}

/** What is open by party and reference up to a date: the bare grouping that the outstanding report is measured against. */
export function groupedOpenItems(db: ReadDb, companyId: number, asOf: string): { readonly party: number | null; readonly openMinor: number }[] {
	return db.all<{ party: number | null; openMinor: number }>(
		`SELECT l.party_id AS party, coalesce(l.reference, e.reference) AS reference, min(coalesce(l.due_date, e.date)) AS due,
			sum(l.debit_minor - l.credit_minor) AS openMinor
		FROM accounts a JOIN journal_lines l ON l.company_id = a.company_id AND l.account_id = a.id
		JOIN journal_entries e ON e.company_id = l.company_id AND e.id = l.entry_id
		WHERE a.company_id = ? AND a.subtype = 'RECEIVABLE' AND l.day <= unixepoch(?) / 86400
		GROUP BY l.party_id, coalesce(l.reference, e.reference) HAVING sum(l.debit_minor - l.credit_minor) <> 0`,
		companyId,
		asOf,
	);
}
