/** Raised where the program itself is wrong. It rolls back what is under way and is logged with an incident id. */
export class AssertionFailure extends Error {
	override readonly name = 'AssertionFailure';
}

/** States what must hold if the program is right. Never use it to judge what a person typed: that is an AppError. */
export function assert(condition: unknown, message: string): asserts condition {
	if (!condition) throw new AssertionFailure(message);
}

/** The value, where the program knows that it is there. */
export function present<T>(value: T | null | undefined, what: string): T {
	assert(value !== null && value !== undefined, `${what} is missing`);
	return value;
}

/** The end of an exhaustive switch. */
export function unreachable(value: never): never {
	throw new AssertionFailure(`unreachable: ${String(value)}`);
}
