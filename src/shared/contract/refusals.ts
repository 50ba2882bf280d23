import { z } from 'zod';
import { ERROR_CODES, type ErrorCode } from '../kernel/error-codes.ts';

/** What crosses a wire beside code and message where something is refused. */
export const refusalData = z.object({
	details: z.record(z.string(), z.unknown()),
	/** True where the same call may succeed later without anything being changed. */
	retryable: z.boolean(),
});

const refusal = { status: 422, data: refusalData } as const;

/** Every refusal as a declared error of the wire: an AppError crosses as data and comes out as one. */
export const refusals = Object.fromEntries(ERROR_CODES.map((code) => [code, refusal])) as Readonly<Record<ErrorCode, typeof refusal>>;

/** What a fault of the program says where it crosses: nothing of the inside. `data.incidentId` names the entry of the log. */
export const FAULT_MESSAGE = 'Something went wrong inside the program. Nothing was half done. The log has what happened, under the incident id.';
