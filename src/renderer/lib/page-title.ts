import { useEffect } from 'react';

const PRODUCT = 'Ledgerseal';

/** What the window or tab is called: the nearest first, since tabs show the beginning only. Without parts the name of the product. */
export function pageTitle(parts: readonly (string | null)[]): string {
	return [...parts.filter((part) => part !== null && part !== ''), PRODUCT].join(' – ');
}

export function usePageTitle(...parts: readonly (string | null)[]): void {
	const title = pageTitle(parts);
	useEffect(() => {
		document.title = title;
	}, [title]);
}
