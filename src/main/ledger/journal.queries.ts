import type { EntrySource } from '#shared/seal/index.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';

/** One line as the journal stores it. `currency` null: the company's own, and both pairs of amounts are equal. Amounts are minor units. */
export interface StoredLine {
	readonly accountId: number;
	readonly partyId: number | null;
	readonly currency: string | null;
	readonly debitMinor: number;
	readonly creditMinor: number;
	readonly baseDebitMinor: number;
	readonly baseCreditMinor: number;
	readonly dueDate: string | null;
	readonly reference: string | null;
	readonly memo: string | null;
}

export interface StoredEntry {
	/** Equal to the entry number; a draft's is below zero. */
	readonly id: number;
	readonly externalNo: string | null;
	readonly date: string;
	readonly periodId: number | null;
	readonly description: string;
	readonly reference: string | null;
	readonly source: EntrySource;
	readonly status: 'DRAFT' | 'POSTED';
	readonly importId: number | null;
	readonly reversesId: number | null;
	readonly sessionId: number | null;
	readonly postedAt: string | null;
	readonly postedBy: number | null;
	readonly entryHash: string | null;
	readonly uuid: string | null;
	readonly draft: string | null;
}

export interface NumberedLine extends StoredLine {
	readonly lineNo: number;
	readonly day: number;
}

const ENTRY_COLUMNS = `id, external_no AS externalNo, date, period_id AS periodId, description, reference, source, status, import_id AS importId,
	reverses_id AS reversesId, session_id AS sessionId, posted_at AS postedAt, posted_by AS postedBy, entry_hash AS entryHash, uuid, draft`;

const LINE_COLUMNS = `line_no AS lineNo, day, account_id AS accountId, party_id AS partyId, currency, debit_minor AS debitMinor, credit_minor AS creditMinor,
	base_debit_minor AS baseDebitMinor, base_credit_minor AS baseCreditMinor, due_date AS dueDate, reference, memo`;

/** The newest posted entry: its number and hash. */
export function chainHead(db: ReadDb, companyId: number): { readonly seq: number; readonly hash: string } | null {
	return (
		db.get<{ seq: number; hash: string }>(
			'SELECT id AS seq, entry_hash AS hash FROM journal_entries WHERE company_id = ? AND id > 0 ORDER BY id DESC LIMIT 1',
			companyId,
		) ?? null
	);
}

export function entryById(db: ReadDb, companyId: number, id: number): StoredEntry | undefined {
	return db.get<StoredEntry>(`SELECT ${ENTRY_COLUMNS} FROM journal_entries WHERE company_id = ? AND id = ?`, companyId, id);
}

export function draftByUuid(db: ReadDb, companyId: number, uuid: string): StoredEntry | undefined {
	return db.get<StoredEntry>(`SELECT ${ENTRY_COLUMNS} FROM journal_entries WHERE uuid = ? AND company_id = ?`, uuid, companyId);
}

export function linesOf(db: ReadDb, companyId: number, entryId: number): NumberedLine[] {
	return db.all<NumberedLine>(`SELECT ${LINE_COLUMNS} FROM journal_lines WHERE company_id = ? AND entry_id = ? ORDER BY line_no`, companyId, entryId);
}

export function reversalOf(db: ReadDb, companyId: number, entryId: number): number | null {
	return db.value<number>('SELECT id FROM journal_entries WHERE company_id = ? AND reverses_id = ?', companyId, entryId) ?? null;
}

export function insertLine(tx: WriteTx, companyId: number, entryId: number, lineNo: number, day: number, line: StoredLine): void {
	tx.run(
		`INSERT INTO journal_lines (company_id, entry_id, line_no, account_id, party_id, day, currency, debit_minor, credit_minor,
			base_debit_minor, base_credit_minor, due_date, reference, memo) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		companyId,
		entryId,
		lineNo,
		line.accountId,
		line.partyId,
		day,
		line.currency,
		line.debitMinor,
		line.creditMinor,
		line.baseDebitMinor,
		line.baseCreditMinor,
		line.dueDate,
		line.reference,
		line.memo,
	);
}

export interface EntryInsert {
	readonly id: number;
	readonly externalNo: string | null;
	readonly date: string;
	readonly periodId: number;
	readonly description: string;
	readonly reference: string | null;
	readonly source: EntrySource;
	readonly postedBy: number;
	readonly hash: Uint8Array;
	readonly reversesId: number | null;
	readonly sessionId: number | null;
	readonly closeId: number | null;
}

/** The entry that claims lines inserted just before; the guards of the database judge it. */
export function insertPostedEntry(tx: WriteTx, companyId: number, entry: EntryInsert): void {
	tx.run(
		`INSERT INTO journal_entries (company_id, id, entry_no, external_no, date, period_id, description, reference, source, status,
			posted_at_ms, posted_by, hash, reverses_id, session_id, close_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'POSTED', ?, ?, ?, ?, ?, ?)`,
		companyId,
		entry.id,
		entry.id,
		entry.externalNo,
		entry.date,
		entry.periodId,
		entry.description,
		entry.reference,
		entry.source,
		Date.parse(tx.instant),
		entry.postedBy,
		entry.hash,
		entry.reversesId,
		entry.sessionId,
		entry.closeId,
	);
}

export function insertDraft(
	tx: WriteTx,
	companyId: number,
	draft: { uuid: string; date: string; description: string; reference: string | null; content: string },
): void {
	tx.run(
		`INSERT INTO journal_entries (company_id, id, date, description, reference, source, status, uuid, draft)
		VALUES (?, (SELECT min(coalesce(min(id), 0), 0) - 1 FROM journal_entries WHERE company_id = ?), ?, ?, ?, 'MANUAL', 'DRAFT', ?, ?)`,
		companyId,
		companyId,
		draft.date,
		draft.description,
		draft.reference,
		draft.uuid,
		draft.content,
	);
}

export function updateDraft(
	tx: WriteTx,
	companyId: number,
	id: number,
	draft: { date: string; description: string; reference: string | null; content: string },
): void {
	tx.run(
		'UPDATE journal_entries SET date = ?, description = ?, reference = ?, draft = ? WHERE company_id = ? AND id = ? AND status = ?',
		draft.date,
		draft.description,
		draft.reference,
		draft.content,
		companyId,
		id,
		'DRAFT',
	);
}

export function deleteDraftRow(tx: WriteTx, companyId: number, id: number): void {
	tx.run(`DELETE FROM journal_entries WHERE company_id = ? AND id = ? AND status = 'DRAFT'`, companyId, id);
}

/** What one party owes (or is owed) on one account in one currency, optionally for one reference; sums are signed, debit positive. */
export function carryingOf(
	db: ReadDb,
	companyId: number,
	accountId: number,
	currency: string,
	partyId: number | null,
	reference: string | null,
): { readonly amountMinor: bigint; readonly baseMinor: bigint } {
	const row = db.getBig<{ amountMinor: bigint | null; baseMinor: bigint | null }>(
		`SELECT sum(l.debit_minor - l.credit_minor) AS amountMinor, sum(l.base_debit_minor - l.base_credit_minor) AS baseMinor
		FROM journal_lines l JOIN journal_entries e ON e.company_id = l.company_id AND e.id = l.entry_id
		WHERE l.company_id = ? AND l.account_id = ? AND l.currency = ? AND l.party_id IS ? AND (? IS NULL OR coalesce(l.reference, e.reference) = ?)`,
		companyId,
		accountId,
		currency,
		partyId,
		reference,
		reference,
	);
	return { amountMinor: row?.amountMinor ?? 0n, baseMinor: row?.baseMinor ?? 0n };
}

export interface ForeignBalance {
	readonly accountId: bigint;
	readonly partyId: bigint | null;
	readonly amountMinor: bigint;
	readonly baseMinor: bigint;
}

/** Foreign balances at a date by account and party, of asset and liability accounts that hold money or claims. */
export function foreignBalances(db: ReadDb, companyId: number, currency: string, throughDay: number): ForeignBalance[] {
	return db.allBig<ForeignBalance>(
		`SELECT l.account_id AS accountId, l.party_id AS partyId, sum(l.debit_minor - l.credit_minor) AS amountMinor,
			sum(l.base_debit_minor - l.base_credit_minor) AS baseMinor
		FROM journal_lines l JOIN accounts a ON a.company_id = l.company_id AND a.id = l.account_id
		WHERE l.company_id = ? AND l.currency = ? AND l.day <= ? AND a.type IN ('ASSET', 'LIABILITY') AND coalesce(a.subtype, '') <> 'INVENTORY'
		GROUP BY l.account_id, l.party_id ORDER BY a.code, l.party_id`,
		companyId,
		currency,
		throughDay,
	);
}

export function storeRevaluation(tx: WriteTx, companyId: number, row: { entryId: number; currency: string; date: string; rate: string; origin: string }): void {
	tx.run(
		'INSERT INTO revaluations (company_id, entry_id, currency, date, rate, origin) VALUES (?, ?, ?, ?, ?, ?)',
		companyId,
		row.entryId,
		row.currency,
		row.date,
		row.rate,
		row.origin,
	);
}

export function storeRate(tx: WriteTx, companyId: number, row: { currency: string; date: string; rate: string; origin: string }): void {
	tx.run(
		`INSERT INTO exchange_rates (company_id, currency, date, rate, origin) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (company_id, currency, date) DO UPDATE SET rate = excluded.rate, origin = excluded.origin`,
		companyId,
		row.currency,
		row.date,
		row.rate,
		row.origin,
	);
}

/** The newest rate on or before a date. */
export function rateAt(db: ReadDb, companyId: number, currency: string, date: string): string | null {
	return (
		db.value<string>(
			'SELECT rate FROM exchange_rates WHERE company_id = ? AND currency = ? AND date <= ? ORDER BY date DESC LIMIT 1',
			companyId,
			currency,
			date,
		) ?? null
	);
}
