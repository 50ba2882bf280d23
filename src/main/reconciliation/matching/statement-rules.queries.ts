import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import type { Direction } from './statement-rules.rules.ts';

/** A rule as it is stored. Amounts are minor units of its account's currency, of the company's where it is for any account. */
export interface RuleRow {
	readonly id: number;
	readonly uuid: string;
	readonly position: number;
	readonly name: string;
	readonly accountId: number | null;
	readonly text: string | null;
	readonly party: string | null;
	readonly direction: Direction;
	readonly minMinor: number | null;
	readonly maxMinor: number | null;
	readonly counterAccountId: number;
	readonly counterPartyId: number | null;
	readonly description: string | null;
}

const COLUMNS = `id, uuid, position, name, account_id AS accountId, text, party, direction, min_minor AS minMinor, max_minor AS maxMinor,
	counter_account_id AS counterAccountId, counter_party_id AS counterPartyId, description`;

/** Rules in use, in their order. */
export function ruleRows(db: ReadDb, companyId: number): RuleRow[] {
	return db.all<RuleRow>(`SELECT ${COLUMNS} FROM statement_rules WHERE company_id = ? AND active = 1 ORDER BY position, id`, companyId);
}

export function nextRuleId(db: ReadDb, companyId: number): number {
	return (db.value<number>('SELECT max(id) FROM statement_rules WHERE company_id = ?', companyId) ?? 0) + 1;
}

export function insertRule(tx: WriteTx, companyId: number, rule: RuleRow): void {
	tx.run(
		`INSERT INTO statement_rules (company_id, id, uuid, position, name, account_id, text, party, direction, min_minor, max_minor, counter_account_id,
			counter_party_id, description, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		companyId,
		rule.id,
		rule.uuid,
		rule.position,
		rule.name,
		rule.accountId,
		rule.text,
		rule.party,
		rule.direction,
		rule.minMinor,
		rule.maxMinor,
		rule.counterAccountId,
		rule.counterPartyId,
		rule.description,
		tx.instant,
	);
}

export function placeRule(tx: WriteTx, companyId: number, id: number, position: number): void {
	tx.run('UPDATE statement_rules SET position = ? WHERE company_id = ? AND id = ?', position, companyId, id);
}

/** Out of use; drafts that it made still name it. */
export function retireRule(tx: WriteTx, companyId: number, id: number): void {
	tx.run('UPDATE statement_rules SET active = 0 WHERE company_id = ? AND id = ?', companyId, id);
}

export interface FreeLine {
	readonly id: number;
	readonly uuid: string;
	readonly accountId: number;
	readonly day: number;
	readonly amountMinor: number;
	readonly description: string;
	readonly party: string | null;
	readonly reference: string | null;
	/** Of a draft made of it that is still a draft. */
	readonly hasDraft: number;
}

/** Statement lines of an account that no confirmed match holds. */
export function freeLines(db: ReadDb, companyId: number, accountId: number): FreeLine[] {
	return db.all<FreeLine>(
		`SELECT l.id, l.uuid, l.account_id AS accountId, l.day, l.amount_minor AS amountMinor, l.description, l.party, l.reference,
			EXISTS (SELECT 1 FROM statement_line_drafts d JOIN journal_entries e ON e.uuid = d.draft_uuid AND e.company_id = d.company_id
				WHERE d.company_id = l.company_id AND d.line_id = l.id AND e.status = 'DRAFT') AS hasDraft
		FROM statement_lines l WHERE l.company_id = ? AND l.account_id = ? AND l.undone = 0 AND l.amount_minor <> 0
			AND NOT EXISTS (SELECT 1 FROM matched_statement_lines m WHERE m.company_id = l.company_id AND m.line_id = l.id)
		ORDER BY l.day, l.id`,
		companyId,
		accountId,
	);
}

/** The draft that stands for a line now. */
export function storeLineDraft(tx: WriteTx, companyId: number, lineId: number, ruleId: number, draftUuid: string): void {
	tx.run('DELETE FROM statement_line_drafts WHERE company_id = ? AND line_id = ?', companyId, lineId);
	tx.run('INSERT INTO statement_line_drafts (company_id, line_id, rule_id, draft_uuid) VALUES (?, ?, ?, ?)', companyId, lineId, ruleId, draftUuid);
}

/** Accounts whose statements were taken in, with the currency of their lines. */
export function accountsWithStatements(db: ReadDb, companyId: number): { readonly id: number; readonly code: string; readonly currency: string }[] {
	return db.all(
		`SELECT a.id, a.code, coalesce(a.currency, c.currency) AS currency FROM accounts a JOIN companies c ON c.id = a.company_id
		WHERE a.company_id = ? AND EXISTS (SELECT 1 FROM bank_statements s WHERE s.company_id = a.company_id AND s.account_id = a.id AND s.status = 'IMPORTED')
		ORDER BY a.id`,
		companyId,
	);
}
