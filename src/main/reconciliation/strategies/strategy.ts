import type { ErrorCode } from '#shared/kernel/error-codes.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import type { AccountAtEnd } from '../accounts/accounts.queries.ts';

export type StrategyName = 'statement' | 'balance' | 'cash-count' | 'physical-count';

/** BOOK: a ledger line that the bank does not have yet. BANK: a statement line that the books do not have. */
export type ItemKind = 'BOOK' | 'BANK';

/** How an actual balance came to be, as it is kept with the reconciliation. Days are `YYYY-MM-DD`. */
export interface ActualDetail {
	/** The balance was typed by who prepared it. */
	readonly typed?: true;
	/** Pieces by denomination, major units. */
	readonly count?: Readonly<Record<string, number>>;
	/** The statement whose opening balance was carried on, and the last day that statements cover. */
	readonly statement?: { readonly id: string; readonly page: number; readonly opening: string; readonly from: string; readonly to: string };
	readonly reaches?: string;
}

export interface ActualRequest {
	readonly company: Company;
	readonly account: AccountAtEnd;
	/** Of all amounts: the account's own, or the company's where it has none. */
	readonly currency: string;
	/** Day number of the period's last day. */
	readonly endDay: number;
	/** What a person gave now: minor units; pieces by denomination. */
	readonly typedMinor: number | null;
	readonly count: Readonly<Record<string, number>> | null;
	/** What a person gave before, where the reconciliation stands already. */
	readonly stored: ActualBalance | null;
}

/** Minor units, in the ledger's direction: what the company has is positive, what it owes is negative. */
export interface ActualBalance {
	readonly actualMinor: number;
	readonly detail: ActualDetail;
}

/** What a reconciliation shows before it is verified. Minor units. */
export interface Judged {
	readonly uuid: string;
	readonly accountCode: string;
	readonly currency: string;
	/** Expected less actual, less what the items explain. */
	readonly unexplainedMinor: number;
}

export interface Finding {
	readonly code: ErrorCode;
	readonly message: string;
	readonly details: Readonly<Record<string, unknown>>;
}

/** One way to know what really is in an account. A new one is a file of its own and a line in strategies.ts. */
export interface Strategy {
	readonly name: StrategyName;
	readonly appliesTo: (account: AccountAtEnd) => boolean;
	/** The actual balance at the end of a day. Refuses STATEMENT_SHORT, NEEDS_ANSWER, RECONCILIATION_REFUSED, AMOUNT_TOO_LARGE. */
	readonly actual: (db: ReadDb, request: ActualRequest) => ActualBalance;
	readonly items: readonly ItemKind[];
	/** What stands in the way of verifying. */
	readonly validate: (reconciliation: Judged) => readonly Finding[];
}
