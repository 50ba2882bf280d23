import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAppError } from '#shared/kernel/app-error.ts';
import { createSha256, generateSigningKey, publicKeyOf, sha256Hex, sign, verifyEd25519 } from './signing.ts';

const key = generateSigningKey();

// RFC 8032, section 7.1, test 3: seed, public key, message af82 and its signature.
const RFC_PRIVATE_PEM = pem('PRIVATE KEY', '302e020100300506032b657004220420c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7');
const RFC_PUBLIC_PEM = pem('PUBLIC KEY', '302a300506032b6570032100fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025');
const RFC_SIGNATURE = '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a';

function pem(label: string, hex: string): string {
	return `-----BEGIN ${label}-----\n${Buffer.from(hex, 'hex').toString('base64')}\n-----END ${label}-----\n`;
}

describe('Ed25519', () => {
	it('signs as RFC 8032 does', () => {
		const message = Buffer.from('af82', 'hex');
		expect(Buffer.from(sign(RFC_PRIVATE_PEM, message)).toString('hex')).toBe(RFC_SIGNATURE);
		expect(verifyEd25519(RFC_PUBLIC_PEM, message, Buffer.from(RFC_SIGNATURE, 'hex'))).toBe(true);
		expect(publicKeyOf(RFC_PRIVATE_PEM)).toBe(RFC_PUBLIC_PEM);
	});

	it('knows its own signature of any bytes, and no other bytes or signature', () => {
		fc.assert(
			fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (bytes, position, change) => {
				const signature = sign(key.privateKeyPem, bytes);
				expect(signature).toHaveLength(64);
				expect(verifyEd25519(key.publicKeyPem, bytes, signature)).toBe(true);
				expect(verifyEd25519(key.publicKeyPem, altered(bytes, position, change), signature)).toBe(false);
				expect(verifyEd25519(key.publicKeyPem, bytes, altered(signature, position, change))).toBe(false);
			}),
			{ numRuns: 50 },
		);
	});

	it('takes no other key for this one, and nothing else for a key', () => {
		const bytes = Buffer.from('close');
		const signature = sign(key.privateKeyPem, bytes);
		const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' }).toString();
		for (const wrong of [generateSigningKey().publicKeyPem, other, key.privateKeyPem, 'no key', '']) {
			expect(verifyEd25519(wrong, bytes, signature)).toBe(false);
		}
		expect(verifyEd25519(key.publicKeyPem, bytes, signature.subarray(0, 63))).toBe(false);
	});

	it.each(['no key', key.publicKeyPem, ''])('refuses to sign with %j and does not show it', (wrong) => {
		const refusal = thrown(() => sign(wrong, Buffer.from('close')));
		expect(isAppError(refusal, 'KEY_UNAVAILABLE')).toBe(true);
		expect(refusal).not.toHaveProperty('cause');
	});
});

describe('SHA-256', () => {
	it.each([
		['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
		['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
	])('of %j is that of FIPS 180-4', (text, expected) => {
		expect(sha256Hex(text)).toBe(expected);
		expect(sha256Hex(Buffer.from(text))).toBe(expected);
	});

	it('is the same in pieces', () => {
		expect(createSha256().update('₹ 1').update(Buffer.from('250')).update('').digestHex()).toBe(sha256Hex('₹ 1250'));
	});
});

function altered(bytes: Uint8Array, position: number, change: number): Uint8Array {
	const copy = Uint8Array.from(bytes);
	const index = position % copy.length;
	copy[index] = (copy[index] ?? 0) ^ change;
	return copy;
}

function thrown(action: () => unknown): unknown {
	try {
		action();
	} catch (error) {
		return error;
	}
	throw new Error('nothing was refused');
}
