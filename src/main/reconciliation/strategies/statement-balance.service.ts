import type { ReadDb } from '#main/platform/database/connection.ts';
import { balancePageAfter, balancePageAt, type BalancePage, linesBetween, pageLinesThrough, statementSpan } from './statement-balance.queries.ts';

/** What the statements of an account say at the end of a day. Minor units, money in positive. */
export interface StatementBalance {
	/** Last day of the latest statement; null where there is none. */
	readonly reachesDay: number | null;
	/** True where the statements do not cover the day. */
	readonly isShort: boolean;
	/** A statement after the day that does not begin where those before it end: one is missing between. */
	readonly missingBefore: { readonly day: number; readonly openingMinor: bigint } | null;
	/** null: no statement by then gives a balance. */
	readonly known: { readonly page: BalancePage; readonly balanceMinor: bigint } | null;
}

/**
 * From one statement: the latest that begins by the day and gives its opening balance, with its own lines up to the day, and after its
 * last day the lines of files that give no balances. Days after it without bookings are covered by a later statement that adjoins.
 */
export function statementBalanceAt(db: ReadDb, companyId: number, accountId: number, day: number): StatementBalance {
	const { toDay: reachesDay } = statementSpan(db, companyId, accountId);
	const isShort = reachesDay === null || reachesDay < day;
	const page = balancePageAt(db, companyId, accountId, day);
	if (!page) return { reachesDay, isShort, missingBefore: null, known: null };
	const since = page.toDay < day ? linesBetween(db, companyId, accountId, page.toDay + 1, day, page) : 0n;
	const balanceMinor = BigInt(page.openingMinor) + pageLinesThrough(db, companyId, page, day) + since;
	const missingBefore = page.toDay < day ? gapAfter(db, companyId, accountId, day, balanceMinor) : null;
	return { reachesDay: missingBefore ? page.toDay : reachesDay, isShort: isShort || missingBefore !== null, missingBefore, known: { page, balanceMinor } };
}

function gapAfter(db: ReadDb, companyId: number, accountId: number, day: number, balanceMinor: bigint): StatementBalance['missingBefore'] {
	const next = balancePageAfter(db, companyId, accountId, day);
	if (!next) return null;
	const between = linesBetween(db, companyId, accountId, day + 1, next.fromDay - 1, next);
	return balanceMinor + between === BigInt(next.openingMinor) ? null : { day: next.fromDay, openingMinor: BigInt(next.openingMinor) };
}
