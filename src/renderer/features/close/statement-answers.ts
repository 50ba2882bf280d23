import type { InputOf } from '#shared/contract/client.ts';
import type { Contract } from '#shared/contract/index.ts';
import { isAppError } from '#shared/kernel/app-error.ts';

export type StatementOptions = NonNullable<InputOf<Contract['statements']['import']>['options']>;

/** What the program asks about a file that it can read in two ways, or that does not add up. */
export interface StatementQuestion {
	readonly id: string;
	readonly question: string;
	readonly choices: readonly { readonly value: string; readonly meaning: string }[];
}

/** The questions of a refusal NEEDS_ANSWER; none of any other. */
export function questionsOf(error: unknown): readonly StatementQuestion[] {
	if (!isAppError(error, 'NEEDS_ANSWER')) return [];
	const asked = error.details.questions;
	return Array.isArray(asked) ? (asked as unknown[]).flatMap(questionOf) : [];
}

function questionOf(value: unknown): StatementQuestion[] {
	if (typeof value !== 'object' || value === null) return [];
	const { id, question, text, choices } = value as Record<string, unknown>;
	const words = question ?? text;
	if (typeof id !== 'string' || typeof words !== 'string') return [];
	return [{ id, question: words, choices: Array.isArray(choices) ? (choices as StatementQuestion['choices']) : [] }];
}

/** Answers by the ids of their questions, as options of the import: `accept:CODE` accepts a doubt, `map` is `date=Datum,amount=Betrag`. */
export function optionsFrom(answers: Readonly<Record<string, string>>): StatementOptions {
	const options: Record<string, unknown> = {};
	const accepted: string[] = [];
	for (const [id, answer] of Object.entries(answers)) {
		if (answer === '') continue;
		if (id.startsWith('accept:')) {
			if (answer === 'yes') accepted.push(id.slice('accept:'.length));
		} else if (id === 'map') options.map = columnsFrom(answer);
		else if (id === 'invertSigns') options.invertSigns = answer === 'yes' || answer === 'true';
		else options[id] = answer;
	}
	return { ...options, ...(accepted.length === 0 ? {} : { accept: accepted }) } as StatementOptions;
}

function columnsFrom(text: string): Record<string, string> {
	return Object.fromEntries(
		text
			.split(',')
			.map((pair) => pair.split('='))
			.flatMap(([field, column]) => (field === undefined || column === undefined ? [] : [[field.trim(), column.trim()]])),
	);
}
