import { present } from '#shared/kernel/assert.ts';
import type { Candidate } from './candidate-list.rules.ts';
import type { Candidates, MayJoin } from './candidates.rules.ts';
import type { DayIndex } from './day-index.rules.ts';
import type { PreparedBank, PreparedBook, PreparedLines } from './prepared-lines.rules.ts';
import { isInWindow, scoreOf } from './score.rules.ts';
import { SUGGESTED_SCORE } from './weights.rules.ts';

/** Free lines that a line left over tries before it gives up. */
const TRIES = 4;

/** Pairs, each line in at most one of them. */
export interface AssignedPairs {
	readonly pairs: readonly Candidate[];
	/** Pairs of lines that were left over: nobody compared them with all others, so they are never certain. */
	readonly leftOver: readonly Candidate[];
}

/**
 * Each line in at most one pair: from the highest score down, then the nearer dates, then the ids. Bank lines that looked at only some lines of
 * their amount and got none of them take the nearest that is still free.
 */
export function assignSingles(lines: PreparedLines, candidates: Candidates, mayJoin: MayJoin): AssignedPairs {
	const pairs: Candidate[] = [];
	const leftOver: Candidate[] = [];
	const bankTaken = new Uint8Array(lines.bank.length);
	const bookTaken = new Uint8Array(lines.books.length);
	const take = (candidate: Candidate) => {
		bankTaken[candidate.bank] = 1;
		bookTaken[candidate.book] = 1;
	};
	for (const candidate of candidates.list.bestFirst()) {
		if (bankTaken[candidate.bank] === 1 || bookTaken[candidate.book] === 1) continue;
		take(candidate);
		pairs.push(candidate);
	}
	const freeByAmount = new Map<number, FreePlaces>();
	for (const bank of lines.bank) {
		if (bankTaken[bank.index] === 1 || !candidates.isCrowded(bank)) continue;
		const index = present(candidates.booksOfAmount(bank.amountMinor), 'amount');
		const free = freeByAmount.get(bank.amountMinor) ?? new FreePlaces(index, bookTaken);
		freeByAmount.set(bank.amountMinor, free);
		const candidate = nearestFree(bank, index, free, mayJoin);
		if (!candidate) continue;
		take(candidate);
		leftOver.push(candidate);
		free.take(candidate.book);
	}
	return { pairs, leftOver };
}

function nearestFree(bank: PreparedBank, index: DayIndex<PreparedBook>, free: FreePlaces, mayJoin: MayJoin): Candidate | null {
	let right = free.atOrAfter(index.placeOf(bank.day));
	let left = free.before(index.placeOf(bank.day));
	for (let tried = 0; tried < TRIES; tried++) {
		const later = index.lines[right];
		const earlier = index.lines[left];
		const isEarlier = earlier !== undefined && (later === undefined || bank.day - earlier.day <= later.day - bank.day);
		const book = isEarlier ? earlier : later;
		if (!book || !isInWindow(bank.day, book.day)) return null;
		const score = mayJoin(bank, book) ? scoreOf(bank, book) : 0;
		if (score >= SUGGESTED_SCORE) return { bank: bank.index, book: book.index, score, daysApart: Math.abs(bank.day - book.day) };
		if (isEarlier) left = free.before(left);
		else right = free.atOrAfter(right + 1);
	}
	return null;
}

/** The places of one amount that are still free, found in nearly constant time however many before them are taken. */
class FreePlaces {
	/** The place itself where it is free, else one on the way to the next free one; one beyond the end. */
	readonly #after: Int32Array;
	/** The same the other way, shifted by one: 0 is before the beginning. */
	readonly #before: Int32Array;
	readonly #placeOfBook = new Map<number, number>();

	constructor(index: DayIndex<PreparedBook>, taken: Uint8Array) {
		const size = index.lines.length;
		this.#after = Int32Array.from({ length: size + 1 }, (_, place) => place);
		this.#before = Int32Array.from({ length: size + 1 }, (_, place) => place);
		for (const [place, book] of index.lines.entries()) {
			this.#placeOfBook.set(book.index, place);
			if (taken[book.index] === 1) this.#take(place);
		}
	}

	take(book: number): void {
		this.#take(present(this.#placeOfBook.get(book), 'place'));
	}

	#take(place: number): void {
		this.#after[place] = place + 1;
		this.#before[place + 1] = place;
	}

	/** The size of the index where none is free. */
	atOrAfter(place: number): number {
		return rootOf(this.#after, place);
	}

	/** -1 where none is free. */
	before(place: number): number {
		return place < 0 ? -1 : rootOf(this.#before, place) - 1;
	}
}

function rootOf(steps: Int32Array, from: number): number {
	let root = from;
	while (steps[root] !== root) root = present(steps[root], 'step');
	for (let at = from; at !== root; ) {
		const next = present(steps[at], 'step');
		steps[at] = root;
		at = next;
	}
	return root;
}
