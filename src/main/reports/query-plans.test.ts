import { describe, expect, it } from 'vitest';
import type { ReadDb, SqlValue } from '#main/platform/database/connection.ts';
import { openTestBooks } from '#test/books.ts';
import { checkBalances, dayBook, incomeStatement, ledgerReport, trialBalance } from './index.ts';

/** Everything that a report asks of the database, with its query plan, in order. */
function plansOf(work: (db: ReadDb, books: ReturnType<typeof openTestBooks>) => unknown): string[] {
	const books = openTestBooks();
	for (const date of ['2026-01-10', '2026-02-10']) {
		books.post(date, 'Sale', [
			['1200', '10.00', '', { currency: 'EUR', base: '11.00', party: 'Marigold Bakery' }],
			['1100', '5.00', ''],
			['4000', '', '16.00'],
		]);
	}
	const asked: { sql: string; values: SqlValue[] }[] = [];
	// A ledger of what passes through; the database itself is the real one.
	const listening = new Proxy(books.runner.db, {
		get: (target, name: keyof ReadDb) => {
			const method = target[name] as unknown;
			if (typeof method !== 'function') return method;
			return (sql: string, ...values: SqlValue[]) => {
				asked.push({ sql, values });
				return method.call(target, sql, ...values) as unknown;
			};
		},
	});
	work(listening, books);
	return asked.map(({ sql, values }) => {
		const plan = books.connection.raw.prepare<SqlValue[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
		return plan.map((step) => step.detail).join(' | ');
	});
}

const ofLines = (plans: readonly string[]) => plans.filter((plan) => /journal_lines|\bl\b/.test(plan));

describe('query plans', () => {
	it('read the lines of a recomputed trial balance from covering indexes, without sorting', () => {
		const plans = ofLines(plansOf((db, { actor }) => trialBalance(db, actor, { asOf: '2026-02-28', recompute: true, basis: 'ledger' })));
		expect(plans.sort()).toEqual([
			'SEARCH journal_lines USING COVERING INDEX journal_lines_by_account (company_id=?)',
			'SEARCH journal_lines USING COVERING INDEX journal_lines_foreign (company_id=?)',
		]);
	});

	it('read no line for a trial balance at the end of a period, but to learn whether any is foreign', () => {
		const plans = ofLines(plansOf((db, { actor }) => trialBalance(db, actor, { asOf: '2026-02-28', basis: 'ledger' })));
		expect(plans).toEqual(['SCAN CONSTANT ROW | SCALAR SUBQUERY 1 | SEARCH journal_lines USING COVERING INDEX journal_lines_foreign (company_id=?)']);
	});

	it('find closing entries through their own index', () => {
		const plans = plansOf((db, { actor }) => incomeStatement(db, actor, { from: '2026-02-01', to: '2026-02-28' }));
		const closing = plans.filter((plan) => plan.includes('journal_entries_closing'));
		expect(closing.length).toBeGreaterThan(0);
		expect(closing.every((plan) => plan.startsWith('SEARCH e USING COVERING INDEX journal_entries_closing (company_id=? AND date>? AND date<?)'))).toBe(true);
	});

	it('seek the days of a part of a period in covering indexes', () => {
		const plans = ofLines(plansOf((db, { actor }) => trialBalance(db, actor, { asOf: '2026-02-15', basis: 'ledger' })));
		expect(plans.join(' | ')).toContain(
			'SEARCH l USING COVERING INDEX journal_lines_by_account (company_id=? AND account_id=? AND currency=? AND day>? AND day<?)',
		);
		expect(plans.join(' | ')).toContain(
			'SEARCH l USING COVERING INDEX journal_lines_foreign (company_id=? AND account_id=? AND currency=? AND day>? AND day<?)',
		);
	});

	it.each([{ account: '1100' }, { account: '1200' }, { account: '1200', currency: 'EUR' }, { party: 'Marigold Bakery' }])(
		'seek a page of the ledger of %j by its last line, and sort nothing',
		(subject) => {
			const page = { ...subject, from: '2026-01-01', to: '2026-12-31', limit: 1, after: { date: '2026-01-10', no: 1, lineNo: 3 } };
			const plans = ofLines(plansOf((db, { actor }) => ledgerReport(db, actor, page)));
			const ranged = plans.filter((plan) => plan.includes('day'));
			expect(ranged.length).toBeGreaterThan(1);
			for (const plan of ranged) {
				expect(plan).toMatch(
					/SEARCH journal_lines USING (COVERING )?INDEX journal_lines_(by_account|foreign) \(company_id=\? AND account_id=\? AND currency=\? AND \(?day/,
				);
				expect(plan).not.toMatch(/TEMP B-TREE/);
			}
		},
	);

	it('rebuild the balances by seeks for each account and period', () => {
		const plans = ofLines(plansOf((db, { company }) => checkBalances(db, company)));
		expect(plans[0]).toContain('SEARCH l USING COVERING INDEX journal_lines_by_account (company_id=? AND account_id=? AND currency=? AND day>? AND day<?)');
	});

	it('seek a page of the day book by date and number', () => {
		const plans = plansOf((db, { actor }) => dayBook(db, actor, { from: '2026-01-01', to: '2026-12-31', limit: 1, afterNo: 1 }));
		const entries = plans.find((plan) => plan.includes('journal_entries_by_date'));
		expect(entries).toMatch(/SEARCH journal_entries USING INDEX journal_entries_by_date \(company_id=\? AND \(?date/);
		expect(entries).not.toMatch(/TEMP B-TREE/);
	});
});
