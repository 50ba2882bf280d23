import { present } from '#shared/kernel/assert.ts';
import type { SqlValue, ReadDb } from '#main/platform/database/connection.ts';

/** The lines of one account in one currency (null: the company's own), in the order of the covering index. */
export interface Stream {
	readonly accountId: number;
	readonly currency: string | null;
}

/** The place of a line in a ledger: its day, entry and line number. */
export interface LineKey {
	readonly day: number;
	readonly no: number;
	readonly lineNo: number;
}

export interface LedgerLine {
	readonly date: string;
	readonly day: number;
	readonly no: number;
	readonly lineNo: number;
	readonly accountId: number;
	readonly party: string | null;
	readonly description: string;
	readonly reference: string | null;
	readonly debit: number;
	readonly credit: number;
	readonly baseDebit: number;
	readonly baseCredit: number;
}

export function currenciesOfBalances(db: ReadDb, companyId: number, accountId: number): string[] {
	return db.column<string>('SELECT DISTINCT currency FROM account_balances WHERE company_id = ? AND account_id = ?', companyId, accountId);
}

export function currenciesOfLines(db: ReadDb, companyId: number, accountId: number): (string | null)[] {
	return db.column<string | null>('SELECT DISTINCT currency FROM journal_lines WHERE company_id = ? AND account_id = ?', companyId, accountId);
}

export function controlAccounts(db: ReadDb, companyId: number): number[] {
	return db.column<number>(`SELECT id FROM accounts WHERE company_id = ? AND subtype IN ('RECEIVABLE', 'PAYABLE') ORDER BY code`, companyId);
}

// Two texts and not `currency IS ?`, so that SQLite knows which index covers it.
const inCurrency = (currency: string | null): string => (currency === null ? 'currency IS NULL' : 'currency = ?');
const currencyValues = (currency: string | null): SqlValue[] => (currency === null ? [] : [currency]);

/** How many lines a stream has from one day to another, both included. `partyId` null: whatever the party. */
export function lineCount(
	db: ReadDb,
	companyId: number,
	stream: Stream,
	range: { readonly fromDay: number; readonly toDay: number; readonly partyId: number | null },
): number {
	return present(
		db.value<number>(
			`SELECT count(*) FROM journal_lines WHERE company_id = ? AND account_id = ? AND ${inCurrency(stream.currency)} AND day BETWEEN ? AND ?
				${range.partyId === null ? '' : 'AND party_id = ?'}`,
			companyId,
			stream.accountId,
			...currencyValues(stream.currency),
			range.fromDay,
			range.toDay,
			...(range.partyId === null ? [] : [range.partyId]),
		),
		'a count',
	);
}

/**
 * Lines of a stream after a place, up to a day, in order: a seek into the covering index, never a scan of what comes before.
 * `partyId` null: whatever the party. At most `limit`; below zero: all.
 */
export function linesAfter(
	db: ReadDb,
	companyId: number,
	stream: Stream,
	range: { readonly after: LineKey; readonly toDay: number; readonly partyId: number | null; readonly limit: number },
): LedgerLine[] {
	const party = range.partyId === null ? [] : [range.partyId];
	return db.all<LedgerLine>(
		`SELECT e.date, l.day, l.entry_id AS no, l.line_no AS lineNo, l.account_id AS accountId, p.name AS party, e.description,
			coalesce(t.reference, e.reference) AS reference, t.debit_minor AS debit, t.credit_minor AS credit,
			l.base_debit_minor AS baseDebit, l.base_credit_minor AS baseCredit
		FROM (SELECT company_id, account_id, day, entry_id, line_no, base_debit_minor, base_credit_minor, party_id
				FROM journal_lines INDEXED BY journal_lines_by_account
				WHERE company_id = ? AND account_id = ? AND ${inCurrency(stream.currency)} AND (day, entry_id, line_no) > (?, ?, ?) AND day <= ?
					${party.length > 0 ? 'AND party_id = ?' : ''}
				ORDER BY day, entry_id, line_no LIMIT ?) l
			CROSS JOIN journal_entries e ON e.company_id = l.company_id AND e.id = l.entry_id
			CROSS JOIN journal_lines t ON t.company_id = l.company_id AND t.entry_id = l.entry_id AND t.line_no = l.line_no
			LEFT JOIN parties p ON p.company_id = l.company_id AND p.id = l.party_id`,
		companyId,
		stream.accountId,
		...currencyValues(stream.currency),
		range.after.day,
		range.after.no,
		range.after.lineNo,
		range.toDay,
		...party,
		range.limit,
	);
}

/** Debits less credits of whole periods, from the kept balances; in the stream's own currency and in the company's. */
export function keptBalance(db: ReadDb, companyId: number, accountId: number, currency: string, beforePeriod: number): StreamBalance {
	return (
		db.getBig<StreamBalance>(
			`SELECT coalesce(sum(debit_minor - credit_minor), 0) AS own, coalesce(sum(base_debit_minor - base_credit_minor), 0) AS base
			FROM account_balances WHERE company_id = ? AND account_id = ? AND currency = ? AND period_id >= 0 AND period_id < ?`,
			companyId,
			accountId,
			currency,
			beforePeriod,
		) ?? NIL
	);
}

export interface StreamBalance {
	readonly own: bigint;
	readonly base: bigint;
}

const NIL: StreamBalance = { own: 0n, base: 0n };

/** Debits less credits of a stream's lines after one place and up to and with another. */
export function lineBalance(db: ReadDb, companyId: number, stream: Stream, after: LineKey, through: LineKey, partyId: number | null): StreamBalance {
	const places = [after.day, after.no, after.lineNo, through.day, through.no, through.lineNo];
	const range = `company_id = ? AND account_id = ? AND ${inCurrency(stream.currency)} AND (day, entry_id, line_no) > (?, ?, ?)
		AND (day, entry_id, line_no) <= (?, ?, ?) AND day BETWEEN ? AND ?`;
	const values = [companyId, stream.accountId, ...currencyValues(stream.currency), ...places, after.day, through.day];
	if (partyId !== null) {
		const sum = `SELECT coalesce(sum(base_debit_minor - base_credit_minor), 0) AS base, 0 AS own FROM journal_lines INDEXED BY journal_lines_by_account
			WHERE ${range} AND party_id = ?`;
		const base = db.getBig<StreamBalance>(sum, ...values, partyId)?.base ?? 0n;
		if (stream.currency === null) return { own: base, base };
		return { own: foreignOfParty(db, range, values, partyId), base };
	}
	if (stream.currency === null) {
		const sum = `SELECT coalesce(sum(base_debit_minor - base_credit_minor), 0) AS base, 0 AS own FROM journal_lines INDEXED BY journal_lines_by_account
			WHERE ${range}`;
		const base = db.getBig<StreamBalance>(sum, ...values)?.base ?? 0n;
		return { own: base, base };
	}
	const sum = `SELECT coalesce(sum(debit_minor - credit_minor), 0) AS own, coalesce(sum(base_debit_minor - base_credit_minor), 0) AS base
		FROM journal_lines INDEXED BY journal_lines_foreign WHERE ${range} AND currency IS NOT NULL`;
	return db.getBig<StreamBalance>(sum, ...values) ?? NIL;
}

// Party and foreign amount stand in no index together: the index finds the lines, the lines give the amounts.
function foreignOfParty(db: ReadDb, range: string, values: readonly SqlValue[], partyId: number): bigint {
	const sum = `SELECT coalesce(sum(debit_minor - credit_minor), 0) AS own FROM journal_lines INDEXED BY journal_lines_by_account
		WHERE ${range} AND party_id = ?`;
	return db.getBig<{ own: bigint }>(sum, ...values, partyId)?.own ?? 0n;
}
