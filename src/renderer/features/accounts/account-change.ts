import type { Account } from './account-rows.ts';

export interface AccountFields extends Pick<Account, 'code' | 'name' | 'type' | 'subtype' | 'currency' | 'requiresReconciliation' | 'active'> {
	/** Why it need not be reconciled any more. */
	readonly reason: string;
}

/** What the form begins with: the account as it stands, or an empty one. */
export function fieldsOf(account: Account | null): AccountFields {
	const empty: AccountFields = { code: '', name: '', type: 'EXPENSE', subtype: null, currency: null, requiresReconciliation: false, active: true, reason: '' };
	if (account === null) return empty;
	const { code, name, type, subtype, currency, requiresReconciliation, active } = account;
	return { code, name, type, subtype, currency, requiresReconciliation, active, reason: '' };
}

/** What is sent of the form: all of it for a new account, only what differs for one that stands. */
export function accountChange(account: Account | null, fields: AccountFields) {
	const { code, name, type, subtype, currency, requiresReconciliation, active } = fields;
	const given = {
		code: code.trim(),
		name: name.trim(),
		type,
		requiresReconciliation,
		...(subtype === null ? {} : { subtype }),
		...(currency === null ? {} : { currency }),
	};
	if (account === null) return { given, changed: {} };
	const changed = {
		...(given.code === account.code ? {} : { code: given.code }),
		...(given.name === account.name ? {} : { name: given.name }),
		...(type === account.type ? {} : { type }),
		...(subtype === account.subtype ? {} : { subtype }),
		...(currency === account.currency || currency === null ? {} : { currency }),
		...(requiresReconciliation === account.requiresReconciliation ? {} : { requiresReconciliation }),
		...(account.requiresReconciliation && !requiresReconciliation ? { reason: fields.reason.trim() } : {}),
		...(active === account.active ? {} : { active }),
	};
	return { given, changed };
}
