import { useCallback } from 'react';
import { useLocation } from 'wouter';
import { formatAddress, parseAddress } from '#renderer/lib/address.ts';
import { formatJournalAddress, type JournalAddress } from './journal-address.ts';

/** Goes to a page of the journal; `replace` leaves no step that Back would return to. */
export function useJournalGo(): (to: JournalAddress, options?: { readonly replace?: boolean }) => void {
	const [path, setPath] = useLocation();
	return useCallback(
		(to, options) => {
			const here = parseAddress(path);
			if (here) setPath(formatAddress({ ...here, place: 'journal', rest: formatJournalAddress(to) }), options);
		},
		[path, setPath],
	);
}

/** Back to where the person came from; to the list where the page was opened by its address. */
export function useJournalBack(): () => void {
	const go = useJournalGo();
	return useCallback(() => {
		if (history.length > 1) history.back();
		else go({ page: 'list', view: {} });
	}, [go]);
}
