import { AppError } from '#shared/kernel/app-error.ts';

/** A terminal's keyboard: process.stdin, or what stands for it. */
export type PromptInput = NodeJS.ReadableStream & { readonly isTTY?: boolean; setRawMode?(raw: boolean): unknown };
export type PromptOutput = NodeJS.WritableStream;

export interface Question {
	/** Stable name under which a script finds the question in `details.questions`. */
	readonly id: string;
	readonly text: string;
	/** The answers that are possible; without it any text is. */
	readonly choices?: readonly string[];
	/** How to answer without being asked, such as `--date-format DD.MM.YYYY`. */
	readonly option?: string;
}

export interface Prompt {
	/** True where somebody can answer. */
	readonly interactive: boolean;
	/** One line, without blanks around it. With `choices`: one of them, by its number or its text; asked again until it is one. */
	ask(question: Question): Promise<string>;
	/** A password, not shown. Where input is no terminal: its first line, so that a script can pipe one in. */
	password(question: Question): Promise<string>;
	/** True for yes. */
	confirm(question: Question): Promise<boolean>;
}

const ENTER = /[\r\n]/;
const INTERRUPT = '\u0003';
const END_OF_INPUT = '\u0004';
const ERASE: ReadonlySet<string> = new Set(['\b', '\u007f']);
const ERASE_LINE = '\u0015';

/**
 * Asks the person at the terminal. Questions go to `output` (standard error), never to standard output. Without a terminal, or
 * where `interactive` is false (--json), a question is refused with NEEDS_ANSWER and stands in `details.questions`.
 * Ctrl-C and the end of input are CANCELLED.
 */
export function createPrompt(input: PromptInput, output: PromptOutput, options: { readonly interactive: boolean }): Prompt {
	const interactive = options.interactive && input.isTTY === true;
	const ask = async (question: Question): Promise<string> => {
		if (!interactive) throw needsAnswer([question]);
		const choices = question.choices;
		output.write(choices ? `${question.text}\n${choices.map((choice, index) => `  ${index + 1}  ${choice}\n`).join('')}` : '');
		for (;;) {
			const line = (await readLine(input, output, choices ? `1-${choices.length}: ` : `${question.text} `)).trim();
			if (!choices) return line;
			const chosen = choices.find((choice) => choice.toLowerCase() === line.toLowerCase()) ?? choices[/^\d+$/.test(line) ? Number(line) - 1 : -1];
			if (chosen !== undefined) return chosen;
		}
	};
	return {
		interactive,
		ask,
		password: async (question) => {
			if (interactive) return readHidden(input, output, `${question.text} `);
			if (input.isTTY) throw needsAnswer([question]);
			const line = await firstLine(input);
			if (line === null || line === '') throw needsAnswer([question]);
			return line;
		},
		confirm: async (question) => {
			for (;;) {
				const answer = (await ask({ ...question, text: `${question.text} [yes/no]` })).toLowerCase();
				if (answer === 'yes' || answer === 'y') return true;
				if (answer === 'no' || answer === 'n') return false;
			}
		},
	};
}

/** The refusal where something must be answered and nobody is there. */
export function needsAnswer(questions: readonly Question[]): AppError {
	const texts = questions.map(({ text, option }) => (option ? `${text} Answer with ${option}.` : text));
	return new AppError('NEEDS_ANSWER', texts.join('\n'), { questions });
}

function cancelled(): AppError {
	return new AppError('CANCELLED', 'Cancelled. Nothing was changed.');
}

function readLine(input: PromptInput, output: PromptOutput, text: string): Promise<string> {
	const reader = process.getBuiltinModule('node:readline').createInterface({ input, output, terminal: input.isTTY === true && input.setRawMode !== undefined });
	return new Promise((resolve, reject) => {
		let answered = false;
		reader.once('SIGINT', () => reader.close());
		reader.once('close', () => {
			if (!answered) reject(cancelled());
		});
		reader.question(text, (line) => {
			answered = true;
			reader.close();
			resolve(line);
		});
	});
}

function readHidden(input: PromptInput, output: PromptOutput, text: string): Promise<string> {
	output.write(text);
	input.setRawMode?.(true);
	return new Promise((resolve, reject) => {
		let typed: string[] = [];
		const end = (settle: () => void): void => {
			input.removeListener('data', onData);
			input.removeListener('end', onEnd);
			input.setRawMode?.(false);
			input.pause();
			output.write('\n');
			settle();
		};
		const onEnd = (): void => end(() => reject(cancelled()));
		const onData = (data: Buffer | string): void => {
			for (const character of String(data)) {
				if (ENTER.test(character)) {
					end(() => resolve(typed.join('')));
					return;
				}
				if (character === INTERRUPT || (character === END_OF_INPUT && typed.length === 0)) {
					onEnd();
					return;
				}
				if (ERASE.has(character)) typed.pop();
				else if (character === ERASE_LINE) typed = [];
				else if (character >= ' ') typed.push(character);
			}
		};
		input.setEncoding('utf8');
		input.on('data', onData).once('end', onEnd).resume();
	});
}

async function firstLine(input: PromptInput): Promise<string | null> {
	const reader = process.getBuiltinModule('node:readline').createInterface({ input, terminal: false });
	try {
		for await (const line of reader) return line;
		return null;
	} finally {
		reader.close();
	}
}
