import type { ReadDb } from '#main/platform/database/connection.ts';

/** Entries dated in a span with a number after `afterNo`: what got into a closed period. */
export function entriesAfterSeal(db: ReadDb, companyId: number, from: string, to: string, afterNo: number) {
	return db.all<{ no: number; externalNo: string | null; date: string }>(
		`SELECT id AS no, external_no AS externalNo, date FROM journal_entries INDEXED BY journal_entries_by_date
		WHERE company_id = ? AND date BETWEEN ? AND ? AND id > ? ORDER BY id LIMIT 100`,
		companyId,
		from,
		to,
		afterNo,
	);
}

export interface KeptBalance {
	readonly ref: string;
	readonly code: string;
	readonly currency: string;
	readonly periodId: number;
	readonly debit: bigint;
	readonly credit: bigint;
	readonly baseDebit: bigint;
	readonly baseCredit: bigint;
}

export function keptBalances(db: ReadDb, companyId: number): KeptBalance[] {
	return db
		.allBig<Omit<KeptBalance, 'periodId'> & { periodId: bigint }>(
			`SELECT a.ref, a.code, b.currency, b.period_id AS periodId, b.debit_minor AS debit, b.credit_minor AS credit,
				b.base_debit_minor AS baseDebit, b.base_credit_minor AS baseCredit
			FROM account_balances b JOIN accounts a ON a.company_id = b.company_id AND a.id = b.account_id WHERE b.company_id = ?`,
			companyId,
		)
		.map((row) => ({ ...row, periodId: Number(row.periodId) }));
}
