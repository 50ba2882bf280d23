import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays } from '#shared/kernel/civil-date.ts';
import { formatAmount, parseAmountBig } from '#shared/kernel/money.ts';
import { trialBalance } from '#main/reports/index.ts';
import { closeDesk } from '#test/close-books.ts';
import { openTestBooks, type TestBooks, type TestLine } from '#test/books.ts';
import { balanceSnapshots, reopenDifference } from './index.ts';

const CODES = ['1000', '1100', '1200', '2000', '3000', '4000', '5000', '6000'];
const FIGURES = ['opening', 'debit', 'credit', 'closing', 'adjusted'] as const;

/** A post, or the reversal of an entry that was posted before it. */
interface Step {
	/** Days since 1 January; what falls into a period that is closed goes to the first open day. */
	readonly day: number;
	readonly debit: string;
	readonly credit: string;
	readonly minor: number;
	/** Euro cents of the debit; null: own currency. */
	readonly foreign: number | null;
	/** Which earlier entry it takes back instead, counted backwards. */
	readonly takesBack: number | null;
}

const step: fc.Arbitrary<Step> = fc.record({
	day: fc.oneof(fc.integer({ min: 0, max: 89 }), fc.constantFrom(0, 30, 31, 58, 59)),
	debit: fc.constantFrom(...CODES),
	credit: fc.constantFrom(...CODES),
	minor: fc.integer({ min: 1, max: 1_000_000 }),
	foreign: fc.option(fc.integer({ min: 1, max: 90_000 }), { freq: 3 }),
	takesBack: fc.option(fc.integer({ min: 0, max: 5 }), { freq: 2 }),
});
const round = fc.record({ reopensJanuary: fc.boolean(), steps: fc.array(step, { maxLength: 6 }) });

/** Lines of what was posted and not yet taken back, by number. */
type Posted = Map<number, readonly TestLine[]>;

function play(books: TestBooks, posted: Posted, steps: readonly Step[], firstOpenDay: number): void {
	for (const { day, debit, credit, minor, foreign, takesBack } of steps) {
		const date = addDays('2026-01-01', Math.max(day, firstOpenDay));
		const numbers = [...posted.keys()];
		const reversed = takesBack === null ? undefined : numbers.at(-1 - (takesBack % Math.max(numbers.length, 1)));
		if (reversed === undefined) {
			const base = formatAmount(minor, 'USD');
			const lines: TestLine[] = [
				foreign === null ? [debit, base, ''] : [debit, formatAmount(foreign, 'EUR'), '', { currency: 'EUR', base }],
				[credit, '', base],
			];
			posted.set(books.post(date, 'Random', lines).no, lines);
		} else {
			const lines = (posted.get(reversed) ?? []).map(([code, left, right, extra]): TestLine => (extra ? [code, right, left, extra] : [code, right, left]));
			books.post(date, 'Taken back', lines, { source: 'REVERSAL', reverses: reversed });
			posted.delete(reversed);
		}
	}
}

type Sums = Record<string, Record<(typeof FIGURES)[number], bigint>>;

/** What the books say of February now, by account and currency, asked in other ways: the snapshots of the close and the trial balance. */
function statedNow(books: TestBooks, closeNumber: number): Sums {
	const { db } = books.runner;
	const periodId = db.value<number>("SELECT id FROM accounting_periods WHERE name = '2026-02'") ?? 0;
	const adjusted = new Map(
		trialBalance(db, books.actor, { asOf: '2026-02-28', basis: 'adjusted' }).rows.map((row) => [
			`${row.code} ${row.currency}`,
			parseAmountBig(row.debit, row.currency) - parseAmountBig(row.credit, row.currency),
		]),
	);
	return Object.fromEntries(
		balanceSnapshots(db, books.company.id, periodId, closeNumber).map(({ code, currency, opening, debit, credit, closing }) => {
			const key = `${code} ${currency}`;
			return [key, { opening, debit, credit, closing, adjusted: adjusted.get(key) ?? 0n }];
		}),
	);
}

it('differences are after less before, to the last unit, and the entries give exactly them, whatever was posted, taken back and reopened', async () => {
	let moved = 0;
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), fc.array(round, { minLength: 1, maxLength: 3 }), async (first, rounds) => {
			const books = openTestBooks({ now: '2026-06-01T08:00:00.000Z', booksFrom: '2026-01-01' });
			const desk = closeDesk(books);
			const posted: Posted = new Map();
			play(books, posted, first, 0);
			await desk.close('2026-01');
			await desk.close('2026-02');
			const stated = [statedNow(books, 1)];
			for (const { reopensJanuary, steps } of rounds) {
				await desk.reopen('2026-02');
				if (reopensJanuary) await desk.reopen('2026-01');
				play(books, posted, steps, reopensJanuary ? 0 : 31);
				if (reopensJanuary) await desk.close('2026-01');
				await desk.close('2026-02');
				stated.push(statedNow(books, stated.length + 1));
			}
			for (let from = 1; from < stated.length; from++) {
				for (let to = from + 1; to <= stated.length; to++) {
					const difference = reopenDifference(books.runner.db, books.actor, { period: '2026-02', from, to });
					expect(difference.explained).toBe(true);
					expect(changesIn(difference)).toEqual(changesBetween(stated[from - 1] ?? {}, stated[to - 1] ?? {}));
					expect(entriesIn(difference)).toEqual(changesIn(difference));
					moved += difference.accounts.length;
				}
			}
			books.close();
		}),
		{ numRuns: 25 },
	);
	expect(moved).toBeGreaterThan(0);
}, 120_000);

type Difference = ReturnType<typeof reopenDifference>;

function changesIn({ accounts }: Difference): Sums {
	return Object.fromEntries(
		accounts.map(({ code, currency, figures }) => [
			`${code} ${currency}`,
			Object.fromEntries(FIGURES.map((figure) => [figure, parseAmountBig(figures[figure].change, currency)])) as Sums[string],
		]),
	);
}

function changesBetween(before: Sums, after: Sums): Sums {
	const changes: Sums = {};
	for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
		const change = Object.fromEntries(FIGURES.map((figure) => [figure, (after[key]?.[figure] ?? 0n) - (before[key]?.[figure] ?? 0n)])) as Sums[string];
		// Accounts that only moved in base are the report's, not those of this comparison.
		if (Object.values(change).some((amount) => amount !== 0n)) changes[key] = change;
	}
	return changes;
}

/** The same sums from the entries that the report lists, added up by hand. */
function entriesIn({ entries, accounts, start }: Difference): Sums {
	const sums: Sums = Object.fromEntries(
		accounts.map(({ code, currency }) => [`${code} ${currency}`, { opening: 0n, debit: 0n, credit: 0n, closing: 0n, adjusted: 0n }]),
	);
	for (const { date, source, lines } of entries) {
		for (const line of lines) {
			const sum = sums[`${line.code} ${line.currency}`];
			if (!sum) continue;
			const [debit, credit] = [parseAmountBig(line.debit, line.currency), parseAmountBig(line.credit, line.currency)];
			if (date < start) sum.opening += debit - credit;
			else {
				sum.debit += debit;
				sum.credit += credit;
			}
			sum.closing += debit - credit;
			if (source !== 'CLOSING') sum.adjusted += debit - credit;
		}
	}
	return sums;
}
