import { present } from '#shared/kernel/assert.ts';
import { fromHex, toHex, utf8Bytes } from './bytes.ts';

/** SHA-256 (FIPS 180-4) of bytes: 32 bytes. Passed in, because Node, a browser and a test each have their own. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** Lower-case hex SHA-256 of the UTF-8 bytes of a text. A host that has this in one native call passes that in. */
export type TextHash = (text: string) => string;

/** SHA-256 of a stream. */
export interface IncrementalSha256 {
	update(bytes: Uint8Array): void;
	digest(): Uint8Array;
}

/** What stands for the hash of the entry before the first. */
export const GENESIS_HASH = '0'.repeat(64);

/** The place in the chain before its first entry. */
export const CHAIN_START: ChainHead = { seq: 0, hash: GENESIS_HASH };

/** A place in the chain: the number of an entry and its hash. */
export interface ChainHead {
	readonly seq: number;
	readonly hash: string;
}

export function textHash(sha256: Sha256): TextHash {
	return (text) => toHex(sha256(utf8Bytes(text)));
}

/** entry_hash: lower-case hex SHA-256 of the entry text. */
export function entryHash(text: string, hashText: TextHash): string {
	return hashText(text);
}

/** The 32 bytes of a hash in hex that the program itself made. */
export function hashBytes(hash: string): Uint8Array {
	return present(fromHex(hash), 'the hash in hex');
}

/** One break of the chain. `seq` names the entry; a gap has its last missing number in `throughSeq`. */
export interface ChainFinding {
	readonly code: 'ENTRY_CHANGED' | 'CHAIN_BROKEN' | 'ENTRY_MISSING' | 'ENTRY_OUT_OF_ORDER';
	readonly seq: number;
	readonly throughSeq?: number;
}

export interface ChainVerifier {
	/** The next entry text; `storedHash` is the entry_hash that the books recorded, where they did. Gives back the hash of the text. */
	add(text: string, storedHash?: string): string;
	/** The head that the texts lead to, and what was wrong on the way. */
	result(): { readonly head: ChainHead; readonly findings: readonly ChainFinding[] };
}

/**
 * Follows the chain from a known head over entry texts that must come without a gap. Constant memory but for the findings.
 * ENTRY_CHANGED: a text does not give its stored hash. CHAIN_BROKEN: `prev` is not the hash of the entry before.
 * ENTRY_MISSING: numbers are left out. ENTRY_OUT_OF_ORDER: a number comes a second time or too late.
 */
export function createChainVerifier(from: ChainHead, hashText: TextHash): ChainVerifier {
	const findings: ChainFinding[] = [];
	let head = from;
	// An entry whose own text was changed is named once: its follower was chained to the hash that was stored.
	let storedHead: string | undefined;
	return {
		add(text, storedHash) {
			const { seq, prev } = chainFields(text);
			const hash = entryHash(text, hashText);
			if (seq <= head.seq) findings.push({ code: 'ENTRY_OUT_OF_ORDER', seq });
			else if (seq > head.seq + 1) findings.push({ code: 'ENTRY_MISSING', seq: head.seq + 1, throughSeq: seq - 1 });
			else if (prev !== head.hash && prev !== storedHead) findings.push({ code: 'CHAIN_BROKEN', seq });
			if (storedHash !== undefined && storedHash !== hash) findings.push({ code: 'ENTRY_CHANGED', seq });
			head = { seq, hash };
			storedHead = storedHash;
			return hash;
		},
		result: () => ({ head, findings }),
	};
}

/** The same over all texts at once. The caller compares `head` with the one that a seal or the secret store names: a cut tail shows only there. */
export function verifyChain(
	texts: Iterable<string>,
	from: ChainHead,
	hashText: TextHash,
): { readonly head: ChainHead; readonly findings: readonly ChainFinding[] } {
	const verifier = createChainVerifier(from, hashText);
	for (const text of texts) verifier.add(text);
	return verifier.result();
}

/**
 * seq and prev of an entry text, without parsing it. In canonical JSON a quote inside a string is always escaped, so `"prev":"` and `"seq":` can only be
 * the keys. The text must be one that `entryText` made or `parseEntryText` accepted.
 */
export function chainFields(text: string): { readonly seq: number; readonly prev: string } {
	const prevAt = text.lastIndexOf('"prev":"') + 8;
	const seqAt = text.lastIndexOf('"seq":') + 6;
	return { seq: Number.parseInt(text.slice(seqAt, seqAt + 16), 10), prev: text.slice(prevAt, prevAt + 64) };
}
