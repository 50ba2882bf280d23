import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { publicKeyToPem, rotationBytes, type SealCryptography, type SignedKeyRotation, toBase64 } from '#shared/seal/index.ts';

export const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
export const hashText = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The primitives of Node, as a host passes them in. */
export const nodeCryptography: SealCryptography = {
	sha256,
	createSha256() {
		const hash = createHash('sha256');
		return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
	},
	verifyEd25519: (publicKey, message, signature) => verify(null, message, createPublicKey(publicKeyToPem(publicKey)), signature),
};

/** A key that is the same in every run: PKCS#8 of an Ed25519 seed of one repeated byte. */
export function testKey(seed: number): { readonly privateKey: KeyObject; readonly publicKey: Uint8Array; readonly pem: string } {
	const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, seed)]);
	const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
	const pem = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
	const publicKey = Uint8Array.from(createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).subarray(-32));
	return { privateKey, publicKey, pem };
}

export function rotateKey(oldSeed: number, newSeed: number): SignedKeyRotation {
	const statement = { oldKeyId: `key-${oldSeed}`, newKeyId: `key-${newSeed}`, newPublicKey: testKey(newSeed).pem, at: '2026-02-01T00:00:00.000Z' };
	return { statement, signature: toBase64(sign(null, rotationBytes(statement), testKey(oldSeed).privateKey)) };
}
