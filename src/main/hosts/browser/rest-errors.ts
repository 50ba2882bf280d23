import { ORPCError } from '@orpc/server';
import type { ErrorCode } from '#shared/kernel/error-codes.ts';
import { FAULT_MESSAGE } from '#shared/contract/refusals.ts';
import { mapFault } from '#main/platform/faults.ts';

const STATUSES: Partial<Record<ErrorCode, number>> = {
	LOGIN_REFUSED: 401,
	NOT_ALLOWED: 403,
	NOT_FOUND: 404,
	PERIOD_NOT_FOUND: 404,
	PACKAGE_NOT_READY: 409,
	PACKAGE_DIFFERS: 409,
	ALREADY_EXISTS: 409,
	DOWNLOAD_REFUSED: 410,
	DATABASE_BUSY: 503,
	KEY_UNAVAILABLE: 503,
	DISK_FULL: 507,
	DISK_READ_ONLY: 507,
};

export interface RestRefusal {
	readonly status: number;
	/** `{error, message, …}`: what a program reads. */
	readonly body: Readonly<Record<string, unknown>>;
}

/** Anything that was thrown as a REST answer: a refusal with its code and details, a fault with its incident and nothing of the inside. */
export function restRefusal(error: unknown, logFault: (error: unknown) => string): RestRefusal {
	if (error instanceof ORPCError && error.code === 'BAD_REQUEST') return { status: 400, body: { error: 'INPUT_INVALID', message: inputMessage(error) } };
	if (error instanceof ORPCError && error.code !== 'INTERNAL_SERVER_ERROR') {
		return { status: error.status, body: { error: error.code, message: error.message, ...(error.data as object | undefined) } };
	}
	const refusal = mapFault(error);
	if (refusal !== null) {
		const { code, message, details, retryable } = refusal;
		return { status: STATUSES[code] ?? 400, body: { error: code, message, details, ...(retryable ? { retryable } : {}) } };
	}
	return { status: 500, body: { error: 'INTERNAL_SERVER_ERROR', message: FAULT_MESSAGE, incident: logFault(error) } };
}

function inputMessage(error: ORPCError<string, unknown>): string {
	const { issues = [] } = (error.data ?? {}) as { issues?: readonly { readonly message: string; readonly path?: readonly unknown[] }[] };
	const [first] = issues;
	return first === undefined ? 'The request is not understood.' : `${(first.path ?? []).join('.')}: ${first.message}`;
}
