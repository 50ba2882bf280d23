import type { Sums } from './sums.rules.ts';

export interface CountedSums extends Sums {
	readonly lines: bigint;
}

/** What differs first: the balance, else one side of it, in the row's currency or the company's, else only the number of lines. */
type DifferenceKind = 'BALANCE' | 'BASE_BALANCE' | 'DEBIT' | 'CREDIT' | 'BASE_DEBIT' | 'BASE_CREDIT' | 'LINES';

export interface Difference {
	readonly what: DifferenceKind;
	readonly kept: bigint;
	readonly lines: bigint;
}

const NIL: CountedSums = { debit: 0n, credit: 0n, baseDebit: 0n, baseCredit: 0n, lines: 0n };

const FIGURES: readonly (readonly [DifferenceKind, (sums: CountedSums) => bigint])[] = [
	['BALANCE', (sums) => sums.debit - sums.credit],
	['BASE_BALANCE', (sums) => sums.baseDebit - sums.baseCredit],
	['DEBIT', (sums) => sums.debit],
	['CREDIT', (sums) => sums.credit],
	['BASE_DEBIT', (sums) => sums.baseDebit],
	['BASE_CREDIT', (sums) => sums.baseCredit],
	['LINES', (sums) => sums.lines],
];

/** The first figure in which a kept balance and its lines differ; null where they agree. What is missing counts as nil. */
export function differenceOf(kept: CountedSums | undefined, rebuilt: CountedSums | undefined): Difference | null {
	const one = kept ?? NIL;
	const other = rebuilt ?? NIL;
	for (const [what, figure] of FIGURES) if (figure(one) !== figure(other)) return { what, kept: figure(one), lines: figure(other) };
	return null;
}
