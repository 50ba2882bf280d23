import { createHash } from 'node:crypto';
import { canonicalJson } from '#shared/seal/index.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import type { AuditDetail } from '#main/platform/run/handlers.ts';
import { auditHead, type AuditRow, insertAuditEvent, iterateEvents } from './audit.queries.ts';

/** What happens outside a person's own doing and is shown in every later seal. */
export const ANOMALIES = ['CLOCK_SET_BACK', 'ROLLED_BACK', 'SIGNING_KEY_REPLACED', 'SCHEMA_ALTERED'] as const;
export type Anomaly = (typeof ANOMALIES)[number];

export const GENESIS_HASH = '0'.repeat(64);

interface Who {
	readonly company: { readonly id: number; readonly uuid: string } | null;
	readonly user: { readonly id: number; readonly uuid: string } | null;
}

function hashOf(event: { company: string | null; seq: number; at: string; user: string | null; action: string; detail: unknown; prev: string }): string {
	return createHash('sha256')
		.update(canonicalJson({ v: 1, ...event }))
		.digest('hex');
}

/** Appends an event to the chain of the company, or of the data folder where there is none. Answers its place and hash. */
export function recordEvent(tx: WriteTx, who: Who, action: string, detail: AuditDetail): { readonly seq: number; readonly hash: string } {
	const head = auditHead(tx, who.company?.id ?? null);
	const seq = (head?.seq ?? 0) + 1;
	// Through JSON once, so that what is hashed is what is stored.
	const text = canonicalJson(JSON.parse(JSON.stringify(detail)));
	const hash = hashOf({
		company: who.company?.uuid ?? null,
		seq,
		at: tx.instant,
		user: who.user?.uuid ?? null,
		action,
		detail: JSON.parse(text) as unknown,
		prev: head?.hash ?? GENESIS_HASH,
	});
	insertAuditEvent(tx, { companyId: who.company?.id ?? null, seq, userId: who.user?.id ?? null, action, detail: text, hash });
	return { seq, hash };
}

export interface AuditFinding {
	readonly code: 'AUDIT_EVENT_CHANGED' | 'AUDIT_EVENT_MISSING' | 'AUDIT_TAIL_MISSING';
	readonly message: string;
	readonly seq: number;
}

/**
 * Recomputes the chain of a company's audit trail (null: the data folder's), up to a seq where one is given.
 * Answers what differs, the number of events read, and the head as recomputed.
 */
export function verifyTrail(
	db: ReadDb,
	company: { readonly id: number; readonly uuid: string } | null,
	throughSeq: number | null = null,
): { readonly findings: AuditFinding[]; readonly events: number; readonly headHash: string } {
	const findings: AuditFinding[] = [];
	let prev = GENESIS_HASH;
	let expected = 1;
	let events = 0;
	for (const row of iterateEvents(db, company?.id ?? null, throughSeq)) {
		events++;
		if (row.seq !== expected) {
			findings.push({ code: 'AUDIT_EVENT_MISSING', message: `Audit events ${expected} to ${row.seq - 1} are missing.`, seq: expected });
		} else if (!sameHash(row, company?.uuid ?? null, prev)) {
			findings.push({ code: 'AUDIT_EVENT_CHANGED', message: `Audit event ${row.seq} (${row.action}, ${row.at}) was changed.`, seq: row.seq });
		}
		prev = row.hash;
		expected = row.seq + 1;
	}
	return { findings, events, headHash: prev };
}

function sameHash(row: AuditRow, companyUuid: string | null, prev: string): boolean {
	try {
		const detail = JSON.parse(row.detail) as unknown;
		return hashOf({ company: companyUuid, seq: row.seq, at: row.at, user: row.userUuid, action: row.action, detail, prev }) === row.hash;
	} catch {
		return false;
	}
}
