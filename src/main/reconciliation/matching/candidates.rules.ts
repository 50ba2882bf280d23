import { present } from '#shared/kernel/assert.ts';
import { type Candidate, CandidateList } from './candidate-list.rules.ts';
import { type DayIndex, indexBy } from './day-index.rules.ts';
import { type PreparedBank, type PreparedBook, type PreparedLines, shareReference } from './prepared-lines.rules.ts';
import { isInReferenceWindow, isInWindow, isLessFee, isSameDirection, scoreOf } from './score.rules.ts';
import {
	CANDIDATE_LIMIT,
	CERTAIN_LEAD,
	CERTAIN_SCORE,
	DAYS_AFTER_BOOK,
	DAYS_BEFORE_BOOK,
	FEE_AMOUNTS,
	FEE_LIMIT_MINOR,
	POINTS,
	SUGGESTED_SCORE,
} from './weights.rules.ts';
import { UnseenLines } from './unseen-lines.rules.ts';

/** May these two be proposed? A person may have said no. */
export type MayJoin = (bank: PreparedBank, book: PreparedBook) => boolean;

/** The best two scores that a line has with any other. */
class Leads {
	readonly #best: Int16Array;
	readonly #second: Int16Array;

	constructor(lines: number) {
		this.#best = new Int16Array(lines).fill(-POINTS.TEXT_FULL);
		this.#second = new Int16Array(lines).fill(-POINTS.TEXT_FULL);
	}

	note(line: number, score: number): void {
		if (score > (this.#best[line] ?? 0)) {
			this.#second[line] = this.#best[line] ?? 0;
			this.#best[line] = score;
		} else if (score > (this.#second[line] ?? 0)) this.#second[line] = score;
	}

	/** Is a score that was noted for this line so far ahead of all others noted? */
	leads(line: number, score: number): boolean {
		return score === this.#best[line] && score - (this.#second[line] ?? 0) >= CERTAIN_LEAD;
	}
}

/**
 * Every candidate of every bank line: those of an equal amount within the window, those with an equal reference whatever their amount, and, where
 * neither gave a suggestion, those of nearly the amount. A line looks at no more than CANDIDATE_LIMIT of each sort, the nearest in time (among
 * lines of one day and amount those at its own place in the order of ids), so that the work grows with the lines and not with their square.
 * Which ones depends on days, amounts and ids alone. What was not looked at is reckoned with as if it fitted as well as it could.
 */
export class Candidates {
	/** Those that may be suggested, bank line by bank line and ledger line by ledger line in the order of ids. */
	readonly list = new CandidateList();
	/** Pairs that were scored. */
	looks = 0;
	readonly #lines: PreparedLines;
	readonly #mayJoin: MayJoin;
	readonly #bankByAmount: Map<number, DayIndex<PreparedBank>>;
	readonly #booksByAmount: Map<number, DayIndex<PreparedBook>>;
	readonly #bankByReference: Map<number, DayIndex<PreparedBank>>;
	readonly #booksByReference: Map<number, DayIndex<PreparedBook>>;
	readonly #amounts: readonly number[];
	readonly #bankLeads: Leads;
	readonly #bookLeads: Leads;
	/** Lines for which not every line of their amount was looked at. */
	readonly #crowdedBank = new Set<number>();
	readonly #crowdedBooks = new Set<number>();
	readonly #unseen = new UnseenLines();

	constructor(lines: PreparedLines, books: readonly PreparedBook[], mayJoin: MayJoin) {
		this.#lines = lines;
		this.#mayJoin = mayJoin;
		this.#bankByAmount = indexBy(lines.bank, ({ amountMinor }) => [amountMinor]);
		this.#booksByAmount = indexBy(books, ({ amountMinor }) => [amountMinor]);
		this.#bankByReference = indexBy(lines.bank, ({ referenceIds }) => referenceIds);
		this.#booksByReference = indexBy(books, ({ referenceIds }) => referenceIds);
		this.#amounts = [...this.#booksByAmount.keys()].sort((one, other) => one - other);
		this.#bankLeads = new Leads(lines.bank.length);
		this.#bookLeads = new Leads(lines.books.length);
		const ranks = ranksOf(this.#bankByAmount);
		for (const bank of lines.bank) this.#lookFor(bank, ranks[bank.index] ?? 0);
		this.#noteCrowdedBooks();
	}

	#lookFor(bank: PreparedBank, rank: number): void {
		const found = this.#ofEqualAmount(bank, rank);
		for (const book of this.#ofEqualReference(bank)) if (!found.includes(book)) found.push(book);
		if (!this.#consider(bank, found))
			this.#consider(
				bank,
				this.#ofNearAmount(bank).filter((book) => !found.includes(book)),
			);
	}

	/** Scores them in the order of ids. Was one good enough to be suggested? */
	#consider(bank: PreparedBank, books: PreparedBook[]): boolean {
		let isSuggested = false;
		for (const book of books.sort((one, other) => one.index - other.index)) {
			if (!this.#mayJoin(bank, book)) continue;
			const score = scoreOf(bank, book);
			this.looks++;
			this.#bankLeads.note(bank.index, score);
			this.#bookLeads.note(book.index, score);
			if (score < SUGGESTED_SCORE) continue;
			isSuggested = true;
			this.list.push({ bank: bank.index, book: book.index, score, daysApart: Math.abs(bank.day - book.day) });
		}
		return isSuggested;
	}

	#ofEqualAmount(bank: PreparedBank, rank: number): PreparedBook[] {
		const index = this.#booksByAmount.get(bank.amountMinor);
		if (!index) return [];
		const [from, to] = index.between(bank.day - DAYS_AFTER_BOOK, bank.day + DAYS_BEFORE_BOOK);
		if (to - from <= CANDIDATE_LIMIT) return index.lines.slice(from, to);
		this.#crowdedBank.add(bank.index);
		const [dayFrom, dayTo] = index.between(bank.day, bank.day);
		return index.nearest([from, to], bank.day, Math.min(dayFrom + rank, Math.max(dayFrom, dayTo - 1)), CANDIDATE_LIMIT);
	}

	#ofEqualReference(bank: PreparedBank): PreparedBook[] {
		const found = new Set<PreparedBook>();
		for (const id of bank.referenceIds) {
			const index = this.#booksByReference.get(id);
			if (!index || this.#isCommonReference(id)) continue;
			for (const book of index.nearest([0, index.lines.length], bank.day, index.placeOf(bank.day), CANDIDATE_LIMIT)) {
				if (isSameDirection(bank.amountMinor, book.amountMinor) && isInReferenceWindow(bank, book)) found.add(book);
			}
		}
		return [...found];
	}

	#ofNearAmount(bank: PreparedBank): PreparedBook[] {
		const found: PreparedBook[] = [];
		const first = firstAbove(this.#amounts, bank.amountMinor);
		for (const amount of this.#amounts.slice(first, first + FEE_AMOUNTS)) {
			if (found.length >= CANDIDATE_LIMIT || amount > bank.amountMinor + FEE_LIMIT_MINOR) break;
			const index = isLessFee(bank.amountMinor, amount) ? this.#booksByAmount.get(amount) : undefined;
			const window = index?.between(bank.day - DAYS_AFTER_BOOK, bank.day + DAYS_BEFORE_BOOK);
			if (index && window) found.push(...index.nearest(window, bank.day, index.placeOf(bank.day), CANDIDATE_LIMIT - found.length));
		}
		return found;
	}

	/** A ledger line in the window of a crowded bank line may have a claim on it that was not looked at. */
	#noteCrowdedBooks(): void {
		for (const [amount, index] of this.#booksByAmount) {
			const claims = this.#bankByAmount.get(amount)?.lines.filter((bank) => this.#crowdedBank.has(bank.index)) ?? [];
			let at = 0;
			for (const book of index.lines) {
				while (at < claims.length && (claims[at]?.day ?? 0) < book.day - DAYS_BEFORE_BOOK) at++;
				const claim = claims[at];
				if (claim && isInWindow(claim.day, book.day)) this.#crowdedBooks.add(book.index);
			}
		}
	}

	/** May this candidate be confirmed without asking? The amount is equal, the points are enough, and no other comes near on either side. */
	isCertain({ bank: bankPlace, book: bookPlace, score }: Candidate): boolean {
		const bank = present(this.#lines.bank[bankPlace], 'bank line');
		const book = present(this.#lines.books[bookPlace], 'ledger line');
		if (bank.amountMinor !== book.amountMinor || score < CERTAIN_SCORE) return false;
		if (!this.#bankLeads.leads(bankPlace, score) || !this.#bookLeads.leads(bookPlace, score)) return false;
		if ([...bank.referenceIds, ...book.referenceIds].some((id) => this.#isCommonReference(id))) return false;
		const isBankCrowded = this.#crowdedBank.has(bankPlace);
		const isBookCrowded = this.#crowdedBooks.has(bookPlace);
		if (!isBankCrowded && !isBookCrowded) return true;
		if (!shareReference(bank, book)) return false;
		const ahead = score - CERTAIN_LEAD;
		if (isBankCrowded && ahead < this.#unseen.score(bank, present(this.#booksByAmount.get(bank.amountMinor), 'amount'), DAYS_AFTER_BOOK, DAYS_BEFORE_BOOK))
			return false;
		return !isBookCrowded || ahead >= this.#unseen.score(book, present(this.#bankByAmount.get(book.amountMinor), 'amount'), DAYS_BEFORE_BOOK, DAYS_AFTER_BOOK);
	}

	/** The lines of an amount, for what is left over. */
	booksOfAmount(amountMinor: number): DayIndex<PreparedBook> | undefined {
		return this.#booksByAmount.get(amountMinor);
	}

	isCrowded(bank: PreparedBank): boolean {
		return this.#crowdedBank.has(bank.index);
	}

	/** A reference that more lines bear than one looks at tells none of them from the others. */
	#isCommonReference(id: number): boolean {
		return Math.max(this.#bankByReference.get(id)?.lines.length ?? 0, this.#booksByReference.get(id)?.lines.length ?? 0) > CANDIDATE_LIMIT;
	}
}

/** Place of each line among those of its amount and day, by id. */
function ranksOf(byAmount: Map<number, DayIndex<PreparedBank>>): Int32Array {
	let size = 0;
	for (const { lines } of byAmount.values()) size += lines.length;
	const ranks = new Int32Array(size);
	for (const { lines } of byAmount.values()) {
		let first = 0;
		for (const [place, line] of lines.entries()) {
			if (line.day !== lines[first]?.day) first = place;
			ranks[line.index] = place - first;
		}
	}
	return ranks;
}

function firstAbove(sorted: readonly number[], value: number): number {
	let low = 0;
	let high = sorted.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((sorted[middle] ?? 0) <= value) low = middle + 1;
		else high = middle;
	}
	return low;
}
