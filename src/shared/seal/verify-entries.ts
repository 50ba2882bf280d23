import { toHex, utf8Text } from './bytes.ts';
import { parseEntryText, type SealedEntry } from './entry-text.ts';
import { EntryTotals } from './entry-totals.ts';
import type { FindingList } from './findings.ts';
import { type ChainHead, GENESIS_HASH, type Sha256 } from './hash.ts';
import { createMerkleBuilder } from './merkle.ts';
import { type ByteSink, lineSink } from './package-source.ts';
import { RunningSum } from './running-sum.ts';
import type { CloseSeal, YearSeal } from './seal-document.ts';

export const ENTRIES_FILE = 'data/seal/entries.jsonl';
const MOST_NAMED_GAPS = 100;

/** What the entries of the file add up to. */
export interface EntriesResult {
	readonly count: number;
	readonly contentRoot: string;
	readonly totals: EntryTotals;
	/** SHA-256 of each attachment named by an entry, with the first entry that names it. */
	readonly attachments: ReadonlyMap<string, SealedEntry>;
	/** False where a line could not be read, so that sums are of the others only. */
	readonly complete: boolean;
}

export interface EntriesCheck {
	readonly sink: ByteSink;
	/** After the last byte. */
	finish(): EntriesResult;
}

interface Position {
	readonly seq: number;
	readonly hash: string;
	readonly entry: SealedEntry | null;
}

/**
 * Checks entries.jsonl line by line: form, place in the period, order, balance, chain within the file and to known heads.
 * Entries of a period need not follow one another in seq; a link to an entry of another period cannot be followed here.
 */
export function createEntriesCheck(seal: CloseSeal | YearSeal, heads: readonly ChainHead[], sha256: Sha256, list: FindingList): EntriesCheck {
	const known = new Map(heads.map((head) => [head.seq, head.hash]));
	const tree = createMerkleBuilder(sha256);
	const totals = new EntryTotals();
	const attachments = new Map<string, SealedEntry>();
	const gaps = createGaps();
	let previous: Position = { seq: 0, hash: GENESIS_HASH, entry: null };
	let openLinks = 0;
	let complete = true;

	const take = (line: Uint8Array, lineNo: number): void => {
		const leaf = sha256(line);
		tree.add(leaf);
		const hash = toHex(leaf);
		const text = utf8Text(line);
		const parsed = text === null ? ({ ok: false, problem: 'it is no UTF-8 text' } as const) : parseEntryText(text);
		if (!parsed.ok) {
			complete = false;
			const seq = numberOf(text) ?? previous.seq + 1;
			list.add('ENTRY_INVALID', `Line ${lineNo} of ${ENTRIES_FILE} is no entry text: ${parsed.problem}.`, { file: ENTRIES_FILE, entryNo: seq });
			// It is named already, so its follower is not measured against it.
			known.delete(seq);
			previous = { seq, hash: '', entry: null };
			return;
		}
		const entry = parsed.value;
		checkPlace(entry, seal, list);
		if (entry.seq > previous.seq) {
			gaps.add(previous.seq + 1, entry.seq - 1);
			if (!checkLink(entry, previous, known, list)) openLinks++;
		} else {
			list.add('ENTRY_OUT_OF_ORDER', `Entry ${entry.no} stands after entry ${previous.seq}.`, named(entry));
		}
		const expected = known.get(entry.seq);
		if (expected !== undefined && expected !== hash)
			list.add('ENTRY_CHANGED', `Entry ${entry.no} was changed: its hash is not the one that a seal names as the head of the chain.`, named(entry));
		totals.add(entry);
		for (const attachment of entry.attachments) if (!attachments.has(attachment)) attachments.set(attachment, entry);
		previous = { seq: entry.seq, hash, entry };
	};
	const cut = (lineNo: number): void => {
		complete = false;
		list.add('ENTRY_INVALID', `Line ${lineNo} of ${ENTRIES_FILE} is cut off.`, { file: ENTRIES_FILE });
	};
	return {
		sink: lineSink(take, cut, () => {}),
		finish() {
			if (openLinks > 0) {
				list.notChecked(
					'CHAIN_LINKS',
					`${openLinks} of the entries follow an entry of another period, whose text is not in this package; the links to those could not be followed.`,
				);
			}
			gaps.add(previous.seq + 1, seal.sealedThroughSeq);
			reportCount(tree.size, seal, gaps, list);
			return { count: tree.size, contentRoot: toHex(tree.root()), totals, attachments, complete };
		},
	};
}

/** False where the entry before is of another period. */
function checkLink(entry: SealedEntry, previous: Position, known: ReadonlyMap<number, string>, list: FindingList): boolean {
	if (entry.seq === previous.seq + 1 && (previous.entry !== null || previous.seq === 0)) {
		if (entry.prev === previous.hash) return true;
		if (previous.entry === null) list.add('CHAIN_BROKEN', 'Entry 1 does not begin the chain.', named(entry));
		else
			list.add(
				'ENTRY_CHANGED',
				`Entry ${previous.seq} was changed, or entry ${entry.no} was put in its chain: ${entry.no} names another hash as the one before it.`,
				named(previous.entry),
			);
		return true;
	}
	const head = known.get(entry.seq - 1);
	if (head !== undefined && head !== entry.prev)
		list.add('CHAIN_BROKEN', `Entry ${entry.no} does not follow the entry ${entry.seq - 1} that an earlier seal names.`, named(entry));
	return head !== undefined || previous.seq === entry.seq - 1;
}

function checkPlace(entry: SealedEntry, seal: CloseSeal | YearSeal, list: FindingList): void {
	const { company, period, sealedThroughSeq } = seal;
	if (entry.company !== company.id) list.add('ENTRY_EXTRA', `Entry ${entry.no} is of another company.`, named(entry));
	if (entry.date < period.start || entry.date > period.end)
		list.add('ENTRY_EXTRA', `Entry ${entry.no} is dated ${entry.date}, outside the period ${period.start} to ${period.end}.`, named(entry));
	if (entry.seq > sealedThroughSeq)
		list.add('ENTRY_EXTRA', `Entry ${entry.no} was posted after the seal, which goes through ${sealedThroughSeq}.`, named(entry));
	const debit = new RunningSum();
	const credit = new RunningSum();
	for (const line of entry.lines) {
		debit.add(line.baseDebit);
		credit.add(line.baseCredit);
	}
	if (debit.total !== credit.total || entry.lines.length < 2) list.add('ENTRY_UNBALANCED', `Entry ${entry.no} does not balance.`, named(entry));
}

/** Numbers that the file leaves out, as ranges. */
function createGaps() {
	const ranges: { readonly from: number; readonly through: number }[] = [];
	let absent = 0;
	return {
		add(from: number, through: number): void {
			if (through < from) return;
			absent += through - from + 1;
			if (ranges.length < MOST_NAMED_GAPS) ranges.push({ from, through });
		},
		/** How many numbers up to sealedThroughSeq are not in the file: missing entries, or entries of other periods. */
		get absent() {
			return absent;
		},
		ranges,
	};
}

function reportCount(count: number, seal: CloseSeal | YearSeal, gaps: ReturnType<typeof createGaps>, list: FindingList): void {
	const missing = seal.closeHashFields.totalJournalCount - count;
	if (missing < 0) list.add('ENTRY_EXTRA', `The file holds ${-missing} entries more than were sealed.`, { file: ENTRIES_FILE });
	if (missing <= 0) return;
	const numbers = gaps.ranges.map(({ from, through }) => (from === through ? String(from) : `${from}-${through}`)).join(', ');
	if (gaps.absent === missing && missing <= MOST_NAMED_GAPS) {
		for (const { from, through } of gaps.ranges) {
			for (let no = from; no <= through; no++) list.add('ENTRY_MISSING', `Entry ${no} is missing.`, { file: ENTRIES_FILE, entryNo: no });
		}
		return;
	}
	// Some of these numbers belong to other periods, so they are named together.
	list.add(
		'ENTRY_MISSING',
		`${missing} sealed entries are missing. They are among the numbers that the file does not hold: ${numbers === '' ? 'none' : numbers}.`,
		{ file: ENTRIES_FILE },
	);
}

/** Compares what the entries give with what the seal says. */
export function compareContentRoot(result: EntriesResult, seal: CloseSeal | YearSeal, list: FindingList): void {
	if (result.contentRoot === seal.contentRoot) return;
	list.add('CONTENT_ROOT_DIFFERS', `The entries do not give the sealed content root: they give ${result.contentRoot}, the seal says ${seal.contentRoot}.`, {
		file: ENTRIES_FILE,
	});
}

/** Place of an entry in a finding. */
function named(entry: SealedEntry): { file: string; entryNo: number; externalNo?: string } {
	return entry.externalNo === null ? { file: ENTRIES_FILE, entryNo: entry.no } : { file: ENTRIES_FILE, entryNo: entry.no, externalNo: entry.externalNo };
}

function numberOf(text: string | null): number | null {
	const digits = /"no":(\d{1,15}),/.exec(text ?? '')?.[1];
	return digits === undefined ? null : Number(digits);
}
