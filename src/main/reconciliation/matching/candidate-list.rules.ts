import { present } from '#shared/kernel/assert.ts';

/** A bank line and a ledger line that may be one event, by their places in the order of ids. */
export interface Candidate {
	readonly bank: number;
	readonly book: number;
	readonly score: number;
	/** Days between the two dates, never negative. */
	readonly daysApart: number;
}

const FIRST_SIZE = 1024;
/** Above every score that the points can add up to, and above every distance that a window allows. */
const SCORES = 128;
const DISTANCES = 256;

/** Candidates in a few flat arrays: a busy account has millions. */
export class CandidateList {
	#bank = new Int32Array(FIRST_SIZE);
	#book = new Int32Array(FIRST_SIZE);
	/** Score and distance in one number, the best candidates first. */
	#rank = new Uint16Array(FIRST_SIZE);
	size = 0;

	push({ bank, book, score, daysApart }: Candidate): void {
		if (this.size === this.#bank.length) this.#grow();
		this.#bank[this.size] = bank;
		this.#book[this.size] = book;
		this.#rank[this.size] = (SCORES - score) * DISTANCES + daysApart;
		this.size++;
	}

	#grow(): void {
		const length = this.size * 2;
		const bank = new Int32Array(length);
		const book = new Int32Array(length);
		const rank = new Uint16Array(length);
		bank.set(this.#bank);
		book.set(this.#book);
		rank.set(this.#rank);
		this.#bank = bank;
		this.#book = book;
		this.#rank = rank;
	}

	#at(place: number): Candidate {
		const rank = present(this.#rank[place], 'candidate');
		const daysApart = rank % DISTANCES;
		return {
			bank: present(this.#bank[place], 'bank line'),
			book: present(this.#book[place], 'ledger line'),
			score: SCORES - (rank - daysApart) / DISTANCES,
			daysApart,
		};
	}

	/** From the highest score down; then the nearer dates; then as they were added. */
	*bestFirst(): Generator<Candidate> {
		// Counting sort, which keeps the order of equals.
		const next = new Uint32Array(SCORES * DISTANCES * 2);
		for (const rank of this.#rank.subarray(0, this.size)) next[rank] = (next[rank] ?? 0) + 1;
		let before = 0;
		for (const [rank, count] of next.entries()) {
			next[rank] = before;
			before += count;
		}
		const order = new Uint32Array(this.size);
		for (let place = 0; place < this.size; place++) {
			const rank = this.#rank[place] ?? 0;
			const position = next[rank] ?? 0;
			order[position] = place;
			next[rank] = position + 1;
		}
		for (const place of order) yield this.#at(place);
	}
}
