import type { ReadDb } from '#main/platform/database/connection.ts';

/** Why lines cannot be matched now: those that are matched, with the number of the match. */
export function takenLines(
	db: ReadDb,
	companyId: number,
	lineIds: readonly number[],
	entryLines: readonly (readonly [entryId: number, lineNo: number])[],
): { readonly words: string; readonly matchNo: number }[] {
	return [
		...db.all<{ words: string; matchNo: number }>(
			`SELECT 'line ' || m.line_id AS words, m.match_id AS matchNo FROM json_each(?) j
			CROSS JOIN matched_statement_lines m ON m.company_id = ? AND m.line_id = j.value`,
			JSON.stringify(lineIds),
			companyId,
		),
		...db.all<{ words: string; matchNo: number }>(
			`SELECT 'entry ' || m.entry_id AS words, m.match_id AS matchNo FROM json_each(?) j
			CROSS JOIN matched_entry_lines m ON m.company_id = ? AND m.entry_id = j.value ->> 0 AND m.line_no = j.value ->> 1`,
			JSON.stringify(entryLines),
			companyId,
		),
	];
}

export interface NamedLine {
	readonly id: number;
	readonly uuid: string;
	readonly accountId: number;
	readonly code: string;
	readonly accountCurrency: string | null;
	readonly day: number;
	readonly amountMinor: number;
	readonly description: string;
	readonly reference: string | null;
	readonly undone: number;
}

/** A statement line by its number in the company, or by its id. */
export function lineNamed(db: ReadDb, companyId: number, named: string): NamedLine | undefined {
	const [column, value] = /^\d{1,15}$/.test(named) ? ['l.id', Number(named)] : ['l.uuid', named.toLowerCase()];
	return db.get<NamedLine>(
		`SELECT l.id, l.uuid, l.account_id AS accountId, a.code, a.currency AS accountCurrency, l.day, l.amount_minor AS amountMinor, l.description, l.reference,
			l.undone FROM statement_lines l JOIN accounts a ON a.company_id = l.company_id AND a.id = l.account_id WHERE l.company_id = ? AND ${column} = ?`,
		companyId,
		value ?? null,
	);
}

export interface LedgerLine {
	readonly accountId: number;
	readonly day: number;
	/** Null: the company's own. */
	readonly currency: string | null;
	readonly amountMinor: number;
}

export function ledgerLine(db: ReadDb, companyId: number, entryId: number, lineNo: number): LedgerLine | undefined {
	return db.get<LedgerLine>(
		`SELECT account_id AS accountId, day, currency, debit_minor - credit_minor AS amountMinor FROM journal_lines
		WHERE company_id = ? AND entry_id = ? AND line_no = ?`,
		companyId,
		entryId,
		lineNo,
	);
}

/** The id of the active session of a period. */
export function activeSessionOf(db: ReadDb, companyId: number, periodId: number): string | null {
	return db.value<string>(`SELECT uuid FROM reconciliation_sessions WHERE company_id = ? AND period_id = ? AND status = 'ACTIVE'`, companyId, periodId) ?? null;
}
