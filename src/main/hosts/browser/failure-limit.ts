/**
 * Counts requests that knew no secret. Once there were too many in a minute, such requests are turned away unread until the minute is over;
 * who knows a secret is never held up. `nowMs` is monotonic.
 */
export class FailureLimit {
	readonly #most: number;
	readonly #nowMs: () => number;
	#count = 0;
	#sinceMs = Number.NEGATIVE_INFINITY;

	constructor(most = 30, nowMs: () => number = () => performance.now()) {
		this.#most = most;
		this.#nowMs = nowMs;
	}

	/** Records one failure; true where it was one too many. */
	isOver(): boolean {
		const now = this.#nowMs();
		if (now - this.#sinceMs >= 60_000) {
			this.#sinceMs = now;
			this.#count = 0;
		}
		this.#count++;
		return this.#count > this.#most;
	}
}
