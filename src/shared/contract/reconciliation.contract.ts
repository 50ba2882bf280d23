import { z } from 'zod';
import { amount, civilDate, command, inCompany, periodName, query } from './define.ts';
import { period } from './periods.contract.ts';
import { explanation, figures, periodReconciliation, reconciliation, reconciliationStatement, reconcilingItem, session } from './reconciliation-shapes.ts';

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
	reconciliationItems: query('ViewReports', ['NOT_FOUND', 'RECONCILIATION_REFUSED'])
		.input(byId.extend({ older: z.boolean().optional(), limit: z.number().int().min(1).max(10000).optional() }))
		.output(reconciliation.pick({ id: true, code: true, date: true, status: true }).extend({ ...figures, items: z.array(reconcilingItem), more: z.boolean() })),
	setReconciliationItems: command('ManageReconciliation', [
		'NOT_FOUND',
		'PERIOD_CLOSED',
		'RECONCILIATION_FIXED',
		'RECONCILIATION_REFUSED',
		'ITEM_REFUSED',
		'TEXT_INVALID',
	])
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
	explainDifference: query('ViewReports', ['NOT_FOUND', 'RECONCILIATION_REFUSED', 'AMOUNT_TOO_LARGE']).input(byId).output(explanation),
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
