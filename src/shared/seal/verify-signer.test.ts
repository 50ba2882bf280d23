import { describe, expect, it } from 'vitest';
import { nodeCryptography, rotateKey, sha256, testKey } from '#test/seal-keys.ts';
import { makePackage, sourceOf } from '#test/seal-package.ts';
import { toHex, utf8Text } from './bytes.ts';
import { parseSeal } from './seal-document.ts';
import { keyFingerprint } from './signature.ts';
import { type VerifyPackageOptions, verifyPackage } from './verify-package.ts';

const verifyFiles = (files: ReadonlyMap<string, Uint8Array>, options?: VerifyPackageOptions) => verifyPackage(sourceOf(files), nodeCryptography, options);
const codesOf = (verification: { findings: readonly { code: string }[] }) => [...new Set(verification.findings.map(({ code }) => code))];
const fingerprint = (seed: number) => keyFingerprint(testKey(seed).publicKey, sha256);

describe('who signed', () => {
	it('finds another key than the expected one', async () => {
		const forged = makePackage({ key: 2 });
		expect(await verifyFiles(forged)).toMatchObject({ result: 'VERIFIED', signer: { known: false } });
		for (const expectedKey of [testKey(1).pem, fingerprint(1)]) {
			const verification = await verifyFiles(forged, { expectedKey });
			expect(codesOf(verification)).toEqual(['SIGNER_CHANGED']);
			expect(verification.signer?.known).toBe(false);
		}
	});

	it('finds a signature taken away where a key is expected', async () => {
		expect(codesOf(await verifyFiles(makePackage({ key: null }), { expectedKey: testKey(1).pem }))).toEqual(['SIGNATURE_MISSING']);
		const stripped = makePackage();
		stripped.delete('data/seal/seal.sig');
		expect(codesOf(await verifyFiles(stripped))).toEqual(expect.arrayContaining(['SIGNATURE_MISSING', 'FILE_MISSING']));
	});

	it('finds a package seal of another key, unless the key of the seal named it as its successor', async () => {
		expect(codesOf(await verifyFiles(makePackage({ packageKey: 2 })))).toEqual(['PACKAGE_SIGNATURE_BAD']);
		expect((await verifyFiles(makePackage({ packageKey: 2, rotations: [rotateKey(1, 2)] }))).findings).toEqual([]);
		expect(codesOf(await verifyFiles(makePackage({ packageKey: 3, rotations: [rotateKey(2, 3)] })))).toEqual(['PACKAGE_SIGNATURE_BAD']);
	});

	it('refuses an expected key that is none', async () => {
		await expect(verifyFiles(makePackage(), { expectedKey: 'AB12' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
	});

	it('follows an earlier package by its seal and its key', async () => {
		const first = makePackage().get('data/seal/seal.json') ?? new Uint8Array();
		const parsed = parseSeal(utf8Text(first) ?? '');
		if (!parsed.ok) throw new Error(parsed.problem);
		const previous = { seal: parsed.value, sealSha256: toHex(sha256(first)) };
		const next = { sealNo: 2, previousSeal: previous.sealSha256 };
		expect(await verifyFiles(makePackage({ seal: next }), { previous })).toMatchObject({ result: 'VERIFIED', signer: { known: true } });
		expect(codesOf(await verifyFiles(makePackage({ seal: { ...next, previousSeal: 'aa'.repeat(32) } }), { previous }))).toEqual(['PREVIOUS_SEAL_DIFFERS']);
		expect(codesOf(await verifyFiles(makePackage({ key: 2, seal: next }), { previous }))).toEqual(['SIGNER_CHANGED']);
		const rotated = await verifyFiles(makePackage({ key: 2, seal: next, rotations: [rotateKey(1, 2)] }), { previous });
		expect(rotated).toMatchObject({ result: 'VERIFIED', signer: { fingerprint: fingerprint(2), known: true } });
		expect(codesOf(await verifyFiles(makePackage(), { previous }))).toEqual(['PREVIOUS_SEAL_DIFFERS']);
	});
});
