import { currencyDecimals } from '#shared/kernel/currency.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';

interface CompanyRow {
	readonly id: number;
	readonly uuid: string;
	readonly name: string;
	readonly currency: string;
	readonly timezone: string;
	readonly booksFrom: string | null;
}

const COLUMNS = 'id, uuid, name, currency, timezone, books_from AS booksFrom';

const toCompany = (row: CompanyRow): Company => ({ ...row, decimals: currencyDecimals(row.currency) });

export function listCompanies(db: ReadDb): Company[] {
	return db.all<CompanyRow>(`SELECT ${COLUMNS} FROM companies ORDER BY id`).map(toCompany);
}

export function findCompany(db: ReadDb, uuid: string): Company | null {
	const row = db.get<CompanyRow>(`SELECT ${COLUMNS} FROM companies WHERE uuid = ?`, uuid);
	return row ? toCompany(row) : null;
}

export function insertCompany(tx: WriteTx, company: { uuid: string; name: string; currency: string; timezone: string }): void {
	tx.run(
		'INSERT INTO companies (uuid, name, currency, timezone, created_at) VALUES (?, ?, ?, ?, ?)',
		company.uuid,
		company.name,
		company.currency,
		company.timezone,
		tx.instant,
	);
}

export function updateCompany(tx: WriteTx, id: number, name: string, timezone: string): void {
	tx.run('UPDATE companies SET name = ?, timezone = ? WHERE id = ?', name, timezone, id);
}

export function updateBooksFrom(tx: WriteTx, id: number, booksFrom: string): void {
	tx.run('UPDATE companies SET books_from = ? WHERE id = ?', booksFrom, id);
}

export function storedSettings(db: ReadDb, companyId: number): Record<string, unknown> {
	const rows = db.all<{ key: string; value: string }>('SELECT key, value FROM settings WHERE company_id = ?', companyId);
	return Object.fromEntries(rows.map((row) => [row.key, JSON.parse(row.value) as unknown]));
}

export function storeSetting(tx: WriteTx, companyId: number, key: string, value: unknown): void {
	tx.run(
		'INSERT INTO settings (company_id, key, value) VALUES (?, ?, ?) ON CONFLICT (company_id, key) DO UPDATE SET value = excluded.value',
		companyId,
		key,
		JSON.stringify(value),
	);
}

export function hasPeriods(db: ReadDb, companyId: number): boolean {
	return db.value<number>('SELECT EXISTS (SELECT 1 FROM accounting_periods WHERE company_id = ?)', companyId) === 1;
}

/** Does the company hold a posted entry, and was anything ever closed? */
export function booksState(db: ReadDb, companyId: number): { readonly posted: boolean; readonly closed: boolean } {
	return {
		posted: db.value<number>('SELECT EXISTS (SELECT 1 FROM journal_entries WHERE company_id = ? AND id > 0)', companyId) === 1,
		closed: db.value<number>('SELECT EXISTS (SELECT 1 FROM period_closes WHERE company_id = ?)', companyId) === 1,
	};
}

export interface AccountRow {
	readonly id: number;
	readonly ref: string;
	readonly code: string;
	readonly name: string;
	readonly type: 'ASSET' | 'LIABILITY' | 'EQUITY' | 'INCOME' | 'EXPENSE';
	readonly subtype: string | null;
	readonly currency: string | null;
	readonly requiresReconciliation: number;
	readonly exemptReason: string | null;
	readonly active: number;
}

const ACCOUNT_COLUMNS = `id, ref, code, name, type, subtype, currency, requires_reconciliation AS requiresReconciliation, exempt_reason AS exemptReason, active`;

export function listAccounts(db: ReadDb, companyId: number): AccountRow[] {
	return db.all<AccountRow>(`SELECT ${ACCOUNT_COLUMNS} FROM accounts WHERE company_id = ? ORDER BY code`, companyId);
}

export function accountById(db: ReadDb, companyId: number, id: number): AccountRow | undefined {
	return db.get<AccountRow>(`SELECT ${ACCOUNT_COLUMNS} FROM accounts WHERE company_id = ? AND id = ?`, companyId, id);
}

export function insertAccount(tx: WriteTx, companyId: number, account: Omit<AccountRow, 'id' | 'active' | 'exemptReason'>): number {
	const id = tx.value<number>('SELECT coalesce(max(id), 0) + 1 FROM accounts WHERE company_id = ?', companyId) ?? 1;
	tx.run(
		`INSERT INTO accounts (company_id, id, ref, code, name, type, subtype, currency, requires_reconciliation, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		companyId,
		id,
		account.ref,
		account.code,
		account.name,
		account.type,
		account.subtype,
		account.currency,
		account.requiresReconciliation,
		tx.instant,
	);
	return id;
}
