import { useAsk } from '#renderer/lib/queries.ts';
import { type Order, PAGE_ROWS, pageInput, pageWith, placeOf } from './entry-pages.ts';
import type { FindInput } from './list-filter.ts';
import type { useEntryRows } from './use-entry-rows.ts';

/** The row as shown of the entry that the address says was left (`at`: number or draft id); null where there is none, or not yet. */
export function useLeftRow(filter: FindInput, order: Order, rows: ReturnType<typeof useEntryRows>, at: string | undefined): number | null {
	const { companyId } = filter;
	const no = at !== undefined && /^\d+$/.test(at) ? Number(at) : null;
	const entry = useAsk('ledger', 'showEntry', no === null ? { companyId, id: at ?? '' } : { companyId, no }, { enabled: at !== undefined }).data;
	const found = rows.found.isPlaceholderData ? undefined : rows.found.data;
	// Drafts stand before the posted entries of their day.
	const page = found && entry ? pageWith(found, entry.date, entry.no ?? Number.MIN_SAFE_INTEGER) : 0;
	const held = useAsk('ledger', 'listEntries', found ? pageInput(filter, found, page) : filter, { enabled: found !== undefined && entry !== undefined }).data
		?.entries;
	const index = held?.findIndex((candidate) => candidate.id === entry?.id) ?? -1;
	return found && index >= 0 ? placeOf(found.total, order, page * PAGE_ROWS + index) : null;
}
