import type { ReadDb } from '#main/platform/database/connection.ts';
import type { ClosingSum } from './reopen-difference.rules.ts';

/** What closing entries moved in a span of dates, up to an entry number; minor units, signed, debit positive. */
export function closingSums(
	db: ReadDb,
	companyId: number,
	baseCurrency: string,
	span: { readonly start: string; readonly end: string },
	throughNo: number,
): ClosingSum[] {
	return db.allBig<ClosingSum>(
		`SELECT a.ref, coalesce(l.currency, ?) AS currency, sum(l.debit_minor - l.credit_minor) AS amount, sum(l.base_debit_minor - l.base_credit_minor) AS base
		FROM journal_entries e
		CROSS JOIN journal_lines l ON l.company_id = e.company_id AND l.entry_id = e.id
		JOIN accounts a ON a.company_id = l.company_id AND a.id = l.account_id
		WHERE e.company_id = ? AND e.source = 'CLOSING' AND e.date BETWEEN ? AND ? AND e.id BETWEEN 1 AND ?
		GROUP BY a.ref, coalesce(l.currency, ?)`,
		baseCurrency,
		companyId,
		span.start,
		span.end,
		throughNo,
		baseCurrency,
	);
}
