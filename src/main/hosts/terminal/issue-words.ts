import type { z } from 'zod';
import type { issue } from '#shared/contract/close.contract.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import type { Output } from './output.ts';

export type Issue = z.input<typeof issue>;

const ORDER = { ERROR: 0, WARNING: 1, INFO: 2 } as const;
const WORDS = { ERROR: 'must be put right', WARNING: 'must be acknowledged', INFO: 'for information' } as const;

/** What stands in the way of a close, the worst first. */
export function issuesText(issues: readonly Issue[]): string {
	const sorted = [...issues].sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
	return sorted.map(({ code, severity, message }) => `  ${severity.padEnd(7)}  ${message}\n           ${code}, ${WORDS[severity]}\n`).join('');
}

/** Shows the issues of a refused close, where a person reads; a script finds them in the refusal's details. */
export function noteIssues(output: Output, error: unknown): void {
	if (output.json || !(error instanceof AppError)) return;
	const { validation, issues } = error.details as { readonly validation?: { readonly issues?: readonly Issue[] }; readonly issues?: readonly Issue[] };
	const found = validation?.issues ?? issues ?? [];
	if (found.length > 0) output.note(issuesText(found).trimEnd());
}
