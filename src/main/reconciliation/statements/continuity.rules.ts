/** One statement of the bank with its balances, as far as it states them. Days are day numbers, both included. */
export interface BalancePage {
	/** Stable, so that breaks before and after an import can be compared. */
	readonly key: string;
	readonly fromDay: number;
	readonly toDay: number;
	readonly openingMinor: number | null;
	readonly closingMinor: number | null;
	/** Sum of its lines dated before a day; asked for where another statement begins inside this one. */
	readonly sumBefore: (day: number) => bigint;
	readonly sum: () => bigint;
}

/**
 * An opening balance that is not what was known. DIFFERS: the statement before it adjoins or overlaps, so that the balance is known.
 * GAP: there are days between them of which no statement was taken in.
 */
export interface Break {
	readonly kind: 'DIFFERS' | 'GAP';
	readonly page: BalancePage;
	readonly neighbour: BalancePage;
	readonly expectedMinor: bigint;
}

/**
 * The breaks in the chain of an account's statements, in order of time, whatever the order in which they came in. A statement continues
 * where any neighbour that adjoins it (the day before, or the same day) or overlaps it knows its opening balance.
 */
export function chainBreaks(pages: readonly BalancePage[]): Break[] {
	const sorted = pages.toSorted((one, next) => one.fromDay - next.fromDay || one.toDay - next.toDay);
	// The latest day that any statement up to here reaches: how far back a neighbour can be.
	const reach: number[] = [];
	for (const [index, page] of sorted.entries()) reach.push(Math.max(reach[index - 1] ?? page.toDay, page.toDay));
	let firstOfDay = 0;
	return sorted.flatMap((page, index) => {
		if (sorted[firstOfDay]?.fromDay !== page.fromDay) firstOfDay = index;
		const found = page.openingMinor === null ? null : breakOf(page, page.openingMinor, sorted, reach, firstOfDay);
		return found === null ? [] : [found];
	});
}

function breakOf(page: BalancePage, openingMinor: number, sorted: readonly BalancePage[], reach: readonly number[], firstOfDay: number): Break | null {
	const stated = BigInt(openingMinor);
	let known: { readonly neighbour: BalancePage; readonly expectedMinor: bigint } | null = null;
	const own = sorted.indexOf(page, firstOfDay);
	let last = firstOfDay;
	while (sorted[last + 1]?.fromDay === page.fromDay) last++;
	for (let index = last; index >= 0 && (reach[index] ?? 0) >= page.fromDay - 1; index--) {
		const neighbour = sorted[index];
		if (!neighbour || neighbour === page || neighbour.toDay < page.fromDay - 1) continue;
		for (const expectedMinor of balancesAtStart(neighbour, page)) {
			if (expectedMinor === stated) return null;
			if (isCertain(neighbour, page) && index < own) known ??= { neighbour, expectedMinor };
		}
	}
	if (known) return { kind: 'DIFFERS', page, ...known };
	return gapBefore(page, stated, sorted.slice(0, firstOfDay));
}

/** Several statements of one day follow each other in an order that nobody knows; of longer ones that begin together both openings are one. */
function isCertain(neighbour: BalancePage, page: BalancePage): boolean {
	return neighbour.fromDay < page.fromDay || (neighbour.toDay > neighbour.fromDay && page.toDay > page.fromDay);
}

/** What a neighbour says the balance was when a statement begins. */
function balancesAtStart(neighbour: BalancePage, { fromDay }: BalancePage): bigint[] {
	const { openingMinor, closingMinor, toDay } = neighbour;
	const balances: bigint[] = [];
	if (closingMinor !== null && toDay <= fromDay) balances.push(BigInt(closingMinor));
	if (toDay < fromDay) return balances;
	if (neighbour.fromDay === fromDay) {
		if (openingMinor !== null) balances.push(BigInt(openingMinor));
		return balances;
	}
	if (openingMinor !== null) balances.push(BigInt(openingMinor) + neighbour.sumBefore(fromDay));
	if (closingMinor !== null) balances.push(BigInt(closingMinor) - neighbour.sum() + neighbour.sumBefore(fromDay));
	return balances;
}

function gapBefore(page: BalancePage, stated: bigint, earlier: readonly BalancePage[]): Break | null {
	let neighbour: BalancePage | null = null;
	for (const candidate of earlier) {
		if (candidate.closingMinor !== null && candidate.toDay < page.fromDay - 1 && candidate.toDay >= (neighbour?.toDay ?? candidate.toDay))
			neighbour = candidate;
	}
	if (neighbour === null || neighbour.closingMinor === null) return null;
	const expectedMinor = BigInt(neighbour.closingMinor);
	return expectedMinor === stated ? null : { kind: 'GAP', page, neighbour, expectedMinor };
}
