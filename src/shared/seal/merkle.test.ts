import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '#test/seal-keys.ts';
import { concatBytes, fromHex, toHex } from './bytes.ts';
import { createMerkleBuilder, inclusionProof, merkleRoot, verifyInclusion } from './merkle.ts';

const bytes = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array();

// The tree that implementations of Certificate Transparency (RFC 6962) are commonly tested with.
const KNOWN_LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(bytes);
const KNOWN_ROOTS = [
	'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
	'6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
	'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
	'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
	'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
	'4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
	'76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
	'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
	'5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const LEAF_0_OF_8 = [
	'96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
	'5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
	'6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
];
const LEAF_5_OF_8 = [
	'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
	'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
	'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
];

// The definitions of RFC 6962 section 2.1, word for word.
const splitOf = (size: number): number => 2 ** Math.floor(Math.log2(size - 1));
function naiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
	if (leaves.length === 0) return sha256(new Uint8Array());
	if (leaves.length === 1) return sha256(concatBytes([Uint8Array.of(0), leaves[0] as Uint8Array]));
	const split = splitOf(leaves.length);
	return sha256(concatBytes([Uint8Array.of(1), naiveRoot(leaves.slice(0, split)), naiveRoot(leaves.slice(split))]));
}
function naivePath(index: number, leaves: readonly Uint8Array[]): Uint8Array[] {
	if (leaves.length === 1) return [];
	const split = splitOf(leaves.length);
	if (index < split) return [...naivePath(index, leaves.slice(0, split)), naiveRoot(leaves.slice(split))];
	return [...naivePath(index - split, leaves.slice(split)), naiveRoot(leaves.slice(0, split))];
}

describe('Merkle tree hash of RFC 6962', () => {
	it.each(KNOWN_ROOTS.map((root, size) => [size, root] as const))('of the first %i known leaves', (size, root) => {
		expect(toHex(merkleRoot(KNOWN_LEAVES.slice(0, size), sha256))).toBe(root);
	});

	it('equals the recursive definition after every leaf, for leaves of any length', () => {
		fc.assert(
			fc.property(fc.array(fc.oneof(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.uint8Array()), { maxLength: 70 }), (leaves) => {
				const builder = createMerkleBuilder(sha256);
				for (const [index, leaf] of leaves.entries()) {
					builder.add(leaf);
					expect(builder.size).toBe(index + 1);
					expect(toHex(builder.root())).toBe(toHex(naiveRoot(leaves.slice(0, index + 1))));
				}
			}),
			{ numRuns: 30 },
		);
	});
});

describe('inclusion proofs', () => {
	const everyProof = (check: (size: number, index: number, leaves: Uint8Array[]) => void): void => {
		const leaves = Array.from({ length: 33 }, (_, index) => sha256(Uint8Array.of(index)));
		for (let size = 1; size <= leaves.length; size++) for (let index = 0; index < size; index++) check(size, index, leaves.slice(0, size));
	};

	it('gives the known paths', () => {
		expect(inclusionProof(KNOWN_LEAVES, 0, sha256).map(toHex)).toEqual(LEAF_0_OF_8);
		expect(inclusionProof(KNOWN_LEAVES, 5, sha256).map(toHex)).toEqual(LEAF_5_OF_8);
		expect(inclusionProof(KNOWN_LEAVES.slice(0, 3), 2, sha256).map(toHex)).toEqual([KNOWN_ROOTS[2]]);
	});

	it('equals the recursive definition and is accepted, for every leaf of every tree up to 33', () => {
		everyProof((size, index, leaves) => {
			const path = inclusionProof(leaves, index, sha256);
			expect(path.map(toHex)).toEqual(naivePath(index, leaves).map(toHex));
			expect(verifyInclusion({ leaf: leaves[index] as Uint8Array, index, size, path, root: naiveRoot(leaves) }, sha256)).toBe(true);
		});
	});

	it('is refused for another leaf, root, or path, and for an index outside the tree', () => {
		everyProof((size, index, leaves) => {
			const proof = { leaf: leaves[index] as Uint8Array, index, size, path: inclusionProof(leaves, index, sha256), root: naiveRoot(leaves) };
			const other = sha256(Uint8Array.of(99));
			expect(verifyInclusion({ ...proof, leaf: other }, sha256)).toBe(false);
			expect(verifyInclusion({ ...proof, root: other }, sha256)).toBe(false);
			expect(verifyInclusion({ ...proof, path: [...proof.path, other] }, sha256)).toBe(false);
			if (proof.path.length > 0) expect(verifyInclusion({ ...proof, path: proof.path.slice(1) }, sha256)).toBe(false);
			for (let step = 0; step < proof.path.length; step++) expect(verifyInclusion({ ...proof, path: proof.path.with(step, other) }, sha256)).toBe(false);
			for (const wrong of [-1, size, 0.5, Number.NaN]) expect(verifyInclusion({ ...proof, index: wrong }, sha256)).toBe(false);
		});
	});

	it('is refused for the place of another leaf', () => {
		everyProof((size, index, leaves) => {
			const path = inclusionProof(leaves, index, sha256);
			if (size > 16) return;
			const accepted = leaves
				.map((_, place) => place)
				.filter((place) => verifyInclusion({ leaf: leaves[index] as Uint8Array, index: place, size, path, root: naiveRoot(leaves) }, sha256));
			expect(accepted).toEqual([index]);
		});
	});
});
