const PAGE = 15;

/** Where a key takes the reader of a table from row `active` of `count`; null where it is none of the keys that walk. */
export function nextRow(key: string, active: number, count: number): number | null {
	if (count === 0) return null;
	const last = count - 1;
	const moves: Readonly<Record<string, number>> = {
		ArrowDown: active + 1,
		ArrowUp: active - 1,
		PageDown: active + PAGE,
		PageUp: active - PAGE,
		Home: 0,
		End: last,
	};
	const to = moves[key];
	return to === undefined ? null : Math.min(last, Math.max(0, to));
}
