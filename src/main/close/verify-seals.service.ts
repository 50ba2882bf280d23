import { present } from '#shared/kernel/assert.ts';
import {
	fingerprintOfExpectedKey,
	keyFingerprint,
	publicKeyFromPem,
	rotationBytes,
	type KeyRotation,
	type SealDocument,
	utf8Bytes,
} from '#shared/seal/index.ts';
import { eventsOfAction } from '#main/audit/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { sha256Bytes, sha256Hex, verifyEd25519 } from '#main/platform/signing.ts';
import type { BookFindings } from './book-findings.ts';
import { auditHashAt, listSeals, listSigningKeys, type SealRow, type SigningKeyRow } from './closes.queries.ts';
import { sealDocument } from './sealing.service.ts';

export type SignatureState = 'good' | 'bad' | 'absent';

/** A seal of the books with what was found of its signature. `document` is null where its text is no seal any more. */
export interface ReadSeal {
	readonly row: SealRow;
	readonly document: SealDocument | null;
	readonly signature: SignatureState;
	readonly signer: { readonly fingerprint: string; readonly known: boolean } | null;
	/** Place in the audit trail of the event that recorded it; null where that is gone. */
	readonly recordedSeq: number | null;
}

interface SealJudge {
	/** All seals of the company by number. */
	readonly seals: ReadonlyMap<number, SealRow>;
	/** Judges one seal: its text, its place between its neighbours, its bonds with the audit trail, its signature and whose key it was. */
	judge(row: SealRow): ReadSeal;
}

interface Surroundings {
	readonly db: ReadDb;
	readonly company: Company;
	readonly findings: BookFindings;
	readonly seals: ReadonlyMap<number, SealRow>;
	readonly keys: readonly SigningKeyRow[];
	/** Place in the audit trail of the event that recorded a seal, by the seal's SHA-256. */
	readonly recorded: ReadonlyMap<string, number>;
	/** Fingerprint of the only key that may have signed. */
	readonly expected: string | null;
}

/** `expectedKey`: PEM or fingerprint of the only key that may have signed. Refuses INPUT_INVALID for one that is none. */
export function createSealJudge(db: ReadDb, company: Company, findings: BookFindings, expectedKey?: string): SealJudge {
	const around: Surroundings = {
		db,
		company,
		findings,
		seals: new Map(listSeals(db, company.id).map((row) => [row.sealNo, row])),
		keys: listSigningKeys(db, company.id),
		recorded: new Map(eventsOfAction(db, company.id, ['close.close', 'close.reopen'], 0).map(({ seq, detail }) => [recordedSeal(detail), seq])),
		expected: expectedKey === undefined ? null : fingerprintOfExpectedKey(expectedKey, sha256Bytes),
	};
	return {
		seals: around.seals,
		judge(row) {
			const document = sealDocument(row);
			const isUnchanged = sha256Hex(row.document) === row.sha256;
			if (!isUnchanged || document === null || document.sealNo !== row.sealNo || document.kind !== row.kind || document.company.id !== company.uuid) {
				findings.add('SEAL_CHANGED', `Seal ${row.sealNo} was changed: its text is not the one that was sealed.`, { table: 'seals' });
			}
			if (document !== null) {
				judgeNeighbours(document, row, around.seals, findings);
				judgeTrail(around, document, row);
			}
			return { row, document, recordedSeq: around.recorded.get(row.sha256) ?? null, ...judgeSignature(around, row, document) };
		},
	};
}

function recordedSeal(detail: string): string {
	try {
		return String((JSON.parse(detail) as { sealSha256?: unknown } | null)?.sealSha256);
	} catch {
		return '';
	}
}

function judgeNeighbours(document: SealDocument, row: SealRow, seals: ReadonlyMap<number, SealRow>, findings: BookFindings): void {
	const place = { table: 'seals' };
	const previous = seals.get(row.sealNo - 1);
	if (row.sealNo > 1 && previous === undefined) findings.add('SEAL_MISSING', `Seal ${row.sealNo - 1} is missing.`, place);
	else if (document.previousSeal !== (previous === undefined ? null : sha256Hex(previous.document)))
		findings.add('PREVIOUS_SEAL_DIFFERS', `Seal ${row.sealNo} does not follow seal ${row.sealNo - 1} as it stands now.`, place);
	const next = seals.get(row.sealNo + 1);
	const named = next === undefined ? null : sealDocument(next)?.previousSeal;
	if (next !== undefined && named !== sha256Hex(row.document))
		findings.add('PREVIOUS_SEAL_DIFFERS', `Seal ${row.sealNo + 1} names another seal ${row.sealNo} than the one that is here.`, place);
}

function judgeTrail({ db, company, findings, recorded }: Surroundings, { auditHead, sealNo }: SealDocument, row: SealRow): void {
	const place = { table: 'audit_events' };
	if (auditHead.seq > 0 && auditHashAt(db, company.id, auditHead.seq) !== auditHead.hash)
		findings.add('AUDIT_EVENT_CHANGED', `Audit event ${auditHead.seq} is not the one that seal ${sealNo} names as the head of the trail.`, place);
	if ((recorded.get(row.sha256) ?? 0) <= auditHead.seq)
		findings.add('AUDIT_EVENT_MISSING', `The audit event that recorded seal ${sealNo} is gone, or names another seal.`, place);
}

function judgeSignature({ findings, keys, expected }: Surroundings, row: SealRow, document: SealDocument | null): Pick<ReadSeal, 'signature' | 'signer'> {
	const place = { table: 'seals' };
	const publicKey = document?.publicKey ?? null;
	if (publicKey === null) {
		if (row.signature !== null) findings.add('SEAL_SIGNATURE_BAD', `Seal ${row.sealNo} has a signature, but names no key that could have made it.`, place);
		else if (expected !== null)
			findings.add('SIGNATURE_MISSING', `Seal ${row.sealNo} is not signed, though a signature of key ${expected} is expected.`, place);
		return { signature: row.signature === null ? 'absent' : 'bad', signer: null };
	}
	const raw = publicKeyFromPem(publicKey);
	const fingerprint = raw === null ? '' : keyFingerprint(raw, sha256Bytes);
	let signature: SignatureState = 'absent';
	if (row.signature === null) findings.add('SIGNATURE_MISSING', `The signature of seal ${row.sealNo} is gone.`, place);
	else {
		signature = verifyEd25519(publicKey, utf8Bytes(row.document), new Uint8Array(row.signature)) ? 'good' : 'bad';
		if (signature === 'bad')
			findings.add('SEAL_SIGNATURE_BAD', `Seal ${row.sealNo} or its signature was changed: key ${fingerprint} did not sign this text.`, place);
	}
	const isOwn = keys.some((key) => key.keyId === document?.keyId && key.publicKey === publicKey && key.keyId === row.keyId);
	if (!isOwn) findings.add('SIGNER_CHANGED', `Seal ${row.sealNo} names key ${fingerprint}, which these books do not know.`, { table: 'signing_keys' });
	if (expected !== null && expected !== fingerprint)
		findings.add('SIGNER_CHANGED', `Seal ${row.sealNo} is signed by key ${fingerprint}, not by the expected ${expected}.`, place);
	return { signature, signer: { fingerprint, known: isOwn && (expected === null || expected === fingerprint) } };
}

/** A key that follows another was named by an older one, or its coming is in the audit trail. One that is neither was slipped in. */
export function judgeKeys(db: ReadDb, company: Company, findings: BookFindings): void {
	const keys = listSigningKeys(db, company.id);
	const replaced = eventsOfAction(db, company.id, ['SIGNING_KEY_REPLACED'], 0);
	for (const key of keys.slice(1)) {
		if (replaced.some(({ detail }) => detail.includes(key.keyId)) || isNamed(key, keys)) continue;
		findings.add('SIGNER_CHANGED', `Key ${key.fingerprint} of ${key.validFrom} follows no other key, and its coming was never recorded.`, {
			table: 'signing_keys',
		});
	}
}

function isNamed(key: SigningKeyRow, keys: readonly SigningKeyRow[]): boolean {
	if (key.statement === null || key.statementSignature === null) return false;
	const statement = rotationOf(key.statement);
	const old = keys.find(({ keyId, id }) => keyId === statement?.oldKeyId && id < key.id);
	if (statement === null || old === undefined || statement.newKeyId !== key.keyId || statement.newPublicKey !== key.publicKey) return false;
	return verifyEd25519(old.publicKey, rotationBytes(statement), new Uint8Array(key.statementSignature));
}

function rotationOf(text: string): KeyRotation | null {
	try {
		const value = JSON.parse(text) as Partial<KeyRotation> | null;
		const fields = [value?.oldKeyId, value?.newKeyId, value?.newPublicKey, value?.at];
		return fields.every((field) => typeof field === 'string') ? (present(value, 'a statement') as KeyRotation) : null;
	} catch {
		return null;
	}
}
