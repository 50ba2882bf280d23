import { AppError } from '#shared/kernel/app-error.ts';

/** An answer that a person may give, with what it would mean. */
export interface QuestionChoice {
	readonly value: string;
	readonly meaning: string;
}

/**
 * Something in a file that can be read in two ways. `id` names the option that answers it: `decimal`, `dateFormat`,
 * `encoding`, `delimiter`, `map`, `accountCase`, `virtualPostings`, `commodity:$`.
 */
export interface ImportQuestion {
	readonly id: string;
	readonly question: string;
	readonly choices: readonly QuestionChoice[];
	/** Where it was met; null where it concerns the file as a whole. */
	readonly example: { readonly line: number; readonly value: string } | null;
}

/** The refusal that carries the questions: a terminal asks them, a script gets them as `details.questions`. */
export function needsAnswer(questions: readonly ImportQuestion[]): AppError {
	return new AppError('NEEDS_ANSWER', questions.map((question) => question.question).join(' '), { questions });
}
