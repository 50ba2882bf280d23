import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';

/** First and last day of a span as day numbers: periods are stored under the day number of their first day. */
export interface DaySpan {
	readonly startDay: number;
	readonly endDay: number;
}

/** How many accounts and currencies have a posted line on or before the span's last day. */
export function countBalanceRows(db: ReadDb, companyId: number, span: DaySpan): number {
	return (
		db.value<number>(
			`SELECT count(*) FROM (SELECT 1 FROM account_balances WHERE company_id = ? AND period_id <= ? GROUP BY account_id, currency HAVING sum(line_count) > 0)`,
			companyId,
			span.endDay,
		) ?? 0
	);
}

/**
 * One row for each account and currency with a posted line on or before the span's last day, nil balances too. Answers how many.
 * A year's own row has an id below zero and no balances: its figures are those of the periods inside it.
 */
export function insertBalanceSnapshots(tx: WriteTx, companyId: number, periodId: number, closeNumber: number, span: DaySpan): number {
	return tx.run(
		`INSERT INTO period_balance_snapshots (company_id, period_id, close_number, account_id, currency, opening_minor, debit_minor, credit_minor,
			closing_minor, base_opening_minor, base_debit_minor, base_credit_minor, base_closing_minor)
		SELECT company_id, ?, ?, account_id, currency,
			sum(debit_minor - credit_minor) - sum(inside * (debit_minor - credit_minor)), sum(inside * debit_minor), sum(inside * credit_minor),
			sum(debit_minor - credit_minor),
			sum(base_debit_minor - base_credit_minor) - sum(inside * (base_debit_minor - base_credit_minor)), sum(inside * base_debit_minor),
			sum(inside * base_credit_minor), sum(base_debit_minor - base_credit_minor)
		FROM (SELECT *, period_id >= ? AS inside FROM account_balances WHERE company_id = ? AND period_id <= ?)
		GROUP BY account_id, currency HAVING sum(line_count) > 0`,
		periodId,
		closeNumber,
		span.startDay,
		companyId,
		span.endDay,
	).changes;
}

export interface SummaryRow {
	readonly currency: string;
	readonly journalCount: number;
	readonly lineCount: number;
	readonly totalDebitsMinor: bigint;
	readonly totalCreditsMinor: bigint;
	readonly baseDebitsMinor: bigint;
	readonly baseCreditsMinor: bigint;
}

export function insertSummarySnapshot(tx: WriteTx, companyId: number, periodId: number, closeNumber: number, row: SummaryRow): void {
	tx.run(
		`INSERT INTO period_summary_snapshots (company_id, period_id, close_number, currency, journal_count, line_count, total_debits_minor,
			total_credits_minor, base_debits_minor, base_credits_minor) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		companyId,
		periodId,
		closeNumber,
		row.currency,
		row.journalCount,
		row.lineCount,
		row.totalDebitsMinor,
		row.totalCreditsMinor,
		row.baseDebitsMinor,
		row.baseCreditsMinor,
	);
}

export function summarySnapshots(db: ReadDb, companyId: number, periodId: number, closeNumber: number): SummaryRow[] {
	return db
		.allBig<SummaryRow & { journalCount: bigint; lineCount: bigint }>(
			`SELECT currency, journal_count AS journalCount, line_count AS lineCount, total_debits_minor AS totalDebitsMinor,
				total_credits_minor AS totalCreditsMinor, base_debits_minor AS baseDebitsMinor, base_credits_minor AS baseCreditsMinor
			FROM period_summary_snapshots WHERE company_id = ? AND period_id = ? AND close_number = ? ORDER BY currency`,
			companyId,
			periodId,
			closeNumber,
		)
		.map((row) => ({ ...row, journalCount: Number(row.journalCount), lineCount: Number(row.lineCount) }));
}

/** A balance in minor units, signed, debit positive; `base…` in the company's currency. */
export interface SnapshotRow {
	readonly accountId: number;
	readonly ref: string;
	readonly code: string;
	readonly currency: string;
	readonly opening: bigint;
	readonly debit: bigint;
	readonly credit: bigint;
	readonly closing: bigint;
	readonly baseOpening: bigint;
	readonly baseDebit: bigint;
	readonly baseCredit: bigint;
	readonly baseClosing: bigint;
}

/** In order of ref and currency. */
export function balanceSnapshots(db: ReadDb, companyId: number, periodId: number, closeNumber: number): SnapshotRow[] {
	return db
		.allBig<Omit<SnapshotRow, 'accountId'> & { accountId: bigint }>(
			`SELECT s.account_id AS accountId, a.ref, a.code, s.currency, s.opening_minor AS opening, s.debit_minor AS debit, s.credit_minor AS credit,
				s.closing_minor AS closing, s.base_opening_minor AS baseOpening, s.base_debit_minor AS baseDebit, s.base_credit_minor AS baseCredit,
				s.base_closing_minor AS baseClosing
			FROM accounts a CROSS JOIN period_balance_snapshots s ON s.company_id = a.company_id AND s.account_id = a.id
			WHERE a.company_id = ? AND s.period_id = ? AND s.close_number = ? ORDER BY a.ref, s.currency`,
			companyId,
			periodId,
			closeNumber,
		)
		.map((row) => ({ ...row, accountId: Number(row.accountId) }));
}

export interface ResultBalance {
	readonly accountId: number;
	readonly code: string;
	readonly name: string;
	readonly currency: string;
	/** Signed, debit positive. */
	readonly amount: bigint;
	readonly base: bigint;
}

/** Balances of income and expense accounts at a day, on ledger basis, those that are not nil in both. In order of code. */
export function resultBalances(db: ReadDb, companyId: number, endDay: number): ResultBalance[] {
	return db
		.allBig<Omit<ResultBalance, 'accountId'> & { accountId: bigint }>(
			`SELECT a.id AS accountId, a.code, a.name, b.currency, sum(b.debit_minor - b.credit_minor) AS amount,
				sum(b.base_debit_minor - b.base_credit_minor) AS base
			FROM accounts a JOIN account_balances b ON b.company_id = a.company_id AND b.account_id = a.id
			WHERE a.company_id = ? AND a.type IN ('INCOME', 'EXPENSE') AND b.period_id <= ?
			GROUP BY a.id, b.currency HAVING amount <> 0 OR base <> 0 ORDER BY a.code, b.currency`,
			companyId,
			endDay,
		)
		.map((row) => ({ ...row, accountId: Number(row.accountId) }));
}

/** Income less expense of a span in base minor units, without closing entries. */
export function netProfitMinor(db: ReadDb, companyId: number, span: DaySpan, dates: { readonly start: string; readonly end: string }): bigint {
	const moved = db.getBig<{ total: bigint | null }>(
		`SELECT sum(b.base_credit_minor - b.base_debit_minor) AS total
		FROM accounts a JOIN account_balances b ON b.company_id = a.company_id AND b.account_id = a.id
		WHERE a.company_id = ? AND a.type IN ('INCOME', 'EXPENSE') AND b.period_id BETWEEN ? AND ?`,
		companyId,
		span.startDay,
		span.endDay,
	);
	const closed = db.getBig<{ total: bigint | null }>(
		`SELECT sum(l.base_credit_minor - l.base_debit_minor) AS total
		FROM journal_entries e INDEXED BY journal_entries_closing
		CROSS JOIN journal_lines l ON l.company_id = e.company_id AND l.entry_id = e.id
		JOIN accounts a ON a.company_id = l.company_id AND a.id = l.account_id
		WHERE e.company_id = ? AND e.source = 'CLOSING' AND e.date BETWEEN ? AND ? AND a.type IN ('INCOME', 'EXPENSE')`,
		companyId,
		dates.start,
		dates.end,
	);
	return (moved?.total ?? 0n) - (closed?.total ?? 0n);
}
