import type { z } from 'zod';
import type { Contract } from './index.ts';

type SchemaInput<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type SchemaOutput<Schema> = Schema extends z.ZodType ? z.input<Schema> : unknown;

/** What a procedure is asked with; undefined where it takes nothing. */
export type InputOf<Procedure> = Procedure extends { '~orpc': { inputSchema?: infer Schema } } ? SchemaInput<NonNullable<Schema>> : undefined;
/** What a procedure answers. */
export type OutputOf<Procedure> = Procedure extends { '~orpc': { outputSchema?: infer Schema } } ? SchemaOutput<NonNullable<Schema>> : unknown;

export interface Progress {
	/** 0 to 1. */
	readonly fraction: number;
	readonly text: string;
}

/** The AbortSignal of the engine it runs in: Node and browsers each declare their own, and what is shared by both sees neither. */
type CancelSignal = typeof globalThis extends { AbortSignal: { prototype: infer Signal } } ? Signal : { readonly aborted: boolean };

/** What a call may be asked with beside its input. */
export interface CallOptions {
	/** Aborted when the person cancels: the call is refused with CANCELLED, unless it was done before. */
	readonly signal?: CancelSignal;
	readonly onProgress?: (progress: Progress) => void;
	/** A command runs in full, answers, and is rolled back: nothing is written. */
	readonly preview?: boolean;
}

type Call<Procedure> =
	InputOf<Procedure> extends undefined
		? (input?: undefined, options?: CallOptions) => Promise<OutputOf<Procedure>>
		: (input: InputOf<Procedure>, options?: CallOptions) => Promise<OutputOf<Procedure>>;

/** The contract as functions: `client.reports.trialBalance({ companyId, asOf })`. Refusals are AppErrors. */
export type Client = {
	readonly [Domain in keyof Contract]: { readonly [Name in keyof Contract[Domain]]: Call<Contract[Domain][Name]> };
};
