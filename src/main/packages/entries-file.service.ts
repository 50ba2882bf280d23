import { createMerkleBuilder, fromHex, toHex } from '#shared/seal/index.ts';
import { present } from '#shared/kernel/assert.ts';
import { readEntryTexts } from '#main/ledger/index.ts';
import { createSha256, sha256Hex } from '#main/platform/signing.ts';
import { numbersBetween } from './material.queries.ts';
import { altered, type Material } from './material.service.ts';

/**
 * data/seal/entries.jsonl: the entry texts of the period in order of number, each ended by one LF. Refuses PACKAGE_DIFFERS where an entry
 * is not the one that was hashed at posting, and where all together do not give the sealed content root.
 */
export function* entriesJsonl(material: Material): Generator<string, void, undefined> {
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
			tree.add(bytesOf(hash));
			yield `${read.text}\n`;
		}
	}
	if (toHex(tree.root()) !== seal.contentRoot) throw altered(`the set of entries of ${seal.period.name}`, { contentRoot: seal.contentRoot });
}
