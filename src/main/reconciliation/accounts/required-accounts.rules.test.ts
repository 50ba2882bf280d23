import { describe, expect, it } from 'vitest';
import { requirementOf } from './required-accounts.rules.ts';

describe("an account at a period's end", () => {
	it.each([
		['money that moved', 'BANK', 1, 1, 'REQUIRED'],
		['a till', 'CASH', 1, 1, 'REQUIRED'],
		['a wallet', 'MOBILE_MONEY', 1, 1, 'REQUIRED'],
		['a card', 'CREDIT_CARD', 1, 1, 'REQUIRED'],
		['a clearing account', 'CLEARING', 1, 1, 'REQUIRED'],
		['money without balance or movement', 'BANK', 1, 0, 'NOT_REQUIRED'],
		['money that an Admin exempted', 'BANK', 0, 1, 'EXEMPT'],
		['exempt money without balance or movement', 'BANK', 0, 0, 'NOT_REQUIRED'],
		['stock that is flagged', 'INVENTORY', 1, 1, 'REQUIRED'],
		['stock that is not', 'INVENTORY', 0, 1, 'NOT_REQUIRED'],
		['a loan that is flagged', null, 1, 1, 'REQUIRED'],
		['anything else', null, 0, 1, 'NOT_REQUIRED'],
	])('%s', (_what, subtype, requiresReconciliation, counts, requirement) => {
		expect(requirementOf({ subtype, requiresReconciliation, counts })).toBe(requirement);
	});
});
