import type { InputOf } from '#shared/contract/client.ts';
import type { LedgerContract } from '#shared/contract/ledger.contract.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import type { ListView } from './journal-address.ts';
import { typedAmount } from '#renderer/lib/typed-amount.ts';

export type FindInput = InputOf<LedgerContract['findEntries']>;
export type ListInput = InputOf<LedgerContract['listEntries']>;

interface Span {
	readonly start: string;
	readonly end: string;
}

const SOURCES: readonly string[] = ['MANUAL', 'IMPORT', 'OPENING', 'TRANSFER', 'ADJUSTING', 'REVERSAL', 'CLOSING'];

/** What the program is asked for a view of the list. `period` null: the books have none yet. */
export function filterOf(companyId: string, view: ListView, period: Span | null, currency: string): FindInput {
	const isOfPeriod = view.dates !== 'all' && view.from === undefined && view.to === undefined && period !== null;
	const status = view.status?.toUpperCase();
	const source = view.source?.toUpperCase();
	return {
		companyId,
		...(isOfPeriod ? { from: period.start, to: period.end } : {}),
		...(view.from ? { from: view.from } : {}),
		...(view.to ? { to: view.to } : {}),
		...(status === 'DRAFT' || status === 'POSTED' ? { status } : {}),
		...(source && SOURCES.includes(source) ? { source } : {}),
		...(view.text ? { text: view.text } : {}),
		...(view.account ? { account: view.account } : {}),
		...(view.party ? { party: view.party } : {}),
		...amountsOf(view.amount, currency),
	};
}

/** `1200` is exactly that, `1000..2000` a span. null where it can't be read. */
export function amountsOf(typed: string | undefined, currency: string): { readonly amountFrom?: string; readonly amountTo?: string } | null {
	if (typed === undefined || typed.trim() === '') return {};
	const [low = '', high] = typed.split(/\.\.+|–|\bto\b/);
	const from = plain(low, currency);
	const to = high === undefined ? from : plain(high, currency);
	if (from === null || to === null) return null;
	return { ...(from === '' ? {} : { amountFrom: from }), ...(to === '' ? {} : { amountTo: to }) };
}

function plain(typed: string, currency: string): string | null {
	if (typed.trim() === '') return '';
	const amount = typedAmount(typed, currency);
	return 'minor' in amount && amount.minor >= 0n ? formatAmount(amount.minor, currency) : null;
}
