import fc from 'fast-check';
import { present } from '#shared/kernel/assert.ts';
import { dayNumber } from '#shared/kernel/civil-date.ts';

export const MONTHS = [
	{ period: '2026-01', start: '2026-01-01', end: '2026-01-31' },
	{ period: '2026-02', start: '2026-02-01', end: '2026-02-28' },
	{ period: '2026-03', start: '2026-03-01', end: '2026-03-31' },
] as const;

export type ReconciliationStep =
	| { readonly does: 'post'; readonly day: number; readonly amount: number }
	| { readonly does: 'statement'; readonly missing: number; readonly extra: number }
	| { readonly does: 'late-line'; readonly day: number; readonly amount: number }
	| { readonly does: 'match' | 'unmatch'; readonly pick: number }
	| { readonly does: 'create' | 'items' | 'verify' | 'undo'; readonly month: number; readonly pick: number }
	| { readonly does: 'settle'; readonly month: number }
	| { readonly does: 'close' | 'reopen' };

const day = fc.integer({ min: 0, max: 89 });
// Few amounts, so that lines fit each other by chance too.
const amount = fc.constantFrom(-3, -2, -1, 1, 2, 3);
const month = fc.integer({ min: 0, max: 2 });
const pick = fc.nat(1000);
export const reconciliationStep: fc.Arbitrary<ReconciliationStep> = fc.oneof(
	{ weight: 4, arbitrary: fc.record({ does: fc.constant('post' as const), day, amount }) },
	{ weight: 2, arbitrary: fc.record({ does: fc.constant('statement' as const), missing: fc.nat(3), extra: fc.nat(2) }) },
	{ weight: 1, arbitrary: fc.record({ does: fc.constant('late-line' as const), day, amount }) },
	{ weight: 5, arbitrary: fc.record({ does: fc.constant('settle' as const), month }) },
	{ weight: 4, arbitrary: fc.record({ does: fc.constantFrom('match' as const, 'match' as const, 'unmatch' as const), pick }) },
	{
		weight: 8,
		arbitrary: fc.record({
			does: fc.constantFrom('create' as const, 'items' as const, 'items' as const, 'verify' as const, 'verify' as const, 'undo' as const),
			month,
			pick,
		}),
	},
	{ weight: 3, arbitrary: fc.record({ does: fc.constantFrom('close' as const, 'close' as const, 'reopen' as const) }) },
);

/** Amounts are minor units, money in positive. */
interface Line {
	readonly id: number;
	readonly day: number;
	readonly amount: number;
	/** A line of a statement that gives balances. */
	readonly counts: boolean;
}
interface Match {
	readonly id: number;
	readonly line: number;
	readonly entry: number;
	readonly through: number;
}
export interface ModelReconciliation {
	readonly id: string;
	status: 'DRAFT' | 'VERIFIED' | 'STALE';
	/** Names of its items: `entry:NO`, `line:ID`. */
	items: Set<string>;
}

/** The books in a few lists: what they should say, worked out in the plainest way. */
export class ReconciliationModel {
	readonly entries: { readonly no: number; readonly day: number; readonly amount: number }[] = [];
	readonly lines: Line[] = [];
	matches: Match[] = [];
	readonly standing: (ModelReconciliation | null)[] = [null, null, null];
	statements = 0;
	closed = 0;

	endOf(of: number): number {
		return dayNumber(present(MONTHS[of], 'a month').end);
	}
	monthOf(of: number): number {
		return MONTHS.findIndex(({ end }) => of <= dayNumber(end));
	}
	expected(of: number): number {
		return sum(this.entries.filter((entry) => entry.day <= this.endOf(of)));
	}
	actual(of: number): number {
		return sum(this.lines.filter((line) => line.counts && line.day <= this.endOf(of)));
	}
	isOpen(name: string, of: number): boolean {
		const end = this.endOf(of);
		return !this.matches.some((match) => match.through <= end && (name === `entry:${match.entry}` || name === `line:${match.line}`));
	}
	contribution(name: string): number {
		const [kind, number] = name.split(':');
		if (kind === 'entry')
			return present(
				this.entries.find(({ no }) => no === Number(number)),
				name,
			).amount;
		return -present(
			this.lines.find(({ id }) => id === Number(number)),
			name,
		).amount;
	}
	candidates(of: number): string[] {
		const end = this.endOf(of);
		const names = [
			...this.entries.filter((entry) => entry.day <= end).map(({ no }) => `entry:${no}`),
			...this.lines.filter((line) => line.day <= end).map(({ id }) => `line:${id}`),
		];
		return names.filter((name) => this.isOpen(name, of));
	}
	/** Something dated a day happened: what was verified at that day or later is so no more, but for closed periods. */
	moved(on: number): void {
		this.standing.forEach((one, of) => {
			if (one?.status === 'VERIFIED' && of >= this.closed && this.endOf(of) >= on) one.status = 'STALE';
		});
	}
}

export function sum(list: readonly { readonly amount: number }[]): number {
	return list.reduce((total, one) => total + one.amount, 0);
}
