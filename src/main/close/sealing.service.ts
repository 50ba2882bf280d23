import { present } from '#shared/kernel/assert.ts';
import {
	CHAIN_START,
	type CloseSeal,
	GENESIS_HASH,
	parseSeal,
	type ReopenSeal,
	type SealAnomaly,
	type SealBase,
	type SealDocument,
	sealText,
	utf8Bytes,
	type YearSeal,
} from '#shared/seal/index.ts';
import { userById } from '#main/access/index.ts';
import { ANOMALIES, type Anomaly, auditHead, eventsOfAction } from '#main/audit/index.ts';
import { companySettings } from '#main/companies/index.ts';
import { chainHead } from '#main/ledger/index.ts';
import type { Period } from '#main/periods/index.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { sha256Hex, sign } from '#main/platform/signing.ts';
import { type CloseRow, insertSeal, lastSeal, listCloseRows, sealOfClose, type SealRow } from './closes.queries.ts';
import type { Signer } from './signing.service.ts';

/** The seal of a stored row; null where its text is none any more. */
export function sealDocument(row: Pick<SealRow, 'document'>): SealDocument | null {
	const parsed = parseSeal(row.document);
	return parsed.ok ? parsed.value : null;
}

/** The entry that a seal names as the head of the chain; null where the stored seal cannot be read. */
export function sealedHead(row: Pick<SealRow, 'document'>): SealBase['chainHead'] | null {
	return sealDocument(row)?.chainHead ?? null;
}

/** The last audit event before the one of the close itself; 0 where the stored seal cannot be read. */
export function auditSeqOf(row: Pick<SealRow, 'document'>): number {
	return sealDocument(row)?.auditHead.seq ?? 0;
}

/** Login of a user, as seals and audit events name people. */
export function loginOf(db: ReadDb, userId: number): string {
	return present(userById(db, userId), 'a user').login;
}

/** What every seal holds, as the books stand in this database transaction. `auditHead` is the head before the seal's own audit event. */
export function sealBase(tx: WriteTx, company: Company, period: Period, closeNumber: number, signer: Signer | null): SealBase {
	const previous = lastSeal(tx, company.id);
	const entries = chainHead(tx, company.id) ?? CHAIN_START;
	const events = auditHead(tx, company.id);
	return {
		formatVersion: 1,
		sealNo: (previous?.sealNo ?? 0) + 1,
		previousSeal: previous?.sha256 ?? null,
		company: { id: company.uuid, name: company.name, currency: company.currency },
		period: { id: period.uuid, name: period.name, kind: period.kind, start: period.start, end: period.end },
		closeNumber,
		policies: policiesOf(tx, company),
		chainHead: { seq: entries.seq, entryHash: entries.hash },
		auditHead: { seq: events?.seq ?? 0, hash: events?.hash ?? GENESIS_HASH },
		anomalies: anomaliesSince(tx, company, previous),
		keyId: signer?.keyId ?? null,
		publicKey: signer?.publicKey ?? null,
	};
}

function policiesOf(db: ReadDb, company: Company): SealBase['policies'] {
	const settings = companySettings(db, company.id);
	return {
		attachments_required: settings.attachments_required,
		backdated_days: settings.backdated_days,
		calendar: settings.calendar,
		closing_entry: settings.closing_entry,
		first_year_end: settings.first_year_end,
		fiscal_year_start: settings.fiscal_year_start,
		reopen_policy: settings.reopen_policy,
		retention_days: settings.retention_days,
		strict_opening: settings.strict_opening,
		timezone: company.timezone,
		verifier_differs: settings.verifier_differs,
	};
}

function anomaliesSince(db: ReadDb, company: Company, previous: SealRow | undefined): SealAnomaly[] {
	const since = previous === undefined ? 0 : (sealDocument(previous)?.auditHead.seq ?? 0);
	return eventsOfAction(db, company.id, ANOMALIES, since).map(({ action, at, detail }) => ({ code: action as Anomaly, at, detail }));
}

/** The seal of this period's earlier close, and how it was reopened; null for close number 1. */
export function supersededBy(db: ReadDb, company: Company, period: Period): CloseSeal['supersedes'] {
	const earlier = listCloseRows(db, company.id, period.id).at(-1);
	if (!earlier) return null;
	return {
		sealSha256: present(sealOfClose(db, company.id, earlier.id), 'the seal of an earlier close').sha256,
		reopenedAt: present(earlier.reopenedAt, 'the instant of the reopening'),
		reopenedBy: loginOf(db, present(earlier.reopenedBy, 'who reopened')),
		reopenReason: present(earlier.reopenReason, 'the reason of the reopening'),
	};
}

/** What the seal of a reopening says of the close that it ends. */
export function reopeningOf(db: ReadDb, company: Company, close: CloseRow): ReopenSeal['reopens'] {
	return {
		sealSha256: present(sealOfClose(db, company.id, close.id), 'the seal of the close').sha256,
		closeHash: close.closeHash,
		closedAt: close.closedAt,
		reopenedAt: present(close.reopenedAt, 'the instant of the reopening'),
		reopenedBy: loginOf(db, present(close.reopenedBy, 'who reopened')),
		reopenReason: present(close.reopenReason, 'the reason of the reopening'),
		reversalEntryNo: close.reversalEntryId,
	};
}

/** Writes the seal and signs it, where there is a key. Answers its number and SHA-256. */
export function storeSeal(tx: WriteTx, company: Company, closeId: number, document: CloseSeal | YearSeal | ReopenSeal, signer: Signer | null): SealRow {
	const text = sealText(document);
	const row: SealRow = {
		sealNo: document.sealNo,
		kind: document.kind,
		closeId,
		sha256: sha256Hex(text),
		document: text,
		signature: signer === null ? null : sign(signer.privateKey, utf8Bytes(text)),
		keyId: signer?.keyId ?? null,
		sealedAt: tx.instant,
	};
	insertSeal(tx, company.id, row);
	return row;
}
