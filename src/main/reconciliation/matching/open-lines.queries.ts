import type { ReadDb } from '#main/platform/database/connection.ts';
import type { BankLine, BookLine } from './lines.rules.ts';

/** An account whose bank's statements were taken in. */
export interface StatementAccount {
	readonly id: number;
	readonly code: string;
	/** Of its lines that are matched: its own, else the company's. */
	readonly currency: string;
}

const STATEMENT_ACCOUNT = `SELECT a.id, a.code, coalesce(a.currency, c.currency) AS currency FROM accounts a JOIN companies c ON c.id = a.company_id
	WHERE a.company_id = ? AND EXISTS (
		SELECT 1 FROM bank_statements s WHERE s.company_id = a.company_id AND s.account_id = a.id AND s.status = 'IMPORTED')`;

export function statementAccounts(db: ReadDb, companyId: number, currency: string): StatementAccount[] {
	return db.all<StatementAccount>(`${STATEMENT_ACCOUNT} AND coalesce(a.currency, c.currency) = ? ORDER BY a.id`, companyId, currency);
}

/** Undefined where no statement of the account stands. */
export function statementAccount(db: ReadDb, companyId: number, accountId: number): StatementAccount | undefined {
	return db.get<StatementAccount>(`${STATEMENT_ACCOUNT} AND a.id = ?`, companyId, accountId);
}

/** Clearing accounts of a currency without statements of their own. */
export function clearingAccounts(db: ReadDb, companyId: number, currency: string): number[] {
	return db.column<number>(
		`SELECT a.id FROM accounts a JOIN companies c ON c.id = a.company_id
		WHERE a.company_id = ? AND a.subtype = 'CLEARING' AND coalesce(a.currency, c.currency) = ? AND NOT EXISTS (
			SELECT 1 FROM bank_statements s WHERE s.company_id = a.company_id AND s.account_id = a.id AND s.status = 'IMPORTED')
		ORDER BY a.id`,
		companyId,
		currency,
	);
}

/** Statement lines of an account that stand and are in no confirmed match. */
export function openBankLines(db: ReadDb, companyId: number, accountId: number): BankLine[] {
	return db.all<BankLine>(
		`SELECT l.id, l.day, l.amount_minor AS amountMinor, l.description, l.party, l.reference, l.bank_id AS bankId FROM statement_lines l
		WHERE l.company_id = ? AND l.account_id = ? AND l.undone = 0 AND l.amount_minor <> 0
			AND NOT EXISTS (SELECT 1 FROM matched_statement_lines m WHERE m.company_id = l.company_id AND m.line_id = l.id)`,
		companyId,
		accountId,
	);
}

type BookRow = readonly [
	entryId: number,
	lineNo: number,
	day: number,
	amountMinor: number,
	memo: string | null,
	partyId: number | null,
	lineReference: string | null,
	description: string,
	entryReference: string | null,
	externalNo: string | null,
	reversesEntryId: number | null,
];

const OPEN_BOOK_LINES = `SELECT l.entry_id, l.line_no, l.day, l.debit_minor - l.credit_minor, l.memo, l.party_id, l.reference,
		e.description, e.reference, e.external_no, e.reverses_id
	FROM journal_lines l JOIN journal_entries e ON e.company_id = l.company_id AND e.id = l.entry_id
	WHERE l.company_id = ? AND l.account_id = ? AND l.currency IS ? AND l.debit_minor <> l.credit_minor
		AND NOT EXISTS (SELECT 1 FROM matched_entry_lines m WHERE m.company_id = l.company_id AND m.entry_id = l.entry_id AND m.line_no = l.line_no)`;

/** Posted lines of an account in a currency (null: the company's own) that are in no confirmed match. A revaluation moves no money and is none. */
export function openBookLines(db: ReadDb, companyId: number, accountId: number, currency: string | null): BookLine[] {
	const parties = partyNames(db, companyId);
	const lines: BookLine[] = [];
	for (const row of db.iterateRaw<BookRow>(OPEN_BOOK_LINES, companyId, accountId, currency)) lines.push(bookLine(row, parties));
	return lines;
}

interface PartyNames {
	readonly name: string;
	readonly aliases: readonly string[];
}

const NO_ALIASES: readonly string[] = [];

function partyNames(db: ReadDb, companyId: number): ReadonlyMap<number, PartyNames> {
	const rows = db.all<{ id: number; name: string; aliases: string }>('SELECT id, name, aliases FROM parties WHERE company_id = ?', companyId);
	return new Map(rows.map(({ id, name, aliases }) => [id, { name, aliases: aliases === '[]' ? NO_ALIASES : (JSON.parse(aliases) as string[]) }]));
}

function bookLine(row: BookRow, parties: ReadonlyMap<number, PartyNames>): BookLine {
	const [entryId, lineNo, day, amountMinor, memo, partyId, lineReference, description, entryReference, externalNo, reversesEntryId] = row;
	const party = partyId === null ? undefined : parties.get(partyId);
	return {
		entryId,
		lineNo,
		day,
		amountMinor,
		description,
		memo,
		party: party?.name ?? null,
		aliases: party?.aliases ?? NO_ALIASES,
		references: [...new Set([lineReference, entryReference].filter((reference) => reference !== null && reference !== ''))] as string[],
		externalNo,
		reversesEntryId,
	};
}
