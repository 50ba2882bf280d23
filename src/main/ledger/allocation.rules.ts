/** How an allocation came to be: somebody said it, a reference says it, or the bill that was due first is paid first. */
export type AllocationRule = 'EXPLICIT' | 'REFERENCE' | 'FIFO';

/** A line of a receivable or payable account by entry and line number. */
export interface LinePlace {
	readonly no: number;
	readonly lineNo: number;
}

/** A line of a receivable or payable account that is not settled yet, or in part. */
export interface OpenLine extends LinePlace {
	readonly day: number;
	readonly dueDay: number | null;
	/** The line's own, else its entry's. */
	readonly reference: string | null;
	/** Signed minor units of the line's currency, debit positive; never nil. */
	readonly amountMinor: number;
	/** What is open of it: same sign, or nil. */
	openMinor: number;
}

/** An open line of a receivable or payable account, with where it stands. Amounts are signed, debit positive. */
export interface OpenItem extends OpenLine {
	readonly accountId: number;
	readonly partyId: number | null;
	/** null: the company's own. */
	readonly currency: string | null;
	/** The whole line in base. */
	readonly baseMinor: number;
}

/** An amount of a credit line that settles a debit line, from a day on. */
export interface Allocation {
	readonly debit: LinePlace;
	readonly credit: LinePlace;
	readonly amountMinor: number;
	readonly effectiveDay: number;
	readonly rule: AllocationRule;
}

export const lineKey = ({ no, lineNo }: LinePlace): string => `${no}/${lineNo}`;

/** What decides beside the lines themselves. */
export interface AllocatorOptions {
	/** 1 where bills are debits (receivables), -1 where they are credits (payables). */
	readonly billSign: 1 | -1;
	/** False for what only a reference or somebody can say the purpose of: credit notes, write-offs, opening balances. */
	readonly isMoney: (line: OpenLine) => boolean;
	readonly allocated: (allocation: Allocation) => void;
}

/**
 * The lines of one account, party and currency, settled day by day in the order of their dates. A line first settles what is open under
 * its reference. At the end of each day money that is left pays the bill that was due first, and what is paid back pays the oldest credit.
 * What is settled on one day stays settled, so what is open at a day depends on the lines up to that day alone, and going on from there is
 * the same as beginning anew.
 */
export class PartyAllocator<Line extends OpenLine> {
	readonly #options: AllocatorOptions;
	readonly #byReference = new Map<string, Line[]>();
	#bills: Line[] = [];
	#credits: Line[] = [];
	/** Credits that no money stands behind. */
	#notes: Line[] = [];
	#today: Line[] = [];
	#day = -1;

	constructor(options: AllocatorOptions) {
		this.#options = options;
	}

	/** A line with what was open of it at the end of an earlier day. */
	restore(line: Line): void {
		this.#keep(line);
		this.#remember(line);
	}

	/** The next line, in order of day, entry and line number. */
	add(line: Line): void {
		if (line.day !== this.#day) this.#endDay();
		this.#day = line.day;
		const others = line.reference === null ? undefined : this.#byReference.get(line.reference);
		if (others) this.#allocateInOrder([line], others.filter((other) => other.openMinor < 0 !== line.openMinor < 0).sort(byDueDay), 'REFERENCE');
		if (line.openMinor === 0) return;
		this.#remember(line);
		this.#today.push(line);
	}

	/** What is open after the last line, oldest first. */
	open(): Line[] {
		this.#endDay();
		return [...this.#bills, ...this.#credits, ...this.#notes].filter((line) => line.openMinor !== 0).sort(byDate);
	}

	#remember(line: Line): void {
		if (line.reference === null) return;
		const others = this.#byReference.get(line.reference)?.filter((other) => other.openMinor !== 0);
		this.#byReference.set(line.reference, others ? [...others, line] : [line]);
	}

	#keep(line: Line): void {
		const side = line.openMinor * this.#options.billSign > 0 ? this.#bills : this.#credits;
		side.push(line);
	}

	#endDay(): void {
		for (const line of this.#today) if (line.openMinor !== 0) this.#keep(line);
		this.#today = [];
		this.#payOldest();
		if (this.#notes.length > 0) this.#payBack();
	}

	#payOldest(): void {
		if (this.#credits.length === 0) return;
		this.#credits = stillOpen(this.#credits);
		this.#bills = stillOpen(this.#bills);
		if (this.#credits.length === 0 || this.#bills.length === 0) return;
		const money = this.#credits.filter((line) => this.#options.isMoney(line)).sort(byDate);
		this.#notes.push(...this.#credits.filter((line) => !this.#options.isMoney(line)));
		this.#allocateInOrder(money, this.#bills.sort(byDueDay), 'FIFO');
		this.#credits = stillOpen(money);
		this.#bills = stillOpen(this.#bills);
	}

	#payBack(): void {
		this.#notes = stillOpen(this.#notes).sort(byDate);
		const paidBack = this.#bills.filter((line) => line.openMinor !== 0 && this.#options.isMoney(line)).sort(byDate);
		this.#allocateInOrder(paidBack, this.#notes, 'FIFO');
	}

	#allocateInOrder(some: readonly Line[], others: readonly Line[], rule: AllocationRule): void {
		let at = 0;
		for (const one of some) {
			for (let other = others[at]; other && one.openMinor !== 0; other = others[at]) {
				if (other.openMinor !== 0) this.#allocate(one, other, rule);
				if (other.openMinor === 0) at++;
			}
		}
	}

	#allocate(one: Line, other: Line, rule: AllocationRule): void {
		const [debit, credit] = one.amountMinor > 0 ? [one, other] : [other, one];
		const amountMinor = Math.min(debit.openMinor, -credit.openMinor);
		debit.openMinor -= amountMinor;
		// Not -0, which is another value to whoever compares.
		credit.openMinor = credit.openMinor + amountMinor || 0;
		this.#options.allocated({ debit, credit, amountMinor, effectiveDay: Math.max(debit.day, credit.day), rule });
	}
}

function stillOpen<Line extends OpenLine>(lines: Line[]): Line[] {
	return lines.every((line) => line.openMinor !== 0) ? lines : lines.filter((line) => line.openMinor !== 0);
}

/** Oldest first: by day, entry and line. */
export function byDate(one: OpenLine, other: OpenLine): number {
	return one.day - other.day || one.no - other.no || one.lineNo - other.lineNo;
}

/** Due first: by due day, or the line's own day where it has none. */
function byDueDay(one: OpenLine, other: OpenLine): number {
	return (one.dueDay ?? one.day) - (other.dueDay ?? other.day) || byDate(one, other);
}

/**
 * Entries that cancel each other, as pairs of original and reversal in both directions. `reversals` are in order of number: where a reversal is
 * reversed in turn, the first two cancel each other and the last one stands.
 */
export function cancelledEntries(reversals: readonly { readonly no: number; readonly reverses: number }[]): Map<number, number> {
	const cancelled = new Map<number, number>();
	for (const { no, reverses } of reversals) {
		if (cancelled.has(reverses)) continue;
		cancelled.set(reverses, no);
		cancelled.set(no, reverses);
	}
	return cancelled;
}
