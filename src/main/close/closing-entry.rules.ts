import { lastOfMonth } from '#shared/kernel/civil-date.ts';
import { MAX_AMOUNT_MINOR } from '#shared/kernel/money.ts';
import type { PeriodKind } from '#shared/kernel/period.ts';

/** A balance to be zeroed: minor units, signed, debit positive, in its own currency and in the company's. */
export interface BalanceToZero {
	readonly accountId: number;
	readonly currency: string;
	readonly amount: bigint;
	readonly base: bigint;
}

/** A line of the closing entry. `currency` null is the company's own. */
export interface ClosingLine {
	readonly accountId: number;
	readonly partyId: null;
	readonly currency: string | null;
	readonly debitMinor: number;
	readonly creditMinor: number;
	readonly baseDebitMinor: number;
	readonly baseCreditMinor: number;
	readonly dueDate: null;
	readonly reference: null;
	readonly memo: null;
}

/**
 * Whether the close of this period posts a closing entry. EVERY_PERIOD: yes, in a day calendar on a month's last day and on the year's; YEAR_END: with
 * the fiscal year's last period. The opening period and the year itself never do.
 */
export function closesResult(period: { readonly kind: PeriodKind; readonly end: string }, policy: 'EVERY_PERIOD' | 'YEAR_END', isLastOfYear: boolean): boolean {
	if (period.kind === 'OPENING' || period.kind === 'YEAR') return false;
	if (isLastOfYear) return true;
	return policy === 'EVERY_PERIOD' && (period.kind !== 'DAY' || period.end === lastOfMonth(period.end));
}

/**
 * The lines that bring each balance to nil, in its own currency and in base, against the result account in base. None where there is nothing to zero.
 * A line holds at most 2^53 - 1, so a larger balance takes several.
 */
export function closingLines(balances: readonly BalanceToZero[], resultAccountId: number, companyCurrency: string): ClosingLine[] {
	const lines = balances.flatMap((balance) => linesOf(balance, companyCurrency));
	const net = balances.reduce((sum, { base }) => sum + base, 0n);
	const result = pieces(net, net).map(([amount, base]) => line(resultAccountId, null, amount, base));
	// A lone foreign line without base value: an entry needs two lines, and these two say that no result comes of it.
	if (lines.length === 1 && result.length === 0) result.push(line(resultAccountId, null, 1n, 1n), line(resultAccountId, null, -1n, -1n));
	return [...lines, ...result];
}

function linesOf({ accountId, currency, amount, base }: BalanceToZero, companyCurrency: string): ClosingLine[] {
	const stored = currency === companyCurrency ? null : currency;
	// Opposite signs stand on opposite sides, and a line has one side.
	if (amount * base < 0n)
		return [...linesOf({ accountId, currency, amount, base: 0n }, companyCurrency), ...linesOf({ accountId, currency, amount: 0n, base }, companyCurrency)];
	return pieces(-amount, -base).map(([pieceAmount, pieceBase]) => line(accountId, stored, pieceAmount, pieceBase));
}

const LIMIT = BigInt(MAX_AMOUNT_MINOR);

/** Two amounts of one sign in as many pieces as the larger one needs. */
function pieces(amount: bigint, base: bigint): (readonly [bigint, bigint])[] {
	const all: (readonly [bigint, bigint])[] = [];
	for (let [restAmount, restBase] = [amount, base]; restAmount !== 0n || restBase !== 0n; ) {
		const piece = [clamp(restAmount), clamp(restBase)] as const;
		all.push(piece);
		restAmount -= piece[0];
		restBase -= piece[1];
	}
	return all;
}

function clamp(value: bigint): bigint {
	if (value > LIMIT) return LIMIT;
	return value < -LIMIT ? -LIMIT : value;
}

/** Positive amounts are debits. */
function line(accountId: number, currency: string | null, amount: bigint, base: bigint): ClosingLine {
	return {
		accountId,
		partyId: null,
		currency,
		debitMinor: amount > 0n ? Number(amount) : 0,
		creditMinor: amount < 0n ? Number(-amount) : 0,
		baseDebitMinor: base > 0n ? Number(base) : 0,
		baseCreditMinor: base < 0n ? Number(-base) : 0,
		dueDate: null,
		reference: null,
		memo: null,
	};
}
