import type { ReadDb } from '#main/platform/database/connection.ts';

/** What an account holds in one currency and one period. Integers are bigints: sums may pass 2^53. */
export interface PeriodBalance {
	readonly accountId: bigint;
	/** Null in rows from lines: the company's own. */
	readonly currency: string | null;
	readonly periodId: bigint;
	readonly debit: bigint;
	readonly credit: bigint;
	readonly baseDebit: bigint;
	readonly baseCredit: bigint;
	readonly lines: bigint;
}

/** Periods from `first` to `last` by id; years hold no balances. */
export interface PeriodRange {
	readonly first: number;
	readonly last: number;
}

export function keptPeriodBalances(db: ReadDb, companyId: number, range: PeriodRange): PeriodBalance[] {
	return db.allBig<PeriodBalance>(
		`SELECT account_id AS accountId, currency, period_id AS periodId, debit_minor AS debit, credit_minor AS credit,
			base_debit_minor AS baseDebit, base_credit_minor AS baseCredit, line_count AS lines
		FROM account_balances WHERE company_id = ? AND period_id BETWEEN ? AND ? ORDER BY account_id, currency, period_id`,
		companyId,
		range.first,
		range.last,
	);
}

// For every account and period one seek into the covering index, then its lines in a row: each line is read once, in order.
const OWN_BY_PERIOD = `SELECT a.id AS accountId, NULL AS currency, p.id AS periodId, sum(l.base_debit_minor) AS debit, sum(l.base_credit_minor) AS credit,
		sum(l.base_debit_minor) AS baseDebit, sum(l.base_credit_minor) AS baseCredit, count(*) AS lines
	FROM accounts a CROSS JOIN accounting_periods p CROSS JOIN journal_lines l INDEXED BY journal_lines_by_account
	WHERE a.company_id = ? AND p.company_id = a.company_id AND p.id BETWEEN ? AND ?
		AND l.company_id = a.company_id AND l.account_id = a.id AND l.currency IS NULL AND l.day BETWEEN p.id AND unixepoch(p.end_date) / 86400
	GROUP BY a.id, p.id`;

const FOREIGN_BY_PERIOD = `SELECT c.account_id AS accountId, c.currency AS currency, p.id AS periodId, sum(l.debit_minor) AS debit, sum(l.credit_minor) AS credit,
		sum(l.base_debit_minor) AS baseDebit, sum(l.base_credit_minor) AS baseCredit, count(*) AS lines
	FROM (SELECT DISTINCT company_id, account_id, currency FROM journal_lines INDEXED BY journal_lines_foreign
			WHERE company_id = ? AND currency IS NOT NULL) c
		CROSS JOIN accounting_periods p CROSS JOIN journal_lines l INDEXED BY journal_lines_foreign
	WHERE p.company_id = c.company_id AND p.id BETWEEN ? AND ?
		AND l.company_id = c.company_id AND l.account_id = c.account_id AND l.currency = c.currency AND l.currency IS NOT NULL
		AND l.day BETWEEN p.id AND unixepoch(p.end_date) / 86400
	GROUP BY c.account_id, c.currency, p.id`;

/** The same from the lines. What lies in no period is in no row. */
export function* rebuiltPeriodBalances(db: ReadDb, companyId: number, range: PeriodRange): IterableIterator<PeriodBalance> {
	yield* db.allBig<PeriodBalance>(OWN_BY_PERIOD, companyId, range.first, range.last);
	yield* db.allBig<PeriodBalance>(FOREIGN_BY_PERIOD, companyId, range.first, range.last);
}

export function lineCount(db: ReadDb, companyId: number): number {
	return db.value<number>('SELECT count(*) FROM journal_lines WHERE company_id = ?', companyId) ?? 0;
}

/** Lines whose account or day the books do not know, by account and currency: only damage makes them. `periodId` is -1. */
export function linesOutsidePeriods(db: ReadDb, companyId: number): PeriodBalance[] {
	return db.allBig<PeriodBalance>(
		`SELECT l.account_id AS accountId, l.currency, -1 AS periodId, sum(l.debit_minor) AS debit, sum(l.credit_minor) AS credit,
			sum(l.base_debit_minor) AS baseDebit, sum(l.base_credit_minor) AS baseCredit, count(*) AS lines
		FROM journal_lines l WHERE l.company_id = ? AND NOT (
			EXISTS (SELECT 1 FROM accounts a WHERE a.company_id = l.company_id AND a.id = l.account_id)
			AND EXISTS (SELECT 1 FROM accounting_periods p WHERE p.company_id = l.company_id AND p.id >= 0
				AND l.day BETWEEN p.id AND unixepoch(p.end_date) / 86400))
		GROUP BY l.account_id, l.currency`,
		companyId,
	);
}
