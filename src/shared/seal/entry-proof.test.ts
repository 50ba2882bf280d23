import { describe, expect, it } from 'vitest';
import { nodeCryptography, sha256, testKey } from '#test/seal-keys.ts';
import { chainEntries, JANUARY, line, makePackage, type PackageOptions } from '#test/seal-package.ts';
import { fromBase64, hashBytes, keyFingerprint, toBase64, utf8Text } from './index.ts';
import { type EntryProof, entryProof, entryProofText, proofWords, verifyEntryProof } from './entry-proof.ts';
import { entryText, type SealedEntry } from './entry-text.ts';
import { inclusionProof } from './merkle.ts';
import { hashText } from '#test/seal-keys.ts';

/** The proof of one entry of a package made by hand. */
function proofOf(index: number, options: PackageOptions = {}): EntryProof {
	const entries = options.entries ?? JANUARY;
	const files = makePackage(options);
	const text = (name: string): string | null => utf8Text(files.get(name) ?? new Uint8Array());
	const leaves = entries.map((entry) => hashBytes(hashText(entryText(entry))));
	return entryProof({
		entryText: entryText(entries[index] as SealedEntry),
		leafIndex: index,
		treeSize: leaves.length,
		auditPath: inclusionProof(leaves, index, sha256),
		sealText: text('data/seal/seal.json') ?? '',
		signature: files.get('data/seal/seal.sig') ?? null,
		publicKey: files.has('data/seal/public-key.pem') ? text('data/seal/public-key.pem') : null,
	});
}

const verify = (proof: EntryProof | string, expectedKey?: string) =>
	verifyEntryProof(typeof proof === 'string' ? proof : entryProofText(proof), nodeCryptography, expectedKey === undefined ? {} : { expectedKey });
const fingerprint = keyFingerprint(testKey(1).publicKey, sha256);

describe('a proof of one entry', () => {
	it('is good for every entry, whatever their number', async () => {
		for (const count of [1, 2, 3, 5, 8, 13]) {
			const entries = chainEntries(Array.from({ length: count }, () => ({ lines: [line('1000', 500), line('4000', -500)] })));
			for (let index = 0; index < count; index++) {
				const verification = await verify(proofOf(index, { entries }));
				expect(verification, `${index} of ${count}`).toMatchObject({
					result: 'VERIFIED',
					findings: [],
					signature: 'good',
					proven: { entry: { no: index + 1 } },
				});
			}
		}
	});

	it('says whose key it was as a package does', async () => {
		const proof = proofOf(1);
		const unknown = await verify(proof);
		expect(unknown.signer).toEqual({ fingerprint, known: false });
		expect(unknown.notChecked.map(({ code }) => code)).toEqual(['SIGNER_IDENTITY', 'OTHER_ENTRIES']);
		expect(proofWords(unknown)).toBe(`entry 2 is among the entries that key ${fingerprint} sealed; compare this fingerprint with one you got another way`);
		const known = await verify(proof, fingerprint);
		expect(known).toMatchObject({ result: 'VERIFIED', signer: { known: true } });
		expect(proofWords(known)).toContain('the known key');
		const other = await verify(proof, testKey(2).pem);
		expect(other).toMatchObject({ result: 'ALTERED', findings: [{ code: 'SIGNER_CHANGED' }], signer: { known: false } });
		await expect(verify(proof, 'nobody')).rejects.toMatchObject({ code: 'INPUT_INVALID' });
	});

	it('of an unsigned seal is consistent, not signed', async () => {
		const unsigned = await verify(proofOf(0, { key: null }));
		expect(unsigned).toMatchObject({ result: 'VERIFIED', signature: 'absent', signer: null });
		expect(proofWords(unsigned)).toBe('entry 1 is among the entries of the seal, which is not signed');
		expect(await verify(proofOf(0, { key: null }), fingerprint)).toMatchObject({ result: 'ALTERED', findings: [{ code: 'SIGNATURE_MISSING' }] });
	});

	it('shows nothing of the other entries', () => {
		const entries = chainEntries(
			['apple', 'banana', 'cherry', 'damson'].map((fruit) => ({
				description: `Bought ${fruit}`,
				reference: `REF-${fruit}`,
				externalNo: `V-${fruit}`,
				lines: [{ ...line('1000', 100), memo: `memo ${fruit}` }, line('4000', -100)],
			})),
		);
		for (const [index, fruit] of ['apple', 'banana', 'cherry', 'damson'].entries()) {
			const text = entryProofText(proofOf(index, { entries }));
			expect(text).toContain(`Bought ${fruit}`);
			for (const other of ['apple', 'banana', 'cherry', 'damson'].filter((name) => name !== fruit)) expect(text).not.toContain(other);
		}
	});

	const otherBytes = (base64: string): string => toBase64((fromBase64(base64) ?? new Uint8Array()).map((byte, at) => (at === 3 ? byte ^ 1 : byte)));
	it.each<[string, string, (proof: EntryProof) => EntryProof]>([
		['an amount', 'CONTENT_ROOT_DIFFERS', (proof) => ({ ...proof, entry: proof.entry.replace('"baseDebit":30000', '"baseDebit":30001') })],
		['a description', 'CONTENT_ROOT_DIFFERS', (proof) => ({ ...proof, entry: proof.entry.replace('"Entry 2"', '"Entry two"') })],
		['the company', 'ENTRY_EXTRA', (proof) => ({ ...proof, entry: proof.entry.replace('0190aaaa', '0190aaab') })],
		['the date', 'ENTRY_EXTRA', (proof) => ({ ...proof, entry: proof.entry.replace('"date":"2026-01-15"', '"date":"2026-02-15"') })],
		['the form of the entry', 'ENTRY_INVALID', (proof) => ({ ...proof, entry: `${proof.entry} ` })],
		['the place', 'CONTENT_ROOT_DIFFERS', (proof) => ({ ...proof, leafIndex: proof.leafIndex + 1 })],
		['the number of entries', 'CONTENT_ROOT_DIFFERS', (proof) => ({ ...proof, treeSize: proof.treeSize + 1 })],
		[
			'a hash of the path',
			'CONTENT_ROOT_DIFFERS',
			(proof) => ({ ...proof, auditPath: proof.auditPath.map((hash, at) => (at === 1 ? `0${hash.slice(1)}` : hash)) }),
		],
		['the length of the path', 'CONTENT_ROOT_DIFFERS', (proof) => ({ ...proof, auditPath: proof.auditPath.slice(1) })],
		['the seal', 'SEAL_SIGNATURE_BAD', (proof) => ({ ...proof, seal: proof.seal.replace('Example Traders', 'Example Dealers') })],
		['the form of the seal', 'SEAL_INVALID', (proof) => ({ ...proof, seal: proof.seal.replace('{', '{ ') })],
		['the content root in the seal', 'SEAL_SIGNATURE_BAD', (proof) => ({ ...proof, seal: proof.seal.replace(/"contentRoot":"\w/, '"contentRoot":"f') })],
		['the signature', 'SEAL_SIGNATURE_BAD', (proof) => ({ ...proof, signature: otherBytes(proof.signature ?? '') })],
		['the key beside the seal', 'SIGNER_CHANGED', (proof) => ({ ...proof, publicKey: testKey(2).pem })],
	])('with %s changed is no proof', async (_what, code, change) => {
		const proof = proofOf(1);
		const changed = change(proof);
		expect(changed).not.toEqual(proof);
		const { result, findings } = await verify(changed);
		expect(result).toBe('ALTERED');
		expect(findings.map((finding) => finding.code)).toContain(code);
	});

	it('without its signature is no proof of a signed seal', async () => {
		expect(await verify({ ...proofOf(1), signature: null })).toMatchObject({
			result: 'ALTERED',
			signature: 'absent',
			findings: [{ code: 'SIGNATURE_MISSING' }],
		});
	});

	it.each([
		['nothing', ''],
		['other JSON', '{"format":"other"}'],
		['a further field', entryProofText(proofOf(0)).replace('{', '{"comment":"x",')],
		['spaces', JSON.stringify(proofOf(0), null, 2)],
	])('of %s is told as such', async (_what, text) => {
		expect(await verify(text)).toMatchObject({ result: 'ALTERED', signer: null, findings: [{ code: 'PROOF_INVALID' }], proven: null, seal: null });
	});
});
