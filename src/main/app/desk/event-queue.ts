const LONGEST = 500;

/**
 * What is pushed, in order, for one reader that takes it at its own pace; it ends when `signal` is aborted. Neighbours that `merge` joins
 * become one; where the reader is far behind, `overflow` stands for everything that it has not read.
 */
export class EventQueue<Item> {
	readonly #merge: (last: Item, next: Item) => Item | null;
	readonly #overflow: (() => Item) | null;
	#items: Item[] = [];
	#ended = false;
	#failure: { readonly error: unknown } | null = null;
	#wake: (() => void) | null = null;

	constructor(options: { readonly merge?: (last: Item, next: Item) => Item | null; readonly overflow?: () => Item } = {}) {
		this.#merge = options.merge ?? (() => null);
		this.#overflow = options.overflow ?? null;
	}

	push(item: Item): void {
		if (this.#ended) return;
		const last = this.#items.at(-1);
		const merged = last === undefined ? null : this.#merge(last, item);
		if (merged !== null) this.#items[this.#items.length - 1] = merged;
		else if (this.#overflow !== null && this.#items.length >= LONGEST) this.#items = [this.#overflow()];
		else this.#items.push(item);
		this.#wake?.();
	}

	/** What is queued is still read; then the reader is told of the failure, where there is one. */
	end(failure?: { readonly error: unknown }): void {
		this.#failure ??= failure ?? null;
		this.#ended = true;
		this.#wake?.();
	}

	async *read(signal?: AbortSignal): AsyncGenerator<Item, void, undefined> {
		const leave = (): void => this.end();
		signal?.addEventListener('abort', leave);
		if (signal?.aborted) this.end();
		try {
			while (true) {
				const item = this.#items.shift();
				if (item !== undefined) yield item;
				else if (this.#ended) break;
				else await new Promise<void>((resolve) => (this.#wake = resolve));
			}
			if (this.#failure) throw this.#failure.error;
		} finally {
			signal?.removeEventListener('abort', leave);
			this.#ended = true;
		}
	}
}
