/** What the surroundings ask of the screens, see `askEvent` of the desk's contract. */
export type Ask = 'go' | 'openFile' | 'resume' | 'print' | 'palette' | 'keyboardHelp';
type Listener = (what: Ask, value: string | null) => void;

/**
 * Asks on their way to one window. A page that is still loading, or loads again, is not there to hear: what was asked meanwhile
 * waits for it, so that the file a program was started with is opened.
 */
export class Asks {
	readonly #listeners = new Set<Listener>();
	#waiting: (readonly [Ask, string | null])[] = [];

	ask(what: Ask, value: string | null = null): void {
		if (this.#listeners.size === 0) this.#waiting.push([what, value]);
		for (const listener of this.#listeners) listener(what, value);
	}

	/** Answers what ends it. */
	listen(listener: Listener): () => void {
		this.#listeners.add(listener);
		const waiting = this.#waiting;
		this.#waiting = [];
		for (const [what, value] of waiting) listener(what, value);
		return () => void this.#listeners.delete(listener);
	}
}
