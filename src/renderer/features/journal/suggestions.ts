/** A name that completes what is typed: an account by code or name, a party by name. */
export interface Suggestion {
	/** What is written into the books' input. */
	readonly value: string;
	readonly label: string;
	/** Lower-case text that is searched. */
	readonly code: string;
	readonly name: string;
}

export function accountSuggestion({ code, name }: { readonly code: string; readonly name: string }): Suggestion {
	return { value: code, label: code === name ? code : `${code} ${name}`, code: code.toLowerCase(), name: name.toLowerCase() };
}

export function partySuggestion(name: string): Suggestion {
	return { value: name, label: name, code: '', name: name.toLowerCase() };
}

/** The best of thousands, at most `limit`: those whose code begins so, then whose name, then a word of it, then any part. */
export function suggest(all: readonly Suggestion[], typed: string, limit = 12): Suggestion[] {
	const wanted = typed.trim().toLowerCase();
	if (wanted === '') return all.slice(0, limit);
	const ranks: Suggestion[][] = [[], [], [], [], []];
	for (const suggestion of all) {
		const rank = rankOf(suggestion, wanted);
		const group = ranks[rank];
		if (group && group.length < limit) group.push(suggestion);
	}
	return ranks.flat().slice(0, limit);
}

function rankOf({ code, name, label }: Suggestion, wanted: string): number {
	if (code === wanted || name === wanted || label.toLowerCase() === wanted) return 0;
	if (code !== '' && code.startsWith(wanted)) return 1;
	if (name.startsWith(wanted)) return 2;
	const place = name.indexOf(wanted);
	if (place > 0) return /[\s:(/-]/.test(name.charAt(place - 1)) ? 3 : 4;
	return 5;
}

/** Exactly the one that was typed, by code, name or both; null where it is none or not one alone. */
export function resolved(all: readonly Suggestion[], typed: string): Suggestion | null {
	const wanted = typed.trim().toLowerCase();
	const byCode = all.find(({ code, label }) => (code !== '' && code === wanted) || label.toLowerCase() === wanted);
	if (byCode) return byCode;
	const named = all.filter(({ name }) => name === wanted);
	return named.length === 1 ? (named[0] ?? null) : null;
}
