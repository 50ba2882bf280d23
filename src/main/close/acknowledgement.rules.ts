import type { Issue } from './validation.rules.ts';

export interface Acknowledgement {
	/** Codes of warnings, or `all`. */
	readonly codes: readonly string[];
	readonly note: string;
}

/** Warnings that were not acknowledged: by code, or all of them, and never without a note. */
export function unacknowledged(issues: readonly Issue[], { codes, note }: Acknowledgement): Issue[] {
	const named = new Set(codes.map((code) => code.trim().toUpperCase()));
	return issues.filter(({ severity, code }) => severity === 'WARNING' && (note.trim() === '' || !(named.has('ALL') || named.has(code))));
}
