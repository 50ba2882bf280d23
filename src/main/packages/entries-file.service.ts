import { createMerkleBuilder, fromHex, toHex } from '#shared/seal/index.ts';
import { present } from '#shared/kernel/assert.ts';
import { readEntryTexts } from '#main/ledger/index.ts';
import { createSha256, sha256Hex } from '#main/platform/signing.ts';
import { numbersBetween } from './material.queries.ts';
import { altered, type Material } from './material.service.ts';

/** An entry as it was sealed. */
interface SealedText {
	readonly no: number;
	readonly text: string;
	/** The 32 bytes of its entry_hash: a leaf of the content root. */
	readonly leaf: Uint8Array;
}

/**
 * The entry texts of the period in order of number. Refuses PACKAGE_DIFFERS where an entry is not the one that was hashed at posting, and, after
 * the last, where all together do not give the sealed content root.
 */
export function* sealedTexts(material: Material): Generator<SealedText, void, undefined> {
	const { db, company, seal } = material;
	const { start, end } = seal.period;
	const numbers = numbersBetween(db, company.id, seal.period, seal.sealedThroughSeq);
	const bytesOf = (hex: string): Uint8Array => present(fromHex(hex), 'a hash in hex');
	const tree = createMerkleBuilder((bytes) => bytesOf(createSha256().update(bytes).digestHex()));
	if (numbers !== null) {
		for (const read of readEntryTexts(db, company, { by: 'number', ...numbers })) {
			if (read.date < start || read.date > end) continue;
			const hash = read.text === null ? '' : sha256Hex(read.text);
			if (read.text === null || hash !== read.storedHash) throw altered(`entry ${read.no}`, { entryNo: read.no, externalNo: read.externalNo });
			const leaf = bytesOf(hash);
			tree.add(leaf);
			yield { no: read.no, text: read.text, leaf };
		}
	}
	if (toHex(tree.root()) !== seal.contentRoot) throw altered(`the set of entries of ${seal.period.name}`, { contentRoot: seal.contentRoot });
}

/** data/seal/entries.jsonl: the entry texts, each ended by one LF. Refuses as `sealedTexts` does. */
export function* entriesJsonl(material: Material): Generator<string, void, undefined> {
	for (const { text } of sealedTexts(material)) yield `${text}\n`;
}
