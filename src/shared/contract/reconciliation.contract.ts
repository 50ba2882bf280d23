import { z } from 'zod';
import { amount, civilDate, command, currency, inCompany, instant, periodName, query } from './define.ts';
import { period } from './periods.contract.ts';

const strategy = z.enum(['statement', 'balance', 'cash-count', 'physical-count']);
const status = z.enum(['DRAFT', 'VERIFIED', 'STALE', 'UNDONE']);

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

const figures = {
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

const periodReconciliation = z.object({
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

const byId = inCompany.extend({ id: z.uuid() });
const sessionNamed = inCompany.extend({ period: periodName.optional(), sessionId: z.uuid().optional() });
const actualErrors = ['STATEMENT_SHORT', 'NEEDS_ANSWER', 'AMOUNT_INVALID', 'AMOUNT_TOO_LARGE', 'RECONCILIATION_REFUSED', 'PERIOD_CLOSED'] as const;
const posting = ['ACCOUNT_UNKNOWN', 'CURRENCY_MISMATCH', 'RATE_MISSING', 'AMOUNT_INVALID', 'AMOUNT_TOO_LARGE', 'LINE_INVALID', 'TEXT_INVALID'] as const;
const posted = z.object({ no: z.number().int(), date: civilDate, id: z.uuid(), hash: z.string() });

export const reconciliationContract = {
	/** The oldest ordinary period that is not closed: what is to be reconciled and closed next. */
	currentPeriodStatus: query('ViewReports')
		.input(inCompany)
		.output(
			z.object({
				period: period.nullable(),
				session: session.nullable(),
				complete: z.boolean(),
				counts: z.object({ missing: z.number().int(), draft: z.number().int(), stale: z.number().int(), verified: z.number().int(), exempt: z.number().int() }),
			}),
		),
	periodReconciliationStatus: query('ViewReports', ['PERIOD_NOT_FOUND', 'RECONCILIATION_REFUSED'])
		.input(inCompany.extend({ period: periodName }))
		.output(periodReconciliation),
	/** Newest first; `before` is the last period of the page before. */
	closedPeriods: query('ViewReports', ['PERIOD_NOT_FOUND'])
		.input(inCompany.extend({ before: periodName.optional(), limit: z.number().int().min(1).max(1000).optional() }))
		.output(z.object({ periods: z.array(period.extend({ reconciliations: z.number().int() })), more: z.boolean() })),
	/** A session by its id, or the newest of a period. */
	reconciliationSession: query('ViewReports', ['NOT_FOUND', 'PERIOD_NOT_FOUND', 'INPUT_INVALID']).input(sessionNamed).output(session),
	activeReconciliationSessions: query('ViewReports')
		.input(inCompany)
		.output(z.object({ sessions: z.array(session) })),
	startSession: command('ManageReconciliation', ['PERIOD_NOT_FOUND', 'PERIOD_CLOSED', 'SESSION_REFUSED', 'TEXT_INVALID'])
		.input(inCompany.extend({ period: periodName, notes: z.string().optional() }))
		.output(session),
	/** Replaces the notes of an active session. */
	noteSession: command('ManageReconciliation', ['NOT_FOUND', 'PERIOD_NOT_FOUND', 'INPUT_INVALID', 'SESSION_NOT_ACTIVE', 'TEXT_INVALID'])
		.input(sessionNamed.extend({ notes: z.string() }))
		.output(session),
	closeSession: command('ManageReconciliation', ['NOT_FOUND', 'PERIOD_NOT_FOUND', 'INPUT_INVALID', 'SESSION_NOT_ACTIVE', 'SESSION_INCOMPLETE'])
		.input(sessionNamed)
		.output(session),
	/** Money from one account to another: an entry of source TRANSFER, in the active session of its period where there is one. */
	createTransfer: command('CreateInterAccountTransfer', [
		...posting,
		'INPUT_INVALID',
		'ENTRY_DATE_INVALID',
		'ENTRY_DATE_TOO_FAR',
		'PERIOD_CLOSED',
		'PERIOD_CLOSING',
		'PERIOD_NOT_FOUND',
		'PERIOD_NOT_REACHED',
		'PERIOD_DATE_INVALID',
	])
		.input(
			inCompany.extend({
				from: z.string().min(1),
				to: z.string().min(1),
				amount,
				date: civilDate,
				/** Refused where the date lies in another. */
				period: periodName.optional(),
				description: z.string().optional(),
				reference: z.string().optional(),
				/** Base units for one unit of the accounts' currency, where it is not the company's. */
				rate: z.string().optional(),
			}),
		)
		.output(posted.extend({ sessionId: z.uuid().nullable() })),
	reconciliation: query('ViewReports', ['NOT_FOUND']).input(byId).output(reconciliation),
	/** Makes the draft of an account and period, or refreshes it; one that is stale becomes a draft again. */
	createReconciliation: command('ManageReconciliation', [...actualErrors, 'ACCOUNT_UNKNOWN', 'PERIOD_NOT_FOUND', 'RECONCILIATION_FIXED'])
		.input(
			inCompany.extend({
				account: z.string().min(1),
				period: periodName,
				actual: amount.optional(),
				/** Pieces by denomination in major units: `{"500": 3}`. */
				count: z.record(z.string(), z.number().int().min(0)).optional(),
			}),
		)
		.output(reconciliation),
	/** The chosen items, and what may be chosen. */
	reconciliationItems: query('ViewReports', ['NOT_FOUND'])
		.input(byId.extend({ older: z.boolean().optional(), limit: z.number().int().min(1).max(10000).optional() }))
		.output(reconciliation.pick({ id: true, code: true, date: true, status: true }).extend({ ...figures, items: z.array(reconcilingItem), more: z.boolean() })),
	setReconciliationItems: command('ManageReconciliation', ['NOT_FOUND', 'PERIOD_CLOSED', 'RECONCILIATION_FIXED', 'ITEM_REFUSED', 'TEXT_INVALID'])
		.input(
			byId.extend({
				/** `entry:NO`, `entry:NO:LINE` or `line:UUID`. */
				add: z.array(z.string().min(1)).optional(),
				remove: z.array(z.string().min(1)).optional(),
				/** Every line that may be chosen. */
				all: z.boolean().optional(),
				/** Lines before the first statement too. */
				older: z.boolean().optional(),
				/** For those added: why, and the bank's reference of its error. */
				note: z.string().optional(),
			}),
		)
		.output(reconciliation),
	/** Recomputes everything and signs it off; refuses unless the items explain the variance to the last unit. */
	verifyReconciliation: command('ManageReconciliation', [
		...actualErrors,
		'NOT_FOUND',
		'RECONCILIATION_FIXED',
		'RECONCILIATION_VARIANCE',
		'VERIFIER_IS_PREPARER',
		'PERIOD_DATE_INVALID',
	])
		.input(byId)
		.output(reconciliation),
	undoReconciliation: command('ManageReconciliation', [
		'NOT_FOUND',
		'PERIOD_CLOSED',
		'RECONCILIATION_FIXED',
		'RECONCILIATION_NOT_NEWEST',
		'REASON_TOO_SHORT',
		'TEXT_INVALID',
	])
		.input(byId.extend({ reason: z.string() }))
		.output(reconciliation),
	/** Books what a cash count differs from the ledger to cash over and short; the draft agrees afterwards. */
	postCashDifference: command('PostJournal', [...posting, ...actualErrors, 'NOT_FOUND', 'PERIOD_CLOSING', 'ENTRY_DATE_TOO_FAR', 'RECONCILIATION_FIXED'])
		.input(byId.extend({ description: z.string().optional(), rate: z.string().optional() }))
		.output(z.object({ entry: posted, reconciliation })),
	/** What the part that is not explained may come from. */
	explainDifference: query('ViewReports', ['NOT_FOUND']).input(byId).output(explanation),
	reconciliationStatement: query('ViewReports', ['ACCOUNT_UNKNOWN', 'PERIOD_NOT_FOUND', 'INPUT_INVALID'])
		.input(inCompany.extend({ account: z.string().min(1), from: periodName, to: periodName.optional() }))
		.output(reconciliationStatement),
};

export type ReconciliationContract = typeof reconciliationContract;

type Answer<Name extends keyof ReconciliationContract> = ReconciliationContract[Name] extends { '~orpc': { outputSchema?: infer Schema } }
	? z.output<Extract<NonNullable<Schema>, z.ZodType>>
	: never;

export type ReconciliationAnswer = Answer<'reconciliation'>;
export type ReconcilingItemAnswer = z.output<typeof reconcilingItem>;
export type ReconciliationStatementAnswer = Answer<'reconciliationStatement'>;
