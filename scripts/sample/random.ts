/** A small seeded generator of whole numbers (a 32-bit counter stirred by shifts and multiplications): the same seed gives the same company for ever. */
export class SeededRandom {
	#state: number;

	constructor(seed: number) {
		this.#state = seed | 0;
	}

	#next(): number {
		this.#state = (this.#state + 0x9e3779b9) | 0;
		let mixed = this.#state ^ (this.#state >>> 16);
		mixed = Math.imul(mixed, 0x21f0aaad);
		mixed ^= mixed >>> 15;
		mixed = Math.imul(mixed, 0x735a2d97);
		return (mixed ^ (mixed >>> 15)) >>> 0;
	}

	/** A whole number from `least` to `most`, both included. */
	between(least: number, most: number): number {
		return least + (this.#next() % (most - least + 1));
	}

	/** True in about `percent` of a hundred cases. */
	chance(percent: number): boolean {
		return this.between(1, 100) <= percent;
	}

	/** `length` characters of `alphabet`. */
	text(length: number, alphabet: string): string {
		return Array.from({ length }, () => alphabet.charAt(this.between(0, alphabet.length - 1))).join('');
	}
}
