import type { ReadDb } from '#main/platform/database/connection.ts';

/** A line as it stands in a file, with what the books know of it. */
export interface StatementLineRow {
	readonly position: number;
	readonly pageNo: number;
	readonly lineId: number;
	readonly uuid: string;
	readonly day: number;
	readonly valueDay: number | null;
	readonly amountMinor: number;
	readonly description: string;
	readonly party: string | null;
	readonly bankId: string | null;
	readonly reference: string | null;
	readonly runningBalanceMinor: number | null;
	readonly isBankIdReused: number;
	readonly undone: number;
}

/** The lines of a file in its order. */
export function linesOfStatement(db: ReadDb, companyId: number, statementId: number): StatementLineRow[] {
	return db.all<StatementLineRow>(
		`SELECT p.position, p.page_no AS pageNo, l.id AS lineId, l.uuid, l.day, l.value_day AS valueDay, l.amount_minor AS amountMinor, l.description, l.party,
			l.bank_id AS bankId, l.reference, l.running_balance_minor AS runningBalanceMinor, l.bank_id_reused AS isBankIdReused, l.undone
		FROM statement_page_lines p JOIN statement_lines l ON l.company_id = p.company_id AND l.id = p.line_id
		WHERE p.company_id = ? AND p.statement_id = ? ORDER BY p.position`,
		companyId,
		statementId,
	);
}

/** What a line is joined to, or may be. */
export interface LineMatch {
	readonly matchId: string;
	/** Its number in the company. */
	readonly no: number;
	readonly kind: string;
	readonly status: 'PROPOSED' | 'CONFIRMED';
	readonly score: number;
	readonly certain: boolean;
	readonly reasons: unknown;
	/** Journal entries by number, with the number that each had in the file it came from. */
	readonly entries: readonly { readonly no: number; readonly externalNo: string | null }[];
}

interface MatchRow {
	readonly lineId: number;
	readonly id: number;
	readonly uuid: string;
	readonly kind: string;
	readonly status: 'PROPOSED' | 'CONFIRMED';
	readonly score: number;
	readonly certain: number;
	readonly reasons: string;
	readonly entryLines: string;
}

const MATCH_COLUMNS = 'm.id, m.uuid, m.kind, m.status, m.score, m.certain, m.reasons, m.entry_lines AS entryLines';

/**
 * The match of each line of a statement, by the line's id: the confirmed one, else the proposal that it is in. Lines with none are not in
 * it.
 */
export function matchesOfStatement(db: ReadDb, companyId: number, statementId: number): Map<number, LineMatch> {
	const rows = [
		...db.all<MatchRow>(
			`SELECT x.line_id AS lineId, ${MATCH_COLUMNS} FROM proposed_statement_lines x
			JOIN statement_matches m ON m.company_id = x.company_id AND m.id = x.match_id
			WHERE x.company_id = ? AND x.line_id IN (SELECT p.line_id FROM statement_page_lines p WHERE p.company_id = ? AND p.statement_id = ?)`,
			companyId,
			companyId,
			statementId,
		),
		...db.all<MatchRow>(
			`SELECT x.line_id AS lineId, ${MATCH_COLUMNS} FROM matched_statement_lines x
			JOIN statement_matches m ON m.company_id = x.company_id AND m.id = x.match_id AND m.status = 'CONFIRMED'
			WHERE x.company_id = ? AND x.line_id IN (SELECT p.line_id FROM statement_page_lines p WHERE p.company_id = ? AND p.statement_id = ?)`,
			companyId,
			companyId,
			statementId,
		),
	];
	const externalNumbers = externalNumbersOf(db, companyId, rows);
	return new Map(rows.map((row) => [row.lineId, matchOf(row, externalNumbers)]));
}

function matchOf(row: MatchRow, externalNumbers: ReadonlyMap<number, string | null>): LineMatch {
	return {
		matchId: row.uuid,
		no: row.id,
		kind: row.kind,
		status: row.status,
		score: row.score,
		certain: row.certain === 1,
		reasons: JSON.parse(row.reasons) as unknown,
		entries: entryNumbers(row).map((no) => ({ no, externalNo: externalNumbers.get(no) ?? null })),
	};
}

function entryNumbers({ entryLines }: MatchRow): number[] {
	return [...new Set((JSON.parse(entryLines) as [number, number][]).map(([no]) => no))];
}

function externalNumbersOf(db: ReadDb, companyId: number, rows: readonly MatchRow[]): Map<number, string | null> {
	const numbers = [...new Set(rows.flatMap(entryNumbers))];
	const found = db.all<{ no: number; externalNo: string | null }>(
		`SELECT e.id AS no, e.external_no AS externalNo FROM json_each(?) j JOIN journal_entries e ON e.company_id = ? AND e.id = j.value`,
		JSON.stringify(numbers),
		companyId,
	);
	return new Map(found.map(({ no, externalNo }) => [no, externalNo]));
}
