import type { InputOf, OutputOf } from '#shared/contract/client.ts';
import type { ImportsContract } from '#shared/contract/imports.contract.ts';
import { AppError } from '#shared/kernel/app-error.ts';

export type ImportOptions = NonNullable<InputOf<ImportsContract['importJournal']>['options']>;
export type ImportResult = OutputOf<ImportsContract['importJournal']>;

export interface ImportQuestion {
	readonly id: string;
	readonly question: string;
	readonly choices: readonly { readonly value: string; readonly meaning: string }[];
	readonly example: { readonly line: number; readonly value: string } | null;
}

/** What a file leaves open, as the refusal carries it. */
export function questionsOf(error: unknown): readonly ImportQuestion[] {
	return error instanceof AppError && error.code === 'NEEDS_ANSWER' ? ((error.details.questions as readonly ImportQuestion[] | undefined) ?? []) : [];
}

const COMMODITY = 'commodity:';

/** The options with the answer to one question: its id names the option. Columns are answered as `role=header, role=header`. */
export function withAnswer(options: ImportOptions, id: string, answer: string): ImportOptions {
	const value = answer.trim();
	if (id.startsWith(COMMODITY)) return { ...options, commodities: { ...options.commodities, [id.slice(COMMODITY.length)]: value.toUpperCase() } };
	if (id === 'map') return { ...options, map: { ...options.map, ...pairs(value) } };
	return { ...options, [id]: value };
}

function pairs(text: string): Record<string, string> {
	return Object.fromEntries(
		text.split(',').flatMap((part) => {
			const [role = '', ...column] = part.split('=');
			return column.length === 0 ? [] : [[role.trim(), column.join('=').trim()]];
		}),
	);
}
