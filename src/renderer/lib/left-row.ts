const FIELD = 'leftRows';

/** Remembers, in this step of the browser's history, which row of a table was opened: Back returns to it, a fresh visit does not. */
export function rememberLeftRow(table: string, key: string): void {
	const state = (history.state ?? {}) as Readonly<Record<string, unknown>>;
	history.replaceState({ ...state, [FIELD]: { ...leftRows(), [table]: key } }, '');
}

export function leftRow(table: string): string | null {
	return leftRows()[table] ?? null;
}

function leftRows(): Readonly<Record<string, string>> {
	const state = history.state as { readonly [FIELD]?: Readonly<Record<string, string>> } | null;
	return state?.[FIELD] ?? {};
}
