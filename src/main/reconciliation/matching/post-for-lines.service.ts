import { AppError } from '#shared/kernel/app-error.ts';
import { type CivilDate, dayNumber } from '#shared/kernel/civil-date.ts';
import { type EntryInput, type PostedEntry, postPrepared, prepareEntry } from '#main/ledger/index.ts';
import { periodOfDate } from '#main/periods/index.ts';
import type { WriteTx } from '#main/platform/database/connection.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import { activeSessionOf } from './named-lines.queries.ts';

export interface EntryForLines extends Omit<EntryInput, 'session'> {
	/** May it go into a soft-closed period, with the period's active session? */
	readonly inSession: boolean;
}

/**
 * Posts an entry that a bank line asked for. Into a soft-closed period it goes as a transfer or an adjusting entry of the active session, where the
 * person said so. Refuses SESSION_NOT_ACTIVE and the codes of ledger.post.
 */
export function postForLines(tx: WriteTx, actor: Actor, { inSession, ...entry }: EntryForLines): PostedEntry & { readonly day: number } {
	const session = inSession ? sessionAt(tx, actor.company, entry.date) : null;
	const source = entry.source === 'TRANSFER' ? 'TRANSFER' : session === null ? 'MANUAL' : 'ADJUSTING';
	const prepared = prepareEntry(tx, actor.company, { ...entry, source, ...(session === null ? {} : { session }) });
	const posted = postPrepared(tx, actor, prepared);
	return { ...posted, day: dayNumber(posted.date) };
}

/** The active session of the soft-closed period of a day; null where the period is not soft-closed and needs none. Refuses SESSION_NOT_ACTIVE. */
function sessionAt(tx: WriteTx, company: Company, date: CivilDate): string | null {
	const period = periodOfDate(tx, company.id, date);
	if (period?.status !== 'CLOSING') return null;
	const session = activeSessionOf(tx, company.id, period.id);
	if (session !== null) return session;
	throw new AppError(
		'SESSION_NOT_ACTIVE',
		`${period.name} is soft-closed and has no active reconciliation session. Start one: reconcile session start --period ${period.name}.`,
		{ period: period.name },
	);
}

/** An amount on the side of its sign: above zero a debit. */
export function sided(amount: string): { readonly debit: string } | { readonly credit: string } {
	return amount.startsWith('-') ? { credit: amount.slice(1) } : { debit: amount };
}

export function negated(amount: string): string {
	return amount.startsWith('-') ? amount.slice(1) : `-${amount}`;
}
