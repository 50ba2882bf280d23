import type { z } from 'zod';
import type { Contract } from './index.ts';

type SchemaInput<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type SchemaOutput<Schema> = Schema extends z.ZodType ? z.input<Schema> : unknown;

export type InputOf<Procedure> = Procedure extends { '~orpc': { inputSchema?: infer Schema } } ? SchemaInput<NonNullable<Schema>> : undefined;
export type OutputOf<Procedure> = Procedure extends { '~orpc': { outputSchema?: infer Schema } } ? SchemaOutput<NonNullable<Schema>> : unknown;

export interface Progress {
	/** 0 to 1. */
	readonly fraction: number;
	readonly text: string;
}

export type Call<Procedure, Options> =
	InputOf<Procedure> extends undefined
		? (input?: undefined, options?: Options) => Promise<OutputOf<Procedure>>
		: (input: InputOf<Procedure>, options?: Options) => Promise<OutputOf<Procedure>>;

/** The contract as functions: `client.reports.trialBalance({ companyId, asOf })`. */
export type ClientOf<Options> = {
	readonly [Domain in keyof Contract]: { readonly [Name in keyof Contract[Domain]]: Call<Contract[Domain][Name], Options> };
};
