import { ORPCError } from '@orpc/client';
import type { CallOptions, Client, Progress } from '#shared/contract/client.ts';
import type { TaskStep } from '#shared/contract/desk.contract.ts';
import { AppError, type ErrorDetails } from '#shared/kernel/app-error.ts';
import { ERROR_CODES, type ErrorCode } from '#shared/kernel/error-codes.ts';
import type { WireClient } from './connection.ts';

/** The contract of the books as functions, whatever host is on the other side. A refusal is an AppError again. */
export function createClient(wire: WireClient): Client {
	const domain = (name: string) =>
		new Proxy(
			{},
			{
				get:
					(_target, procedure) =>
					(input: unknown, options: CallOptions = {}) =>
						callBooks(wire, name, String(procedure), input, options),
			},
		);
	return new Proxy({} as Client, { get: (_target, name) => domain(String(name)) });
}

export async function callBooks(wire: WireClient, domain: string, procedure: string, input: unknown, options: CallOptions = {}): Promise<unknown> {
	try {
		const call = wire.books[domain]?.[procedure];
		if (call === undefined) throw new Error(`${domain}.${procedure} is not served.`);
		const answer = await call(
			{ ...(input === undefined ? {} : { input }), ...(options.preview ? { preview: true } : {}) },
			options.signal ? { signal: options.signal } : {},
		);
		return isSteps(answer) ? await lastStep(answer, options.onProgress) : answer;
	} catch (error) {
		throw asRefusal(error);
	}
}

/** Follows the steps of a task to its result. */
export async function lastStep<Output>(steps: AsyncIterable<TaskStep>, onProgress?: (progress: Progress) => void): Promise<Output> {
	for await (const step of steps) {
		if (step.kind === 'result') return step.output as Output;
		onProgress?.({ fraction: step.fraction ?? 0, text: step.text ?? '' });
	}
	throw new AppError('CANCELLED', 'The work ended without a result. Nothing was lost; start it again.', {}, { retryable: true });
}

/** What the program refused, as the AppError that it was; anything else (a bug over there, a lost connection) stays what it is. */
export function asRefusal(error: unknown): unknown {
	if (!(error instanceof ORPCError) || !isErrorCode(error.code)) return error;
	const data = (error.data ?? {}) as { details?: ErrorDetails; retryable?: boolean };
	return new AppError(error.code, error.message, data.details ?? {}, { retryable: data.retryable ?? false });
}

function isErrorCode(code: string): code is ErrorCode {
	return (ERROR_CODES as readonly string[]).includes(code);
}

function isSteps(answer: unknown): answer is AsyncIterable<TaskStep> {
	return typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;
}
