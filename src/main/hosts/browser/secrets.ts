import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits as text that fits an address, a header and a subprotocol. */
export function newSecret(): string {
	return randomBytes(32).toString('base64url');
}

/** What of a secret is kept: who reads the memory of a tab list learns nothing to send. */
export function digestOf(secret: string): Buffer {
	return createHash('sha256').update(secret).digest();
}

/** Compares in a time that does not depend on what was sent. */
export function isSecret(sent: string | undefined, digest: Buffer): boolean {
	return timingSafeEqual(digestOf(sent ?? ''), digest) && sent !== undefined;
}
