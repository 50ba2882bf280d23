import { createHash } from 'node:crypto';
import { publicKeyToPem, type SealCryptography, strictEd25519 } from '#shared/seal/index.ts';
import { verifyEd25519 } from '#main/platform/signing.ts';

/** Node's own primitives, for the verifier of packages and proofs. */
export const cryptography: SealCryptography = {
	sha256: (bytes) => createHash('sha256').update(bytes).digest(),
	createSha256: () => {
		const hash = createHash('sha256');
		return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
	},
	verifyEd25519: strictEd25519((publicKey, message, signature) => verifyEd25519(publicKeyToPem(publicKey), message, signature)),
};
