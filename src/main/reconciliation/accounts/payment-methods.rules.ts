import type { RequiredAccountRule } from './required-account-rule.rules.ts';

const PAYMENT_METHODS: readonly (string | null)[] = ['CASH', 'BANK', 'MOBILE_MONEY', 'CREDIT_CARD', 'CLEARING'];

/** Where money sits is reconciled, unless the Admin exempted the account. */
export const paymentMethods: RequiredAccountRule = {
	covers: ({ subtype }) => PAYMENT_METHODS.includes(subtype),
	requires: (account) => account.requiresReconciliation === 1,
};
