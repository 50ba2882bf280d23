import type { CivilDate } from '#shared/kernel/civil-date.ts';

/* What a close is judged by where it comes to reconciliation. Amounts are minor units of the account's `currency`. */

/** An account that has to be reconciled at a period's end, or is exempt from it. */
export interface AccountFacts {
	readonly code: string;
	readonly name: string;
	readonly currency: string;
	readonly status: 'MISSING' | 'DRAFT' | 'STALE' | 'VERIFIED' | 'EXEMPT';
	/** The reconciliation that stands; null without one. */
	readonly reconciliation: ReconciliationFacts | null;
	/** What the ledger says now. */
	readonly ledgerMinor: bigint;
	/** Of an account that is reconciled by statements; null for others. */
	readonly statements: { readonly reaches: CivilDate | null; readonly isShort: boolean; readonly balanceMinor: bigint | null } | null;
	/** Bank lines up to the end that were in no match by then and are no item. Money in is positive. */
	readonly unmatched: { readonly count: number; readonly sumMinor: bigint };
	/** Debits and credits of the period together. */
	readonly turnoverMinor: bigint;
	readonly exemption: { readonly by: string | null; readonly at: string | null; readonly reason: string | null } | null;
}

export interface ReconciliationFacts {
	readonly id: string;
	/** The ledger's balance when it was prepared. */
	readonly expectedMinor: number;
	readonly actualMinor: number;
	/** Sum of the items. */
	readonly explainedMinor: number;
	readonly staleReason: string | null;
	/** Items whose line is older than `OLD_ITEM_DAYS` at the period's end. */
	readonly oldItems: { readonly count: number; readonly oldest: CivilDate | null };
}

/** An account that became, or ceased to be, one of the kind where money sits. */
export interface SubtypeChange {
	readonly code: string;
	readonly name: string;
	readonly was: string | null;
	readonly is: string | null;
	readonly at: string;
	readonly by: string | null;
}

export interface PeriodFacts {
	readonly period: { readonly name: string; readonly end: CivilDate };
	readonly accounts: readonly AccountFacts[];
	/** The active session of the period. */
	readonly session: { readonly id: string; readonly startedAt: string; readonly startedBy: string } | null;
	readonly subtypeChanges: readonly SubtypeChange[];
}

/** A cheque that nobody presented for so long will hardly be presented any more. */
export const OLD_ITEM_DAYS = 180;
