import type { ReadDb } from '#main/platform/database/connection.ts';

/** Drafts dated in a span, oldest first; `count` is of all, the list is cut. */
export function draftsIn(db: ReadDb, companyId: number, from: string, to: string) {
	const drafts = db.all<{ uuid: string; date: string; description: string }>(
		'SELECT uuid, date, description FROM journal_entries WHERE company_id = ? AND id < 0 AND date BETWEEN ? AND ? ORDER BY date, id DESC',
		companyId,
		from,
		to,
	);
	return { count: drafts.length, first: drafts.slice(0, 20) };
}

export interface MovedRow {
	readonly accountId: bigint;
	readonly ref: string;
	readonly code: string;
	readonly name: string;
	readonly currency: string;
	readonly debit: bigint;
	readonly credit: bigint;
	readonly baseDebit: bigint;
	readonly baseCredit: bigint;
}

/** The kept balances of a span of periods, by account and currency. */
export function keptMovements(db: ReadDb, companyId: number, startDay: number, endDay: number): MovedRow[] {
	return db.allBig<MovedRow>(
		`SELECT a.id AS accountId, a.ref, a.code, a.name, b.currency, sum(b.debit_minor) AS debit, sum(b.credit_minor) AS credit,
			sum(b.base_debit_minor) AS baseDebit, sum(b.base_credit_minor) AS baseCredit
		FROM accounts a JOIN account_balances b ON b.company_id = a.company_id AND b.account_id = a.id
		WHERE a.company_id = ? AND b.period_id BETWEEN ? AND ? GROUP BY a.id, b.currency`,
		companyId,
		startDay,
		endDay,
	);
}

/** Base debits less base credits of everything up to a day. */
export function trialBalanceDifference(db: ReadDb, companyId: number, endDay: number): bigint {
	const row = db.getBig<{ difference: bigint | null }>(
		'SELECT sum(base_debit_minor - base_credit_minor) AS difference FROM account_balances WHERE company_id = ? AND period_id <= ?',
		companyId,
		endDay,
	);
	return row?.difference ?? 0n;
}

export interface StandingBalance {
	readonly ref: string;
	readonly code: string;
	readonly name: string;
	readonly type: string;
	readonly subtype: string | null;
	readonly currency: string;
	readonly amount: bigint;
	readonly base: bigint;
}

/** Balances on the last of the days up to `endDay`, signed, debit positive: of accounts of these subtypes, or with foreign money. */
export function standingBalances(db: ReadDb, companyId: number, endDay: number): StandingBalance[] {
	return db.allBig<StandingBalance>(
		`SELECT a.ref, a.code, a.name, a.type, a.subtype, b.currency, sum(b.debit_minor - b.credit_minor) AS amount,
			sum(b.base_debit_minor - b.base_credit_minor) AS base
		FROM accounts a JOIN account_balances b ON b.company_id = a.company_id AND b.account_id = a.id
		WHERE a.company_id = ? AND a.type NOT IN ('INCOME', 'EXPENSE') AND b.period_id <= ? GROUP BY a.id, b.currency ORDER BY a.code, b.currency`,
		companyId,
		endDay,
	);
}

/** Currencies revalued on a day by an entry that nothing dated up to that day reverses. */
export function revaluedCurrencies(db: ReadDb, companyId: number, date: string): Set<string> {
	return new Set(
		db.column<string>(
			`SELECT r.currency FROM revaluations r WHERE r.company_id = ? AND r.date = ? AND NOT EXISTS (
				SELECT 1 FROM journal_entries e WHERE e.company_id = r.company_id AND e.reverses_id = r.entry_id AND e.date <= ?)`,
			companyId,
			date,
			date,
		),
	);
}

/** Which of these entries have evidence that was attached after posting. */
export function hasLaterAttachment(db: ReadDb, companyId: number, entryNo: number): boolean {
	return db.value<number>('SELECT EXISTS (SELECT 1 FROM attachments WHERE company_id = ? AND entry_id = ?)', companyId, entryNo) === 1;
}

/** How many posted entries have a number above `afterNo`. */
export function countEntriesAfter(db: ReadDb, companyId: number, afterNo: number): number {
	return db.value<number>('SELECT count(*) FROM journal_entries WHERE company_id = ? AND id > max(?, 0)', companyId, afterNo) ?? 0;
}

export function entryHashOf(db: ReadDb, companyId: number, no: number): string | undefined {
	return db.value<string>('SELECT entry_hash FROM journal_entries WHERE company_id = ? AND id = ?', companyId, no);
}
