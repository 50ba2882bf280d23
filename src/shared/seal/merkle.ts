import { assert, present } from '#shared/kernel/assert.ts';
import { sameBytes } from './bytes.ts';
import type { Sha256 } from './hash.ts';

// Domain separation of RFC 6962 section 2.1: a leaf can never be taken for a node.
const LEAF_PREFIX = 0x00;
const NODE_PREFIX = 0x01;

export interface MerkleBuilder {
	/** The next leaf's data: for a content root, the 32 bytes of an entry_hash. */
	add(leaf: Uint8Array): void;
	/** How many leaves there are. */
	readonly size: number;
	/** The Merkle tree hash of the leaves so far, 32 bytes; of no leaves the SHA-256 of nothing. More may be added afterwards. */
	root(): Uint8Array;
}

/** The Merkle tree hash of RFC 6962 section 2.1 over a stream of leaves, in O(log n) memory. */
export function createMerkleBuilder(sha256: Sha256): MerkleBuilder {
	const hasher = treeHasher(sha256);
	// Complete subtrees from large to small: one for each bit that is set in `size`.
	const subtrees: Uint8Array[] = [];
	let size = 0;
	return {
		add(leaf) {
			let subtree = hasher.leaf(leaf);
			for (let carry = size; carry % 2 === 1; carry = Math.floor(carry / 2)) subtree = hasher.node(present(subtrees.pop(), 'the left subtree'), subtree);
			subtrees.push(subtree);
			size++;
		},
		get size() {
			return size;
		},
		root() {
			if (subtrees.length === 0) return sha256(new Uint8Array(0));
			return subtrees.reduceRight((right, left) => hasher.node(left, right));
		},
	};
}

/** The Merkle tree hash of leaves at hand. */
export function merkleRoot(leaves: Iterable<Uint8Array>, sha256: Sha256): Uint8Array {
	const builder = createMerkleBuilder(sha256);
	for (const leaf of leaves) builder.add(leaf);
	return builder.root();
}

/** PATH(index, leaves) of RFC 6962 section 2.1.1: the sibling hashes from the leaf upwards. */
export function inclusionProof(leaves: readonly Uint8Array[], index: number, sha256: Sha256): Uint8Array[] {
	assert(Number.isInteger(index) && index >= 0 && index < leaves.length, 'a proof is of a leaf of the tree');
	const path: Uint8Array[] = [];
	let start = 0;
	let end = leaves.length;
	while (end - start > 1) {
		const split = start + largestPowerBelow(end - start);
		const left = index < split;
		path.push(left ? merkleRoot(leaves.slice(split, end), sha256) : merkleRoot(leaves.slice(start, split), sha256));
		if (left) end = split;
		else start = split;
	}
	return path.reverse();
}

/** Whether a path proves that `leaf` is number `index` of the `size` leaves under `root` (RFC 9162 section 2.1.3.2). Any input is answered, none throws. */
export function verifyInclusion(
	proof: { readonly leaf: Uint8Array; readonly index: number; readonly size: number; readonly path: readonly Uint8Array[]; readonly root: Uint8Array },
	sha256: Sha256,
): boolean {
	if (!Number.isSafeInteger(proof.size) || !Number.isSafeInteger(proof.index) || proof.index < 0 || proof.index >= proof.size) return false;
	const hasher = treeHasher(sha256);
	let node = proof.index;
	let last = proof.size - 1;
	let hash = hasher.leaf(proof.leaf);
	for (const sibling of proof.path) {
		if (last === 0 || sibling.length !== 32) return false;
		if (node % 2 === 1 || node === last) {
			hash = hasher.node(sibling, hash);
			// A node without a right sibling stands for itself on the levels above, until it is a right child.
			while (node % 2 === 0 && node !== 0) {
				node = Math.floor(node / 2);
				last = Math.floor(last / 2);
			}
		} else {
			hash = hasher.node(hash, sibling);
		}
		node = Math.floor(node / 2);
		last = Math.floor(last / 2);
	}
	return last === 0 && sameBytes(hash, proof.root);
}

function treeHasher(sha256: Sha256) {
	const leafInput = new Uint8Array(33);
	leafInput[0] = LEAF_PREFIX;
	const nodeInput = new Uint8Array(65);
	nodeInput[0] = NODE_PREFIX;
	return {
		leaf(data: Uint8Array): Uint8Array {
			const input = data.length === 32 ? leafInput : new Uint8Array(1 + data.length);
			input.set(data, 1);
			return sha256(input);
		},
		node(left: Uint8Array, right: Uint8Array): Uint8Array {
			nodeInput.set(left, 1);
			nodeInput.set(right, 33);
			return sha256(nodeInput);
		},
	};
}

function largestPowerBelow(size: number): number {
	let power = 1;
	while (power * 2 < size) power *= 2;
	return power;
}
