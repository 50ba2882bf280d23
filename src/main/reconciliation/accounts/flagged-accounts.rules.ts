import type { RequiredAccountRule } from './required-account-rule.rules.ts';

/** Any other account that the company wants to be reconciled: stock, a loan, a deposit. */
export const flaggedAccounts: RequiredAccountRule = {
	covers: (account) => account.requiresReconciliation === 1,
	requires: () => true,
};
