import { type BankLine, type BookLine, type BookLineKey, byBookLine } from './lines.rules.ts';
import { type DigitMistake, digitMistake } from './digits.rules.ts';
import { HINT_LIMIT } from './weights.rules.ts';

export type HintCode =
	/** One unmatched line is the whole difference. */
	| 'LINE_IS_DIFFERENCE'
	/** One line is half of it: on the wrong side, it counts twice. */
	| 'LINE_ON_WRONG_SIDE'
	/** Two unmatched lines make it up. */
	| 'PAIR_IS_DIFFERENCE'
	/** A bank line and a ledger line of the same direction differ by it, two neighbouring digits being exchanged. */
	| 'DIGITS_EXCHANGED'
	/** The same, the digits being moved by a place: 100.00 for 1000.00. */
	| 'DIGITS_SHIFTED'
	/** A bank line and a ledger line of the same direction differ by it. */
	| 'AMOUNT_DIFFERS'
	/** It can be divided by 9, as it can where digits were exchanged, though no pair of open lines shows where. */
	| 'DIVISIBLE_BY_9';

/** A place to look, the likeliest first. */
export interface DifferenceHint {
	readonly code: HintCode;
	readonly bankIds: readonly number[];
	readonly bookLines: readonly BookLineKey[];
	readonly text: string;
}

/** An unmatched line and what it adds to books minus bank, minor units. */
interface Part {
	readonly line: BankLine | BookLine;
	readonly partMinor: number;
}

/**
 * Where a difference (expected balance of the books minus actual balance of the bank, minor units) may come from. At most HINT_LIMIT hints of each
 * sort, in the order of days and ids. Nothing where there is no difference.
 */
export function explainDifference(differenceMinor: number, unmatchedBank: readonly BankLine[], unmatchedBooks: readonly BookLine[]): DifferenceHint[] {
	if (differenceMinor === 0) return [];
	const bank = [...unmatchedBank].sort((one, other) => one.day - other.day || one.id - other.id);
	const books = [...unmatchedBooks].sort((one, other) => one.day - other.day || byBookLine(one, other));
	const parts: Part[] = [
		...books.map((line) => ({ line, partMinor: line.amountMinor })),
		// Money that only the bank has makes the books less than the bank.
		...bank.map((line) => ({ line, partMinor: -line.amountMinor })),
	];
	const amounts = amountHints(differenceMinor, bank, books);
	const hints = [
		...parts.filter(({ partMinor }) => partMinor === differenceMinor).map((part) => hintOf('LINE_IS_DIFFERENCE', [part], 'is the whole difference')),
		...amounts.filter(({ code }) => code !== 'AMOUNT_DIFFERS'),
		...parts
			.filter(({ partMinor }) => partMinor * 2 === differenceMinor)
			.map((part) => hintOf('LINE_ON_WRONG_SIDE', [part], 'is half of the difference: is it on the wrong side?')),
		...amounts.filter(({ code }) => code === 'AMOUNT_DIFFERS'),
		...pairHints(differenceMinor, parts),
	];
	const counts = new Map<HintCode, number>();
	const limited = hints.filter(({ code }) => {
		counts.set(code, (counts.get(code) ?? 0) + 1);
		return (counts.get(code) ?? 0) <= HINT_LIMIT;
	});
	const isExplained = hints.some(({ code }) => code === 'DIGITS_EXCHANGED' || code === 'DIGITS_SHIFTED');
	if (differenceMinor % 9 !== 0 || isExplained) return limited;
	const text = 'The difference can be divided by 9: look for two digits that changed places, or an amount moved by a digit.';
	return [...limited, { code: 'DIVISIBLE_BY_9', bankIds: [], bookLines: [], text }];
}

const MISTAKES: Readonly<Record<DigitMistake, readonly [HintCode, string]>> = {
	EXCHANGED: ['DIGITS_EXCHANGED', 'differ by it, and two digits changed places'],
	SHIFTED: ['DIGITS_SHIFTED', 'differ by it, and the digits moved by a place'],
	NONE: ['AMOUNT_DIFFERS', 'differ by it: is one of the amounts wrong?'],
};

/** Bank and ledger lines of the same direction that differ by the difference. */
function amountHints(differenceMinor: number, bank: readonly BankLine[], books: readonly BookLine[]): DifferenceHint[] {
	const byAmount = new Map<number, BookLine[]>();
	for (const line of books) {
		const known = byAmount.get(line.amountMinor);
		if (known && known.length < HINT_LIMIT) known.push(line);
		else if (!known) byAmount.set(line.amountMinor, [line]);
	}
	const hints: DifferenceHint[] = [];
	const counts = new Map<HintCode, number>();
	for (const line of bank) {
		for (const other of byAmount.get(line.amountMinor + differenceMinor) ?? []) {
			if (other.amountMinor > 0 !== line.amountMinor > 0) continue;
			const [code, words] = MISTAKES[digitMistake(Math.abs(line.amountMinor), Math.abs(other.amountMinor))];
			const count = counts.get(code) ?? 0;
			counts.set(code, count + 1);
			if (count < HINT_LIMIT)
				hints.push(
					hintOf(
						code,
						[
							{ line: other, partMinor: 0 },
							{ line, partMinor: 0 },
						],
						words,
					),
				);
		}
	}
	return hints;
}

/** Two lines that make up the difference together, each line in at most one pair. A bank and a ledger line of one direction are amountHints. */
function pairHints(differenceMinor: number, parts: readonly Part[]): DifferenceHint[] {
	const waiting = new Map<number, Part[]>();
	const hints: DifferenceHint[] = [];
	for (const part of parts) {
		const others = waiting.get(differenceMinor - part.partMinor);
		const place = others?.findIndex((other) => isBank(other) === isBank(part) || other.partMinor > 0 === part.partMinor > 0) ?? -1;
		const other = others?.[place];
		if (others && other) {
			others.splice(place, 1);
			hints.push(hintOf('PAIR_IS_DIFFERENCE', [other, part], 'make up the difference together'));
			if (hints.length === HINT_LIMIT) break;
			continue;
		}
		const known = waiting.get(part.partMinor);
		// More of one amount than there are hints would never be used.
		if (known && known.length < HINT_LIMIT) known.push(part);
		else if (!known) waiting.set(part.partMinor, [part]);
	}
	return hints;
}

function isBank({ line }: Part): boolean {
	return 'id' in line;
}

function hintOf(code: HintCode, parts: readonly Part[], words: string): DifferenceHint {
	const bankIds = parts.flatMap(({ line }) => ('id' in line ? [line.id] : []));
	const bookLines = parts.flatMap(({ line }) => ('id' in line ? [] : [{ entryId: line.entryId, lineNo: line.lineNo }]));
	const names = parts.map(({ line }) => ('id' in line ? `bank line "${line.description}"` : `entry ${line.entryId} "${line.description}"`));
	const text = names.join(' and ');
	return { code, bankIds, bookLines, text: `${text.charAt(0).toUpperCase()}${text.slice(1)} ${words}` };
}
