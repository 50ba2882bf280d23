import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeCryptography, testKey } from '#test/seal-keys.ts';
import { concatBytes, fromHex, toHex, utf8Bytes } from './bytes.ts';
import { isStrictEd25519, pureVerifyEd25519, strictEd25519 } from './ed25519.ts';
import { createPureSha256, pureSha256 } from './sha-256.ts';
import { pureSha512 } from './sha-512.ts';

const bytesOf = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array();

describe('SHA-256 and SHA-512 in plain arithmetic', () => {
	it.each([
		['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
		['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
		['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1'],
	])('give the SHA-256 of %j that FIPS 180-4 gives', (text, digest) => {
		expect(toHex(pureSha256(utf8Bytes(text)))).toBe(digest);
	});

	it('agree with the engine on every length about the edges of a block', () => {
		for (let length = 0; length <= 300; length++) {
			const bytes = Uint8Array.from({ length }, (_, index) => (index * 7 + length) & 0xff);
			expect(toHex(pureSha256(bytes)), `SHA-256 of ${length} bytes`).toBe(createHash('sha256').update(bytes).digest('hex'));
			expect(toHex(pureSha512(bytes)), `SHA-512 of ${length} bytes`).toBe(createHash('sha512').update(bytes).digest('hex'));
		}
	});

	it('agree with the engine however a stream is cut', () => {
		const chunks = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 12 });
		fc.assert(
			fc.property(chunks, (parts) => {
				const pure = createPureSha256();
				const engine = createHash('sha256');
				for (const part of parts) {
					pure.update(part);
					engine.update(part);
				}
				expect(toHex(pure.digest())).toBe(engine.digest('hex'));
			}),
			{ numRuns: 500 },
		);
		fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => toHex(pureSha512(bytes)) === createHash('sha512').update(bytes).digest('hex')));
	});

	it('take nothing after the digest', () => {
		const hash = createPureSha256();
		hash.digest();
		expect(() => hash.update(new Uint8Array(1))).toThrow('takes no more bytes');
	});
});

/** RFC 8032 section 7.1: public key, message, signature. */
const RFC_8032 = [
	[
		'TEST 1',
		'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
		'',
		'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
	],
	[
		'TEST 2',
		'3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
		'72',
		'92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
	],
	[
		'TEST 3',
		'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
		'af82',
		'6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
	],
	[
		'TEST SHA(abc)',
		'ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf',
		'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
		'dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704',
	],
] as const;

const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const FIELD = 2n ** 255n - 19n;
const littleEndian = (value: bigint): Uint8Array => Uint8Array.from({ length: 32 }, (_, index) => Number((value >> BigInt(8 * index)) & 0xffn));

/** The points of small order, each in its one encoding, and encodings that are none. */
const EIGHTH = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n;
const SMALL_ORDER: readonly bigint[] = [0n, 1n, FIELD - 1n, EIGHTH, FIELD - EIGHTH].flatMap((y) => [y, y | (1n << 255n)]);
const SECOND_ENCODINGS: readonly bigint[] = [FIELD, FIELD + 1n, 1n | (1n << 255n), (FIELD - 1n) | (1n << 255n)];

describe('Ed25519 in plain arithmetic', () => {
	it.each(RFC_8032)('verifies %s of RFC 8032, and nothing near it', (_name, key, message, signature) => {
		const [publicKey, text, signed] = [bytesOf(key), bytesOf(message), bytesOf(signature)];
		expect(pureVerifyEd25519(publicKey, text, signed)).toBe(true);
		expect(pureVerifyEd25519(publicKey, concatBytes([text, Uint8Array.of(0)]), signed)).toBe(false);
		for (let at = 0; at < 64; at++) expect(pureVerifyEd25519(publicKey, text, flipped(signed, at * 8 + (at % 8)))).toBe(false);
		for (let at = 0; at < 32; at++) expect(pureVerifyEd25519(flipped(publicKey, at * 8 + (at % 8)), text, signed)).toBe(false);
	});

	it('answers as the engine does on random keys and messages, true and tampered', () => {
		const tampering = fc.option(fc.tuple(fc.constantFrom('key', 'message', 'signature'), fc.nat(511)), { nil: null });
		fc.assert(
			fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), tampering, (message, tampered) => {
				const { privateKey, publicKey } = generateKeyPairSync('ed25519');
				const parts: Record<string, Uint8Array> = {
					key: Uint8Array.from(publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)),
					message,
					signature: Uint8Array.from(sign(null, message, privateKey)),
				};
				if (tampered !== null) {
					const [part, bit] = tampered;
					const original = parts[part] ?? new Uint8Array();
					parts[part] = flipped(original, bit % (original.length * 8));
				}
				const { key = new Uint8Array(), message: text = new Uint8Array(), signature = new Uint8Array() } = parts;
				const ours = pureVerifyEd25519(key, text, signature);
				expect(ours).toBe(tampered === null);
				expect(strictEd25519(nodeCryptography.verifyEd25519)(key, text, signature)).toBe(ours);
			}),
			{ numRuns: 150 },
		);
	});

	it('refuses a second form of a good signature: S with the order added', () => {
		const [, key, message, signature] = RFC_8032[1];
		const signed = bytesOf(signature);
		const s = BigInt(`0x${toHex(signed.subarray(32).toReversed())}`);
		const second = concatBytes([signed.subarray(0, 32), littleEndian(s + ORDER)]);
		expect(pureVerifyEd25519(bytesOf(key), bytesOf(message), second)).toBe(false);
		expect(isStrictEd25519(bytesOf(key), second)).toBe(false);
	});

	it.each([...SMALL_ORDER, ...SECOND_ENCODINGS].map((encoding) => [toHex(littleEndian(encoding))]))(
		'takes %s neither for a key nor for the point of a signature',
		(encoding) => {
			const { publicKey } = testKey(1);
			// With S = 0 and a key of small order, R = the neutral point passes the bare equation for many messages.
			const signature = concatBytes([littleEndian(1n), new Uint8Array(32)]);
			expect(pureVerifyEd25519(bytesOf(encoding), utf8Bytes('any'), signature)).toBe(false);
			expect(isStrictEd25519(publicKey, concatBytes([bytesOf(encoding), new Uint8Array(32)]))).toBe(false);
			expect(strictEd25519(nodeCryptography.verifyEd25519)(bytesOf(encoding), utf8Bytes('any'), signature)).toBe(false);
		},
	);

	it('answers false for keys and signatures of another length', () => {
		const { publicKey, privateKey } = testKey(1);
		const signature = sign(null, Buffer.from('x'), privateKey);
		expect(pureVerifyEd25519(publicKey, utf8Bytes('x'), signature)).toBe(true);
		expect(pureVerifyEd25519(publicKey.subarray(1), utf8Bytes('x'), signature)).toBe(false);
		expect(pureVerifyEd25519(publicKey, utf8Bytes('x'), signature.subarray(1))).toBe(false);
		expect(pureVerifyEd25519(new Uint8Array(0), utf8Bytes('x'), new Uint8Array(0))).toBe(false);
	});
});

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
	const changed = bytes.slice();
	changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
	return changed;
}
