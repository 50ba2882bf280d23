import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeCryptography, rotateKey, sha256, testKey } from '#test/seal-keys.ts';
import { fromBase64, fromHex, toBase64, toHex, utf8Text } from './bytes.ts';
import {
	fingerprintOfExpectedKey,
	isSuccessorKey,
	keyFingerprint,
	parseSignedRotation,
	publicKeyFromPem,
	publicKeyToPem,
	rotationBytes,
	sealFingerprint,
	signedRotationText,
	verifyKeyRotation,
} from './signature.ts';

const { verifyEd25519 } = nodeCryptography;
const key = testKey(1);

describe('public keys', () => {
	it('go through PEM as Node writes it', () => {
		expect(publicKeyToPem(key.publicKey)).toBe(key.pem);
		expect(toHex(publicKeyFromPem(key.pem) ?? new Uint8Array())).toBe(toHex(key.publicKey));
		expect(publicKeyFromPem(key.pem.replaceAll('\n', '\r\n'))).toEqual(key.publicKey);
	});

	it.each([
		['another label', key.pem.replaceAll('PUBLIC', 'PRIVATE')],
		['another algorithm', key.pem.replace('MCowBQYDK2Vw', 'MCowBQYDK2Vu')],
		['a byte missing', key.pem.replace(/.{4}\n-----END/, '\n-----END')],
		['nothing', ''],
	])('are refused with %s', (_what, pem) => {
		expect(pem).not.toBe(key.pem);
		expect(publicKeyFromPem(pem)).toBeNull();
	});

	it('verify the first test of RFC 8032 section 7.1', async () => {
		const publicKey = fromHex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a') ?? new Uint8Array();
		const signature =
			fromHex('e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b') ??
			new Uint8Array();
		expect(await verifyEd25519(publicKey, new Uint8Array(), signature)).toBe(true);
		expect(await verifyEd25519(publicKey, Uint8Array.of(0), signature)).toBe(false);
	});
});

describe('fingerprints', () => {
	it('are eight groups of four upper-case hex digits of the SHA-256 of the raw key', () => {
		const hex = toHex(sha256(key.publicKey)).toUpperCase();
		const fingerprint = keyFingerprint(key.publicKey, sha256);
		expect(fingerprint).toMatch(/^([0-9A-F]{4}-){7}[0-9A-F]{4}$/);
		expect(fingerprint.replaceAll('-', '')).toBe(hex.slice(0, 32));
		for (const named of [key.pem, fingerprint, fingerprint.toLowerCase(), fingerprint.replaceAll('-', ' '), hex])
			expect(fingerprintOfExpectedKey(named, sha256)).toBe(fingerprint);
	});

	it('of a seal is made the same way', () => {
		expect(sealFingerprint(`0123456789abcdef${'0'.repeat(48)}`)).toBe('0123-4567-89AB-CDEF-0000-0000-0000-0000');
	});

	it.each(['', 'AB12', 'AB12-CD34', 'x'.repeat(32), '-----BEGIN PUBLIC KEY-----'])('are refused as %j', (named) => {
		expect(() => fingerprintOfExpectedKey(named, sha256)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
	});
});

describe('key rotation', () => {
	it('is canonical JSON signed by the old key', async () => {
		const rotation = rotateKey(1, 2);
		expect(utf8Text(rotationBytes(rotation.statement))).toMatch(
			/^\{"at":"2026-02-01T00:00:00.000Z","newKeyId":"key-2","newPublicKey":".*","oldKeyId":"key-1"\}$/,
		);
		expect(await verifyKeyRotation(rotation, key.publicKey, verifyEd25519)).toBe(true);
		expect(await verifyKeyRotation(rotation, testKey(3).publicKey, verifyEd25519)).toBe(false);
		expect(await verifyKeyRotation({ ...rotation, statement: { ...rotation.statement, newKeyId: 'key-3' } }, key.publicKey, verifyEd25519)).toBe(false);
		expect(await verifyKeyRotation({ ...rotation, signature: 'AAAA' }, key.publicKey, verifyEd25519)).toBe(false);
		expect(parseSignedRotation(signedRotationText(rotation))).toEqual({ ok: true, value: rotation });
		expect(parseSignedRotation(JSON.stringify(rotation)).ok).toBe(false);
	});

	it('leads from key to key, in any order, in one direction, without gaps', async () => {
		const rotations = [rotateKey(2, 3), rotateKey(3, 1), rotateKey(1, 2)];
		const leads = (from: number, to: number, over = rotations) => isSuccessorKey(testKey(from).publicKey, testKey(to).publicKey, over, verifyEd25519);
		expect(await leads(1, 1, [])).toBe(true);
		expect(await leads(1, 3)).toBe(true);
		expect(await leads(2, 1)).toBe(true);
		expect(await leads(1, 3, [rotateKey(2, 3)])).toBe(false);
		expect(await leads(2, 1, [rotateKey(1, 2)])).toBe(false);
		expect(await leads(1, 4)).toBe(false);
	});
});

describe('bytes as text', () => {
	it('go through hex and base64 and come back', () => {
		fc.assert(
			fc.property(fc.uint8Array(), (bytes) => {
				expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
				expect(fromBase64(toBase64(bytes))).toEqual(bytes);
				expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
				expect(fromHex(toHex(bytes))).toEqual(bytes);
			}),
		);
	});

	it.each(['A', 'AA', 'AA=', 'AB==', 'AAB=', '====', 'AA==AA==', 'A A='])('refuses %j as base64', (text) => {
		expect(fromBase64(text)).toBeNull();
	});

	it('refuses bytes that are no UTF-8', () => {
		expect(utf8Text(Uint8Array.of(0xff))).toBeNull();
		expect(utf8Text(Uint8Array.of(0xed, 0xa0, 0x80))).toBeNull();
		expect(utf8Text(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41))).toBe('\ufeffA');
	});
});
