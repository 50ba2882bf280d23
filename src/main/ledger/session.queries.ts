import { AppError } from '#shared/kernel/app-error.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';

/** The active reconciliation session of this uuid. Refuses SESSION_NOT_ACTIVE. */
export function activeSession(db: ReadDb, company: Company, uuid: string): { readonly id: number; readonly uuid: string } {
	const session = db.get<{ id: number; uuid: string }>(
		`SELECT id, uuid FROM reconciliation_sessions WHERE company_id = ? AND uuid = ? AND status = 'ACTIVE'`,
		company.id,
		uuid,
	);
	if (session) return session;
	throw new AppError('SESSION_NOT_ACTIVE', 'That reconciliation session is not active. Start one, or post into an open period.', { session: uuid });
}
