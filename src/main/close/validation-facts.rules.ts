import type { CivilDate } from '#shared/kernel/civil-date.ts';
import type { PeriodKind, PeriodStatus } from '#shared/kernel/period.ts';

/* What a close is judged by, gathered by validation.queries.ts and judged by validation.rules.ts. */

/** Entries that share something: how many, and the first of them by name. */
export interface EntriesFact {
	readonly count: number;
	readonly first: readonly { readonly no: number; readonly externalNo: string | null }[];
}

export interface AccountFact {
	readonly code: string;
	readonly name: string;
}

/** An amount of an account: minor units of `currency`, signed, debit positive. */
export interface AmountFact extends AccountFact {
	readonly currency: string;
	readonly amountMinor: bigint;
}

/** What was found in the books; the rules only judge it. Sums are minor units. */
export interface ValidationFacts {
	readonly period: { readonly name: string; readonly kind: PeriodKind; readonly start: CivilDate; readonly end: CivilDate; readonly status: PeriodStatus };
	/** The company's currency. */
	readonly currency: string;
	/** Today where the company is. */
	readonly today: CivilDate;
	/** Names of periods that have to be closed before this one. */
	readonly openBefore: readonly string[];
	readonly hasResultAccount: boolean;
	readonly drafts: { readonly count: number; readonly first: readonly { readonly uuid: string; readonly date: CivilDate; readonly description: string }[] };
	readonly unbalanced: EntriesFact;
	readonly changed: EntriesFact;
	readonly unchained: EntriesFact;
	/** Numbers missing between the last seal's head and the newest entry. */
	readonly missingNumbers: number;
	/** The entry that the last seal names as the head, where it is gone or has another hash. */
	readonly lostHead: number | null;
	readonly trialBalanceDifference: bigint;
	/** Kept balances that the lines do not give: what is kept less what the lines give. */
	readonly balanceDifferences: readonly AmountFact[];
	readonly subledgerDifferences: readonly AmountFact[];
	readonly suspense: readonly AmountFact[];
	readonly clearing: readonly AmountFact[];
	readonly openingEquity: readonly AmountFact[];
	readonly negativeCash: readonly (AmountFact & { readonly date: CivilDate })[];
	readonly withoutParty: EntriesFact;
	readonly importedWithoutParty: EntriesFact;
	readonly notRevalued: readonly AmountFact[];
	readonly backdated: EntriesFact;
	readonly backdatedDays: number;
	readonly withoutAttachment: EntriesFact;
	readonly schemaAltered: boolean;
	/** null: nobody asked the secret store. */
	readonly canSign: boolean | null;
}
