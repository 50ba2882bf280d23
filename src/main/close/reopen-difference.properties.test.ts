import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays } from '#shared/kernel/civil-date.ts';
import { formatAmount, parseAmountBig } from '#shared/kernel/money.ts';
import { trialBalance } from '#main/reports/index.ts';
import { closeDesk } from '#test/close-books.ts';
import { type ChartLine, openTestBooks, type TestBooks, type TestLine } from '#test/books.ts';
import { balanceSnapshots, reopenDifference } from './index.ts';

/** No account of money: what has to be reconciled before a close is told elsewhere. */
const CHART: readonly ChartLine[] = [
	['1200', 'Deposits', 'ASSET'],
	['1300', 'Inventory', 'ASSET'],
	['2100', 'Loans', 'LIABILITY'],
	['3000', 'Capital', 'EQUITY'],
	['3100', 'Retained earnings', 'EQUITY', 'RETAINED_EARNINGS'],
	['4000', 'Sales', 'INCOME'],
	['5000', 'Cost of sales', 'EXPENSE'],
	['6000', 'Rent', 'EXPENSE'],
];
const CODES = CHART.map(([code]) => code);
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

type Figures = Record<(typeof FIGURES)[number], bigint>;
/** By account, currency, and whether they are in it or in base. Those that are all nil are left out. */
type Sums = Record<string, Figures>;

function withoutNil(sums: readonly (readonly [key: string, figures: Figures])[]): Sums {
	return Object.fromEntries(sums.filter(([, figures]) => Object.values(figures).some((amount) => amount !== 0n)));
}

/** What the books say of February now, asked in other ways: the snapshots of the close and the trial balance. */
function statedNow(books: TestBooks, closeNumber: number): Sums {
	const { db } = books.runner;
	const periodId = db.value<number>("SELECT id FROM accounting_periods WHERE name = '2026-02'") ?? 0;
	const adjusted = new Map(
		trialBalance(db, books.actor, { asOf: '2026-02-28', basis: 'adjusted' }).rows.flatMap((row) => [
			[`${row.code} ${row.currency} amount`, parseAmountBig(row.debit, row.currency) - parseAmountBig(row.credit, row.currency)],
			[`${row.code} ${row.currency} base`, parseAmountBig(row.baseDebit, 'USD') - parseAmountBig(row.baseCredit, 'USD')],
		]),
	);
	return withoutNil(
		balanceSnapshots(db, books.company.id, periodId, closeNumber).flatMap((row) => {
			const [amount, base] = [`${row.code} ${row.currency} amount`, `${row.code} ${row.currency} base`];
			const { opening, debit, credit, closing, baseOpening, baseDebit, baseCredit, baseClosing } = row;
			return [
				[amount, { opening, debit, credit, closing, adjusted: adjusted.get(amount) ?? 0n }] as const,
				[base, { opening: baseOpening, debit: baseDebit, credit: baseCredit, closing: baseClosing, adjusted: adjusted.get(base) ?? 0n }] as const,
			];
		}),
	);
}

it('differences are after less before, to the last unit, and the entries give exactly them, whatever was posted, taken back and reopened', async () => {
	let moved = 0;
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), fc.array(round, { minLength: 1, maxLength: 3 }), async (first, rounds) => {
			const books = openTestBooks({ now: '2026-06-01T08:00:00.000Z', booksFrom: '2026-01-01', chart: CHART });
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
	return withoutNil(
		accounts.flatMap(({ code, currency, figures, baseFigures }) => [
			[`${code} ${currency} amount`, each((figure) => parseAmountBig(figures[figure].change, currency))] as const,
			[`${code} ${currency} base`, each((figure) => parseAmountBig(baseFigures[figure].change, 'USD'))] as const,
		]),
	);
}

function changesBetween(before: Sums, after: Sums): Sums {
	const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
	return withoutNil(keys.map((key) => [key, each((figure) => (after[key]?.[figure] ?? 0n) - (before[key]?.[figure] ?? 0n))]));
}

/** The same sums from the entries that the report lists, added up by hand. */
function entriesIn({ entries, start }: Difference): Sums {
	const sums = new Map<string, Figures>();
	const add = (key: string, debit: bigint, credit: bigint, date: string, source: string): void => {
		const sum = sums.get(key) ?? each(() => 0n);
		sums.set(key, sum);
		if (date < start) sum.opening += debit - credit;
		else {
			sum.debit += debit;
			sum.credit += credit;
		}
		sum.closing += debit - credit;
		if (source !== 'CLOSING') sum.adjusted += debit - credit;
	};
	for (const { date, source, lines } of entries) {
		for (const { code, currency, debit, credit, baseDebit, baseCredit } of lines) {
			add(`${code} ${currency} amount`, parseAmountBig(debit, currency), parseAmountBig(credit, currency), date, source);
			add(`${code} ${currency} base`, parseAmountBig(baseDebit, 'USD'), parseAmountBig(baseCredit, 'USD'), date, source);
		}
	}
	return withoutNil([...sums]);
}

function each(amountOf: (figure: (typeof FIGURES)[number]) => bigint): Figures {
	return Object.fromEntries(FIGURES.map((figure) => [figure, amountOf(figure)])) as Figures;
}
