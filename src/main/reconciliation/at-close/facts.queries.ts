import type { ReadDb } from '#main/platform/database/connection.ts';

/** Debits and credits of an account in one period together: minor units of its currency, or of the company's where it is bound to none. */
export function turnoverOf(db: ReadDb, companyId: number, account: { readonly id: number; readonly currency: string | null }, periodId: number): bigint {
	const row = db.getBig<{ turnover: bigint | null }>(
		`SELECT sum(CASE WHEN ? IS NULL THEN base_debit_minor + base_credit_minor WHEN currency = ? THEN debit_minor + credit_minor ELSE 0 END) AS turnover
		FROM account_balances WHERE company_id = ? AND account_id = ? AND period_id = ?`,
		account.currency,
		account.currency,
		companyId,
		account.id,
		periodId,
	);
	return row?.turnover ?? 0n;
}

/** Items of a reconciliation whose line is dated before a day: how many, and the day number of the oldest. */
export function itemsBefore(db: ReadDb, companyId: number, reconciliationId: number, day: number): { readonly count: number; readonly oldest: number | null } {
	return (
		db.get<{ count: number; oldest: number | null }>(
			`SELECT count(*) AS count, min(coalesce(j.day, s.day)) AS oldest FROM reconciling_items i
			LEFT JOIN journal_lines j ON j.company_id = i.company_id AND j.entry_id = i.entry_id AND j.line_no = i.line_no
			LEFT JOIN statement_lines s ON s.company_id = i.company_id AND s.id = i.line_id
			WHERE i.company_id = ? AND i.reconciliation_id = ? AND coalesce(j.day, s.day) < ?`,
			companyId,
			reconciliationId,
			day,
		) ?? { count: 0, oldest: null }
	);
}

/** Accounts that are to be reconciled where they count, and have a draft or stale reconciliation of the period. */
export function unfinishedAccounts(db: ReadDb, companyId: number, periodId: number): number[] {
	return db.column<number>(
		`SELECT a.id FROM reconciliations r JOIN accounts a ON a.company_id = r.company_id AND a.id = r.account_id
		WHERE r.company_id = ? AND r.period_id = ? AND r.status IN ('DRAFT', 'STALE') AND a.requires_reconciliation = 1 ORDER BY a.code`,
		companyId,
		periodId,
	);
}
