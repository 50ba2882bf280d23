import { flaggedAccounts } from './flagged-accounts.rules.ts';
import { paymentMethods } from './payment-methods.rules.ts';
import type { AccountFacts, RequiredAccountRule } from './required-account-rule.rules.ts';

/** Why accounts are reconciled: the first rule that covers an account decides. A new one is a file of its own and a line here. */
const RULES: readonly RequiredAccountRule[] = [paymentMethods, flaggedAccounts];

export type Requirement = 'REQUIRED' | 'EXEMPT' | 'NOT_REQUIRED';

/** Whether an account is to be reconciled at a period's end. One without a balance that did not move needs nothing. */
export function requirementOf(account: AccountFacts): Requirement {
	if (account.counts === 0) return 'NOT_REQUIRED';
	const rule = RULES.find((candidate) => candidate.covers(account));
	if (!rule) return 'NOT_REQUIRED';
	return rule.requires(account) ? 'REQUIRED' : 'EXEMPT';
}
