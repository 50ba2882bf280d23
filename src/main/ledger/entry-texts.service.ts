import { AssertionFailure } from '#shared/kernel/assert.ts';
import { dayNumber } from '#shared/kernel/civil-date.ts';
import { type EntrySource, entryText, GENESIS_HASH, type SealedEntry, type SealedLine } from '#shared/seal/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import {
	type EntrySpan,
	iterateAttachedHashes,
	iterateRawEntries,
	iterateRawLines,
	type RawEntry,
	type RawLine,
	refMaps,
	storedHashOf,
} from './entry-texts.queries.ts';

/** An entry as the books hold it now, beside the hash that they recorded when it was posted. */
export interface EntryReading {
	readonly no: number;
	readonly externalNo: string | null;
	readonly date: string;
	/** Period that the row names, by its id. */
	readonly periodId: number;
	/** The entry written anew from its lines; null where what the row and its lines hold can be no posted entry. */
	readonly text: string | null;
	readonly entry: SealedEntry;
	/** Lower-case hex. */
	readonly storedHash: string;
	/** False where the entry before is missing, so that the text's `prev` is not known. */
	readonly follows: boolean;
	/** Party ids of lines, in line order, that no party has (the party's row is gone). */
	readonly lostParties: readonly number[];
	/** Instant of posting in milliseconds since 1970. */
	readonly postedAtMs: number;
}

/** A line that no entry claims. */
export interface OrphanLine {
	readonly entryNo: number;
}

/**
 * Reads entries with their lines in one pass and writes each entry text anew (RFC 8785, as hashed at posting). The caller hashes the text and
 * compares. Two cursors run side by side: nothing else may be written on this connection before the iteration has ended.
 * Refs replace ids, so that a renamed account or party changes nothing. Damage never throws: it comes as a text that is null or differs.
 */
export function* readEntryTexts(
	db: ReadDb,
	company: { readonly id: number; readonly uuid: string; readonly currency: string },
	span: EntrySpan,
	onOrphan: (line: OrphanLine) => void = () => {},
): Generator<EntryReading, void, undefined> {
	const byNumber = span.by === 'number';
	const writer = createWriter(db, company);
	const cursors: { close(): void }[] = [];
	try {
		const lines = groupsOf(iterateRawLines(db, company.id, span), byNumber ? onOrphan : null);
		cursors.push(lines);
		const attached = groupsOf(iterateAttachedHashes(db, company.id, span), byNumber ? () => {} : null);
		cursors.push(attached);
		for (const raw of iterateRawEntries(db, company.id, span)) yield writer(raw, lines.of(raw[0]), attached.of(raw[0]));
		lines.rest();
	} finally {
		for (const cursor of cursors) cursor.close();
	}
}

/** Hands out what belongs to one entry after the other from a cursor in the same order of entries; `onSkipped` where that order is the number's. */
function groupsOf<Row extends readonly [entryNo: number, ...unknown[]]>(cursor: IterableIterator<Row>, onSkipped: ((line: OrphanLine) => void) | null) {
	let next = cursor.next();
	const skipBefore = (no: number): void => {
		while (!next.done && next.value[0] < no) {
			onSkipped?.({ entryNo: next.value[0] });
			next = cursor.next();
		}
	};
	return {
		of(no: number): readonly Row[] {
			if (onSkipped !== null) skipBefore(no);
			if (next.done || next.value[0] !== no) return [];
			const group: Row[] = [];
			while (!next.done && next.value[0] === no) {
				group.push(next.value);
				next = cursor.next();
			}
			return group;
		},
		rest(): void {
			if (onSkipped !== null) skipBefore(Number.POSITIVE_INFINITY);
		},
		close(): void {
			cursor.return?.();
		},
	};
}

function createWriter(db: ReadDb, company: { readonly id: number; readonly uuid: string; readonly currency: string }) {
	const refs = refMaps(db, company.id);
	const instants = cached((ms: number) => instantOf(ms));
	const days = remembered(dayNumber);
	let previous = { no: Number.NaN, hash: '' };
	const hashBefore = (raw: RawEntry): string | undefined => {
		if (raw[0] === 1) return GENESIS_HASH;
		if (previous.no === raw[0] - 1) return previous.hash;
		return raw[13] ?? storedHashOf(db, company.id, raw[0] - 1);
	};

	return (raw: RawEntry, rawLines: readonly RawLine[], attached: readonly (readonly [number, string])[]): EntryReading => {
		const no = raw[0];
		const prev = hashBefore(raw);
		previous = { no, hash: raw[8] };
		const day = days(raw[2]);
		const lostParties: number[] = [];
		let sound = raw[11] === 1;
		const lines: SealedLine[] = [];
		for (const line of rawLines) {
			const account = refs.accounts.get(line[1]);
			const party = line[2] === null ? null : refs.parties.get(line[2]);
			if (party === undefined) lostParties.push(line[2] ?? 0);
			if (account === undefined || party === undefined || line[3] !== day) sound = false;
			lines.push({
				account: account ?? `#${line[1]}`,
				party: party ?? null,
				currency: line[4] ?? company.currency,
				debit: line[5],
				credit: line[6],
				baseDebit: line[7],
				baseCredit: line[8],
				dueDate: line[9],
				reference: line[10],
				memo: line[11],
			});
		}
		const entry: SealedEntry = {
			v: 1,
			company: company.uuid,
			seq: no,
			no,
			externalNo: raw[1],
			date: raw[2],
			source: raw[5] as EntrySource,
			description: raw[3],
			reference: raw[4],
			reverses: raw[9],
			session: raw[10] === null ? null : (refs.sessions.get(raw[10]) ?? ''),
			postedAt: instants(raw[6]),
			postedBy: refs.users.get(raw[7]) ?? '',
			attachments: attached.map(([, sha256]) => sha256),
			lines,
			prev: prev ?? GENESIS_HASH,
		};
		return {
			no,
			externalNo: raw[1],
			date: raw[2],
			periodId: raw[12],
			text: sound ? textOrNull(entry) : null,
			entry,
			storedHash: raw[8],
			follows: prev !== undefined,
			lostParties,
			postedAtMs: raw[6],
		};
	};
}

// Rows that were altered outside the program may hold what no entry text can: then there is none.
function textOrNull(entry: SealedEntry): string | null {
	try {
		return entryText(entry);
	} catch (error) {
		if (error instanceof AssertionFailure) return null;
		throw error;
	}
}

function instantOf(ms: number): string {
	const instant = new Date(ms);
	return Number.isNaN(instant.getTime()) ? '' : instant.toISOString();
}

/** There are few days, and many entries on each. */
function remembered<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
	const known = new Map<Key, Value>();
	return (key) => {
		let value = known.get(key);
		if (value === undefined) {
			value = make(key);
			known.set(key, value);
		}
		return value;
	};
}

/** Entries of one import share an instant. */
function cached<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
	let last: { readonly key: Key; readonly value: Value } | null = null;
	return (key) => {
		if (last === null || last.key !== key) last = { key, value: make(key) };
		return last.value;
	};
}
