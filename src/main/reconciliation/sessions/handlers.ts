import type { ReconciliationContract } from '#shared/contract/reconciliation.contract.ts';
import type { Handlers } from '#main/platform/run/handlers.ts';
import { postCashDifference } from '../verification/cash-difference.service.ts';
import { explainReconciliation } from '../verification/explain.service.ts';
import { itemsPage } from '../verification/items-page.ts';
import { closedPeriods, currentPeriodStatus, periodReconciliationStatus } from '../verification/period-status.service.ts';
import { prepareReconciliation, reread } from '../verification/prepare.service.ts';
import { reconciliationStatement } from '../verification/reconciliation-statement.service.ts';
import { findReconciliation, reconciliationView } from '../verification/reconciliation-view.ts';
import { setItems, undoReconciliation, verifyReconciliation } from '../verification/verify.service.ts';
import { activeSessions } from './sessions.queries.ts';
import { closeSession, findSession, noteSession, sessionView, startSession } from './sessions.service.ts';
import { createTransfer } from './transfer.service.ts';

interface Audited {
	readonly id: string;
	readonly code: string;
	readonly period: string;
	readonly status: string;
	readonly currency: string;
	readonly expected: string;
	readonly actual: string;
	readonly explained: string;
}

const figures = ({ id, code, period, status, currency, expected, actual, explained }: Audited) => ({
	id,
	account: code,
	period,
	status,
	currency,
	expected,
	actual,
	explained,
});
const named = ({ sessionId, period }: { readonly sessionId: string; readonly period: string }) => ({ sessionId, period });

export const reconciliationHandlers: Handlers<ReconciliationContract> = {
	currentPeriodStatus: { query: (db, { company }) => currentPeriodStatus(db, company) },
	periodReconciliationStatus: { query: (db, { company }, { period }) => periodReconciliationStatus(db, company, period) },
	closedPeriods: { query: (db, { company }, input) => closedPeriods(db, company, input) },
	reconciliationSession: { query: (db, { company }, input) => sessionView(db, company, findSession(db, company, input)) },
	activeReconciliationSessions: {
		query: (db, { company }) => ({ sessions: activeSessions(db, company.id).map((session) => sessionView(db, company, session)) }),
	},
	startSession: {
		command: (tx, actor, { period, notes }) => sessionView(tx, actor.company, startSession(tx, actor, period, notes ?? '')),
		audit: (_input, session) => ({ ...named(session), notes: session.notes }),
	},
	noteSession: {
		command: (tx, { company }, { notes, ...name }) => sessionView(tx, company, noteSession(tx, company, name, notes)),
		audit: (_input, session) => ({ ...named(session), notes: session.notes }),
	},
	closeSession: {
		command: (tx, actor, input) => sessionView(tx, actor.company, closeSession(tx, actor, input)),
		audit: (_input, session) => ({ ...named(session), entries: session.entries.length }),
	},
	createTransfer: {
		command: createTransfer,
		audit: ({ from, to, amount, date }, { no, sessionId }) => ({ from, to, amount, date, entry: no, sessionId }),
	},
	reconciliation: { query: (db, { company }, { id }) => reconciliationView(db, company, findReconciliation(db, company, id)) },
	createReconciliation: {
		command: (tx, actor, input) => reconciliationView(tx, actor.company, prepareReconciliation(tx, actor, input)),
		audit: (_input, output) => ({ ...figures(output), actualFrom: output.actualFrom }),
	},
	reconciliationItems: { query: (db, { company }, input) => itemsPage(db, company, input) },
	setReconciliationItems: {
		command: (tx, actor, { id, ...change }) => reconciliationView(tx, actor.company, setItems(tx, actor, id, change)),
		audit: (_input, output) => ({ ...figures(output), items: output.items.map(({ ref, amount, note }) => ({ ref, amount, note })) }),
	},
	verifyReconciliation: {
		command: (tx, actor, { id }) => reconciliationView(tx, actor.company, verifyReconciliation(tx, actor, id)),
		audit: (_input, output) => ({ ...figures(output), items: output.items.length }),
	},
	undoReconciliation: {
		command: (tx, actor, { id, reason }) => reconciliationView(tx, actor.company, undoReconciliation(tx, actor, id, reason)),
		audit: (_input, output) => ({ ...figures(output), reason: output.undoReason }),
	},
	postCashDifference: {
		command: (tx, actor, input) => {
			const { entry, reconciliation } = postCashDifference(tx, actor, input);
			return { entry, reconciliation: reconciliationView(tx, actor.company, reread(tx, actor.company, reconciliation.uuid)) };
		},
		audit: (_input, { entry, reconciliation }) => ({ ...figures(reconciliation), entry: entry.no }),
	},
	explainDifference: { query: (db, { company }, { id }) => explainReconciliation(db, company, id) },
	reconciliationStatement: { query: (db, { company }, input) => reconciliationStatement(db, company, input) },
};
