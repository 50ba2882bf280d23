import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';

/** A match as it is stored; texts are JSON. */
export interface MatchRow {
	readonly id: number;
	readonly uuid: string;
	readonly accountId: number;
	readonly kind: 'SINGLE' | 'GROUP' | 'CONTRA' | 'ENTRY' | 'TRANSFER' | 'SETTLEMENT' | 'MANUAL';
	readonly status: 'PROPOSED' | 'CONFIRMED' | 'REJECTED' | 'UNMATCHED';
	readonly score: number;
	readonly certain: number;
	readonly reasons: string;
	readonly lineIds: string;
	readonly entryLines: string;
	readonly detail: string;
	readonly throughDay: number;
	readonly automatic: number;
	readonly madeAt: string;
}

/** What is written of a new match. */
export type NewMatchRow = Omit<MatchRow, 'status' | 'automatic'>;

const COLUMNS = `id, uuid, account_id AS accountId, kind, status, score, certain, reasons, line_ids AS lineIds, entry_lines AS entryLines, detail,
	through_day AS throughDay, automatic, made_at AS madeAt`;

/** By its number in the company, or by its id. */
export function matchNamed(db: ReadDb, companyId: number, named: string): MatchRow | undefined {
	if (/^\d{1,15}$/.test(named)) return matchById(db, companyId, Number(named));
	return db.get<MatchRow>(`SELECT ${COLUMNS} FROM statement_matches WHERE uuid = ? AND company_id = ?`, named.toLowerCase(), companyId);
}

export function matchById(db: ReadDb, companyId: number, id: number): MatchRow | undefined {
	return db.get<MatchRow>(`SELECT ${COLUMNS} FROM statement_matches WHERE company_id = ? AND id = ?`, companyId, id);
}

/** All proposals of an account, in no order. */
export function proposedRows(db: ReadDb, companyId: number, accountId: number): IterableIterator<MatchRow> {
	return db.iterate<MatchRow>(
		`SELECT ${COLUMNS} FROM statement_matches INDEXED BY statement_matches_by_status
		WHERE company_id = ? AND account_id = ? AND status = 'PROPOSED'`,
		companyId,
		accountId,
	);
}

/** Accounts of a currency in which something is proposed. */
export function accountsWithProposals(db: ReadDb, companyId: number, currency: string): number[] {
	return db.column<number>(
		`SELECT a.id FROM accounts a JOIN companies c ON c.id = a.company_id WHERE a.company_id = ? AND coalesce(a.currency, c.currency) = ? AND EXISTS (
			SELECT 1 FROM statement_matches m WHERE m.company_id = a.company_id AND m.account_id = a.id AND m.status = 'PROPOSED') ORDER BY a.id`,
		companyId,
		currency,
	);
}

/** What people said of an account's lines: rejected for ever, or taken apart once. */
export function decidedAgainst(
	db: ReadDb,
	companyId: number,
	accountId: number,
): { readonly kind: MatchRow['kind']; readonly status: string; readonly lineIds: string; readonly entryLines: string; readonly detail: string }[] {
	return db.all(
		`SELECT kind, status, line_ids AS lineIds, entry_lines AS entryLines, detail FROM statement_matches INDEXED BY statement_matches_by_status
		WHERE company_id = ? AND account_id = ? AND status IN ('REJECTED', 'UNMATCHED')`,
		companyId,
		accountId,
	);
}

export function nextMatchId(db: ReadDb, companyId: number): number {
	return (db.value<number>('SELECT max(id) FROM statement_matches WHERE company_id = ?', companyId) ?? 0) + 1;
}

/** A new match, proposed as every match is first. */
export function insertMatch(tx: WriteTx, companyId: number, row: NewMatchRow): void {
	tx.run(
		`INSERT INTO statement_matches (company_id, id, uuid, account_id, kind, status, score, certain, reasons, line_ids, entry_lines, detail, through_day, made_at)
		VALUES (?, ?, ?, ?, ?, 'PROPOSED', ?, ?, ?, ?, ?, ?, ?, ?)`,
		companyId,
		row.id,
		row.uuid,
		row.accountId,
		row.kind,
		row.score,
		row.certain,
		row.reasons,
		row.lineIds,
		row.entryLines,
		row.detail,
		row.throughDay,
		row.madeAt,
	);
}

/** So that a line finds its proposal. */
export function insertProposedMembers(
	tx: WriteTx,
	companyId: number,
	matchId: number,
	lineIds: readonly number[],
	entryLines: readonly (readonly [entryId: number, lineNo: number])[],
): void {
	for (const lineId of lineIds) tx.run('INSERT INTO proposed_statement_lines (company_id, line_id, match_id) VALUES (?, ?, ?)', companyId, lineId, matchId);
	for (const [entryId, lineNo] of entryLines) {
		tx.run('INSERT INTO proposed_entry_lines (company_id, entry_id, line_no, match_id) VALUES (?, ?, ?, ?)', companyId, entryId, lineNo, matchId);
	}
}

/** Its members go with it. */
export function deleteProposal(tx: WriteTx, companyId: number, id: number): void {
	tx.run(`DELETE FROM statement_matches WHERE company_id = ? AND id = ? AND status = 'PROPOSED'`, companyId, id);
}

/** Proposals that lay claim to a line that is about to be matched otherwise. */
export function deleteClaims(
	tx: WriteTx,
	companyId: number,
	keepId: number,
	lineIds: readonly number[],
	entryLines: readonly (readonly [entryId: number, lineNo: number])[],
): void {
	const claims = new Set<number>();
	for (const lineId of lineIds) {
		const id = tx.value<number>('SELECT match_id FROM proposed_statement_lines WHERE company_id = ? AND line_id = ?', companyId, lineId);
		if (id !== undefined) claims.add(id);
	}
	for (const [entryId, lineNo] of entryLines) {
		const id = tx.value<number>('SELECT match_id FROM proposed_entry_lines WHERE company_id = ? AND entry_id = ? AND line_no = ?', companyId, entryId, lineNo);
		if (id !== undefined) claims.add(id);
	}
	claims.delete(keepId);
	for (const id of claims) deleteProposal(tx, companyId, id);
}

/** Makes a proposal's lines matched; the guards of the database judge it. */
export function confirmMembers(
	tx: WriteTx,
	companyId: number,
	matchId: number,
	lineIds: readonly number[],
	entryLines: readonly (readonly [entryId: number, lineNo: number])[],
	userId: number,
): void {
	for (const lineId of lineIds) tx.run('INSERT INTO matched_statement_lines (company_id, line_id, match_id) VALUES (?, ?, ?)', companyId, lineId, matchId);
	for (const [entryId, lineNo] of entryLines) {
		tx.run('INSERT INTO matched_entry_lines (company_id, entry_id, line_no, match_id) VALUES (?, ?, ?, ?)', companyId, entryId, lineNo, matchId);
	}
	decide(tx, companyId, matchId, 'CONFIRMED', userId);
}

export function decide(tx: WriteTx, companyId: number, matchId: number, status: 'CONFIRMED' | 'REJECTED', userId: number): void {
	tx.run(
		'UPDATE statement_matches SET status = ?, decided_at = ?, decided_by = ? WHERE company_id = ? AND id = ?',
		status,
		tx.instant,
		userId,
		companyId,
		matchId,
	);
}

/** Takes a confirmed match apart and frees its lines. */
export function undoMatch(tx: WriteTx, companyId: number, matchId: number, userId: number, reason: string): void {
	tx.run(
		`UPDATE statement_matches SET status = 'UNMATCHED', undone_at = ?, undone_by = ?, undo_reason = ? WHERE company_id = ? AND id = ?`,
		tx.instant,
		userId,
		reason,
		companyId,
		matchId,
	);
	tx.run('DELETE FROM matched_statement_lines WHERE company_id = ? AND match_id = ?', companyId, matchId);
	tx.run('DELETE FROM matched_entry_lines WHERE company_id = ? AND match_id = ?', companyId, matchId);
}

const CERTAIN = `SELECT m.id FROM statement_matches m INDEXED BY statement_matches_by_status WHERE m.company_id = ? AND m.account_id = ? AND m.status = 'PROPOSED' AND m.certain = 1
	AND (? IS NULL OR NOT EXISTS (SELECT 1 FROM json_each(m.line_ids) i WHERE NOT EXISTS (
		SELECT 1 FROM statement_page_lines p WHERE p.company_id = m.company_id AND p.line_id = i.value AND p.statement_id = ?)))`;

/** Numbers of the certain proposals of an account, or of those whose lines stand in a statement, ascending. */
export function certainProposals(db: ReadDb, companyId: number, accountId: number, statementId: number | null): number[] {
	return db.column<number>(`${CERTAIN} ORDER BY m.id`, companyId, accountId, statementId, statementId);
}

/** Confirms proposals of an account all at once, as done by the program itself. `ids` ascending. */
export function confirmAll(tx: WriteTx, companyId: number, ids: readonly number[], userId: number): void {
	const list = JSON.stringify(ids);
	tx.run(
		`INSERT INTO matched_statement_lines (company_id, line_id, match_id)
		SELECT m.company_id, i.value, m.id FROM json_each(?) j CROSS JOIN statement_matches m ON m.company_id = ? AND m.id = j.value, json_each(m.line_ids) i`,
		list,
		companyId,
	);
	tx.run(
		`INSERT INTO matched_entry_lines (company_id, entry_id, line_no, match_id)
		SELECT m.company_id, i.value ->> 0, i.value ->> 1, m.id
		FROM json_each(?) j CROSS JOIN statement_matches m ON m.company_id = ? AND m.id = j.value, json_each(m.entry_lines) i`,
		list,
		companyId,
	);
	tx.run(
		`UPDATE statement_matches SET status = 'CONFIRMED', automatic = 1, decided_at = ?, decided_by = ?
		WHERE company_id = ? AND id IN (SELECT value FROM json_each(?))`,
		tx.instant,
		userId,
		companyId,
		list,
	);
}

/** Sum of the bank lines of matches, without sign, minor units. */
export function turnoverOf(db: ReadDb, companyId: number, ids: readonly number[]): bigint {
	const row = db.getBig<{ sum: bigint | null }>(
		`SELECT sum(abs(l.amount_minor)) AS sum FROM json_each(?) j CROSS JOIN matched_statement_lines m ON m.company_id = ? AND m.match_id = j.value
			JOIN statement_lines l ON l.company_id = m.company_id AND l.id = m.line_id`,
		JSON.stringify(ids),
		companyId,
	);
	return row?.sum ?? 0n;
}

/** The first closed period that a day lies in or before; an undone match would change what was closed. */
export function closedPeriodThrough(db: ReadDb, companyId: number, day: number): string | null {
	return (
		db.value<string>(
			`SELECT p.name FROM accounting_periods p WHERE p.company_id = ? AND p.kind NOT IN ('YEAR', 'OPENING') AND p.status = 'CLOSED'
				AND unixepoch(p.end_date) / 86400 >= ? ORDER BY p.end_date LIMIT 1`,
			companyId,
			day,
		) ?? null
	);
}
