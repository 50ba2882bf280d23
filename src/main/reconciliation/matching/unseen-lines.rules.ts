import type { DayIndex } from './day-index.rules.ts';
import type { IndexedLine } from './prepared-lines.rules.ts';
import { datePoints } from './score.rules.ts';
import { POINTS } from './weights.rules.ts';

/** Kinds of references that are counted for one amount: cheques, receipts and a few more. */
const COUNTED_KINDS = 8;
const BEST_WITHOUT_REFERENCE = POINTS.AMOUNT_EQUAL + datePoints(0) + POINTS.TEXT_FULL;

/** What the lines of a crowded amount that nobody looked at could score at most. */
export class UnseenLines {
	/** For each amount and kind: how many lines before each place bear a reference of the kind. */
	readonly #counts = new Map<DayIndex<IndexedLine>, Map<number, Uint32Array>>();

	/**
	 * The most that another line of this amount, from so many days before to so many after, can score with this one, all its words found, where it does
	 * not bear the same reference. Where each of them bears a reference of the same kind, theirs are others.
	 */
	score(line: IndexedLine, index: DayIndex<IndexedLine>, daysBefore: number, daysAfter: number): number {
		const [from, to] = index.between(line.day - daysBefore, line.day + daysAfter);
		const differ = line.kindIds.some((kind) => this.#bearing(index, kind, from, to) === to - from);
		return BEST_WITHOUT_REFERENCE + (differ ? POINTS.REFERENCE_DIFFERENT : 0);
	}

	#bearing(index: DayIndex<IndexedLine>, kind: number, from: number, to: number): number {
		const ofIndex = this.#counts.get(index) ?? new Map<number, Uint32Array>();
		this.#counts.set(index, ofIndex);
		const known = ofIndex.get(kind);
		if (!known && ofIndex.size >= COUNTED_KINDS) return 0;
		const counts = known ?? countsOf(index, kind);
		ofIndex.set(kind, counts);
		return (counts[to] ?? 0) - (counts[from] ?? 0);
	}
}

function countsOf(index: DayIndex<IndexedLine>, kind: number): Uint32Array {
	const counts = new Uint32Array(index.lines.length + 1);
	for (const [place, { kindIds }] of index.lines.entries()) counts[place + 1] = (counts[place] ?? 0) + (kindIds.includes(kind) ? 1 : 0);
	return counts;
}
