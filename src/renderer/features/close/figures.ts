import { formatAmount, parseAmountBig } from '#shared/kernel/money.ts';

export interface Variance {
	/** Signed, plain decimal text. */
	readonly amount: string;
	/** Of the earlier figure, one decimal, signed: `12.5`; null where that was nil. */
	readonly percent: string | null;
}

/** How a figure differs from an earlier one, exactly. */
export function varianceOf(now: string, before: string, currency: string): Variance {
	const was = parseAmountBig(before, currency);
	const difference = parseAmountBig(now, currency) - was;
	return { amount: formatAmount(difference, currency), percent: was === 0n ? null : tenths(difference * 1000n, was < 0n ? -was : was) };
}

/** A quotient in tenths, half away from zero. */
function tenths(numerator: bigint, denominator: bigint): string {
	const size = numerator < 0n ? -numerator : numerator;
	const rounded = (size * 2n + denominator) / (denominator * 2n);
	return `${numerator < 0n && rounded !== 0n ? '-' : ''}${rounded / 10n}.${rounded % 10n}`;
}

export function sumOf(amounts: readonly string[], currency: string): string {
	return formatAmount(
		amounts.reduce((sum, amount) => sum + parseAmountBig(amount, currency), 0n),
		currency,
	);
}

export interface ComparedRow {
	readonly code: string;
	readonly name: string;
	readonly type: string;
	readonly now: string;
	readonly before: string;
}

interface Row {
	readonly code: string;
	readonly name: string;
	readonly type: string;
	readonly amount: string;
}

/** Accounts of two income statements side by side, in order of code; what is nil in both is left out. */
export function compareRows(now: readonly Row[], before: readonly Row[], nil: string): ComparedRow[] {
	const rows = new Map<string, ComparedRow>();
	for (const { code, name, type, amount } of now) rows.set(code, { code, name, type, now: amount, before: nil });
	for (const { code, name, type, amount } of before) rows.set(code, { code, name, type, now: rows.get(code)?.now ?? nil, before: amount });
	return [...rows.values()].filter((row) => row.now !== nil || row.before !== nil).sort((one, other) => (one.code < other.code ? -1 : 1));
}

/** The size of an amount on a picture. It is drawn, never counted with. */
export function drawn(amount: string): number {
	return Number(amount);
}
