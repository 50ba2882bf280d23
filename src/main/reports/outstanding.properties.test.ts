import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayNumber, fromDayNumber } from '#shared/kernel/civil-date.ts';
import { isAppError } from '#shared/kernel/app-error.ts';
import { allocate, controlAccounts, openItemsAt, reverseEntry, undoAllocation } from '#main/ledger/index.ts';
import { closeDesk } from '#test/close-books.ts';
import { openTestBooks, type TestBooks } from '#test/books.ts';
import { ledgerReport, outstanding } from './index.ts';

const PARTIES = ['Marigold Bakery', 'Lindenhof Cafe', ''] as const;
const FIRST_DAY = dayNumber('2026-01-01');
const DAYS = 90;

type Step =
	| {
			readonly kind: 'bill' | 'payment' | 'note';
			readonly side: 'receivable' | 'payable';
			readonly day: number;
			readonly party: number;
			readonly minor: number;
			readonly reference: string | null;
			readonly foreign: boolean;
			readonly due: number | null;
	  }
	| { readonly kind: 'reverse'; readonly pick: number; readonly later: number }
	| { readonly kind: 'allocate'; readonly pick: number; readonly other: number }
	| { readonly kind: 'undo'; readonly pick: number };

const entryStep = fc.record({
	kind: fc.constantFrom('bill' as const, 'bill' as const, 'payment' as const, 'payment' as const, 'note' as const),
	side: fc.constantFrom('receivable' as const, 'payable' as const),
	day: fc.integer({ min: 0, max: DAYS - 1 }),
	party: fc.integer({ min: 0, max: PARTIES.length - 1 }),
	minor: fc.integer({ min: 1, max: 500 }),
	reference: fc.option(fc.constantFrom('A', 'B'), { nil: null }),
	foreign: fc.boolean(),
	due: fc.option(fc.integer({ min: 0, max: 60 }), { nil: null }),
});
const anyStep: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 8, arbitrary: entryStep },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('reverse' as const), pick: fc.nat(), later: fc.integer({ min: 0, max: 20 }) }) },
	{ weight: 2, arbitrary: fc.record({ kind: fc.constant('allocate' as const), pick: fc.nat(), other: fc.nat() }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('undo' as const), pick: fc.nat() }) },
);

const amount = (minor: number): string => `${Math.trunc(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;

/** Does a step; what the books refuse is no step. */
function doStep(books: TestBooks, step: Step, allocations: string[]): void {
	const count = books.runner.db.value<number>('SELECT count(*) FROM journal_entries') ?? 0;
	try {
		if (step.kind === 'reverse') {
			const no = 1 + (step.pick % Math.max(count, 1));
			const date = books.runner.db.value<string>('SELECT date FROM journal_entries WHERE id = ?', no) ?? '2026-01-01';
			books.runner.write((tx) => reverseEntry(tx, books.actor, no, { date: fromDayNumber(Math.min(dayNumber(date) + step.later, FIRST_DAY + DAYS - 1)) }));
		} else if (step.kind === 'allocate') {
			const [no, to] = [1 + (step.pick % Math.max(count, 1)), 1 + (step.other % Math.max(count, 1))];
			allocations.push(...books.runner.write((tx) => allocate(tx, books.actor, { no, to })).map(({ id }) => id));
		} else if (step.kind === 'undo') {
			const id = allocations[step.pick % Math.max(allocations.length, 1)];
			if (id !== undefined) books.runner.write((tx) => undoAllocation(tx, books.actor, { id, reason: 'For another bill' }));
		} else postStep(books, step);
	} catch (error) {
		if (!isAppError(error)) throw error;
	}
}

function postStep(books: TestBooks, step: Extract<Step, { side: string }>): void {
	const { kind, side, minor, reference, foreign, due } = step;
	const party = PARTIES[step.party];
	const other = kind === 'payment' ? '1100' : side === 'receivable' ? '4000' : '6000';
	const isControlDebit = (side === 'receivable') === (kind === 'bill');
	const extra = {
		...(party ? { party } : {}),
		...(reference === null ? {} : { reference }),
		...(due === null ? {} : { dueDate: fromDayNumber(FIRST_DAY + step.day + due) }),
		...(foreign ? { currency: 'EUR', base: amount(minor + (minor % 7)) } : {}),
	};
	const base = amount(foreign ? minor + (minor % 7) : minor);
	const control = side === 'receivable' ? '1200' : '2000';
	books.post(fromDayNumber(FIRST_DAY + step.day), kind, [
		isControlDebit ? [control, amount(minor), '', extra] : [control, '', amount(minor), extra],
		isControlDebit ? [other, '', base] : [other, base, ''],
	]);
}

const at = (books: TestBooks, day: number) =>
	(['receivable', 'payable'] as const).map((side) => outstanding(books.runner.db, books.actor, { side, asOf: fromDayNumber(FIRST_DAY + day) }));

it('the items of every party add up to the control account on any day, and asking again changes nothing', { timeout: 60_000 }, () => {
	fc.assert(
		fc.property(fc.array(anyStep, { maxLength: 25 }), fc.integer({ min: 0, max: DAYS }), (steps, day) => {
			const books = openTestBooks({ booksFrom: '2026-01-01', now: '2026-04-30T12:00:00.000Z' });
			const allocations: string[] = [];
			for (const step of steps) doStep(books, step, allocations);
			const asOf = fromDayNumber(FIRST_DAY + day);
			for (const report of at(books, day)) {
				expect(report.control).toEqual({ balance: report.total, agrees: true });
				for (const party of report.parties) {
					const cents = (text: string): number => Math.round(Number(text) * 100);
					expect(party.items.reduce((sum, item) => sum + cents(item.baseOpen), 0)).toBe(cents(party.total));
					expect(party.buckets.reduce((sum, bucket) => sum + cents(bucket.amount), 0)).toBe(cents(party.total));
				}
			}
			for (const name of PARTIES.filter(Boolean)) {
				const known = books.runner.db.value<number>('SELECT count(*) FROM parties WHERE name = ?', name) === 1;
				if (!known) continue;
				const { closing } = ledgerReport(books.runner.db, books.actor, { party: name, from: '2026-01-01', to: asOf > '2026-01-01' ? asOf : '2026-01-01' });
				const [owed, owing] = at(books, Math.max(day, 0)).map((report) => Number(report.parties.find(({ party }) => party === name)?.total ?? 0));
				expect(Number(closing)).toBeCloseTo((owed ?? 0) - (owing ?? 0), 2);
			}
			expect(at(books, day)).toEqual(at(books, day));
			books.close();
		}),
		{ numRuns: 40 },
	);
});

it('later postings and allocations of later days change nothing of an earlier day', { timeout: 60_000 }, () => {
	fc.assert(
		fc.property(fc.array(anyStep, { maxLength: 15 }), fc.array(entryStep, { maxLength: 10 }), fc.integer({ min: 10, max: 60 }), (before, after, day) => {
			const books = openTestBooks({ booksFrom: '2026-01-01', now: '2026-04-30T12:00:00.000Z' });
			const allocations: string[] = [];
			for (const step of before) doStep(books, step, allocations);
			const seen = at(books, day);
			for (const step of after) if (step.day > day) doStep(books, step, allocations);
			expect(at(books, day)).toEqual(seen);
			books.close();
		}),
		{ numRuns: 40 },
	);
});

/** The same books with January, and then February, closed between the steps. */
it('closing changes nothing of what is open on any day, then or later', { timeout: 120_000 }, async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(anyStep, { minLength: 4, maxLength: 20 }), fc.array(anyStep, { maxLength: 12 }), async (before, after) => {
			const books = openTestBooks({ booksFrom: '2026-01-01', now: '2026-04-30T12:00:00.000Z' });
			books.openPeriods('2026-04-30');
			books.connection.raw.exec(`UPDATE accounts SET requires_reconciliation = 0, exempt_reason = 'of a test'`);
			const desk = closeDesk(books);
			const allocations: string[] = [];
			for (const step of before) doStep(books, step, allocations);
			const days = [15, 30, 45, 58, 70, 89];
			const open = () => days.map((day) => at(books, day));
			const unclosed = open();
			await desk.close('2026-01');
			expect(open()).toEqual(unclosed);
			const january = JSON.stringify(at(books, 30));
			for (const step of after) doStep(books, step, allocations);
			expect(JSON.stringify(at(books, 30))).toBe(january);
			const later = open();
			await desk.close('2026-02');
			expect(open()).toEqual(later);
			const accounts = controlAccounts(books.runner.db, books.company.id);
			for (const day of days.map((offset) => FIRST_DAY + offset)) {
				const fromClose = openItemsAt(books.runner.db, books.company, { accounts, day });
				expect(openItemsAt(books.runner.db, books.company, { accounts, day, frozen: null })).toEqual(fromClose);
			}
			expect(desk.verifyAll().result).toBe('VERIFIED');
			books.close();
		}),
		{ numRuns: 30, endOnFailure: true },
	);
});
