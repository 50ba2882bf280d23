/** The number of an entry that was typed into the search, as `42` or `#42`; null where it is none. */
export function entryNumber(typed: string): number | null {
	const found = /^#?([1-9]\d{0,14})$/.exec(typed.trim());
	return found === null ? null : Number(found[1]);
}
