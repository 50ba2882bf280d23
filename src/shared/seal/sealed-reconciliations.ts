import { array, civilDate, integer, object, sha256Hex, text } from './strict-shape.ts';

/** A row of the sealed table `statements`: a file of the bank, named in the package by its id. */
export interface SealedStatement {
	readonly id: string;
	/** The account's ref. */
	readonly account: string;
	readonly fileName: string;
	readonly sha256: string;
}

/** A row of the sealed table `reconciliations`; minor units of `currency`, debit positive. */
export interface SealedReconciliation {
	readonly account: string;
	readonly currency: string;
	readonly status: string;
	readonly end: string;
	readonly expectedMinor: number;
	readonly actualMinor: number;
	readonly explainedMinor: number;
	readonly items: readonly { readonly amountMinor: number }[];
}

// Both tables may gain columns without a new format: what is read here stays.
export const statementShape = object<SealedStatement>({ id: text, account: text, fileName: text, sha256: sha256Hex }, true);

export const reconciliationShape = object<SealedReconciliation>(
	{
		account: text,
		currency: text,
		status: text,
		end: civilDate,
		expectedMinor: integer,
		actualMinor: integer,
		explainedMinor: integer,
		items: array(object<{ readonly amountMinor: number }>({ amountMinor: integer }, true)),
	},
	true,
);
