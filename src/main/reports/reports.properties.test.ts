import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type CivilDate } from '#shared/kernel/civil-date.ts';
import { formatAmount, parseAmountBig } from '#shared/kernel/money.ts';
import { openTestBooks, type TestBooks, type TestLine } from '#test/books.ts';
import { balanceSheet, checkBalances, dayBook, incomeStatement, type LedgerReport, ledgerReport, trialBalance } from './index.ts';

const CODES = ['1000', '1100', '1200', '2000', '3000', '4000', '5000', '6000'];
const PARTIES = ['Marigold Bakery', 'Lindenhof Cafe'];
const FIRST = '2025-01-01';
const DAYS = 730;

interface RandomEntry {
	readonly day: number;
	readonly debit: string;
	readonly credit: string;
	readonly minor: number;
	readonly party: string;
	/** A foreign debit of so many euro cents; null: own currency. */
	readonly foreign: number | null;
}

const entry: fc.Arbitrary<RandomEntry> = fc.record({
	// Days gather at the ends of months, where periods are cut.
	day: fc.oneof(fc.integer({ min: 0, max: DAYS - 1 }), fc.constantFrom(0, 30, 31, 58, 59, 364, 365, 395, 396)),
	debit: fc.constantFrom(...CODES),
	credit: fc.constantFrom(...CODES),
	minor: fc.oneof(fc.integer({ min: 1, max: 100_000 }), fc.constant(Number.MAX_SAFE_INTEGER)),
	party: fc.constantFrom(...PARTIES),
	foreign: fc.option(fc.integer({ min: 1, max: 90_000 })),
});

const dateAt = (day: number): CivilDate => addDays(FIRST, day);
const day = fc.integer({ min: -40, max: DAYS + 40 }).map(dateAt);
const span = fc.tuple(day, day).map(([one, other]) => (one < other ? { from: one, to: other } : { from: other, to: one }));
const calendar = fc.constantFrom('MONTH', 'QUARTER', 'DAY');

function booksOf(entries: readonly RandomEntry[], kind: string): TestBooks {
	const books = openTestBooks({ calendar: kind as 'MONTH', booksFrom: FIRST, fiscalYearStart: '04-01' });
	for (const party of PARTIES) books.party(party);
	for (const { day: on, debit, credit, minor, party, foreign } of entries) {
		const text = formatAmount(minor, 'USD');
		const extra = { party };
		const lines: TestLine[] = [
			foreign === null ? [debit, text, '', extra] : [debit, formatAmount(foreign, 'EUR'), '', { ...extra, currency: 'EUR', base: text }],
			[credit, '', text, extra],
		];
		books.post(dateAt(on), 'Random', lines);
	}
	return books;
}

function allPages(books: TestBooks, input: Parameters<typeof ledgerReport>[2]): LedgerReport['rows'] {
	const rows: LedgerReport['rows'] = [];
	for (let more = true; more; ) {
		const last = rows.at(-1);
		const page = ledgerReport(books.runner.db, books.actor, {
			...input,
			limit: 3,
			...(last ? { after: { date: last.date, no: last.no, lineNo: last.lineNo } } : {}),
		});
		rows.push(...page.rows);
		more = page.more;
	}
	return rows;
}

describe('random books', () => {
	it('give the same from kept balances and from the lines, to the last unit, and balance', () => {
		fc.assert(
			fc.property(fc.array(entry, { minLength: 1, maxLength: 25 }), calendar, span, (entries, kind, { from, to }) => {
				const books = booksOf(entries, kind);
				const { db } = books.runner;
				const { actor } = books;
				const both = <Answer>(ask: (recompute: boolean) => Answer): Answer => {
					const kept = ask(false);
					expect(ask(true)).toEqual(kept);
					return kept;
				};
				for (const basis of ['adjusted', 'ledger'] as const) {
					expect(both((recompute) => trialBalance(db, actor, { asOf: to, basis, recompute })).balanced).toBe(true);
					expect(both((recompute) => trialBalance(db, actor, { asOf: to, from, basis, recompute })).balanced).toBe(true);
				}
				expect(both((recompute) => balanceSheet(db, actor, { asOf: to, recompute })).balanced).toBe(true);
				both((recompute) => incomeStatement(db, actor, { from, to, recompute }));
				const { totals, entries: booked } = both((recompute) => dayBook(db, actor, { from, to, recompute }));
				expect(totals.debit).toBe(totals.credit);
				expect(sum(booked.flatMap((one) => one.lines.map((line) => line.baseDebit)))).toBe(parseAmountBig(totals.debit, 'USD'));
				for (const subject of [{ account: '1100' }, { account: '1200', currency: 'EUR' }, { party: 'Marigold Bakery' }]) {
					const report = both((recompute) => ledgerReport(db, actor, { ...subject, from, to, recompute }));
					expect(allPages(books, { ...subject, from, to })).toEqual(report.rows);
					expect(report.rows.at(-1)?.balance ?? report.opening).toBe(report.closing);
				}
				expect(checkBalances(db, books.company).agree).toBe(true);
				books.close();
			}),
			{ numRuns: 30 },
		);
	});

	it('carry every movement from opening to closing in the trial balance', () => {
		fc.assert(
			fc.property(fc.array(entry, { minLength: 1, maxLength: 25 }), span, (entries, { from, to }) => {
				const books = booksOf(entries, 'MONTH');
				const { rows } = trialBalance(books.runner.db, books.actor, { asOf: to, from });
				for (const row of rows) {
					const [opening, debit, credit, baseDebit, baseCredit] = [row.openingBase, row.movementDebit, row.movementCredit, row.baseDebit, row.baseCredit].map(
						(text) => parseAmountBig(text ?? '', 'USD'),
					) as [bigint, bigint, bigint, bigint, bigint];
					expect(opening + debit - credit).toBe(baseDebit - baseCredit);
				}
				books.close();
			}),
			{ numRuns: 20 },
		);
	});
});

function sum(amounts: readonly string[]): bigint {
	return amounts.reduce((total, text) => total + parseAmountBig(text, 'USD'), 0n);
}
