import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import type { AccountRow } from '#main/companies/index.ts';

const ACCOUNT_COLUMNS = `id, ref, code, name, type, subtype, currency, requires_reconciliation AS requiresReconciliation, exempt_reason AS exemptReason, active`;

/** The account of this code, else of this ref, else those of this name (the full path where there is one). */
export function accountsNamed(db: ReadDb, companyId: number, named: string): AccountRow[] {
	const byCode = db.get<AccountRow>(`SELECT ${ACCOUNT_COLUMNS} FROM accounts WHERE company_id = ? AND code = ?`, companyId, named);
	if (byCode) return [byCode];
	const byRef = db.get<AccountRow>(`SELECT ${ACCOUNT_COLUMNS} FROM accounts WHERE company_id = ? AND ref = ?`, companyId, named);
	if (byRef) return [byRef];
	return db.all<AccountRow>(`SELECT ${ACCOUNT_COLUMNS} FROM accounts WHERE company_id = ? AND name = ?`, companyId, named);
}

export function accountOfSubtype(db: ReadDb, companyId: number, subtype: string): AccountRow | undefined {
	return db.get<AccountRow>(
		`SELECT ${ACCOUNT_COLUMNS} FROM accounts WHERE company_id = ? AND subtype = ? AND active = 1 ORDER BY code LIMIT 1`,
		companyId,
		subtype,
	);
}

export function updateAccount(tx: WriteTx, companyId: number, account: AccountRow & { readonly exemptBy: number | null }): void {
	tx.run(
		`UPDATE accounts SET code = ?, name = ?, type = ?, subtype = ?, currency = ?, requires_reconciliation = ?, active = ?, exempt_reason = ?,
			exempt_by = ?, exempt_at = CASE WHEN ? IS NULL THEN NULL WHEN exempt_reason IS ? THEN exempt_at ELSE ? END WHERE company_id = ? AND id = ?`,
		account.code,
		account.name,
		account.type,
		account.subtype,
		account.currency,
		account.requiresReconciliation,
		account.active,
		account.exemptReason,
		account.exemptBy,
		account.exemptReason,
		account.exemptReason,
		tx.instant,
		companyId,
		account.id,
	);
}

export function hasSealedLines(db: ReadDb, companyId: number, accountId: number): boolean {
	return db.value<number>('SELECT EXISTS (SELECT 1 FROM period_balance_snapshots WHERE company_id = ? AND account_id = ?)', companyId, accountId) === 1;
}

export function hasLines(db: ReadDb, companyId: number, accountId: number): boolean {
	return db.value<number>('SELECT EXISTS (SELECT 1 FROM journal_lines WHERE company_id = ? AND account_id = ?)', companyId, accountId) === 1;
}

export interface PartyRow {
	readonly id: number;
	readonly ref: string;
	readonly name: string;
	/** JSON array of texts. */
	readonly aliases: string;
	readonly active: number;
}

const PARTY_COLUMNS = 'id, ref, name, aliases, active';

export function listPartyRows(db: ReadDb, companyId: number): PartyRow[] {
	return db.all<PartyRow>(`SELECT ${PARTY_COLUMNS} FROM parties WHERE company_id = ? ORDER BY name COLLATE NOCASE`, companyId);
}

/** By name, else by ref, else by an alias. */
export function partyNamed(db: ReadDb, companyId: number, named: string): PartyRow | undefined {
	return (
		db.get<PartyRow>(`SELECT ${PARTY_COLUMNS} FROM parties WHERE company_id = ? AND name = ?`, companyId, named) ??
		db.get<PartyRow>(`SELECT ${PARTY_COLUMNS} FROM parties WHERE company_id = ? AND ref = ?`, companyId, named) ??
		db.get<PartyRow>(
			`SELECT ${PARTY_COLUMNS} FROM parties WHERE company_id = ? AND aliases <> '[]' AND EXISTS (SELECT 1 FROM json_each(aliases) WHERE value = ?) LIMIT 1`,
			companyId,
			named,
		)
	);
}

export function partyById(db: ReadDb, companyId: number, id: number): PartyRow | undefined {
	return db.get<PartyRow>(`SELECT ${PARTY_COLUMNS} FROM parties WHERE company_id = ? AND id = ?`, companyId, id);
}

export function insertParty(tx: WriteTx, companyId: number, name: string, aliases: readonly string[]): PartyRow {
	const id = tx.value<number>('SELECT coalesce(max(id), 0) + 1 FROM parties WHERE company_id = ?', companyId) ?? 1;
	const row = { id, ref: `P${String(id).padStart(6, '0')}`, name, aliases: JSON.stringify(aliases), active: 1 };
	tx.run(
		'INSERT INTO parties (company_id, id, ref, name, aliases, created_at) VALUES (?, ?, ?, ?, ?, ?)',
		companyId,
		id,
		row.ref,
		name,
		row.aliases,
		tx.instant,
	);
	return row;
}

export function updateParty(tx: WriteTx, companyId: number, party: PartyRow): void {
	tx.run('UPDATE parties SET name = ?, aliases = ?, active = ? WHERE company_id = ? AND id = ?', party.name, party.aliases, party.active, companyId, party.id);
}

export function emailsOf(db: ReadDb, companyId: number, partyId: number): string[] {
	return db.column<string>('SELECT email FROM party_email_directory WHERE company_id = ? AND party_id = ? ORDER BY email', companyId, partyId);
}

export function replaceEmails(tx: WriteTx, companyId: number, partyId: number, emails: readonly string[]): void {
	tx.run('DELETE FROM party_email_directory WHERE company_id = ? AND party_id = ?', companyId, partyId);
	for (const email of emails) tx.run('INSERT INTO party_email_directory (company_id, party_id, email) VALUES (?, ?, ?)', companyId, partyId, email);
}
