import type { OutputOf } from '#shared/contract/client.ts';
import type { LedgerContract } from '#shared/contract/ledger.contract.ts';
import type { FindInput, ListInput } from './list-filter.ts';

export type Found = OutputOf<LedgerContract['findEntries']>;
export type ListedEntry = OutputOf<LedgerContract['listEntries']>['entries'][number];

/** Entries of one page. The pages are cut oldest first, whichever way they are shown. */
export const PAGE_ROWS = 100;

export type Order = 'OLDEST_FIRST' | 'NEWEST_FIRST';

/** Which pages hold the rows `first` to before `end` of the list as shown. */
export function pagesOf(total: number, order: Order, first: number, end: number): number[] {
	if (end <= first) return [];
	const places = [placeOf(total, order, first), placeOf(total, order, end - 1)];
	const from = Math.floor(Math.min(...places) / PAGE_ROWS);
	const to = Math.floor(Math.max(...places) / PAGE_ROWS);
	return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** Page and place in it of a row as shown. */
export function pagePlace(total: number, order: Order, row: number): { readonly page: number; readonly index: number } {
	const place = placeOf(total, order, row);
	return { page: Math.floor(place / PAGE_ROWS), index: place % PAGE_ROWS };
}

/** What is asked for one page. */
export function pageInput(filter: FindInput, found: Found, page: number): ListInput {
	const { companyId } = filter;
	if (found.step === 1) return { companyId, numbers: found.places.slice(page * PAGE_ROWS, (page + 1) * PAGE_ROWS).map(([, no]) => no), limit: PAGE_ROWS };
	const before = found.places[page - 1];
	return { ...filter, ...(before ? { after: { date: before[0], no: before[1] } } : {}), limit: PAGE_ROWS };
}

/** The page that must hold an entry of this date and number, if the list holds it at all. */
export function pageWith(found: Found, date: string, no: number): number {
	let low = 0;
	let high = found.places.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		const [otherDate, otherNo] = found.places[middle] ?? ['', 0];
		if (otherDate < date || (otherDate === date && otherNo < no)) low = middle + 1;
		else high = middle;
	}
	return found.step === 1 ? Math.floor(low / PAGE_ROWS) : low;
}

/** The row as shown of a place counted from the oldest; it is its own inverse. */
export function placeOf(total: number, order: Order, row: number): number {
	return order === 'OLDEST_FIRST' ? row : total - 1 - row;
}
