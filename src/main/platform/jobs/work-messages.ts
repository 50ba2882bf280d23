import { AppError } from '#shared/kernel/app-error.ts';
import type { ErrorCode } from '#shared/kernel/error-codes.ts';
import { mapFault } from '../faults.ts';
import type { Progress } from '#shared/contract/client.ts';
import type { JobQuestion } from './job-kind.ts';

/** What a worker thread is told to do: the work of one job. */
export interface WorkOrder {
	/** Name of the kind. */
	readonly kind: string;
	/** Plain data of the kind. */
	readonly input: unknown;
	/** Shared with the thread that began it: not 0 once the work is to stop. */
	readonly stop: Int32Array;
}

/** From the work to the thread that began it. */
export type WorkMessage =
	| { readonly progress: Progress }
	| { readonly question: JobQuestion; readonly id: number }
	| { readonly done: unknown }
	| { readonly failed: PackedError };

/** To the worker thread: an order, one at a time, or the answer to a question. */
export type ThreadMessage = { readonly order: WorkOrder } | AnswerMessage;

export type AnswerMessage = { readonly id: number; readonly answer: unknown } | { readonly id: number; readonly failed: PackedError };

/** An error on its way between two threads; a refusal stays one. */
export interface PackedError {
	readonly message: string;
	readonly stack: string | undefined;
	/** Of a refusal. */
	readonly refusal: { readonly code: ErrorCode; readonly details: Readonly<Record<string, unknown>>; readonly retryable: boolean } | null;
}

export function packError(error: unknown): PackedError {
	const fault = mapFault(error);
	if (fault === null)
		return { message: error instanceof Error ? error.message : String(error), stack: error instanceof Error ? error.stack : undefined, refusal: null };
	const { message, stack, code, details, retryable } = fault;
	return { message, stack, refusal: { code, details, retryable } };
}

export function unpackError({ message, stack, refusal }: PackedError): Error {
	const error = refusal === null ? new Error(message) : new AppError(refusal.code, message, refusal.details, { retryable: refusal.retryable });
	if (stack !== undefined) error.stack = stack;
	return error;
}

export function workStopped(): AppError {
	return new AppError('CANCELLED', 'The work was stopped before it was done. Nothing of it is left.');
}
