import { AppError } from '#shared/kernel/app-error.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';

/** An active reconciliation session, in which entries may be posted into its period. */
export interface PostingSession {
	readonly id: number;
	readonly uuid: string;
	readonly periodId: number;
}

/** The active reconciliation session of this uuid. Refuses SESSION_NOT_ACTIVE. */
export function activeSession(db: ReadDb, company: Company, uuid: string): PostingSession {
	const session = db.get<PostingSession>(
		`SELECT id, uuid, period_id AS periodId FROM reconciliation_sessions WHERE company_id = ? AND uuid = ? AND status = 'ACTIVE'`,
		company.id,
		uuid,
	);
	if (session) return session;
	throw new AppError('SESSION_NOT_ACTIVE', 'That reconciliation session is not active. Start one, or post into an open period.', { session: uuid });
}
