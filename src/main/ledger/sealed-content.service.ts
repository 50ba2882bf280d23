import { deflateSync, inflateSync } from 'node:zlib';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { openItemsText } from './open-item-changes.rules.ts';
import { storedBytes, type StoredContent, storedContent, storedContents } from './sealed-content.queries.ts';

/** Only open items are stored as changes. */
const OPEN_ITEMS = 'open_items';
/** Up to this a text stays readable in any SQLite shell: little would be won. */
const PLAIN_BYTES = 16_384;
/** Level 1 takes a quarter of the time of level 6 for a tenth more. */
const LEVEL = 1;

/** No sealed text: what stands for content that can't be read any more, so that its hash tells. */
const UNREADABLE = Uint8Array.of(0);

type OfCompany = Pick<Company, 'id' | 'currency'>;

/** A sealed table with the text that was sealed: canonical JSON lines, each ended by one LF. */
export type SealedTableRow = Pick<StoredContent, 'name' | 'rowCount' | 'sha256' | 'content'>;

/**
 * The text of a sealed table as it was sealed, put together from what is stored; undefined where the close sealed none of that name. Whoever uses it
 * compares its SHA-256 with the seal's: what was changed outside the program gives another text.
 */
export function sealedContent(db: ReadDb, company: OfCompany, closeId: number, name: string): Uint8Array | undefined {
	const stored = storedContent(db, company.id, closeId, name);
	return stored && textOf(db, company, stored);
}

/** All sealed tables of a close, in order of name. */
export function listSealedTables(db: ReadDb, company: OfCompany, closeId: number): SealedTableRow[] {
	return storedContents(db, company.id, closeId).map((stored) => {
		const { name, rowCount, sha256 } = stored;
		return { name, rowCount, sha256, content: textOf(db, company, stored) };
	});
}

function textOf(db: ReadDb, company: OfCompany, stored: StoredContent): Uint8Array {
	try {
		if (stored.baseCloseId === null) return unpacked(stored);
		const changes: string[] = [];
		let at = stored;
		let later = Number.MAX_SAFE_INTEGER;
		while (at.baseCloseId !== null) {
			const base = at.baseCloseId < later ? storedContent(db, company.id, at.baseCloseId, at.name) : undefined;
			if (base === undefined) return UNREADABLE;
			changes.push(textIn(at));
			later = at.baseCloseId;
			at = base;
		}
		return Buffer.from(openItemsText(textIn(at), changes.reverse(), company.currency), 'utf8');
	} catch {
		return UNREADABLE;
	}
}

const textIn = (stored: StoredContent): string => Buffer.from(unpacked(stored)).toString('utf8');

function unpacked({ encoding, content }: StoredContent): Uint8Array {
	return encoding === 'DEFLATE' ? inflateSync(content) : content;
}

/** How a text is stored: long ones compressed. */
export function packed(text: Uint8Array): Pick<StoredContent, 'content' | 'encoding'> {
	if (text.length <= PLAIN_BYTES) return { content: text, encoding: 'PLAIN' };
	return { content: deflateSync(text, { level: LEVEL }), encoding: 'DEFLATE' };
}

/**
 * How the open items of a close are stored: what changed since the close `base`, unless the changes since the last whole table would then be more
 * than that table. So all closes together hold each change once, and no text is put together from more than twice its size.
 */
export function packedChanges(
	db: ReadDb,
	companyId: number,
	text: Uint8Array,
	base: { readonly closeId: number; readonly changes: string } | undefined,
): Pick<StoredContent, 'content' | 'encoding' | 'baseCloseId'> {
	if (base !== undefined) {
		const standing = storedBytes(db, companyId, base.closeId, OPEN_ITEMS);
		const changes = packed(Buffer.from(base.changes, 'utf8'));
		if (standing !== undefined && standing.changes + changes.content.length < standing.whole) return { ...changes, baseCloseId: base.closeId };
	}
	return { ...packed(text), baseCloseId: null };
}
