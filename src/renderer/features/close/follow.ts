import type { Issue } from '#shared/contract/close.contract.ts';

/** Something that an issue speaks of, and that a person can go to. */
export type Follow =
	| { readonly kind: 'entry'; readonly no: number }
	| { readonly kind: 'draft'; readonly id: string }
	/** Lines of an account up to the period's end, with the amount in question. */
	| {
			readonly kind: 'account';
			readonly code: string;
			readonly name: string;
			readonly amount: string | null;
			readonly currency: string | null;
			readonly date: string | null;
	  }
	/** An account to be reconciled. */
	| { readonly kind: 'reconcile'; readonly code: string; readonly name: string }
	| { readonly kind: 'period'; readonly name: string }
	/** The chart of accounts. */
	| { readonly kind: 'chart' };

/** Everything that issues of one code name, once each. */
export function followsOf(issues: readonly Issue[]): Follow[] {
	const seen = new Set<string>();
	return issues.flatMap(followsOfOne).filter((follow) => {
		const key = JSON.stringify(follow);
		if (seen.has(key)) return false;
		seen.add(key);
		return true;
	});
}

function followsOfOne({ code, metadata }: Issue): Follow[] {
	if (code === 'RETAINED_EARNINGS_MISSING') return [{ kind: 'chart' }];
	const account = textOf(metadata.account);
	return [
		...listOf(metadata.entries).flatMap((no): Follow[] => (typeof no === 'number' ? [{ kind: 'entry', no }] : [])),
		...listOf(metadata.drafts).flatMap((id): Follow[] => (typeof id === 'string' ? [{ kind: 'draft', id }] : [])),
		...listOf(metadata.periods).flatMap((name): Follow[] => (typeof name === 'string' ? [{ kind: 'period', name }] : [])),
		...listOf(metadata.accounts).flatMap(accountOf),
		...(account === null ? [] : [ofAccount(code, account, metadata)]),
	];
}

function ofAccount(code: string, account: string, metadata: Issue['metadata']): Follow {
	if (code.startsWith('RECONCILIATION_') || code.startsWith('STATEMENT_') || code === 'UNUSUAL_VARIANCE') {
		return { kind: 'reconcile', code: account, name: textOf(metadata.name) ?? account };
	}
	return {
		kind: 'account',
		code: account,
		name: textOf(metadata.name) ?? account,
		amount: textOf(metadata.balance),
		currency: textOf(metadata.currency),
		date: textOf(metadata.date),
	};
}

function accountOf(value: unknown): Follow[] {
	if (typeof value !== 'object' || value === null) return [];
	const { account, name, amount, currency } = value as Record<string, unknown>;
	const code = textOf(account);
	return code === null ? [] : [{ kind: 'account', code, name: textOf(name) ?? code, amount: textOf(amount), currency: textOf(currency), date: null }];
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

interface Span {
	readonly start: string;
	readonly end: string;
}

/** The journal with a filter, as its place reads it: `list/status=DRAFT&from=…`. */
export function listRest(filters: Readonly<Record<string, string>>): string {
	return `list/${new URLSearchParams(filters).toString()}`;
}

/** Where in the journal it stands; null where it is no matter of the journal. */
export function journalRest(follow: Follow, { start, end }: Span): string | null {
	switch (follow.kind) {
		case 'entry':
			return `entry/${follow.no}`;
		case 'draft':
			return `draft/${follow.id}`;
		case 'account':
			// A balance has come about since the books began; money below zero on a day is a matter of the days before it.
			return listRest({ account: follow.code, ...(follow.date === null ? { to: end } : { from: start, to: follow.date }) });
		default:
			return null;
	}
}

/** An account to be reconciled, in the address: `reconcile/1100`. */
export function reconcileRest(code: string): string {
	return `reconcile/${encodeURIComponent(code)}`;
}
