import { useMemo } from 'react';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useAsk } from '#renderer/lib/queries.ts';
import { accountSuggestion, partySuggestion, type Suggestion } from './suggestions.ts';

export interface Names {
	readonly accounts: readonly Suggestion[];
	readonly parties: readonly Suggestion[];
	/** Codes that an entry may use. */
	readonly activeAccounts: readonly Suggestion[];
	/** By code. */
	readonly accountNames: ReadonlyMap<string, string>;
	/** The one currency of an account that has one, by code. */
	readonly accountCurrencies: ReadonlyMap<string, string>;
}

/** Accounts and parties to complete what is typed. */
export function useNames(): Names {
	const { companyId } = useCompany();
	const accounts = useAsk('ledger', 'listAccounts', { companyId }).data?.accounts;
	const parties = useAsk('ledger', 'listParties', { companyId }).data?.parties;
	return useMemo(
		() => ({
			accounts: (accounts ?? []).map(accountSuggestion),
			activeAccounts: (accounts ?? []).filter(({ active }) => active).map(accountSuggestion),
			parties: (parties ?? []).filter(({ active }) => active).map(({ name }) => partySuggestion(name)),
			accountNames: new Map((accounts ?? []).map(({ code, name }) => [code, name])),
			accountCurrencies: new Map((accounts ?? []).flatMap(({ code, currency }) => (currency === null ? [] : [[code, currency] as const]))),
		}),
		[accounts, parties],
	);
}
