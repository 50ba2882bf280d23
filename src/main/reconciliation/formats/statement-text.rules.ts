import { isAppError } from '#shared/kernel/app-error.ts';
import { type CurrencyCode, isCurrency } from '#shared/kernel/currency.ts';
import { parseAmountMinor } from '#shared/kernel/money.ts';
import { type ImportQuestion, needsAnswer } from '#main/imports/question.rules.ts';

// Control characters, and the blanks of all kinds that banks pad with.
const BLANKS = /[\s\p{Cc}]+/gu;

/** Text of a line as the books keep it: the parts that say something, joined by one blank; NFC, trimmed, control characters and runs of blanks as one blank. */
export function lineText(...parts: readonly (string | null | undefined)[]): string {
	return parts
		.map((part) => (part ?? '').toWellFormed().replace(BLANKS, ' ').trim())
		.filter((part) => part !== '')
		.join(' ')
		.normalize('NFC');
}

/** The same where nothing said is null. */
export function textOrNull(...parts: readonly (string | null | undefined)[]): string | null {
	const text = lineText(...parts);
	return text === '' ? null : text;
}

/** The number of an account without the blanks that people read it by; null where nothing is left. */
export function accountText(text: string | null | undefined): string | null {
	return textOrNull(text)?.replaceAll(' ', '') ?? null;
}

// A line has a handful of pieces; looking back further would only cost time on a file made to cost it.
const LOOKED_BACK = 16;

const folded = (text: string) => text.replaceAll(' ', '').toLowerCase();

/** Pieces joined by one blank, in order; a piece that another one begins with (the same, or its cut-off) is said once, in full. */
export function joinedText(pieces: readonly (string | null)[]): string {
	const kept: { text: string; key: string }[] = [];
	for (const text of pieces) {
		if (text === null) continue;
		const key = folded(text);
		const same = kept.slice(-LOOKED_BACK).find((other) => other.key.startsWith(key) || key.startsWith(other.key));
		if (same === undefined) kept.push({ text, key });
		else if (key.length > same.key.length) Object.assign(same, { text, key });
	}
	return kept.map((piece) => piece.text).join(' ');
}

const FIRST_SHORT_YEAR = 80;

/** The year that two digits mean on a statement: 80 to 99 are 1980 to 1999, because no bank wrote files before. */
export function fullYear(shortYear: number): number {
	return shortYear >= FIRST_SHORT_YEAR ? 1900 + shortYear : 2000 + shortYear;
}

/** A fault in a line of a file, on its way to the list of rejected lines. It never leaves this folder. */
export class LineFault extends Error {
	readonly code: string;

	constructor(code: string, message: string) {
		super(message);
		this.code = code;
	}

	at(row: number): { readonly row: number; readonly code: string; readonly message: string } {
		return { row, code: this.code, message: this.message };
	}
}

// A longer text is not worth the arithmetic.
const MAX_AMOUNT_CHARACTERS = 60;

/** Minor units of a plain decimal text. Currencies that are no more (DEM) count as having two decimals: whoever takes the statement in refuses them by name. */
export function minorOf(plain: string, currency: CurrencyCode): number {
	if (plain.length > MAX_AMOUNT_CHARACTERS) throw new LineFault('AMOUNT_TOO_LARGE', 'No amount has so many digits.');
	try {
		return parseAmountMinor(plain, isCurrency(currency) ? currency : 'EUR');
	} catch (error) {
		if (!isAppError(error)) throw error;
		throw new LineFault(error.code, error.message);
	}
}

/** How the line with the first odd byte would read in each encoding that is possible. */
export interface EncodingReading {
	readonly encoding: string;
	readonly text: string;
}

export function encodingQuestion(readings: readonly EncodingReading[], sample: string): ImportQuestion {
	return {
		id: 'encoding',
		question: 'The text encoding of the file cannot be told for certain. Name it, for instance cp1252.',
		choices: readings.map(({ encoding, text }) => ({ value: encoding, meaning: text })),
		example: { line: 0, value: sample },
	};
}

/** Refuses NEEDS_ANSWER with these questions, where there are any. */
export function askAll(questions: readonly ImportQuestion[]): void {
	if (questions.length > 0) throw needsAnswer(questions);
}

/** The refusal that asks one question. */
export function asking(question: ImportQuestion): Error {
	return needsAnswer([question]);
}
