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

/** The number of an account as the file writes it, without blanks. */
export function accountText(text: string): string | null {
	return textOrNull(text)?.replace(/\s+/g, '') ?? null;
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

/** Minor units of a plain decimal text. Currencies that are no more (DEM) count as having two decimals: whoever takes the statement in refuses them by name. */
export function minorOf(plain: string, currency: CurrencyCode): number {
	try {
		return parseAmountMinor(plain, isCurrency(currency) ? currency : 'EUR');
	} catch (error) {
		if (!isAppError(error)) throw error;
		throw new LineFault(error.code, error.message);
	}
}

interface Stated {
	readonly amountMinor: number;
}

/** The doubt that opening balance and lines do not give the closing balance; nothing where they do or where one is not stated. */
export function closingDoubts(opening: Stated | null, lines: readonly Stated[], closing: Stated | null, row: number | null) {
	if (opening === null || closing === null) return [];
	const reached = lines.reduce((sum, line) => sum + BigInt(line.amountMinor), BigInt(opening.amountMinor));
	if (reached === BigInt(closing.amountMinor)) return [];
	const message = `The opening balance and the lines come to ${reached}, the closing balance is ${closing.amountMinor} (both in minor units).`;
	return [{ code: 'CLOSING_DIFFERS' as const, message, row }];
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
