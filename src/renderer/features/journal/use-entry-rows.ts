import { useQueries } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useProgram } from '#renderer/lib/program.tsx';
import { askKey, useAsk } from '#renderer/lib/queries.ts';
import { type ListedEntry, type Order, PAGE_ROWS, pageInput, pagePlace, pagesOf } from './entry-pages.ts';
import type { FindInput } from './list-filter.ts';

/** A page that is out of sight is forgotten after so long: scrolling through a million lines keeps a handful of pages. */
const PAGE_KEPT_MS = 2000;

/** The entries that a filter finds: how many, and those of the rows in sight. The first are there before all are counted. */
export function useEntryRows(filter: FindInput, order: Order) {
	const head = useAsk('ledger', 'listEntries', { ...filter, order, limit: PAGE_ROWS }, { keepPrevious: true });
	// Counted once the first are there: nobody waits for a count.
	const found = useAsk('ledger', 'findEntries', filter, { keepPrevious: true, enabled: head.isFetched });
	const total = found.data?.total ?? head.data?.entries.length ?? 0;
	const first = head.data?.entries;
	return {
		found,
		total,
		isEmpty: found.data?.total === 0,
		error: found.error ?? head.error,
		isCounting: found.isPending || found.isPlaceholderData,
		first,
		retry: found.refetch,
	};
}

/** Those of the rows from `first` to before `end`; what is not there yet is undefined. */
export function useRowsInSight(
	filter: FindInput,
	order: Order,
	rows: ReturnType<typeof useEntryRows>,
	first: number,
	end: number,
): (row: number) => ListedEntry | undefined {
	const { client } = useProgram();
	const asked = useSettled(first, end);
	const found = rows.found.isPlaceholderData ? undefined : rows.found.data;
	const pages = found ? pagesOf(found.total, order, Math.min(asked.first, found.total), Math.min(asked.end, found.total)) : [];
	const answers = useQueries({
		queries: pages.map((page) => {
			const input = found ? pageInput(filter, found, page) : filter;
			return {
				queryKey: askKey('ledger', 'listEntries', input),
				queryFn: ({ signal }: { readonly signal: AbortSignal }) => client.ledger.listEntries(input, { signal }),
				gcTime: PAGE_KEPT_MS,
			};
		}),
	});
	const held = new Map(pages.map((page, index) => [page, answers[index]?.data?.entries] as const));
	return (row) => {
		const place = found ? pagePlace(found.total, order, row) : null;
		const entry = place ? held.get(place.page)?.[place.index] : undefined;
		return entry ?? (row < PAGE_ROWS && rows.first ? rows.first[row] : undefined);
	};
}

/** Rows that pass by at once, as the bar is dragged, are not asked for: those where it rests are. */
const RESTING_MS = 70;

function useSettled(first: number, end: number): { readonly first: number; readonly end: number } {
	const [settled, setSettled] = useState({ first, end });
	const isFar = Math.abs(first - settled.first) > PAGE_ROWS;
	useEffect(() => {
		if (!isFar) {
			setSettled({ first, end });
			return undefined;
		}
		const timer = setTimeout(() => setSettled({ first, end }), RESTING_MS);
		return () => clearTimeout(timer);
	}, [first, end, isFar]);
	return isFar ? settled : { first, end };
}
