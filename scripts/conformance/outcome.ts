import { isAppError } from '#shared/kernel/app-error.ts';
import { padText, textWidth } from '#main/hosts/terminal/text-width.ts';

/** What became of one book. */
export interface Outcome {
	readonly book: string;
	/** Lines booked. */
	readonly lines: number;
	/** Days whose balances were compared. */
	readonly compared: number;
	/** `not gated`: the source itself does not add up, so nothing is held to it. `refused`: what is no company's books was refused by name; all that came in agrees with the known answer. */
	readonly result: 'equal' | 'refused' | 'different' | 'empty' | 'not gated' | 'not compared';
	readonly note: string;
}

const HEADINGS = ['book', 'lines', 'compared', 'result', ''] as const;
const SIDES = ['left', 'right', 'right', 'left', 'left'] as const;

/** Aligned columns, a row a book. */
export function outcomeTable(outcomes: readonly Outcome[]): string {
	const rows = [HEADINGS, ...outcomes.map(({ book, lines, compared, result, note }) => [book, String(lines), String(compared), result, note])];
	const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => textWidth(row[column] ?? ''))));
	return rows
		.map((row) =>
			row
				.map((cell, column) => padText(cell, widths[column] ?? 0, SIDES[column] ?? 'left'))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}

/** `12 equal, 3 refused, 0 different`, and those with nothing to compare where there are any. */
export function outcomeTotals(outcomes: readonly Outcome[]): string {
	const count = (result: Outcome['result']) => outcomes.filter((outcome) => outcome.result === result).length;
	const others = (['empty', 'not gated', 'not compared'] as const).filter((result) => count(result) > 0).map((result) => `, ${count(result)} ${result}`);
	return `${count('equal')} equal, ${count('refused')} refused, ${count('different')} different${others.join('')}`;
}

/** 0 only where every book was compared and none came out different. */
export function exitCodeOf(outcomes: readonly Outcome[]): 0 | 1 {
	return outcomes.length > 0 && outcomes.every(({ result }) => result !== 'different' && result !== 'not compared') ? 0 : 1;
}

/** A book that did not come in at all: refused by name, or a fault of the program, which counts as a difference. */
export function failed(book: string, error: unknown): Outcome {
	const note = isAppError(error) ? `${error.code}: ${error.message}` : `fault: ${error instanceof Error ? error.message : String(error)}`;
	return { book, lines: 0, compared: 0, result: isAppError(error) ? 'refused' : 'different', note };
}
