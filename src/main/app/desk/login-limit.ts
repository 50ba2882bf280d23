import { AppError } from '#shared/kernel/app-error.ts';

const FREE_ATTEMPTS = 5;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 5 * 60_000;

interface Failures {
	readonly count: number;
	readonly until: number;
}

/**
 * Failed sign-ins of all desks of a program: from the fifth in a row for a login on, the next attempt waits, each time twice as long, up to
 * five minutes. While it waits the password is not even looked at. `nowMs` is monotonic.
 */
export class LoginLimit {
	readonly #nowMs: () => number;
	readonly #failures = new Map<string, Failures>();

	constructor(nowMs: () => number = () => performance.now()) {
		this.#nowMs = nowMs;
	}

	/** Refuses LOGIN_REFUSED with `details.waitSeconds` where it is too soon. */
	require(login: string | undefined): void {
		const failures = this.#failures.get(keyOf(login));
		const waitMs = (failures?.until ?? 0) - this.#nowMs();
		if (failures === undefined || waitMs <= 0) return;
		const waitSeconds = Math.ceil(waitMs / 1000);
		throw new AppError('LOGIN_REFUSED', `Login or password was wrong ${failures.count} times. Try again in ${waitSeconds} seconds.`, { waitSeconds });
	}

	failed(login: string | undefined): void {
		const count = (this.#failures.get(keyOf(login))?.count ?? 0) + 1;
		const waitMs = count < FREE_ATTEMPTS ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (count - FREE_ATTEMPTS), LONGEST_WAIT_MS);
		this.#failures.set(keyOf(login), { count, until: this.#nowMs() + waitMs });
		// Logins that nobody has are counted too: the oldest are forgotten, or a guesser could fill the memory.
		const oldest = this.#failures.size > 1000 ? this.#failures.keys().next().value : undefined;
		if (oldest !== undefined) this.#failures.delete(oldest);
	}

	succeeded(login: string | undefined): void {
		this.#failures.delete(keyOf(login));
	}
}

function keyOf(login: string | undefined): string {
	return (login ?? '').toLowerCase();
}
