import { AppError } from '#shared/kernel/app-error.ts';
import { assert } from '#shared/kernel/assert.ts';
import { concatBytes, fromBase64, fromHex, sameBytes, toBase64, toHex, utf8Bytes } from './bytes.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Sha256 } from './hash.ts';
import { type Parsed, parseCanonicalJson } from './parsed.ts';
import { identifier, instant, object, text } from './strict-shape.ts';

/** Ed25519 (RFC 8032) over the exact bytes. `publicKey` is the raw 32 bytes, `signature` 64. Never throws: a malformed one is false. */
export type VerifyEd25519 = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean | Promise<boolean>;

const PUBLIC_KEY_BYTES = 32;
export const SIGNATURE_BYTES = 64;

// SubjectPublicKeyInfo of an Ed25519 key (RFC 8410 section 4): everything before the key itself is always this.
const SPKI_PREFIX = Uint8Array.from([0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]);

/** The raw 32 bytes of an Ed25519 public key in PEM (`-----BEGIN PUBLIC KEY-----`); null where the text is none. */
export function publicKeyFromPem(pem: string): Uint8Array | null {
	const body = /^\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----\s*$/.exec(pem)?.[1];
	const der = body === undefined ? null : fromBase64(body.replace(/\s+/g, ''));
	if (der === null || der.length !== SPKI_PREFIX.length + PUBLIC_KEY_BYTES || !sameBytes(der.subarray(0, SPKI_PREFIX.length), SPKI_PREFIX)) return null;
	return der.slice(SPKI_PREFIX.length);
}

/** The PEM of a raw public key, with a final LF, as Node and openssl write it. */
export function publicKeyToPem(publicKey: Uint8Array): string {
	assert(publicKey.length === PUBLIC_KEY_BYTES, 'an Ed25519 public key has 32 bytes');
	return `-----BEGIN PUBLIC KEY-----\n${toBase64(concatBytes([SPKI_PREFIX, publicKey]))}\n-----END PUBLIC KEY-----\n`;
}

/** What people compare: the first 16 bytes of SHA-256 of the raw public key, as 8 groups of upper-case hex, `AB12-CD34-...`. */
export function keyFingerprint(publicKey: Uint8Array, sha256: Sha256): string {
	return groupsOfFour(toHex(sha256(publicKey).subarray(0, 16)));
}

/** The same for the seal itself, as printed on paper: the first 16 bytes of SHA-256 of seal.json. */
export function sealFingerprint(sealSha256: string): string {
	return groupsOfFour(sealSha256.slice(0, 32));
}

function groupsOfFour(hex: string): string {
	return (hex.toUpperCase().match(/.{4}/g) ?? []).join('-');
}

/**
 * The fingerprint of what a person names a key by: a PEM, a fingerprint in any spacing and case, or the whole SHA-256 in hex.
 * Refuses INPUT_INVALID.
 */
export function fingerprintOfExpectedKey(expected: string, sha256: Sha256): string {
	const publicKey = publicKeyFromPem(expected);
	if (publicKey !== null) return keyFingerprint(publicKey, sha256);
	const hex = expected.replace(/[\s:-]/g, '').toLowerCase();
	if (fromHex(hex) === null || (hex.length !== 32 && hex.length !== 64)) {
		throw new AppError('INPUT_INVALID', 'That is no key. Give a public key file (PEM, Ed25519) or a fingerprint such as AB12-CD34-… with eight groups.', {
			key: expected.slice(0, 120),
		});
	}
	return groupsOfFour(hex.slice(0, 32));
}

/** A new key, said by the old one. `newPublicKey` is PEM; `at` a UTC instant. */
export interface KeyRotation {
	readonly oldKeyId: string;
	readonly newKeyId: string;
	readonly newPublicKey: string;
	readonly at: string;
}

/** The statement and the old key's signature of `rotationBytes`, in padded base64. One canonical JSON line of data/seal/key-rotations.jsonl. */
export interface SignedKeyRotation {
	readonly statement: KeyRotation;
	readonly signature: string;
}

const rotationShape = object<SignedKeyRotation>({
	statement: object<KeyRotation>({ oldKeyId: identifier, newKeyId: identifier, newPublicKey: text, at: instant }),
	signature: text,
});

/** The exact bytes that the old key signs: canonical JSON. */
export function rotationBytes(statement: KeyRotation): Uint8Array {
	const { oldKeyId, newKeyId, newPublicKey, at } = statement;
	return utf8Bytes(canonicalJson({ oldKeyId, newKeyId, newPublicKey, at }));
}

export function signedRotationText(rotation: SignedKeyRotation): string {
	return canonicalJson({ statement: { ...rotation.statement }, signature: rotation.signature });
}

export function parseSignedRotation(line: string): Parsed<SignedKeyRotation> {
	return parseCanonicalJson(line, rotationShape);
}

/** Whether the old key (raw) said that the new one follows it. */
export async function verifyKeyRotation(rotation: SignedKeyRotation, oldPublicKey: Uint8Array, verify: VerifyEd25519): Promise<boolean> {
	const signature = fromBase64(rotation.signature);
	if (signature?.length !== SIGNATURE_BYTES || publicKeyFromPem(rotation.statement.newPublicKey) === null) return false;
	return verify(oldPublicKey, rotationBytes(rotation.statement), signature);
}

/** Whether a chain of rotations leads from one key to the other. Statements that no reached key signed count for nothing. */
export async function isSuccessorKey(from: Uint8Array, to: Uint8Array, rotations: readonly SignedKeyRotation[], verify: VerifyEd25519): Promise<boolean> {
	const reached: Uint8Array[] = [from];
	for (const key of reached) {
		if (sameBytes(key, to)) return true;
		for (const rotation of rotations) {
			const next = publicKeyFromPem(rotation.statement.newPublicKey);
			if (next === null || reached.some((known) => sameBytes(known, next))) continue;
			if (await verifyKeyRotation(rotation, key, verify)) reached.push(next);
		}
	}
	return false;
}
