import type { AuditContract } from '#shared/contract/audit.contract.ts';
import type { Handlers } from '#main/platform/run/handlers.ts';
import { pageOfEvents } from './audit.queries.ts';
import { verifyTrail } from './audit.service.ts';

export { auditHead, type AuditRow, eventsOfAction, eventsOfDataFolder, lastInstant } from './audit.queries.ts';
export { ANOMALIES, type Anomaly, type AuditFinding, GENESIS_HASH, recordEvent, verifyTrail } from './audit.service.ts';

export const auditHandlers: Handlers<AuditContract> = {
	list: {
		query: (db, { company }, { beforeSeq, limit, action }) => ({
			events: pageOfEvents(db, company.id, beforeSeq ?? Number.MAX_SAFE_INTEGER, limit ?? 100, action ?? null).map((row) => ({
				seq: row.seq,
				at: row.at,
				user: row.userLogin,
				action: row.action,
				detail: JSON.parse(row.detail) as unknown,
				hash: row.hash,
			})),
		}),
	},
	verify: {
		query: (db, { company }) => {
			const { findings, events } = verifyTrail(db, company);
			return { result: findings.length === 0 ? ('VERIFIED' as const) : ('ALTERED' as const), events, findings };
		},
	},
};
