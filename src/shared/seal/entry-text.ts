import { assert } from '#shared/kernel/assert.ts';
import type { CivilDate } from '#shared/kernel/civil-date.ts';
import { canonicalJson, quote, quoteOrNull } from './canonical-json.ts';
import { type Parsed, parseJson, problemIn } from './parsed.ts';
import { array, civilDate, count, literal, nullable, object, oneOf, positive, sha256Hex, text } from './strict-shape.ts';

export const ENTRY_SOURCES = ['MANUAL', 'IMPORT', 'OPENING', 'TRANSFER', 'ADJUSTING', 'REVERSAL', 'CLOSING'] as const;
export type EntrySource = (typeof ENTRY_SOURCES)[number];

/** One line under the seal. Amounts are minor units, 0 to 2^53 - 1: of `currency`, and of the company's currency in the two `base` ones. */
export interface SealedLine {
	/** The account's immutable ref, not its code. */
	readonly account: string;
	readonly party: string | null;
	readonly currency: string;
	readonly debit: number;
	readonly credit: number;
	readonly baseDebit: number;
	readonly baseCredit: number;
	readonly dueDate: CivilDate | null;
	readonly reference: string | null;
	readonly memo: string | null;
}

/** What is known of an entry before it takes its place in the chain. */
export interface UnplacedEntry {
	/** The company's uuid. */
	readonly company: string;
	readonly externalNo: string | null;
	readonly date: CivilDate;
	readonly source: EntrySource;
	readonly description: string;
	readonly reference: string | null;
	/** Number of the entry that this one reverses. */
	readonly reverses: number | null;
	/** uuid of the reconciliation session. */
	readonly session: string | null;
	/** SHA-256 (lower-case hex) of what was attached when the entry was posted, sorted. */
	readonly attachments: readonly string[];
	readonly lines: readonly SealedLine[];
}

/** The place that posting gives: number (which is `seq` as well), instant, user, and the hash of the entry before (64 zeros for the first). */
export interface EntryPlace {
	readonly no: number;
	readonly postedAt: string;
	readonly postedBy: string;
	readonly prev: string;
}

/** A posted entry as its hash covers it. `seq` and `no` are the same integer. */
export interface SealedEntry extends UnplacedEntry, EntryPlace {
	readonly v: 1;
	readonly seq: number;
}

/** The entry text without its place: what stands before `no`, between `prev` and `seq`, and after `seq`. */
export interface EntryTextParts {
	readonly head: string;
	readonly middle: string;
	readonly tail: string;
}

/**
 * The entry text: RFC 8785 canonical JSON of the entry, put together in the order of its keys, because an import writes hundreds of thousands.
 * Its UTF-8 bytes are what entry_hash hashes, and a line of entries.jsonl.
 */
export function entryText(entry: SealedEntry): string {
	assert(entry.seq === entry.no && entry.v === 1, 'the number of an entry is its place in the chain');
	return joinEntryText(entryTextParts(entry), entry);
}

/** The fragments that an import can make before it knows numbers, instant and chain. */
export function entryTextParts(entry: UnplacedEntry): EntryTextParts {
	const { attachments, company, date, description, externalNo, lines, reference, reverses, session, source } = entry;
	assert(reverses === null || isCount(reverses), 'an entry reverses a number');
	const head = orderedJson({ attachments, company, date, description, externalNo: given(externalNo), lines: lines.map(orderedLine) });
	const tail = orderedJson({ session: given(session), source, v: 1 });
	return {
		head: `${head.slice(0, -1)},"no":`,
		middle: `,"reference":${quoteOrNull(reference)},"reverses":${String(reverses)},"seq":`,
		tail: `,${tail.slice(1)}`,
	};
}

/** The entry text of the parts at their place. Equal to `entryText` of the same entry. */
export function joinEntryText(parts: EntryTextParts, place: EntryPlace): string {
	assert(isCount(place.no) && place.prev.length === 64, 'an entry has a number, and prev is a SHA-256 in hex');
	return `${parts.head}${place.no},"postedAt":${quote(place.postedAt)},"postedBy":${quote(place.postedBy)},"prev":"${place.prev}"${parts.middle}${place.no}${parts.tail}`;
}

// JSON.stringify keeps the order in which keys were written, so objects written in canonical order give canonical JSON. One call for a whole
// entry is several times faster than one for each text, and leaves one flat string, which hashing then needn't put together.
function orderedLine(line: SealedLine) {
	const { account, baseCredit, baseDebit, credit, currency, debit, dueDate, memo, party, reference } = line;
	assert(isCount(baseCredit) && isCount(baseDebit) && isCount(credit) && isCount(debit), 'an amount of a line is a safe integer from 0');
	return {
		account,
		baseCredit,
		baseDebit,
		credit,
		currency,
		debit,
		dueDate: given(dueDate),
		memo: given(memo),
		party: given(party),
		reference: given(reference),
	};
}

function orderedJson(value: object): string {
	const json = JSON.stringify(value);
	// JSON.stringify writes a lone surrogate as \udXXX; the same letters after an escaped backslash are harmless, so only then look closely.
	if (json.includes('\\ud')) canonicalJson(value);
	return json;
}

// JSON.stringify would leave out the key of an undefined value without a word.
function given(value: string | null): string | null {
	assert(value !== undefined, 'what an entry does not have is null');
	return value;
}

function isCount(value: number): boolean {
	return Number.isSafeInteger(value) && value >= 0;
}

const lineShape = object<SealedLine>({
	account: text,
	party: nullable(text),
	currency: text,
	debit: count,
	credit: count,
	baseDebit: count,
	baseCredit: count,
	dueDate: nullable(civilDate),
	reference: nullable(text),
	memo: nullable(text),
});

const entryShape = object<SealedEntry>({
	v: literal(1),
	company: text,
	seq: positive,
	no: positive,
	externalNo: nullable(text),
	date: civilDate,
	source: oneOf(ENTRY_SOURCES),
	description: text,
	reference: nullable(text),
	reverses: nullable(positive),
	session: nullable(text),
	postedAt: text,
	postedBy: text,
	attachments: array(sha256Hex),
	lines: array(lineShape),
	prev: sha256Hex,
});

/** The entry of an entry text, or what is wrong with it: the text must be exactly what `entryText` makes of the entry that it holds. */
export function parseEntryText(entryLine: string): Parsed<SealedEntry> {
	const parsed = parseJson(entryLine, entryShape);
	if (!parsed.ok) return parsed;
	const entry = parsed.value;
	if (entry.seq !== entry.no) return problemIn('seq and no differ');
	if (entryText(entry) !== entryLine) return problemIn('it is not in canonical form');
	return parsed;
}
