import { present } from '#shared/kernel/assert.ts';
import type { DateSpan } from '#shared/kernel/period.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';

export interface BookedEntry {
	readonly date: string;
	readonly no: number;
	readonly externalNo: string | null;
	readonly description: string;
	readonly reference: string | null;
	readonly source: string;
}

/** Posted entries after a place in order of date and number, up to a date. At most `limit`; below zero: all. */
export function entriesAfter(
	db: ReadDb,
	companyId: number,
	range: { readonly afterDate: string; readonly afterNo: number; readonly to: string; readonly limit: number },
): BookedEntry[] {
	return db.all<BookedEntry>(
		`SELECT date, id AS no, external_no AS externalNo, description, reference, source FROM journal_entries
		WHERE company_id = ? AND (date, id) > (?, ?) AND date <= ? AND id > 0 ORDER BY date, id LIMIT ?`,
		companyId,
		range.afterDate,
		range.afterNo,
		range.to,
		range.limit,
	);
}

/** How many lines the posted entries of a span have. */
export function lineCountOfSpan(db: ReadDb, companyId: number, { start, end }: DateSpan): number {
	return present(
		db.value<number>(
			`SELECT count(*) FROM journal_entries e JOIN journal_lines l ON l.company_id = e.company_id AND l.entry_id = e.id
			WHERE e.company_id = ? AND e.date BETWEEN ? AND ? AND e.id > 0`,
			companyId,
			start,
			end,
		),
		'a count',
	);
}

export function hasForeignLines(db: ReadDb, companyId: number, { start, end }: DateSpan): boolean {
	return (
		db.value(
			`SELECT 1 FROM journal_entries e JOIN journal_lines l ON l.company_id = e.company_id AND l.entry_id = e.id
			WHERE e.company_id = ? AND e.date BETWEEN ? AND ? AND e.id > 0 AND l.currency IS NOT NULL LIMIT 1`,
			companyId,
			start,
			end,
		) !== undefined
	);
}

/** True where an entry of the span came from elsewhere with a number of its own. */
export function hasExternalNumbers(db: ReadDb, companyId: number, { start, end }: DateSpan): boolean {
	return (
		db.value(
			'SELECT 1 FROM journal_entries WHERE company_id = ? AND date BETWEEN ? AND ? AND id > 0 AND external_no IS NOT NULL LIMIT 1',
			companyId,
			start,
			end,
		) !== undefined
	);
}

export function dateOfEntry(db: ReadDb, companyId: number, no: number): string | undefined {
	return db.value<string>('SELECT date FROM journal_entries WHERE company_id = ? AND id = ? AND id > 0', companyId, no);
}

export interface BookedLine {
	readonly accountId: number;
	readonly party: string | null;
	readonly currency: string | null;
	readonly debit: number;
	readonly credit: number;
	readonly baseDebit: number;
	readonly baseCredit: number;
}

export function linesOfEntry(db: ReadDb, companyId: number, no: number): BookedLine[] {
	return db.all<BookedLine>(
		`SELECT l.account_id AS accountId, p.name AS party, l.currency, l.debit_minor AS debit, l.credit_minor AS credit,
			l.base_debit_minor AS baseDebit, l.base_credit_minor AS baseCredit
		FROM journal_lines l LEFT JOIN parties p ON p.company_id = l.company_id AND p.id = l.party_id
		WHERE l.company_id = ? AND l.entry_id = ? ORDER BY l.line_no`,
		companyId,
		no,
	);
}
