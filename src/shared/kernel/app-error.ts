import type { ErrorCode } from './error-codes.ts';

export type ErrorDetails = Readonly<Record<string, unknown>>;

/**
 * A refusal that the contract declares: it crosses every host as data and says what to do next.
 * Nothing decides on the text of `message`; decide on `code` and `details`.
 */
export class AppError extends Error {
	override readonly name = 'AppError';
	readonly code: ErrorCode;
	readonly details: ErrorDetails;
	/** True where the same call may succeed later without anything being changed (disk, lock, mail). */
	readonly retryable: boolean;

	constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options: { retryable?: boolean; cause?: unknown } = {}) {
		super(message, options.cause === undefined ? undefined : { cause: options.cause });
		this.code = code;
		this.details = details;
		this.retryable = options.retryable ?? false;
	}
}

export function isAppError(value: unknown, code?: ErrorCode): value is AppError {
	return value instanceof AppError && (code === undefined || value.code === code);
}
