/** The command line itself is wrong: exit status 2. The message says what to write instead. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
	readonly details: Readonly<Record<string, unknown>>;

	constructor(message: string, details: Readonly<Record<string, unknown>> = {}) {
		super(message);
		this.details = details;
	}
}
