import {
	createHash,
	createPrivateKey,
	createPublicKey,
	generateKeyPairSync,
	hash as hashOnce,
	type KeyObject,
	sign as signBytes,
	verify as verifyBytes,
} from 'node:crypto';
import { AppError } from '#shared/kernel/app-error.ts';

const SIGNATURE_BYTES = 64;

export interface SigningKey {
	/** PKCS #8 in PEM. It goes to the secret store and nowhere else. */
	readonly privateKeyPem: string;
	/** SubjectPublicKeyInfo in PEM. */
	readonly publicKeyPem: string;
}

/** A new Ed25519 key pair (RFC 8032; PEM as in RFC 8410). */
export function generateSigningKey(): SigningKey {
	const { privateKey, publicKey } = generateKeyPairSync('ed25519');
	return {
		privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
	};
}

/** The public half of a private key, SubjectPublicKeyInfo in PEM. Refuses KEY_UNAVAILABLE where the text is no Ed25519 private key. */
export function publicKeyOf(privateKeyPem: string): string {
	return createPublicKey(privateKeyOf(privateKeyPem)).export({ type: 'spki', format: 'pem' }).toString();
}

/** The 64 raw bytes of the Ed25519 signature of exactly these bytes. Refuses KEY_UNAVAILABLE where the text is no Ed25519 private key. */
export function sign(privateKeyPem: string, bytes: Uint8Array): Uint8Array {
	return new Uint8Array(signBytes(null, bytes, privateKeyOf(privateKeyPem)));
}

/** True where `signature` is this key's Ed25519 signature of exactly these bytes. A key or signature that is none gives false. */
export function verifyEd25519(publicKeyPem: string, bytes: Uint8Array, signature: Uint8Array): boolean {
	const key = readPublicKey(publicKeyPem);
	return key !== null && signature.length === SIGNATURE_BYTES && verifyBytes(null, bytes, key, signature);
}

/** The 32 bytes of the SHA-256 of bytes, for trees of hashes. Over a text, because Node gives that back twice as fast as a buffer. */
export function sha256Bytes(content: Uint8Array): Uint8Array {
	return Buffer.from(hashOnce('sha256', content, 'binary'), 'binary');
}

/** Lower-case hex SHA-256 (FIPS 180-4) of bytes, or of a text's UTF-8. */
export function sha256Hex(content: Uint8Array | string): string {
	return createHash('sha256').update(content).digest('hex');
}

export interface Sha256 {
	update(content: Uint8Array | string): Sha256;
	/** Lower-case hex; call it once, at the end. */
	digestHex(): string;
}

/** SHA-256 of content that comes in pieces. */
export function createSha256(): Sha256 {
	const hash = createHash('sha256');
	const incremental: Sha256 = {
		update(content) {
			hash.update(content);
			return incremental;
		},
		digestHex: () => hash.digest('hex'),
	};
	return incremental;
}

function privateKeyOf(pem: string): KeyObject {
	let key: KeyObject | null = null;
	try {
		key = createPrivateKey(pem);
	} catch {
		// The cause is left out on purpose: it could carry parts of what was read from the secret store.
	}
	if (key?.asymmetricKeyType !== 'ed25519') {
		throw new AppError(
			'KEY_UNAVAILABLE',
			'The signing key in the secret store cannot be read. Restore the keychain entry, or let the next close make a new key.',
		);
	}
	return key;
}

function readPublicKey(pem: string): KeyObject | null {
	// createPublicKey would also derive one from a private key, which has no business where a public key is expected.
	if (!pem.trimStart().startsWith('-----BEGIN PUBLIC KEY-----')) return null;
	try {
		const key = createPublicKey(pem);
		return key.asymmetricKeyType === 'ed25519' ? key : null;
	} catch {
		return null;
	}
}
