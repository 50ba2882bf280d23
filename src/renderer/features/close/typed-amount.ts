/** A balance as people type it (`12,34,567.50`, `(120)`, `-120`) as plain decimal text; null where it is no amount. */
export function typedAmount(typed: string): string | null {
	const bare = typed.trim().replace(/[,\s\u00a0]/g, '');
	const parenthesised = /^\((.*)\)$/.exec(bare)?.[1];
	const text = parenthesised === undefined ? bare : `-${parenthesised}`;
	return /^-?\d+(?:\.\d+)?$/.test(text) ? text : null;
}
