import { z } from 'zod';
import { amount, civilDate, currency, instant } from './define.ts';

/** How the actual balance of an account is known. */
export const strategy = z.enum(['statement', 'balance', 'cash-count', 'physical-count']);
export const status = z.enum(['DRAFT', 'VERIFIED', 'STALE', 'UNDONE']);

/** What explains a variance: a ledger line that the bank does not have yet, or a bank line that the books do not have. */
export const reconcilingItem = z.object({
	/** `entry:12:1` of a ledger line, `line:UUID` of a statement line: how it is named to be chosen. */
	ref: z.string(),
	kind: z.enum(['BOOK', 'BANK']),
	date: civilDate,
	/** From its date to the day of the reconciliation. */
	ageDays: z.number().int(),
	/** What it adds to expected less actual: a ledger line as it is, a statement line turned round. */
	amount,
	description: z.string(),
	party: z.string().nullable(),
	reference: z.string().nullable(),
	note: z.string().nullable(),
	chosen: z.boolean(),
	/** End of the first verified reconciliation that lists it; null: it is new. */
	carriedSince: civilDate.nullable(),
	/** Dated before the first statement: contained in its opening balance unless somebody knows better. */
	older: z.boolean(),
});

/** The amounts of a reconciliation. */
export const figures = {
	currency,
	/** What the ledger says, debit positive. */
	expected: amount,
	actual: amount,
	/** Expected less actual. */
	variance: amount,
	/** Sum of the chosen items. */
	explained: amount,
	/** Variance less explained: nil where it can be verified. */
	unexplained: amount,
};

export const reconciliation = z.object({
	id: z.uuid(),
	code: z.string(),
	name: z.string(),
	period: z.string(),
	/** The period's last day. */
	date: civilDate,
	strategy,
	status,
	...figures,
	/** How the actual balance is known. */
	actualFrom: z.object({
		typed: z.boolean(),
		/** Pieces by denomination. */
		count: z.record(z.string(), z.number().int()).nullable(),
		statement: z.object({ id: z.uuid(), page: z.number().int(), opening: amount, from: civilDate, to: civilDate }).nullable(),
		/** Last day that statements cover. */
		reaches: civilDate.nullable(),
	}),
	items: z.array(reconcilingItem),
	preparedAt: instant,
	preparedBy: z.string(),
	verifiedAt: instant.nullable(),
	verifiedBy: z.string().nullable(),
	staleReason: z.string().nullable(),
	undoneAt: instant.nullable(),
	undoneBy: z.string().nullable(),
	undoReason: z.string().nullable(),
});

export const session = z.object({
	sessionId: z.uuid(),
	period: z.string(),
	status: z.enum(['ACTIVE', 'CLOSED']),
	notes: z.string(),
	startedAt: instant,
	startedBy: z.string(),
	closedAt: instant.nullable(),
	closedBy: z.string().nullable(),
	/** Numbers of the entries posted in it. */
	entries: z.array(z.number().int()),
});

/** An account that is to be reconciled at a period's end, or is exempt from it. */
export const accountStatus = z.object({
	code: z.string(),
	name: z.string(),
	currency,
	strategy: strategy.nullable(),
	status: z.enum(['MISSING', 'DRAFT', 'STALE', 'VERIFIED', 'EXEMPT']),
	/** Of its reconciliation; null where it has none. */
	reconciliationId: z.uuid().nullable(),
	/** As the reconciliation has it; without one, what the ledger says now. */
	expected: amount,
	actual: amount.nullable(),
	variance: amount.nullable(),
	unexplained: amount.nullable(),
	/** What the ledger says now. */
	ledger: amount,
	/** Statement lines that are neither matched nor chosen as items. */
	unmatchedLines: z.number().int(),
	/** Last day that statements cover; null where there is none, or none is needed. */
	statementsReach: civilDate.nullable(),
	verifiedBy: z.string().nullable(),
	verifiedAt: instant.nullable(),
	staleReason: z.string().nullable(),
	exemptBy: z.string().nullable(),
	exemptAt: instant.nullable(),
	exemptReason: z.string().nullable(),
});

export const periodReconciliation = z.object({
	period: z.string(),
	date: civilDate,
	accounts: z.array(accountStatus),
	/** Every account that has to be is VERIFIED. */
	complete: z.boolean(),
	session: session.nullable(),
});

const explainedLine = z.object({
	ref: z.string(),
	kind: z.enum(['BOOK', 'BANK']),
	date: civilDate,
	/** What it adds to expected less actual. */
	amount,
	description: z.string(),
	reference: z.string().nullable(),
});

export const explanation = z.object({
	id: z.uuid(),
	code: z.string(),
	date: civilDate,
	currency,
	/** Variance less items. */
	difference: amount,
	unmatchedBank: z.array(explainedLine),
	unmatchedBook: z.array(explainedLine),
	/** Entries of the account posted after the last verified reconciliation and dated up to its end. */
	changedSince: z.array(z.object({ no: z.number().int(), date: civilDate, amount, description: z.string(), postedAt: instant })),
	/** Places to look, the likeliest first. */
	hints: z.array(
		z.object({
			code: z.enum([
				'LINE_IS_DIFFERENCE',
				'LINE_ON_WRONG_SIDE',
				'PAIR_IS_DIFFERENCE',
				'DIGITS_EXCHANGED',
				'DIGITS_SHIFTED',
				'AMOUNT_DIFFERS',
				'DIVISIBLE_BY_9',
			]),
			text: z.string(),
			/** The lines that it speaks of, as items are named. */
			lines: z.array(z.string()),
		}),
	),
	/** True where a list was too long to be shown whole. */
	cut: z.boolean(),
});

const section = z.object({ total: amount, items: z.array(reconcilingItem) });

/** A reconciliation statement in textbook form, one column per period. */
export const reconciliationStatement = z.object({
	code: z.string(),
	name: z.string(),
	currency,
	periods: z.array(
		z.object({
			id: z.uuid(),
			period: z.string(),
			date: civilDate,
			status,
			strategy,
			preparedBy: z.string(),
			verifiedBy: z.string().nullable(),
			balancePerBank: amount,
			/** Receipts in the books that the bank does not have yet. */
			depositsInTransit: section,
			/** Payments in the books that nobody has presented yet; negative. */
			unpresented: section,
			/** What the bank has and the books rightly have not, turned round. */
			bankErrors: section,
			/** Nil where it is verified. */
			unexplained: amount,
			balancePerBooks: amount,
		}),
	),
});
