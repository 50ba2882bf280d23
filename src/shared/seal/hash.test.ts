import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashText, sha256 } from '#test/seal-keys.ts';
import { chainEntries, JANUARY, line } from '#test/seal-package.ts';
import { entryText } from './entry-text.ts';
import { CHAIN_START, chainFields, createChainVerifier, entryHash, textHash, verifyChain } from './hash.ts';

const TEXTS = JANUARY.map(entryText);
const HASHES = TEXTS.map(hashText);

describe('hashes', () => {
	it('gives the known SHA-256 of "abc" through a function of bytes', () => {
		expect(textHash(sha256)('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
		expect(entryHash('₹', textHash(sha256))).toBe(hashText('₹'));
	});

	it('reads seq and prev, whatever the texts of the entry hold', () => {
		const tricky = '","prev":"ff","seq":7,"x":"\\';
		const [entry] = chainEntries([
			{ no: 42, description: tricky, reference: tricky, session: tricky, lines: [{ ...line('1', 1), memo: tricky }, line('2', -1)] },
		]);
		expect(entry && chainFields(entryText(entry))).toEqual({ seq: 42, prev: '0'.repeat(64) });
		fc.assert(fc.property(fc.string({ unit: 'binary' }), (session) => entry === undefined || chainFields(entryText({ ...entry, session })).seq === 42));
	});
});

describe('the chain', () => {
	it('leads from its start to its head', () => {
		expect(verifyChain(TEXTS, CHAIN_START, hashText)).toEqual({ head: { seq: 5, hash: HASHES[4] }, findings: [] });
	});

	it('can be taken up at any head', () => {
		for (const at of [1, 2, 3, 4]) {
			expect(verifyChain(TEXTS.slice(at), { seq: at, hash: HASHES[at - 1] ?? '' }, hashText)).toEqual({ head: { seq: 5, hash: HASHES[4] }, findings: [] });
		}
	});

	it.each([
		['an entry left out', [0, 1, 3, 4], [{ code: 'ENTRY_MISSING', seq: 3, throughSeq: 3 }]],
		['the beginning cut', [3, 4], [{ code: 'ENTRY_MISSING', seq: 1, throughSeq: 3 }]],
		['an entry twice', [0, 1, 1, 2, 3, 4], [{ code: 'ENTRY_OUT_OF_ORDER', seq: 2 }]],
	])('shows %s', (_what, order, findings) => {
		expect(
			verifyChain(
				order.map((index) => TEXTS[index] ?? ''),
				CHAIN_START,
				hashText,
			).findings,
		).toEqual(findings);
	});

	it('shows a changed text at the entry after it, and at the entry itself where its stored hash is known', () => {
		const changed = TEXTS.with(1, (TEXTS[1] ?? '').replace('Entry 2', 'Entry Z'));
		expect(verifyChain(changed, CHAIN_START, hashText).findings).toEqual([{ code: 'CHAIN_BROKEN', seq: 3 }]);
		const verifier = createChainVerifier(CHAIN_START, hashText);
		for (const [index, text] of changed.entries()) verifier.add(text, HASHES[index]);
		expect(verifier.result().findings).toEqual([{ code: 'ENTRY_CHANGED', seq: 2 }]);
	});

	it('shows a wrong head at its first entry', () => {
		expect(verifyChain(TEXTS, { seq: 0, hash: 'ab'.repeat(32) }, hashText).findings).toEqual([{ code: 'CHAIN_BROKEN', seq: 1 }]);
	});

	it('ends elsewhere when its tail is cut', () => {
		expect(verifyChain(TEXTS.slice(0, 3), CHAIN_START, hashText)).toEqual({ head: { seq: 3, hash: HASHES[2] }, findings: [] });
	});
});
