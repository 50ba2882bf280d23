import { z } from 'zod';
import { accountType } from './companies.contract.ts';
import { amount, civilDate, currency, inCompany, instant, periodName, sha256 } from './define.ts';

const closeNumber = z.number().int().positive();

export const reopenDifferenceInput = inCompany.extend({
	period: periodName,
	/** The earlier close; the one before `to` unless given. */
	from: closeNumber.optional(),
	/** The later close; the newest of the period unless given. */
	to: closeNumber.optional(),
});

/** A close as its seal tells of it. */
const sealedClose = z.object({
	closeNumber,
	closedAt: instant,
	closedBy: z.string(),
	reason: z.string(),
	closeHash: sha256,
	sealNo: z.number().int(),
	sealSha256: sha256,
	netProfit: amount,
	/** Entries of the period, and the number up to which they were sealed. */
	entries: z.number().int(),
	sealedThrough: z.number().int(),
});

/** `change` is after less before. Balances are signed, debit positive. */
const beforeAndAfter = z.object({ before: amount, after: amount, change: amount });

const figures = z.object({
	opening: beforeAndAfter,
	debit: beforeAndAfter,
	credit: beforeAndAfter,
	/** On the ledger basis. */
	closing: beforeAndAfter,
	/** The closing balance on the adjusted basis: without the closing entries of the fiscal year. */
	adjusted: beforeAndAfter,
});

const accountDifference = z.object({
	ref: z.string(),
	code: z.string(),
	name: z.string(),
	type: accountType,
	currency,
	/** BALANCE: it begins or ends with something else. SUMS: only debits and credits grew, and cancel each other. */
	kind: z.enum(['BALANCE', 'SUMS']),
	/** In the row's currency, and in that of the company. */
	figures,
	baseFigures: figures,
	/** Whether the entries give exactly these changes. */
	explained: z.boolean(),
});

/** An entry that the later close sealed and the earlier one did not, dated in the period or before it. */
const entryBetween = z.object({
	no: z.number().int(),
	externalNo: z.string().nullable(),
	date: civilDate,
	description: z.string(),
	reference: z.string().nullable(),
	source: z.string(),
	/** Number of the entry that it reverses. */
	reverses: z.number().int().nullable(),
	postedAt: instant,
	postedBy: z.string(),
	/** The close after whose reopening it was posted, and why that was reopened. */
	afterClose: closeNumber,
	reason: z.string(),
	lines: z.array(
		z.object({
			ref: z.string(),
			code: z.string(),
			name: z.string(),
			party: z.string().nullable(),
			currency,
			debit: amount,
			credit: amount,
			baseDebit: amount,
			baseCredit: amount,
			memo: z.string().nullable(),
		}),
	),
});

const sealedChange = z.object({
	table: z.enum(['accounts', 'parties', 'reconciliations']),
	/** Of the account or party. */
	ref: z.string(),
	name: z.string(),
	/** A field of the sealed table; null where the row is new or gone as a whole. */
	field: z.string().nullable(),
	before: z.string().nullable(),
	after: z.string().nullable(),
});

export const reopenDifferenceOutput = z.object({
	period: z.string(),
	start: civilDate,
	end: civilDate,
	currency,
	earlier: sealedClose,
	later: sealedClose,
	/** One for each close from the earlier one up to the one before the later. */
	reopenings: z.array(z.object({ closeNumber, reopenedAt: instant, reopenedBy: z.string(), reason: z.string() })),
	/** In order of code and currency. */
	accounts: z.array(accountDifference),
	/** In order of number. */
	entries: z.array(entryBetween),
	changes: z.array(sealedChange),
	/** The sealed tables that differ: rows at either close, and how many only one of the two has. */
	tables: z.array(z.object({ name: z.string(), before: z.number().int(), after: z.number().int(), added: z.number().int(), removed: z.number().int() })),
	/** Whether the entries give every change of every account to the last unit. */
	explained: z.boolean(),
});

export type ReopenDifferenceAnswer = z.output<typeof reopenDifferenceOutput>;
