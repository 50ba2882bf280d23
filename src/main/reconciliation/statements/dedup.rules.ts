/** What tells one line of a bank from another. */
export interface LineIdentity {
	readonly day: number;
	readonly amountMinor: number;
	/** See textKey: two files of one bank write the same text with other blanks, cases and signs. */
	readonly textKey: string;
	readonly bankId: string | null;
	readonly runningBalanceMinor: number | null;
}

/** A line of the file that is taken in. */
export interface FileLine extends LineIdentity {
	/** Which statement of the file it stands in. */
	readonly page: number;
}

/** A line that an earlier file brought. */
export interface StandingLine extends LineIdentity {
	readonly id: number;
	readonly occurrence: number;
}

/**
 * What becomes of a line of the file: it stands in the books already, or is the same as one further up in this file (its index), or is
 * new. `occurrence` tells true twins apart.
 */
export type Placement =
	| { readonly kind: 'STANDING'; readonly lineId: number }
	| { readonly kind: 'REPEATED'; readonly index: number }
	| { readonly kind: 'NEW'; readonly occurrence: number; readonly isBankIdReused: boolean };

export interface Placed {
	/** In the order of the file. */
	readonly placements: readonly Placement[];
	/** New lines that have the day and the amount, but not the text, of a line of another file that this one lacks. */
	readonly lookalikes: number;
}

/** Text as far as it identifies a line: letters and digits, in words, case-folded. */
export function textKey(text: string): string {
	return text
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
		.trim();
}

/**
 * Compares bank line with bank line, never with the ledger. With a bank id, the same id, amount and day is the same line, by count; without
 * one, the same day, amount, text and (where both have one) running balance, by count: max(0, count in the file - count in the books) are
 * new. A line with an id and one without are the same where day, amount, text and balance agree; two with different ids never are.
 *
 * `standing` holds the account's lines of the file's days; `idsOutside` the bank ids of the file that stand on other days.
 */
export function placeLines(file: readonly FileLine[], standing: readonly StandingLine[], idsOutside: ReadonlySet<string> = new Set()): Placed {
	const placements: Placement[] = Array.from({ length: file.length });
	const reused = usesOfReusedIds(file, standing, idsOutside);
	const standingByDay = Map.groupBy(standing, ({ day }) => day);
	let lookalikes = 0;
	// Day by day, so that what is made for the comparison is small however long the file.
	for (const [day, lines] of Map.groupBy(
		file.map((line, index): Indexed => ({ line, index })),
		({ line }) => line.day,
	)) {
		const standingOfDay = Map.groupBy(standingByDay.get(day) ?? [], ({ amountMinor }) => amountMinor);
		for (const [amountMinor, bucket] of Map.groupBy(lines, ({ line }) => line.amountMinor)) {
			lookalikes += placeBucket({ file: bucket, standing: standingOfDay.get(amountMinor) ?? [] }, reused, placements);
		}
	}
	return { placements, lookalikes };
}

interface Indexed {
	readonly line: FileLine;
	readonly index: number;
}

/** The lines of one day and amount: only these can be the same. */
interface Bucket {
	readonly file: readonly Indexed[];
	readonly standing: readonly StandingLine[];
}

/** The line that a line of the file is: one that stands (its id), or one further up in the file (its index). */
type Found = { readonly standing: number } | { readonly repeated: number };

/** Places the lines of one bucket; answers how many of them look like a line that stands and is not in the file. */
function placeBucket({ file, standing }: Bucket, reused: ReadonlySet<number>, placements: Placement[]): number {
	const found = new Map<number, Found>();
	const taken = new Set<StandingLine>();
	const take = ({ index }: Indexed, line: StandingLine): void => {
		taken.add(line);
		found.set(index, { standing: line.id });
	};
	const hasId = (line: LineIdentity): boolean => line.bankId !== null;
	const withId = file.filter(({ line }) => hasId(line));
	const withoutId = file.filter(({ line }) => !hasId(line));
	placeById(withId, standing.filter(hasId), found, take);
	for (const [lines, among] of [
		[withoutId, standing.filter((line) => !hasId(line))],
		[withoutId, standing.filter(hasId)],
		[withId, standing.filter((line) => !hasId(line))],
	] as const) {
		if (lines.length === 0 || among.length === 0) continue;
		placeByText(
			lines.filter(({ index }) => !found.has(index)),
			among.filter((line) => !taken.has(line)),
			take,
		);
	}
	number({ file, standing }, found, reused, placements);
	return Math.min(file.length - found.size, standing.length - taken.size);
}

/** The likeliest first, so that as many as possible find each other: equal balances, then a balance against none, then none against one. */
function placeByText(lines: readonly Indexed[], among: readonly StandingLine[], take: (one: Indexed, other: StandingLine) => void): void {
	const gone = new Set<StandingLine>();
	const byBalance = new Queues(among, balanceKey, gone);
	const byText = new Queues(among, (line) => line.textKey, gone);
	let open = lines;
	for (const next of [
		(line: FileLine) => byBalance.shift(balanceKey(line)),
		(line: FileLine) => byBalance.shift(balanceKey({ ...line, runningBalanceMinor: null })),
		(line: FileLine) => (line.runningBalanceMinor === null ? byText.shift(line.textKey) : undefined),
	]) {
		open = open.filter((one) => {
			const other = next(one.line);
			if (other !== undefined) take(one, other);
			return other === undefined;
		});
	}
}

const balanceKey = ({ textKey: key, runningBalanceMinor }: LineIdentity): string => `${runningBalanceMinor ?? ''}|${key}`;

/** A bank that gives two equal lines one id keeps both, so lines of one statement are counted; a line in two statements of the file is one. */
function placeById(
	withId: readonly Indexed[],
	standing: readonly StandingLine[],
	found: Map<number, Found>,
	take: (one: Indexed, other: StandingLine) => void,
): void {
	const standingById = Map.groupBy(standing, ({ bankId }) => bankId);
	for (const [bankId, lines] of Map.groupBy(withId, ({ line }) => line.bankId)) {
		const slots: Slot[] = (standingById.get(bankId) ?? []).map((line) => ({ textKey: line.textKey, line }));
		for (const page of Map.groupBy(lines, ({ line }) => line.page).values()) {
			const gone = new Set<Slot>();
			const byText = new Queues(slots, (slot) => slot.textKey, gone);
			const inOrder = new Queues(slots, () => '', gone);
			const fill = (one: Indexed, slot: Slot | undefined): boolean => {
				if (slot === undefined) return false;
				if ('line' in slot) take(one, slot.line);
				else found.set(one.index, { repeated: slot.index });
				return true;
			};
			const others = page.filter((one) => !fill(one, byText.shift(one.line.textKey)));
			const fresh = others.filter((one) => !fill(one, inOrder.shift('')));
			for (const { line, index } of fresh) slots.push({ textKey: line.textKey, index });
		}
	}
}

type Slot = { readonly textKey: string; readonly line: StandingLine } | { readonly textKey: string; readonly index: number };

/** Items by key, handed out first come, first served; what one of them handed out is `gone` for all that share it. */
class Queues<Item> {
	readonly #lists: Map<string, Item[]>;
	readonly #next = new Map<string, number>();
	readonly #gone: Set<Item>;

	constructor(items: readonly Item[], keyOf: (item: Item) => string, gone: Set<Item>) {
		this.#lists = Map.groupBy(items, keyOf);
		this.#gone = gone;
	}

	shift(key: string): Item | undefined {
		const list = this.#lists.get(key) ?? [];
		let next = this.#next.get(key) ?? 0;
		while (next < list.length && this.#gone.has(list[next] as Item)) next++;
		this.#next.set(key, next + 1);
		const item = list[next];
		if (item !== undefined) this.#gone.add(item);
		return item;
	}
}

/** New lines get the number among their equals. */
function number({ file, standing }: Bucket, found: ReadonlyMap<number, Found>, reused: ReadonlySet<number>, placements: Placement[]): void {
	const occurrences = new Map<string, number>();
	for (const line of standing) occurrences.set(equalsKey(line), Math.max(occurrences.get(equalsKey(line)) ?? 0, line.occurrence));
	for (const { line, index } of file) {
		const same = found.get(index);
		if (same) {
			placements[index] = 'standing' in same ? { kind: 'STANDING', lineId: same.standing } : repeating(same.repeated, placements);
			continue;
		}
		const occurrence = (occurrences.get(equalsKey(line)) ?? 0) + 1;
		occurrences.set(equalsKey(line), occurrence);
		placements[index] = { kind: 'NEW', occurrence, isBankIdReused: reused.has(index) };
	}
}

/** What it repeats may itself have turned out to stand in the books. */
function repeating(index: number, placements: readonly Placement[]): Placement {
	const first = placements[index];
	return first?.kind === 'STANDING' ? first : { kind: 'REPEATED', index };
}

const equalsKey = ({ bankId, textKey: key }: LineIdentity): string => (bankId === null ? `text ${key}` : `id ${bankId}`);

/** Indexes of lines whose id the bank used before, in the books or further up in the file, with another day or amount. */
function usesOfReusedIds(file: readonly FileLine[], standing: readonly StandingLine[], idsOutside: ReadonlySet<string>): Set<number> {
	const uses = new Map<string, string>();
	const reused = new Set(idsOutside);
	const isReused = ({ bankId, day, amountMinor }: LineIdentity): boolean => {
		if (bankId === null) return false;
		const use = `${day}|${amountMinor}`;
		const before = uses.get(bankId);
		if (before === undefined) uses.set(bankId, use);
		else if (before !== use) reused.add(bankId);
		return reused.has(bankId);
	};
	for (const line of standing) isReused(line);
	return new Set(file.flatMap((line, index) => (isReused(line) ? [index] : [])));
}
