import type { ReadDb } from '#main/platform/database/connection.ts';
import type { AccountAtEnd } from '../accounts/accounts.queries.ts';

/** A ledger line of an account that was in no match by a day. Minor units of the account's currency, debit positive. */
export interface OpenBookLine {
	readonly kind: 'BOOK';
	readonly entryId: number;
	readonly lineNo: number;
	readonly day: number;
	readonly amountMinor: number;
	readonly description: string;
	readonly party: string | null;
	readonly reference: string | null;
	/** Number of the entry that its entry reverses. */
	readonly reversesId: number | null;
	/** 1 where it stands before the first day asked for and nothing else speaks for it. */
	readonly older: number;
}

/** A line of the bank that was in no match by a day. `amountMinor` as the bank has it: money in is positive. */
export interface OpenBankLine {
	readonly kind: 'BANK';
	readonly lineId: number;
	readonly lineUuid: string;
	readonly day: number;
	readonly amountMinor: number;
	readonly description: string;
	readonly party: string | null;
	readonly reference: string | null;
	readonly bankId: string | null;
}

export interface OpenLinesRequest {
	readonly account: Pick<AccountAtEnd, 'id' | 'currency'>;
	/** Open at the end of this day: a match that goes on after it does not count yet. */
	readonly endDay: number;
	/** Lines before it are older. */
	readonly fromDay: number;
	readonly withOlder: boolean;
	/** Its items are never older. */
	readonly reconciliationId: number;
	/** The verified reconciliation before; what it carries is never older. */
	readonly previousId: number | null;
}

/** Ledger lines without amount (a revaluation's) explain nothing and are left out. Oldest first. */
export function openBookLines(db: ReadDb, companyId: number, request: OpenLinesRequest): OpenBookLine[] {
	const amount = request.account.currency === null ? 'l.base_debit_minor - l.base_credit_minor' : 'l.debit_minor - l.credit_minor';
	return db.all<OpenBookLine>(
		`WITH open AS (
			SELECT l.entry_id AS entryId, l.line_no AS lineNo, l.day, ${amount} AS amountMinor, l.party_id, l.reference AS lineReference, l.memo,
				l.day < ? AND m.match_id IS NULL AND NOT EXISTS (SELECT 1 FROM reconciling_items i WHERE i.company_id = l.company_id
					AND i.reconciliation_id IN (?, ?) AND i.entry_id = l.entry_id AND i.line_no = l.line_no) AS older
			FROM journal_lines l
			LEFT JOIN matched_entry_lines m ON m.company_id = l.company_id AND m.entry_id = l.entry_id AND m.line_no = l.line_no
			LEFT JOIN statement_matches t ON t.company_id = m.company_id AND t.id = m.match_id
			WHERE l.company_id = ? AND l.account_id = ? AND l.day <= ? AND (m.match_id IS NULL OR t.through_day > ?) AND ${amount} <> 0)
		SELECT 'BOOK' AS kind, o.entryId, o.lineNo, o.day, o.amountMinor, coalesce(o.memo, e.description) AS description, p.name AS party,
			coalesce(o.lineReference, e.reference) AS reference, e.reverses_id AS reversesId, o.older
		FROM open o JOIN journal_entries e ON e.company_id = ? AND e.id = o.entryId LEFT JOIN parties p ON p.company_id = e.company_id AND p.id = o.party_id
		WHERE o.older = 0 OR ? OR o.entryId IN (SELECT r.reverses_id FROM journal_entries r WHERE r.company_id = ? AND r.reverses_id IS NOT NULL)
		ORDER BY o.day, o.entryId, o.lineNo`,
		request.fromDay,
		request.reconciliationId,
		request.previousId,
		companyId,
		request.account.id,
		request.endDay,
		request.endDay,
		companyId,
		request.withOlder ? 1 : 0,
		companyId,
	);
}

export function openBankLines(db: ReadDb, companyId: number, accountId: number, endDay: number): OpenBankLine[] {
	return db.all<OpenBankLine>(
		`SELECT 'BANK' AS kind, l.id AS lineId, l.uuid AS lineUuid, l.day, l.amount_minor AS amountMinor, l.description, l.party, l.reference, l.bank_id AS bankId
		FROM statement_lines l
		LEFT JOIN matched_statement_lines m ON m.company_id = l.company_id AND m.line_id = l.id
		LEFT JOIN statement_matches t ON t.company_id = m.company_id AND t.id = m.match_id
		WHERE l.company_id = ? AND l.account_id = ? AND l.day <= ? AND l.undone = 0 AND (m.match_id IS NULL OR t.through_day > ?)
		ORDER BY l.day, l.id`,
		companyId,
		accountId,
		endDay,
		endDay,
	);
}
