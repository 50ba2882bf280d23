import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';

export interface ControlAccount {
	readonly id: number;
	readonly ref: string;
	readonly code: string;
	readonly name: string;
	readonly subtype: 'RECEIVABLE' | 'PAYABLE';
}

/** Receivable and payable accounts, in order of code. */
export function controlAccounts(db: ReadDb, companyId: number): ControlAccount[] {
	return db.all<ControlAccount>(
		`SELECT id, ref, code, name, subtype FROM accounts WHERE company_id = ? AND subtype IN ('RECEIVABLE', 'PAYABLE') ORDER BY code`,
		companyId,
	);
}

/** The currencies in which an account has lines, as lines name them (null: the company's own). */
export function currenciesOfAccount(db: ReadDb, company: { readonly id: number; readonly currency: string }, accountId: number): (string | null)[] {
	return db.column<string | null>(
		'SELECT DISTINCT nullif(currency, ?) FROM account_balances WHERE company_id = ? AND account_id = ?',
		company.currency,
		company.id,
		accountId,
	);
}

/** entry, line, day, party, reference (the line's, else its entry's), due date, signed amount in the line's currency and in base */
export type ControlRow = readonly [
	no: number,
	lineNo: number,
	day: number,
	partyId: number | null,
	reference: string | null,
	dueDate: string | null,
	amountMinor: number,
	baseMinor: number,
];

const SIGNED_BASE = 'l.base_debit_minor - l.base_credit_minor';
const COLUMNS = (amount: string): string =>
	`l.entry_id, l.line_no, l.day, l.party_id, coalesce(t.reference, e.reference), t.due_date, ${amount}, ${SIGNED_BASE}`;
const ITSELF_AND_ENTRY = `CROSS JOIN journal_lines t ON t.company_id = l.company_id AND t.entry_id = l.entry_id AND t.line_no = l.line_no
	CROSS JOIN journal_entries e ON e.company_id = l.company_id AND e.id = l.entry_id`;

/** The lines of an account in one currency (null: the company's own) dated in a span, in order of day, entry and line. */
export function iterateControlLines(
	db: ReadDb,
	companyId: number,
	accountId: number,
	currency: string | null,
	days: { readonly from: number; readonly to: number },
): IterableIterator<ControlRow> {
	const found = (inCurrency: string): string => `SELECT ${COLUMNS(currency === null ? SIGNED_BASE : 't.debit_minor - t.credit_minor')}
		FROM (SELECT company_id, entry_id, line_no, day, party_id, base_debit_minor, base_credit_minor FROM journal_lines INDEXED BY journal_lines_by_account
			WHERE company_id = ? AND account_id = ? AND ${inCurrency} AND day BETWEEN ? AND ? ORDER BY day, entry_id, line_no) l ${ITSELF_AND_ENTRY}`;
	if (currency === null) return db.iterateRaw<ControlRow>(found('currency IS NULL'), companyId, accountId, days.from, days.to);
	return db.iterateRaw<ControlRow>(found('currency = ?'), companyId, accountId, currency, days.from, days.to);
}

/** A line, with the account and currency it stands in. */
export type NamedControlRow = readonly [...ControlRow, accountId: number, currency: string | null];

// An entry and a line number in one integer, so that SQLite unpacks no array for each of them: 16 million lines in each of 500 million entries.
const LINE_BITS = 24;

/** Lines by entry and line number, in order of both: so each page of the file is read once. */
export function controlLinesAt(
	db: ReadDb,
	companyId: number,
	places: readonly (readonly [no: number, lineNo: number, ...rest: unknown[]])[],
): NamedControlRow[] {
	const packed = Float64Array.from(places, ([no, lineNo]) => no * 2 ** LINE_BITS + lineNo).sort();
	return [
		...db.iterateRaw<NamedControlRow>(
			`SELECT ${COLUMNS('l.debit_minor - l.credit_minor').replaceAll('t.', 'l.')}, l.account_id, l.currency
			FROM json_each(?) k
			CROSS JOIN journal_lines l ON l.company_id = ? AND l.entry_id = k.value >> ${LINE_BITS} AND l.line_no = k.value & ${2 ** LINE_BITS - 1}
			CROSS JOIN journal_entries e ON e.company_id = l.company_id AND e.id = l.entry_id`,
			`[${packed.join(',')}]`,
			companyId,
		),
	];
}

export interface ReversalRow {
	readonly no: number;
	readonly reverses: number;
	readonly day: number;
	readonly reversedDay: number;
}

/** Entries that reverse another, dated up to a day; in order of number. */
export function reversalsThrough(db: ReadDb, companyId: number, throughDay: number): ReversalRow[] {
	return db.all<ReversalRow>(
		`SELECT r.id AS no, r.reverses_id AS reverses, unixepoch(r.date) / 86400 AS day, unixepoch(o.date) / 86400 AS reversedDay
		FROM journal_entries r INDEXED BY journal_entries_reversed_once
		CROSS JOIN journal_entries o ON o.company_id = r.company_id AND o.id = r.reverses_id
		WHERE r.company_id = ? AND r.reverses_id IS NOT NULL AND r.date <= date(? * 86400, 'unixepoch') ORDER BY r.id`,
		companyId,
		throughDay,
	);
}

/** Accounts, currencies and parties of the control lines of some entries (a JSON array of numbers). */
export function controlPlacesOf(
	db: ReadDb,
	companyId: number,
	numbers: string,
): { readonly accountId: number; readonly currency: string | null; readonly partyId: number | null }[] {
	return db.all<{ accountId: number; currency: string | null; partyId: number | null }>(
		`SELECT DISTINCT l.account_id AS accountId, l.currency, l.party_id AS partyId
		FROM json_each(?) k CROSS JOIN journal_lines l ON l.company_id = ? AND l.entry_id = k.value
		JOIN accounts a ON a.company_id = l.company_id AND a.id = l.account_id AND a.subtype IN ('RECEIVABLE', 'PAYABLE')`,
		numbers,
		companyId,
	);
}

/** Debits less credits of an account by currency, from the kept balances of the periods up to a day that ends one. */
export function keptControlBalances(db: ReadDb, companyId: number, accountId: number, endDay: number): { readonly currency: string; readonly net: bigint }[] {
	return db.allBig<{ currency: string; net: bigint }>(
		`SELECT currency, sum(debit_minor - credit_minor) AS net FROM account_balances
		WHERE company_id = ? AND account_id = ? AND period_id BETWEEN 0 AND ? GROUP BY currency`,
		companyId,
		accountId,
		endDay,
	);
}

/** An allocation that somebody made. */
export interface StatedRow {
	readonly debitNo: number;
	readonly debitLineNo: number;
	readonly creditNo: number;
	readonly creditLineNo: number;
	readonly amountMinor: number;
	readonly effectiveDay: number;
	readonly accountId: number;
	readonly currency: string | null;
	readonly partyId: number | null;
	readonly undoneDay: number | null;
	/** The earlier day of the two lines. */
	readonly earlierDay: number;
}

/** Stored allocations that were made as of a day or before it, undone ones too; in order of id. */
export function statedThrough(db: ReadDb, companyId: number, throughDay: number): StatedRow[] {
	return db.all<StatedRow>(
		`SELECT a.debit_entry_id AS debitNo, a.debit_line_no AS debitLineNo, a.credit_entry_id AS creditNo, a.credit_line_no AS creditLineNo,
			a.amount_minor AS amountMinor, a.effective_day AS effectiveDay, a.undone_day AS undoneDay, d.account_id AS accountId, d.currency,
			d.party_id AS partyId, min(d.day, c.day) AS earlierDay
		FROM allocations a
		CROSS JOIN journal_lines d ON d.company_id = a.company_id AND d.entry_id = a.debit_entry_id AND d.line_no = a.debit_line_no
		CROSS JOIN journal_lines c ON c.company_id = a.company_id AND c.entry_id = a.credit_entry_id AND c.line_no = a.credit_line_no
		WHERE a.company_id = ? AND a.effective_day <= ? ORDER BY a.id`,
		companyId,
		throughDay,
	);
}

/** The newest standing close on or before a day that sealed open items: its last day, and the SHA-256 of what it sealed. */
export function closeWithOpenItems(
	db: ReadDb,
	companyId: number,
	throughDay: number,
): { readonly closeId: number; readonly day: number; readonly sha256: string } | undefined {
	return db.get<{ closeId: number; day: number; sha256: string }>(
		`SELECT c.id AS closeId, unixepoch(p.end_date) / 86400 AS day, t.sha256
		FROM accounting_periods p JOIN period_closes c ON c.company_id = p.company_id AND c.period_id = p.id AND c.status = 'CLOSED'
		JOIN sealed_tables t ON t.company_id = c.company_id AND t.close_id = c.id AND t.name = 'open_items'
		WHERE p.company_id = ? AND p.kind <> 'YEAR' AND p.end_date <= date(? * 86400, 'unixepoch') ORDER BY p.end_date DESC LIMIT 1`,
		companyId,
		throughDay,
	);
}

/** The open items at hand of a close; undefined where another close is the newest. */
export function standingContent(db: ReadDb, companyId: number, closeId: number): Uint8Array | undefined {
	return db.value<Uint8Array>('SELECT content FROM standing_open_items WHERE company_id = ? AND close_id = ?', companyId, closeId);
}

/** The close whose open items are at hand; undefined where there are none. */
export function closeAtHand(db: ReadDb, companyId: number): number | undefined {
	return db.value<number>('SELECT max(close_id) FROM standing_open_items WHERE company_id = ?', companyId) ?? undefined;
}

/** The newest close has its open items at hand, and those of the close before go. */
export function replaceStandingContent(tx: WriteTx, companyId: number, closeId: number, content: Uint8Array): void {
	tx.run('DELETE FROM standing_open_items WHERE company_id = ? AND close_id < ?', companyId, closeId);
	tx.run('INSERT INTO standing_open_items (company_id, close_id, content) VALUES (?, ?, ?)', companyId, closeId, content);
}

/** What stands against a line: money in the books' own sense (CASH, BANK, …), only other balance sheet accounts, or what income and cost are made of. */
export type Counterpart = 'PAYMENT_METHOD' | 'BALANCE_SHEET' | 'RESULT';

/** What stands against a line in its entry. Opening balances count as RESULT: they are open as they came, and pay nothing by themselves. */
export function counterpartOf(db: ReadDb, companyId: number, no: number, lineNo: number): Counterpart {
	const kind = db.value<Counterpart>(
		`SELECT CASE WHEN e.source = 'OPENING' THEN 'RESULT'
			WHEN max(a.subtype IN ('CASH', 'BANK', 'MOBILE_MONEY', 'CREDIT_CARD', 'CLEARING')) = 1 THEN 'PAYMENT_METHOD'
			WHEN max(a.type IN ('INCOME', 'EXPENSE') OR coalesce(a.subtype, '') IN ('TAX', 'INVENTORY')) = 1 THEN 'RESULT'
			ELSE 'BALANCE_SHEET' END
		FROM journal_entries e
		CROSS JOIN journal_lines o ON o.company_id = e.company_id AND o.entry_id = e.id AND o.line_no <> ?
		CROSS JOIN accounts a ON a.company_id = o.company_id AND a.id = o.account_id
		WHERE e.company_id = ? AND e.id = ?`,
		lineNo,
		companyId,
		no,
	);
	return kind ?? 'RESULT';
}

export interface ForeignBase {
	readonly accountId: bigint;
	readonly partyId: bigint | null;
	readonly currency: string;
	readonly baseMinor: bigint;
}

/** What lines in foreign currencies of an account stand at in base, by party and currency, up to a day; signed, debit positive. */
export function foreignBases(db: ReadDb, companyId: number, accountId: number, throughDay: number, throughNo: number): ForeignBase[] {
	return db.allBig<ForeignBase>(
		`SELECT account_id AS accountId, party_id AS partyId, currency, sum(base_debit_minor - base_credit_minor) AS baseMinor
		FROM journal_lines INDEXED BY journal_lines_by_account
		WHERE company_id = ? AND account_id = ? AND currency > '' AND day <= ? AND entry_id <= ? GROUP BY party_id, currency`,
		companyId,
		accountId,
		throughDay,
		throughNo,
	);
}
