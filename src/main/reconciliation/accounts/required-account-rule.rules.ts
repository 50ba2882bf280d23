/** What the rules judge of an account at a period's end. */
export interface AccountFacts {
	readonly subtype: string | null;
	readonly requiresReconciliation: number;
	/** 1 where it stands with a balance at the end or moved in the period. */
	readonly counts: number;
}

/** One reason why accounts are reconciled. */
export interface RequiredAccountRule {
	/** Is the account the rule's business? */
	readonly covers: (account: AccountFacts) => boolean;
	/** Is it to be reconciled? No means exempt: it is the rule's business and was let off. */
	readonly requires: (account: AccountFacts) => boolean;
}
