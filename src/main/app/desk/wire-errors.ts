import { ORPCError } from '@orpc/server';
import { FAULT_MESSAGE } from '#shared/contract/refusals.ts';
import { failureOf } from '#main/platform/failure.ts';

export interface WireErrorOptions {
	/** Takes real paths out of a text. */
	readonly clean: (text: string) => string;
	/** Records a fault and gives its incident id. */
	readonly logFault: (error: unknown) => string;
}

/** What crosses a wire for anything that was thrown: a refusal as data, a fault as its incident id and nothing of the inside. */
export function wireError(error: unknown, { clean, logFault }: WireErrorOptions): ORPCError<string, unknown> {
	const { code, message, details, retryable } = failureOf(error, logFault);
	if (code === 'FAULT') return new ORPCError('INTERNAL_SERVER_ERROR', { status: 500, message: FAULT_MESSAGE, data: { incidentId: String(details.incident) } });
	return new ORPCError(code, { defined: true, status: 422, message: clean(message), data: { details: cleaned(details, clean), retryable } });
}

function cleaned(value: unknown, clean: (text: string) => string): unknown {
	if (typeof value === 'string') return clean(value);
	if (Array.isArray(value)) return value.map((item) => cleaned(item, clean));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cleaned(inner, clean)]));
}
