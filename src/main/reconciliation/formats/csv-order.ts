import type { ParsedLine, StatementDoubt } from './parsed-statement.ts';

/** Lines in date order, and what their running balances prove. */
export interface OrderedLines {
	readonly lines: readonly ParsedLine[];
	/** Balance before the first line and after the last; null where the file has no running balance. */
	readonly openingMinor: number | null;
	readonly closingMinor: number | null;
	readonly doubts: readonly StatementDoubt[];
}

/**
 * Puts the lines of a file in date order, whether it begins with the oldest or the newest. Where balances are given they decide
 * what the dates leave open (which of two lines of a day came first), and whether a card states what is owed as a positive number.
 */
export function orderedLines(lines: readonly ParsedLine[], isInverted: boolean): OrderedLines {
	const orders = possibleOrders(lines);
	const preferred = orders[0] ?? [];
	if (!lines.some((line) => line.runningBalanceMinor !== null)) return { lines: byDate(preferred), openingMinor: null, closingMinor: null, doubts: [] };
	for (const sign of [1, -1] as const) {
		for (const order of orders) {
			const signed = sign === 1 ? order : order.map(negatedBalance);
			const chain = balanceChain(signed);
			// One balance alone does not tell whether a card counts upwards or downwards.
			if (chain.brokenAt !== null || (chain.links === 0 && isInverted)) continue;
			if (chain.links > 0 || sign === 1) return { lines: byDate(signed), openingMinor: chain.openingMinor, closingMinor: chain.closingMinor, doubts: [] };
		}
	}
	return broken(preferred, isInverted);
}

function possibleOrders(lines: readonly ParsedLine[]): (readonly ParsedLine[])[] {
	const reversed = lines.toReversed();
	const isNewestFirst = (lines[0]?.bookDate ?? '') > (lines.at(-1)?.bookDate ?? '');
	const [likely, other] = isNewestFirst ? [reversed, lines] : [lines, reversed];
	return [likely, byDate(likely), byDate(other), other];
}

function byDate(lines: readonly ParsedLine[]): readonly ParsedLine[] {
	return lines.toSorted((one, next) => (one.bookDate < next.bookDate ? -1 : one.bookDate > next.bookDate ? 1 : 0));
}

function negatedBalance(line: ParsedLine): ParsedLine {
	const balance = line.runningBalanceMinor;
	return balance === null || balance === 0 ? line : { ...line, runningBalanceMinor: -balance };
}

interface BalanceChain {
	readonly openingMinor: number;
	readonly closingMinor: number;
	/** How many balances follow from one before them. */
	readonly links: number;
	/** Row of the first balance that does not follow from the one before. */
	readonly brokenAt: number | null;
}

/** Follows the balances from line to line. Not every line has to state one. */
function balanceChain(lines: readonly ParsedLine[]): BalanceChain {
	let openingMinor: number | null = null;
	let reached = 0;
	let links = 0;
	let brokenAt: number | null = null;
	for (const line of lines) {
		reached += line.amountMinor;
		const stated = line.runningBalanceMinor;
		if (stated === null) continue;
		if (openingMinor === null) openingMinor = stated - reached;
		else {
			links++;
			if (stated !== reached) brokenAt ??= line.row;
		}
		reached = stated;
	}
	return { openingMinor: openingMinor ?? 0, closingMinor: reached, links, brokenAt };
}

function broken(lines: readonly ParsedLine[], isInverted: boolean): OrderedLines {
	const chain = balanceChain(lines);
	if (chain.brokenAt === null && isInverted) return { lines: byDate(lines), openingMinor: null, closingMinor: null, doubts: [] };
	const message = `The balance in line ${chain.brokenAt ?? 0} does not follow from the balance before it and the amount: a line may be missing or changed.`;
	const doubts = [{ code: 'CLOSING_DIFFERS' as const, message, row: chain.brokenAt }];
	return { lines: byDate(lines), openingMinor: chain.openingMinor, closingMinor: chain.closingMinor, doubts };
}
