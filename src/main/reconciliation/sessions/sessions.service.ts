import { AppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import { bookText } from '#shared/kernel/text.ts';
import { findPeriod, periodById } from '#main/periods/index.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import { uuidV7 } from '#main/platform/ids.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import { periodReconciliation } from '../verification/period-reconciliation.service.ts';
import {
	activeSessionOf,
	entriesOfSession,
	insertSession,
	latestSessionOf,
	markSessionClosed,
	sessionByUuid,
	type SessionRow,
	updateNotes,
} from './sessions.queries.ts';

/** A session by its id, or the newest of a period. */
export interface SessionName {
	readonly period?: string | undefined;
	readonly sessionId?: string | undefined;
}

/** Refuses NOT_FOUND, PERIOD_NOT_FOUND, INPUT_INVALID (both or neither given). */
export function findSession(db: ReadDb, company: Company, { period: named, sessionId }: SessionName): SessionRow {
	if ((named === undefined) === (sessionId === undefined)) {
		throw new AppError('INPUT_INVALID', 'Name either a period or the id of a session.', {});
	}
	if (sessionId !== undefined) {
		const session = sessionByUuid(db, company.id, sessionId);
		if (session) return session;
		throw new AppError('NOT_FOUND', `There is no reconciliation session ${sessionId}.`, { sessionId });
	}
	const period = findPeriod(db, company, named ?? '');
	const session = latestSessionOf(db, company.id, period.id);
	if (session) return session;
	throw new AppError('NOT_FOUND', `There is no reconciliation session of ${period.name}. Start one: reconcile session start --period ${period.name}.`, {
		period: period.name,
	});
}

/** At most one is active in a period, any number after another. Refuses PERIOD_CLOSED, SESSION_REFUSED (a year, or one is active). */
export function startSession(tx: WriteTx, { company, user }: Actor, named: string, notes: string): SessionRow {
	const period = findPeriod(tx, company, named);
	if (period.kind === 'YEAR' || period.kind === 'OPENING') {
		throw new AppError('SESSION_REFUSED', `${period.name} is not reconciled in a session: ordinary periods are, such as 2026-01.`, { period: period.name });
	}
	if (period.status === 'CLOSED') {
		throw new AppError('PERIOD_CLOSED', `${period.name} is closed. A session works in a period that is open or soft-closed.`, { period: period.name });
	}
	const active = activeSessionOf(tx, company.id, period.id);
	if (active) {
		throw new AppError('SESSION_REFUSED', `${period.name} has an active session already, started by ${active.startedBy}. Close it before the next one.`, {
			period: period.name,
			sessionId: active.uuid,
			startedBy: active.startedBy,
		});
	}
	const uuid = uuidV7({ now: () => new Date(tx.instant) });
	insertSession(tx, company.id, { uuid, periodId: period.id, notes: bookText(notes.trim(), 'notes'), startedBy: user.id });
	return reread(tx, company, uuid);
}

/** Replaces the notes. Refuses SESSION_NOT_ACTIVE, TEXT_INVALID. */
export function noteSession(tx: WriteTx, company: Company, name: SessionName, notes: string): SessionRow {
	const session = requireActive(findSession(tx, company, name));
	updateNotes(tx, company.id, session.id, bookText(notes.trim(), 'notes'));
	return reread(tx, company, session.uuid);
}

/** Only when every account that has to be is VERIFIED. Refuses SESSION_NOT_ACTIVE, SESSION_INCOMPLETE with the accounts that are not. */
export function closeSession(tx: WriteTx, { company, user }: Actor, name: SessionName): SessionRow {
	const session = requireActive(findSession(tx, company, name));
	const period = present(periodById(tx, company.id, session.periodId), 'the period of a session');
	const { accounts } = periodReconciliation(tx, company, period);
	const missing = accounts
		.filter(({ status }) => status !== 'VERIFIED' && status !== 'EXEMPT')
		.map(({ account, status }) => ({ code: account.code, name: account.name, status }));
	if (missing.length > 0) {
		const names = missing.map(({ code, name: called, status }) => `${code} ${called} (${status.toLowerCase()})`).join(', ');
		throw new AppError('SESSION_INCOMPLETE', `Not verified yet in ${period.name}: ${names}. See \`reconcile status --period ${period.name}\`.`, {
			period: period.name,
			accounts: missing,
		});
	}
	markSessionClosed(tx, company.id, session.id, user.id);
	return reread(tx, company, session.uuid);
}

function requireActive(session: SessionRow): SessionRow {
	if (session.status === 'ACTIVE') return session;
	throw new AppError('SESSION_NOT_ACTIVE', `That session of ${session.period} was closed by ${session.closedBy ?? '?'}. A closed session never changes.`, {
		sessionId: session.uuid,
	});
}

function reread(db: ReadDb, company: Company, uuid: string): SessionRow {
	return present(sessionByUuid(db, company.id, uuid), 'a session under way');
}

export function sessionView(db: ReadDb, company: Company, session: SessionRow) {
	return {
		sessionId: session.uuid,
		period: session.period,
		status: session.status,
		notes: session.notes,
		startedAt: session.startedAt,
		startedBy: session.startedBy,
		closedAt: session.closedAt,
		closedBy: session.closedBy,
		entries: entriesOfSession(db, company.id, session.id),
	};
}
