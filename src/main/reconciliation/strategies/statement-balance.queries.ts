import type { ReadDb } from '#main/platform/database/connection.ts';

/** A statement that gives a balance. Days are day numbers, the balance minor units. */
export interface BalancePage {
	readonly statementId: number;
	readonly statementUuid: string;
	readonly pageNo: number;
	readonly fromDay: number;
	readonly toDay: number;
	readonly openingMinor: number;
}

// OFX gives the closing balance only: the opening is what its own lines leave of that.
const COLUMNS = `p.statement_id AS statementId, s.uuid AS statementUuid, p.page_no AS pageNo, p.from_day AS fromDay, p.to_day AS toDay,
	coalesce(p.opening_minor, p.closing_minor - coalesce((SELECT sum(l.amount_minor) FROM statement_page_lines c
		JOIN statement_lines l ON l.company_id = c.company_id AND l.id = c.line_id
		WHERE c.company_id = p.company_id AND c.statement_id = p.statement_id AND c.page_no = p.page_no), 0)) AS openingMinor`;
const STANDING = `statement_pages p JOIN bank_statements s ON s.company_id = p.company_id AND s.id = p.statement_id
	WHERE s.company_id = ? AND s.account_id = ? AND s.status = 'IMPORTED' AND coalesce(p.opening_minor, p.closing_minor) IS NOT NULL`;

/** The latest statement with a balance that begins by a day. */
export function balancePageAt(db: ReadDb, companyId: number, accountId: number, day: number): BalancePage | undefined {
	return db.get<BalancePage>(
		`SELECT ${COLUMNS} FROM ${STANDING} AND p.from_day <= ? ORDER BY p.to_day DESC, p.statement_id DESC, p.page_no DESC LIMIT 1`,
		companyId,
		accountId,
		day,
	);
}

/** The first statement with a balance that begins after a day. */
export function balancePageAfter(db: ReadDb, companyId: number, accountId: number, day: number): BalancePage | undefined {
	return db.get<BalancePage>(
		`SELECT ${COLUMNS} FROM ${STANDING} AND p.from_day > ? ORDER BY p.from_day, p.to_day, p.statement_id, p.page_no LIMIT 1`,
		companyId,
		accountId,
		day,
	);
}

/** Sum of a statement's own lines up to a day, those that another file had brought included. */
export function pageLinesThrough(db: ReadDb, companyId: number, page: BalancePage, day: number): bigint {
	const row = db.getBig<{ sum: bigint | null }>(
		`SELECT sum(l.amount_minor) AS sum FROM statement_page_lines p JOIN statement_lines l ON l.company_id = p.company_id AND l.id = p.line_id
		WHERE p.company_id = ? AND p.statement_id = ? AND p.page_no = ? AND l.day <= ? AND l.undone = 0`,
		companyId,
		page.statementId,
		page.pageNo,
		day,
	);
	return row?.sum ?? 0n;
}

/** Sum of the account's lines of a span of days, the lines of one statement left out. */
export function linesBetween(db: ReadDb, companyId: number, accountId: number, fromDay: number, toDay: number, without: BalancePage): bigint {
	const row = db.getBig<{ sum: bigint | null }>(
		`SELECT sum(l.amount_minor) AS sum FROM statement_lines l
		WHERE l.company_id = ? AND l.account_id = ? AND l.day BETWEEN ? AND ? AND l.undone = 0 AND NOT EXISTS (
			SELECT 1 FROM statement_page_lines p WHERE p.company_id = l.company_id AND p.line_id = l.id AND p.statement_id = ? AND p.page_no = ?)`,
		companyId,
		accountId,
		fromDay,
		toDay,
		without.statementId,
		without.pageNo,
	);
	return row?.sum ?? 0n;
}

/** First and last day of all statements of the account that stand; nulls where there is none. */
export function statementSpan(db: ReadDb, companyId: number, accountId: number): { readonly fromDay: number | null; readonly toDay: number | null } {
	return (
		db.get<{ fromDay: number | null; toDay: number | null }>(
			`SELECT min(from_day) AS fromDay, max(to_day) AS toDay FROM bank_statements WHERE company_id = ? AND account_id = ? AND status = 'IMPORTED'`,
			companyId,
			accountId,
		) ?? { fromDay: null, toDay: null }
	);
}
