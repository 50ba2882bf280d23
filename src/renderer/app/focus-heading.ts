import { useEffect, useRef } from 'react';

const LONGEST_WAIT_MS = 3000;

/** On another place the focus goes to its heading, so that what is heard and where Tab goes on is the new page. */
export function useFocusHeading(place: string): void {
	const shown = useRef(place);
	useEffect(() => {
		if (shown.current === place) return;
		shown.current = place;
		const page = document.getElementById('page');
		return page === null ? undefined : focusWhenThere(page);
	}, [place]);
}

/** The heading may come later than the place, while its data loads. */
function focusWhenThere(page: HTMLElement): () => void {
	// What a screen focuses by itself (a field, the row that was left) stands.
	const isDone = (): boolean => page !== document.activeElement && page.contains(document.activeElement);
	const focus = (): boolean => {
		if (isDone()) return true;
		const heading = page.querySelector('h1');
		if (heading === null) return false;
		heading.tabIndex = -1;
		heading.focus({ preventScroll: true });
		return true;
	};
	const watcher = new MutationObserver(() => focus() && watcher.disconnect());
	// A menu or a dialog that led here gives the focus back first.
	const begin = setTimeout(() => {
		if (!focus()) watcher.observe(page, { childList: true, subtree: true });
	}, 0);
	const end = setTimeout(() => watcher.disconnect(), LONGEST_WAIT_MS);
	return () => {
		clearTimeout(begin);
		clearTimeout(end);
		watcher.disconnect();
	};
}
