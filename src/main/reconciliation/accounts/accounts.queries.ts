import type { AccountRow } from '#main/companies/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';

/** An account at a period's end, as the rules of what is to be reconciled see it. One without a currency is reconciled in the company's own, by its base amounts. */
export interface AccountAtEnd extends Omit<AccountRow, 'active'> {
	/** Login of who exempted it. */
	readonly exemptBy: string | null;
	readonly exemptAt: string | null;
	/** 1 where the account stands with a balance at the end, in any currency, or moved in the period. */
	readonly counts: number;
	/** 1 where a statement that stands was taken in for it. */
	readonly hasStatements: number;
}

const COLUMNS = `a.id, a.ref, a.code, a.name, a.type, a.subtype, a.currency, a.requires_reconciliation AS requiresReconciliation,
	a.exempt_reason AS exemptReason, u.login AS exemptBy, a.exempt_at AS exemptAt,
	EXISTS (SELECT 1 FROM account_balances b WHERE b.company_id = a.company_id AND b.account_id = a.id AND b.period_id <= p.id
		GROUP BY b.currency HAVING sum(b.debit_minor) <> sum(b.credit_minor) OR max(b.period_id) = p.id) AS counts,
	EXISTS (SELECT 1 FROM bank_statements s WHERE s.company_id = a.company_id AND s.account_id = a.id AND s.status = 'IMPORTED') AS hasStatements`;
const FROM = `accounts a JOIN accounting_periods p ON p.company_id = a.company_id LEFT JOIN users u ON u.id = a.exempt_by`;

/** Every account, by code. The guard of the close counts in the same way. */
export function accountsAtEnd(db: ReadDb, companyId: number, periodId: number): AccountAtEnd[] {
	return db.all<AccountAtEnd>(`SELECT ${COLUMNS} FROM ${FROM} WHERE a.company_id = ? AND p.id = ? ORDER BY a.code`, companyId, periodId);
}

export function accountAtEnd(db: ReadDb, companyId: number, periodId: number, accountId: number): AccountAtEnd | undefined {
	return db.get<AccountAtEnd>(`SELECT ${COLUMNS} FROM ${FROM} WHERE a.company_id = ? AND p.id = ? AND a.id = ?`, companyId, periodId, accountId);
}

/** What the ledger says at a period's end, debit positive: minor units of the account's currency, or of the company's where it has none. */
export function ledgerBalance(db: ReadDb, companyId: number, account: Pick<AccountAtEnd, 'id' | 'currency'>, periodId: number): bigint {
	const sums = db.getBig<{ own: bigint | null; base: bigint | null }>(
		`SELECT sum(CASE WHEN currency = ? THEN debit_minor - credit_minor ELSE 0 END) AS own, sum(base_debit_minor - base_credit_minor) AS base
		FROM account_balances WHERE company_id = ? AND account_id = ? AND period_id <= ?`,
		account.currency,
		companyId,
		account.id,
		periodId,
	);
	return (account.currency === null ? sums?.base : sums?.own) ?? 0n;
}
