import type { z } from 'zod';
import type { importOptions } from '#shared/contract/imports.contract.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import type { Prompt } from './prompt.ts';
import { pairsOf } from './values.ts';

export type ImportOptions = z.input<typeof importOptions>;

/** What a file leaves open, as the refusal NEEDS_ANSWER carries it in details.questions. */
interface ImportQuestion {
	readonly id: string;
	readonly question: string;
	readonly choices: readonly { readonly value: string; readonly meaning: string }[];
	readonly example: { readonly line: number; readonly value: string } | null;
}

const COMMODITY = 'commodity:';

/** An import of journal entries with what it leaves open asked. */
export function importWithAnswers<Output>(prompt: () => Prompt, given: ImportOptions, run: (options: ImportOptions) => Promise<Output>): Promise<Output> {
	return runWithAnswers(prompt, given, withAnswer, run);
}

/**
 * Runs an import, asks what it leaves open, and runs it again with the answers until nothing is open. Where nobody can answer, the
 * refusal NEEDS_ANSWER goes on as it is. Nothing is booked while a question is open.
 */
export async function runWithAnswers<Options, Output>(
	prompt: () => Prompt,
	given: Options,
	answer: (options: Options, id: string, answer: string) => Options,
	run: (options: Options) => Promise<Output>,
): Promise<Output> {
	let options = given;
	for (;;) {
		try {
			return await run(options);
		} catch (error) {
			const questions = questionsOf(error);
			if (questions.length === 0 || !prompt().interactive) throw error;
			for (const question of questions) options = answer(options, question.id, await answerOf(prompt(), question));
		}
	}
}

function questionsOf(error: unknown): readonly ImportQuestion[] {
	if (!(error instanceof AppError) || error.code !== 'NEEDS_ANSWER') return [];
	return (error.details.questions as readonly ImportQuestion[] | undefined) ?? [];
}

async function answerOf(prompt: Prompt, { id, question, choices, example }: ImportQuestion): Promise<string> {
	const seen = example === null || example.line === 0 ? '' : ` (line ${example.line}: ${example.value})`;
	const text = `${question}${seen}`;
	// Which column holds what is no choice between values: it is written the way --map is.
	if (id === 'map' || choices.length === 0) return prompt.ask({ id, text });
	const lines = choices.map(({ value, meaning }) => (meaning === value ? value : `${value}: ${meaning}`));
	const chosen = await prompt.ask({ id, text, choices: lines });
	return choices[lines.indexOf(chosen)]?.value ?? chosen;
}

/** The options with one question answered. The domain judges the answer as if it had been given outright. */
export function withAnswer(options: ImportOptions, id: string, answer: string): ImportOptions {
	if (id.startsWith(COMMODITY)) return { ...options, commodities: { ...options.commodities, [id.slice(COMMODITY.length)]: answer } };
	if (id === 'map') return { ...options, map: mapAnswered(options.map, answer) };
	return { ...options, [id]: answer };
}

/** Columns that are known, with those that were answered the way --map is written. */
export function mapAnswered(map: Readonly<Record<string, string>> | undefined, answer: string): Record<string, string> {
	return { ...map, ...pairsOf('map', [answer.replace(/^--map\s+/, '')], ',') };
}
