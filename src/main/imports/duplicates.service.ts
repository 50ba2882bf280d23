import { hash } from 'node:crypto';
import type { ReadDb } from '#main/platform/database/connection.ts';
import { importedLines } from './imports.queries.ts';
import { stagedContents } from './staging.queries.ts';

/** What two entries have in common when they are the same: number of their file, date, texts, and lines. */
export interface EntryContent {
	readonly externalNo: string | null;
	readonly date: string;
	readonly description: string;
	readonly reference: string | null;
	/** account, party, currency, debit, credit, base (signed), due date, reference, memo. */
	readonly lines: readonly (readonly (string | number | null)[])[];
}

const CONTENT_BYTES = 16;

export function contentHash(content: EntryContent): Buffer {
	const text = JSON.stringify([content.externalNo, content.date, content.description, content.reference, content.lines]);
	return hash('sha256', text, 'buffer').subarray(0, CONTENT_BYTES);
}

/**
 * Numbers of staged entries that the books hold already from earlier imports: of each content, as many as stand. True twins
 * survive, overlapping files don't double. Memory grows with the imported entries of the file's dates only.
 */
export function duplicatesOf(db: ReadDb, companyId: number, from: string, to: string): number[] {
	const standing = new Map<string, number>();
	for (const content of importedContents(db, companyId, from, to)) {
		const key = contentHash(content).toString('latin1');
		standing.set(key, (standing.get(key) ?? 0) + 1);
	}
	const duplicates: number[] = [];
	if (standing.size === 0) return duplicates;
	for (const [n, content] of stagedContents(db)) {
		const key = Buffer.from(content).toString('latin1');
		const left = standing.get(key) ?? 0;
		if (left === 0) continue;
		standing.set(key, left - 1);
		duplicates.push(n);
	}
	return duplicates;
}

function* importedContents(db: ReadDb, companyId: number, from: string, to: string): Generator<EntryContent> {
	let openId: unknown = null;
	let head: readonly (string | number | null)[] = [];
	let lines: (readonly (string | number | null)[])[] = [];
	const content = (): EntryContent => ({
		externalNo: head[1] as string | null,
		date: head[2] as string,
		description: head[3] as string,
		reference: head[4] as string | null,
		lines,
	});
	for (const row of importedLines(db, companyId, from, to)) {
		if (row[0] !== openId) {
			if (openId !== null) yield content();
			openId = row[0];
			head = row;
			lines = [];
		}
		lines.push(row.slice(5));
	}
	if (openId !== null) yield content();
}
