import { describe, expect, it } from 'vitest';
import { accountChange, type AccountFields } from './account-change.ts';
import type { Account } from './account-rows.ts';

const standing: Account = { code: '1100', name: 'Bank', type: 'ASSET', subtype: 'BANK', currency: 'KES', requiresReconciliation: true, active: true, ref: 'r' };
const fields: AccountFields = {
	code: '1100',
	name: 'Bank',
	type: 'ASSET',
	subtype: 'BANK',
	currency: 'KES',
	requiresReconciliation: true,
	active: true,
	reason: '',
};

describe('what a form of an account sends', () => {
	it.each([
		['nothing where nothing differs', {}, {}],
		['a new name without the blanks around it', { name: ' Equity Bank ' }, { name: 'Equity Bank' }],
		['no subtype any more', { subtype: null }, { subtype: null }],
		[
			'the reason with what it explains',
			{ requiresReconciliation: false, reason: 'closed in May' },
			{ requiresReconciliation: false, reason: 'closed in May' },
		],
		['that it is not used any more', { active: false }, { active: false }],
	])('%s', (_what, change, sent) => {
		expect(accountChange(standing, { ...fields, ...change }).changed).toEqual(sent);
	});

	it('sends all of a new account, and leaves out what was not chosen', () => {
		expect(accountChange(null, { ...fields, code: ' 1200 ', subtype: null, currency: null }).given).toEqual({
			code: '1200',
			name: 'Bank',
			type: 'ASSET',
			requiresReconciliation: true,
		});
	});
});
