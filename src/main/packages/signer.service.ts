import { hash } from 'node:crypto';
import { AppError, isAppError } from '#shared/kernel/app-error.ts';
import { keyFingerprint, publicKeyFromPem } from '#shared/seal/index.ts';
import type { SecretStore } from '#main/platform/secrets/index.ts';
import { publicKeyOf, sign, verifyEd25519 } from '#main/platform/signing.ts';
import type { KeyRow } from './material.queries.ts';

/** Signs in the thread that holds the secret store. */
export interface KeyInHand {
	readonly keyId: string;
	readonly sign: (bytes: Uint8Array) => Uint8Array;
}

/** What is to be signed for: the key of the seal, and the company's keys in the order in which they came. */
export interface SignerRequest {
	readonly companyUuid: string;
	/** Both null where the seal is not signed. */
	readonly sealKeyId: string | null;
	readonly sealPublicKey: string | null;
	readonly keys: readonly KeyRow[];
}

/** What an earlier build of the same close left: package-seal.json and its signature. */
export interface KeptSignature {
	readonly packageSeal: string;
	readonly packageSignature: Uint8Array;
}

/**
 * Who signs the package: the key that signed the seal, where this computer holds it; else the signature that an earlier build left;
 * else a later key of these books that an older one named. Null where the seal itself is not signed.
 * Refuses KEY_UNAVAILABLE where there is none of these.
 */
export async function packageSigner(secrets: SecretStore, request: SignerRequest, kept: KeptSignature | null): Promise<KeyInHand | null> {
	const { sealKeyId, sealPublicKey, keys } = request;
	if (sealKeyId === null || sealPublicKey === null) return null;
	const held = await heldKeys(secrets, request.companyUuid, keys);
	const keptKeyId = kept === null ? null : keyIdOf(kept.packageSeal);
	// A package that was signed once keeps its key, so that it comes out the same.
	const wanted = keptKeyId ?? sealKeyId;
	const privateKey = held.get(wanted);
	if (privateKey !== undefined) return { keyId: wanted, sign: (bytes) => sign(privateKey, bytes) };
	const publicKey = keys.find(({ keyId }) => keyId === wanted)?.publicKey;
	if (kept !== null && publicKey !== undefined && verifyEd25519(publicKey, Buffer.from(kept.packageSeal), kept.packageSignature)) {
		return { keyId: wanted, sign: (bytes) => signatureKept(kept, bytes) };
	}
	const successor = successorOf(keys, sealKeyId, held);
	if (successor !== null) return successor;
	throw unavailable(sealPublicKey);
}

/** Private keys by key id, of those that the secret store holds under the company's names. */
async function heldKeys(secrets: SecretStore, companyUuid: string, keys: readonly KeyRow[]): Promise<Map<string, string>> {
	const byPublicKey = new Map(keys.map(({ keyId, publicKey }) => [rawKey(publicKey), keyId]));
	const held = new Map<string, string>();
	for (const name of [`signing-key/${companyUuid}`, ...keys.map(({ keyId }) => `signing-key/${companyUuid}/${keyId}`)]) {
		const privateKey = await readKey(secrets, name);
		const keyId = privateKey === null ? undefined : byPublicKey.get(rawKey(publicKeyOf(privateKey)));
		if (privateKey !== null && keyId !== undefined) held.set(keyId, privateKey);
	}
	return held;
}

async function readKey(secrets: SecretStore, name: string): Promise<string | null> {
	try {
		const text = await secrets.get(name);
		if (text !== null) publicKeyOf(text);
		return text;
	} catch (error) {
		if (isAppError(error, 'KEY_UNAVAILABLE')) return null;
		throw error;
	}
}

function rawKey(pem: string): string {
	return Buffer.from(publicKeyFromPem(pem) ?? []).toString('hex');
}

// Statements follow one another: each key after the seal's, up to the one at hand, was named by the one before.
function successorOf(keys: readonly KeyRow[], sealKeyId: string, held: ReadonlyMap<string, string>): KeyInHand | null {
	const reached = new Set([sealKeyId]);
	for (const { keyId, statement } of keys) {
		const namedBy = statement === null ? null : String((JSON.parse(statement) as { oldKeyId?: unknown }).oldKeyId);
		if (namedBy === null || !reached.has(namedBy)) continue;
		reached.add(keyId);
		const privateKey = held.get(keyId);
		if (privateKey !== undefined) return { keyId, sign: (bytes) => sign(privateKey, bytes) };
	}
	return null;
}

function keyIdOf(packageSeal: string): string | null {
	const { keyId } = JSON.parse(packageSeal) as { keyId?: unknown };
	return typeof keyId === 'string' ? keyId : null;
}

function signatureKept(kept: KeptSignature, bytes: Uint8Array): Uint8Array {
	if (!Buffer.from(kept.packageSeal).equals(bytes)) {
		throw new AppError(
			'PACKAGE_DIFFERS',
			'The package comes out otherwise than the one that was signed at the close, and its key is not on this computer to sign it anew. Build it on the computer that closed, or with the program version that did.',
			{ signed: kept.packageSeal },
		);
	}
	return kept.packageSignature;
}

function unavailable(publicKey: string): AppError {
	const raw = publicKeyFromPem(publicKey) ?? new Uint8Array();
	const fingerprint = keyFingerprint(raw, (bytes) => hash('sha256', bytes, 'buffer'));
	return new AppError(
		'KEY_UNAVAILABLE',
		`The key ${fingerprint} that sealed this close is not in this computer's secret store, so the package cannot be signed. Build it on the computer that closed, or put the key back.`,
		{ fingerprint },
	);
}
