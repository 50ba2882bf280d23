import { isAppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import { canonicalJson, keyFingerprint, type KeyRotation, publicKeyFromPem, rotationBytes } from '#shared/seal/index.ts';
import { recordEvent } from '#main/audit/index.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import type { TaskContext } from '#main/platform/run/handlers.ts';
import type { SecretStore } from '#main/platform/secrets/index.ts';
import { generateSigningKey, publicKeyOf, sha256Bytes, sign } from '#main/platform/signing.ts';
import { insertSigningKey, listSigningKeys, type SigningKeyRow } from './closes.queries.ts';

/** Who signs the next seal: a private key that stays in this process, and what the books say of it. */
export interface Signer {
	readonly keyId: string;
	readonly fingerprint: string;
	/** PEM */
	readonly publicKey: string;
	readonly privateKey: string;
	/** True where the secret store does not hold it under its own name yet. */
	readonly isNew: boolean;
	/** An older key of these books that is still at hand and can say that this one follows it. */
	readonly predecessor: { readonly keyId: string; readonly privateKey: string } | null;
}

const keyName = (company: Company): string => `signing-key/${company.uuid}`;
const pendingName = (company: Company, keyId: string): string => `signing-key/${company.uuid}/${keyId}`;

/**
 * Finds the company's signing key in the secret store, or makes one; null where there is no place for secrets (the seal is then unsigned).
 * A new key is stored under a name of its own first, and under the company's name only once the books know it (`keepSigner`): two programs that
 * close at once, or a crash in between, never leave the books with a key that the store lacks.
 */
export async function findSigner({ secrets, read }: Pick<TaskContext, 'secrets' | 'read'>, company: Company): Promise<Signer | null> {
	if (secrets.kind === 'none') return null;
	try {
		const keys = read((db) => listSigningKeys(db, company.id));
		const newest = keys.at(-1);
		const stored = await storedKey(secrets, keyName(company));
		if (stored && (newest === undefined || newest.keyId === stored.keyId)) return { ...stored, isNew: newest === undefined, predecessor: null };
		const pending = newest ? await storedKey(secrets, pendingName(company, newest.keyId)) : null;
		if (pending && pending.keyId === newest?.keyId) return { ...pending, isNew: true, predecessor: null };
		// What lies under the company's name is an older key of these books, or one that they never knew: then it takes over.
		if (stored && !keys.some(({ keyId }) => keyId === stored.keyId)) return { ...stored, isNew: true, predecessor: null };
		const made = describeKey(generateSigningKey().privateKeyPem);
		await secrets.set(pendingName(company, made.keyId), made.privateKey);
		return { ...made, isNew: true, predecessor: stored };
	} catch (error) {
		if (isAppError(error, 'KEY_UNAVAILABLE')) return null;
		throw error;
	}
}

async function storedKey(secrets: SecretStore, name: string): Promise<ReturnType<typeof describeKey> | null> {
	const pem = await secrets.get(name);
	if (pem === null) return null;
	try {
		return describeKey(pem);
	} catch (error) {
		// What is stored there is no key: a new one is made, and the books say that it was replaced.
		if (isAppError(error, 'KEY_UNAVAILABLE')) return null;
		throw error;
	}
}

function describeKey(privateKey: string) {
	const publicKey = publicKeyOf(privateKey);
	const raw = present(publicKeyFromPem(publicKey), 'an Ed25519 public key');
	return { keyId: Buffer.from(sha256Bytes(raw)).toString('hex'), fingerprint: keyFingerprint(raw, sha256Bytes), publicKey, privateKey };
}

/**
 * Makes the books know the signer, in the database transaction of the seal that it signs. A key that replaces another without the other's word is
 * audited as SIGNING_KEY_REPLACED. Where another close has named a newer key meanwhile, that is no refusal: each seal names its own key.
 */
export function registerSigner(tx: WriteTx, actor: Actor, signer: Signer): void {
	const { company } = actor;
	const keys = listSigningKeys(tx, company.id);
	if (keys.some(({ keyId }) => keyId === signer.keyId)) return;
	const newest = keys.at(-1);
	const statement = signer.predecessor === null ? null : rotation(signer, signer.predecessor.keyId, tx.instant);
	insertSigningKey(tx, company.id, {
		id: (newest?.id ?? 0) + 1,
		keyId: signer.keyId,
		fingerprint: signer.fingerprint,
		publicKey: signer.publicKey,
		validFrom: tx.instant,
		reason: reasonOf(newest, signer),
		statement: statement === null ? null : canonicalJson({ ...statement }),
		statementSignature: statement === null || signer.predecessor === null ? null : sign(signer.predecessor.privateKey, rotationBytes(statement)),
	});
	if (newest !== undefined && signer.predecessor?.keyId !== newest.keyId) {
		recordEvent(tx, actor, 'SIGNING_KEY_REPLACED', {
			keyId: signer.keyId,
			fingerprint: signer.fingerprint,
			replaces: newest.fingerprint,
			saidBy: signer.predecessor?.keyId ?? null,
		});
	}
}

function rotation(signer: Signer, oldKeyId: string, at: string): KeyRotation {
	return { oldKeyId, newKeyId: signer.keyId, newPublicKey: signer.publicKey, at };
}

function reasonOf(newest: SigningKeyRow | undefined, signer: Signer): string {
	if (newest === undefined) return 'The first close of the company.';
	if (signer.predecessor !== null) return `The newest key ${newest.fingerprint} was not in the secret store; an older one named this key.`;
	return `The secret store of this computer did not hold the newest key ${newest.fingerprint}.`;
}

/** After the commit: the company's name in the secret store holds the key that the books know; what was set aside for it goes. */
export async function keepSigner({ secrets, read }: Pick<TaskContext, 'secrets' | 'read'>, company: Company, signer: Signer | null): Promise<void> {
	if (signer === null || !signer.isNew) return;
	const newest = read((db: ReadDb) => listSigningKeys(db, company.id)).at(-1);
	if (newest?.keyId === signer.keyId) await secrets.set(keyName(company), signer.privateKey);
	await secrets.delete(pendingName(company, signer.keyId));
}
