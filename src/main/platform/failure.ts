import { AppError } from '#shared/kernel/app-error.ts';
import type { ErrorCode } from '#shared/kernel/error-codes.ts';
import { ProgramFault } from '#shared/kernel/program-fault.ts';
import { mapFault } from './faults.ts';

/** What went wrong, as data: it crosses threads, windows and sockets. */
export interface Failure {
	/** FAULT: the program itself is wrong; `details.incident` names the entry of the log. */
	readonly code: ErrorCode | 'FAULT';
	readonly message: string;
	readonly details: Readonly<Record<string, unknown>>;
	/** True where the same call may succeed later without anything being changed. */
	readonly retryable: boolean;
}

/** A refusal as it is, a fault of the machine mapped; a bug is logged, once, and only its incident id goes on. */
export function failureOf(error: unknown, logFault: (error: unknown) => string): Failure {
	const refusal = mapFault(error);
	if (refusal) return { code: refusal.code, message: refusal.message, details: refusal.details, retryable: refusal.retryable };
	const fault = error instanceof ProgramFault ? error : new ProgramFault(logFault(error));
	return { code: 'FAULT', message: fault.message, details: { incident: fault.incident }, retryable: false };
}

/** The other end: an AppError again, or a ProgramFault. */
export function errorOf({ code, message, details, retryable }: Failure): AppError | ProgramFault {
	return code === 'FAULT' ? new ProgramFault(String(details.incident), message) : new AppError(code, message, details, { retryable });
}
