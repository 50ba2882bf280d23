import type { DateSpan } from '#shared/kernel/period.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import type { PeriodCut } from './bases.rules.ts';

/** Sums of one account in one currency. Every integer is a bigint: sums may pass 2^53. */
export interface SumsRow {
	readonly accountId: bigint;
	readonly currency: string;
	readonly debit: bigint;
	readonly credit: bigint;
	readonly baseDebit: bigint;
	readonly baseCredit: bigint;
}

export interface NamedAccount {
	readonly id: number;
	readonly code: string;
	readonly name: string;
	readonly type: 'ASSET' | 'LIABILITY' | 'EQUITY' | 'INCOME' | 'EXPENSE';
	readonly subtype: string | null;
}

/** The accounts as reports show them, in order of code. */
export function namedAccounts(db: ReadDb, companyId: number): NamedAccount[] {
	return db.all<NamedAccount>('SELECT id, code, name, type, subtype FROM accounts WHERE company_id = ? ORDER BY code', companyId);
}

/** Sums from the kept balances of whole periods. */
export function keptSums(db: ReadDb, companyId: number, fullFrom: number, fullTo: number): SumsRow[] {
	return db.allBig<SumsRow>(
		`SELECT account_id AS accountId, currency, sum(debit_minor) AS debit, sum(credit_minor) AS credit,
			sum(base_debit_minor) AS baseDebit, sum(base_credit_minor) AS baseCredit
		FROM account_balances WHERE company_id = ? AND period_id BETWEEN ? AND ? GROUP BY account_id, currency`,
		companyId,
		fullFrom,
		fullTo,
	);
}

// Seeks for each account instead of grouping every row by account and currency: nearly all are in the company's own.
const KEPT_OWN = `SELECT a.id AS accountId, (SELECT sum(b.base_debit_minor - b.base_credit_minor) FROM account_balances b
		WHERE b.company_id = a.company_id AND b.account_id = a.id AND b.currency = ? AND b.period_id BETWEEN 0 AND ?) AS base
	FROM accounts a WHERE a.company_id = ?`;

const keptForeign = (comparison: '<' | '>'): string => `SELECT a.id AS accountId, b.currency AS currency, sum(b.debit_minor - b.credit_minor) AS own,
		sum(b.base_debit_minor - b.base_credit_minor) AS base
	FROM accounts a CROSS JOIN account_balances b ON b.company_id = a.company_id AND b.account_id = a.id AND b.currency ${comparison} ?
	WHERE a.company_id = ? AND b.period_id BETWEEN 0 AND ? GROUP BY a.id, b.currency`;

const KEPT_FOREIGN = `${keptForeign('<')} UNION ALL ${keptForeign('>')}`;

/** Debits less credits from the kept balances of all periods up to one: what stands on the debit side; nothing stands on the credit side. */
export function keptNets(db: ReadDb, company: Company, fullTo: number): SumsRow[] {
	const rows: SumsRow[] = [];
	for (const { accountId, base } of db.allBig<{ accountId: bigint; base: bigint | null }>(KEPT_OWN, company.currency, fullTo, company.id)) {
		if (base !== null) rows.push({ accountId, currency: company.currency, debit: base, credit: 0n, baseDebit: base, baseCredit: 0n });
	}
	// Balances in a foreign currency come from lines in it. That there are none is one look into a small index.
	if (db.value<number>('SELECT EXISTS (SELECT 1 FROM journal_lines WHERE company_id = ? AND currency IS NOT NULL)', company.id) === 0) return rows;
	const values = [company.currency, company.id, fullTo];
	for (const { accountId, currency, own, base } of db.allBig<{ accountId: bigint; currency: string; own: bigint; base: bigint }>(
		KEPT_FOREIGN,
		...values,
		...values,
	)) {
		rows.push({ accountId, currency, debit: own, credit: 0n, baseDebit: base, baseCredit: 0n });
	}
	return rows;
}

// The kept balances of the period say which accounts and currencies have lines in it, so that each is one seek into a covering index.
const PART_OF_PERIOD = `SELECT b.account_id AS accountId, b.currency AS currency, sum(l.base_debit_minor) AS debit, sum(l.base_credit_minor) AS credit,
		sum(l.base_debit_minor) AS baseDebit, sum(l.base_credit_minor) AS baseCredit
	FROM account_balances b CROSS JOIN journal_lines l ON l.company_id = b.company_id AND l.account_id = b.account_id AND l.currency IS NULL
	WHERE b.company_id = ? AND b.period_id = ? AND b.currency = ? AND l.day BETWEEN ? AND ?
	GROUP BY b.account_id, b.currency
	UNION ALL
	SELECT b.account_id, b.currency, sum(l.debit_minor), sum(l.credit_minor), sum(l.base_debit_minor), sum(l.base_credit_minor)
	FROM account_balances b CROSS JOIN journal_lines l ON l.company_id = b.company_id AND l.account_id = b.account_id AND l.currency = b.currency
		AND l.currency IS NOT NULL
	WHERE b.company_id = ? AND b.period_id = ? AND b.currency <> ? AND l.day BETWEEN ? AND ?
	GROUP BY b.account_id, b.currency`;

/** Sums of the lines of some days of one period. */
export function partSums(db: ReadDb, company: Company, part: PeriodCut['parts'][number]): SumsRow[] {
	const values = [company.id, part.periodId, company.currency, part.fromDay, part.toDay];
	return db.allBig<SumsRow>(PART_OF_PERIOD, ...values, ...values);
}

// Streams the covering index. The amounts in foreign currencies are in another one: asking for both at once would read every line itself.
const ALL_LINES = `SELECT account_id AS accountId, currency, sum(base_debit_minor) AS baseDebit, sum(base_credit_minor) AS baseCredit
	FROM journal_lines WHERE company_id = ? AND day BETWEEN ? AND ? GROUP BY account_id, currency`;

const FOREIGN_LINES = `SELECT account_id AS accountId, currency, sum(debit_minor) AS debit, sum(credit_minor) AS credit
	FROM journal_lines WHERE company_id = ? AND currency IS NOT NULL AND day BETWEEN ? AND ? GROUP BY account_id, currency`;

/** Sums from the lines themselves, whatever the kept balances say. */
export function lineSums(db: ReadDb, company: Company, fromDay: number, toDay: number): SumsRow[] {
	const foreign = new Map<string, { readonly debit: bigint; readonly credit: bigint }>();
	for (const row of db.allBig<SumsRow>(FOREIGN_LINES, company.id, fromDay, toDay)) foreign.set(`${row.accountId} ${row.currency}`, row);
	return db.allBig<SumsRow & { readonly currency: string | null }>(ALL_LINES, company.id, fromDay, toDay).map((row) => {
		const amounts = row.currency === null ? undefined : foreign.get(`${row.accountId} ${row.currency}`);
		return {
			accountId: row.accountId,
			currency: row.currency ?? company.currency,
			debit: amounts ? amounts.debit : row.baseDebit,
			credit: amounts ? amounts.credit : row.baseCredit,
			baseDebit: row.baseDebit,
			baseCredit: row.baseCredit,
		};
	});
}

/** Sums of the lines of closing entries (and of their reversals, which are of the same source) dated in a span. */
export function closingSums(db: ReadDb, company: Company, span: DateSpan): SumsRow[] {
	return db.allBig<SumsRow>(
		`SELECT l.account_id AS accountId, coalesce(l.currency, ?) AS currency, sum(l.debit_minor) AS debit, sum(l.credit_minor) AS credit,
			sum(l.base_debit_minor) AS baseDebit, sum(l.base_credit_minor) AS baseCredit
		FROM journal_entries e CROSS JOIN journal_lines l ON l.company_id = e.company_id AND l.entry_id = e.id
		WHERE e.company_id = ? AND e.source = 'CLOSING' AND e.date BETWEEN ? AND ?
		GROUP BY l.account_id, l.currency`,
		company.currency,
		company.id,
		span.start,
		span.end,
	);
}
