import type { CivilDate } from '#shared/kernel/civil-date.ts';
import type { DateSpan } from '#shared/kernel/period.ts';
import { balanceKey, type SealedBalance, type SealedEntry } from '#shared/seal/index.ts';

/** What a close says of an account in one currency: `closing` on the ledger basis, `adjusted` without the closing entries of the fiscal year. */
export const FIGURES = ['opening', 'debit', 'credit', 'closing', 'adjusted'] as const;
export type Figure = (typeof FIGURES)[number];

/** Minor units; balances are signed, debit positive. */
export type Figures = Readonly<Record<Figure, bigint>>;

/** In the row's currency, and in that of the company. */
export interface AccountFigures {
	readonly amount: Figures;
	readonly base: Figures;
}

/** An account in one currency, of which two closes of a period say something else. */
export interface AccountDifference {
	/** The account's ref. */
	readonly account: string;
	readonly currency: string;
	/** BALANCE: it begins or ends with something else. SUMS: only debits and credits grew, and cancel each other. */
	readonly kind: 'BALANCE' | 'SUMS';
	readonly before: AccountFigures;
	readonly after: AccountFigures;
	/** After less before. */
	readonly change: AccountFigures;
	/** False where the entries between the closes give another change: the books are not what was sealed. */
	readonly explained: boolean;
}

/** What closing entries of the fiscal year moved up to a close, by account and currency. */
export interface ClosingSum {
	readonly ref: string;
	readonly currency: string;
	readonly amount: bigint;
	readonly base: bigint;
}

export interface KeyedFigures extends AccountFigures {
	readonly account: string;
	readonly currency: string;
}

export type FiguresByKey = ReadonlyMap<string, KeyedFigures>;

/** The figures of a close, from its sealed balances. */
export function sealedFigures(balances: readonly SealedBalance[], closings: readonly ClosingSum[]): FiguresByKey {
	const byClosing = new Map(closings.map((sum) => [balanceKey(sum.ref, sum.currency), sum]));
	return new Map(
		balances.map((row) => {
			const key = balanceKey(row.account, row.currency);
			const [closing, baseClosing] = [BigInt(row.closingMinor), BigInt(row.baseClosingMinor)];
			return [
				key,
				{
					account: row.account,
					currency: row.currency,
					amount: {
						opening: BigInt(row.openingMinor),
						debit: BigInt(row.debitMinor),
						credit: BigInt(row.creditMinor),
						closing,
						adjusted: closing - (byClosing.get(key)?.amount ?? 0n),
					},
					base: {
						opening: BigInt(row.baseOpeningMinor),
						debit: BigInt(row.baseDebitMinor),
						credit: BigInt(row.baseCreditMinor),
						closing: baseClosing,
						adjusted: baseClosing - (byClosing.get(key)?.base ?? 0n),
					},
				},
			];
		}),
	);
}

/** What some entries change in the figures of a period: those dated before it in what it begins with. */
export function figuresMoved(entries: Iterable<SealedEntry>, period: DateSpan, fiscalYearStart: CivilDate): FiguresByKey {
	const byKey = new Map<string, { account: string; currency: string; amount: Record<Figure, bigint>; base: Record<Figure, bigint> }>();
	for (const { date, source, lines } of entries) {
		const place = { isBefore: date < period.start, isAdjusted: source === 'CLOSING' && date >= fiscalYearStart };
		for (const line of lines) {
			const key = balanceKey(line.account, line.currency);
			let moved = byKey.get(key);
			if (moved === undefined) byKey.set(key, (moved = { account: line.account, currency: line.currency, amount: nothing(), base: nothing() }));
			move(moved.amount, BigInt(line.debit), BigInt(line.credit), place);
			move(moved.base, BigInt(line.baseDebit), BigInt(line.baseCredit), place);
		}
	}
	return byKey;
}

function move(
	figures: Record<Figure, bigint>,
	debit: bigint,
	credit: bigint,
	{ isBefore, isAdjusted }: { readonly isBefore: boolean; readonly isAdjusted: boolean },
): void {
	if (isBefore) figures.opening += debit - credit;
	else {
		figures.debit += debit;
		figures.credit += credit;
	}
	figures.closing += debit - credit;
	if (!isAdjusted) figures.adjusted += debit - credit;
}

/** Of which accounts two closes say something else, or entries between them moved something; in order of ref and currency. */
export function accountDifferences(earlier: FiguresByKey, later: FiguresByKey, moved: FiguresByKey): AccountDifference[] {
	const keys = new Map([...earlier, ...later, ...moved]);
	return [...keys]
		.sort(([one], [other]) => (one < other ? -1 : 1))
		.flatMap(([key, { account, currency }]) => {
			const [before, after, given] = [earlier, later, moved].map((figures) => figures.get(key) ?? { amount: NOTHING, base: NOTHING }) as [
				AccountFigures,
				AccountFigures,
				AccountFigures,
			];
			const change = { amount: less(after.amount, before.amount), base: less(after.base, before.base) };
			const touched = [...FIGURES.map((figure) => change.amount[figure]), ...FIGURES.map((figure) => change.base[figure])];
			const explained = FIGURES.every((figure) => change.amount[figure] === given.amount[figure] && change.base[figure] === given.base[figure]);
			if (explained && touched.every((amount) => amount === 0n)) return [];
			const balances = [change.amount, change.base].flatMap(({ opening, closing, adjusted }) => [opening, closing, adjusted]);
			return [
				{ account, currency, kind: balances.some((amount) => amount !== 0n) ? ('BALANCE' as const) : ('SUMS' as const), before, after, change, explained },
			];
		});
}

const NOTHING: Figures = { opening: 0n, debit: 0n, credit: 0n, closing: 0n, adjusted: 0n };
const nothing = (): Record<Figure, bigint> => ({ ...NOTHING });

function less(after: Figures, before: Figures): Figures {
	const change = nothing();
	for (const figure of FIGURES) change[figure] = after[figure] - before[figure];
	return change;
}
