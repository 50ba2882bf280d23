import type { ReadDb } from '#main/platform/database/connection.ts';
import type { AccountAtEnd } from '../accounts/accounts.queries.ts';

/** An entry posted after an instant and dated up to a day. `amountMinor`: what it moved on the account, debit positive. */
export interface LaterEntry {
	readonly no: number;
	readonly date: string;
	readonly amountMinor: number;
	readonly description: string;
	readonly postedAt: string;
}

/** Entries of an account that were posted after an instant and are dated up to a day. Numbers follow instants, so only later ones are read. */
export function entriesPostedAfter(
	db: ReadDb,
	companyId: number,
	account: Pick<AccountAtEnd, 'id' | 'currency'>,
	instant: string,
	throughDay: number,
): LaterEntry[] {
	const head =
		db.value<number>(
			'SELECT id FROM journal_entries WHERE company_id = ? AND id > 0 AND posted_at_ms <= ? ORDER BY id DESC LIMIT 1',
			companyId,
			Date.parse(instant),
		) ?? 0;
	const amount = account.currency === null ? 'l.base_debit_minor - l.base_credit_minor' : 'l.debit_minor - l.credit_minor';
	return db.all<LaterEntry>(
		`SELECT e.id AS no, e.date, sum(${amount}) AS amountMinor, e.description, e.posted_at AS postedAt
		FROM journal_lines l JOIN journal_entries e ON e.company_id = l.company_id AND e.id = l.entry_id
		WHERE l.company_id = ? AND l.entry_id > ? AND l.account_id = ? AND l.day <= ? GROUP BY e.id ORDER BY e.id`,
		companyId,
		head,
		account.id,
		throughDay,
	);
}
