import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import type { StandingLine } from './dedup.rules.ts';

/** Standing lines of an account in a span of days, in their order. */
export function standingLines(db: ReadDb, companyId: number, accountId: number, fromDay: number, toDay: number): StandingLine[] {
	return db.all<StandingLine>(
		`SELECT id, day, amount_minor AS amountMinor, text_key AS textKey, bank_id AS bankId, running_balance_minor AS runningBalanceMinor, occurrence
		FROM statement_lines WHERE company_id = ? AND account_id = ? AND day BETWEEN ? AND ? AND undone = 0 ORDER BY day, id`,
		companyId,
		accountId,
		fromDay,
		toDay,
	);
}

/** Those of these bank ids that stand in the account on days outside a span: a bank that uses ids again. */
export function bankIdsOutside(db: ReadDb, companyId: number, accountId: number, span: { fromDay: number; toDay: number }, ids: Iterable<string>): Set<string> {
	return new Set(
		db.column<string>(
			`SELECT DISTINCT l.bank_id FROM json_each(?) i CROSS JOIN statement_lines l ON l.company_id = ? AND l.account_id = ? AND l.bank_id = i.value
				AND l.bank_id IS NOT NULL AND l.undone = 0
			WHERE l.day NOT BETWEEN ? AND ?`,
			JSON.stringify([...ids]),
			companyId,
			accountId,
			span.fromDay,
			span.toDay,
		),
	);
}

export function nextLineId(tx: WriteTx, companyId: number): number {
	return tx.value<number>('SELECT coalesce(max(id), 0) + 1 FROM statement_lines WHERE company_id = ?', companyId) ?? 1;
}

export interface NewLine {
	readonly id: number;
	readonly uuid: string;
	readonly day: number;
	readonly valueDay: number | null;
	readonly amountMinor: number;
	readonly description: string;
	readonly party: string | null;
	readonly bankId: string | null;
	readonly reference: string | null;
	readonly runningBalanceMinor: number | null;
	readonly textKey: string;
	readonly occurrence: number;
	readonly isBankIdReused: boolean;
}

export function insertLine(tx: WriteTx, companyId: number, accountId: number, statementId: number, line: NewLine): void {
	tx.run(
		`INSERT INTO statement_lines (company_id, id, uuid, account_id, statement_id, day, value_day, amount_minor, description, party, bank_id, reference,
			running_balance_minor, text_key, occurrence, bank_id_reused) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		companyId,
		line.id,
		line.uuid,
		accountId,
		statementId,
		line.day,
		line.valueDay,
		line.amountMinor,
		line.description,
		line.party,
		line.bankId,
		line.reference,
		line.runningBalanceMinor,
		line.textKey,
		line.occurrence,
		line.isBankIdReused ? 1 : 0,
	);
}

/** Says that a line stands in a file, whichever file brought it. */
export function insertPageLine(tx: WriteTx, companyId: number, statementId: number, position: number, pageNo: number, lineId: number): void {
	tx.run(
		'INSERT INTO statement_page_lines (company_id, statement_id, position, page_no, line_id) VALUES (?, ?, ?, ?, ?)',
		companyId,
		statementId,
		position,
		pageNo,
		lineId,
	);
}
