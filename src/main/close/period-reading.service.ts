import { hash } from 'node:crypto';
import { type CivilDate, civilDateAt, dayNumber, daysBetween } from '#shared/kernel/civil-date.ts';
import { createMerkleBuilder, EntryTotals, RunningSum, type SealedEntry } from '#shared/seal/index.ts';
import type { AccountRow } from '#main/companies/index.ts';
import { type EntryReading, type PartyRow, readEntryTexts } from '#main/ledger/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { sha256Bytes } from '#main/platform/signing.ts';
import { ControlLines } from './control-lines.ts';

/** An entry as a message names it. */
export interface EntryName {
	readonly no: number;
	readonly externalNo: string | null;
}

/** Entries that share something: how many, and the first of them by name. */
export interface NamedEntries {
	count: number;
	readonly first: EntryName[];
}

/** What one pass over the entries of a span found. Amounts are minor units. */
export interface PeriodReading {
	readonly totals: EntryTotals;
	entryCount: number;
	/** The RFC 6962 root over the stored entry hashes in order of number. */
	contentRoot(added?: readonly { readonly no: number; readonly hash: string }[]): string;
	/** The text written anew does not give the hash that was recorded at posting. */
	readonly changed: NamedEntries;
	/** The entry before is missing. */
	readonly unchained: NamedEntries;
	readonly unbalanced: NamedEntries;
	/** Lines on control accounts without a party: entries of people, and of imports. */
	readonly withoutParty: NamedEntries;
	readonly importedWithoutParty: NamedEntries;
	/** Base amounts (debit positive) of lines whose party's row is gone, by ref of the control account. */
	readonly lostPartyBase: Map<string, RunningSum>;
	readonly backdated: NamedEntries;
	/** Entries without evidence attached at posting; later evidence is looked up beside. */
	readonly withoutAttachment: number[];
	/** Lines of receivables and payables by account and currency; empty where they were not asked for. */
	readonly controlLines: ControlLines;
	/** Movement of cash accounts by ref and date, in their own currency. */
	readonly cash: Map<string, Map<CivilDate, RunningSum>>;
}

export interface ReadingOptions {
	readonly from: CivilDate;
	readonly to: CivilDate;
	readonly accounts: readonly AccountRow[];
	readonly backdatedDays: number;
	readonly attachmentsRequired: boolean;
	/** Whose lines of receivables and payables are kept; none: no line is. */
	readonly parties: readonly PartyRow[] | null;
}

const NAMED = 20;
const DAY_MS = 86_400_000;

/** Entries nobody has papers for: openings stand for earlier books, reversals and closing entries for what they refer to. */
const WITHOUT_PAPERS: ReadonlySet<string> = new Set(['OPENING', 'REVERSAL', 'CLOSING']);
const NEVER_BACKDATED: ReadonlySet<string> = new Set(['IMPORT', 'OPENING', 'CLOSING']);

/** Reads the entries of a span once: texts, hashes, totals, and everything that a validation wants to know of single entries. */
export function readPeriodEntries(db: ReadDb, company: Company, options: ReadingOptions): PeriodReading {
	const leaves: { readonly no: number; readonly hash: string }[] = [];
	const reading: PeriodReading = {
		totals: new EntryTotals(),
		entryCount: 0,
		contentRoot: (added = []) => contentRootOf([...leaves, ...added]),
		changed: named(),
		unchained: named(),
		unbalanced: named(),
		withoutParty: named(),
		importedWithoutParty: named(),
		lostPartyBase: new Map(),
		backdated: named(),
		withoutAttachment: [],
		controlLines: new ControlLines(company, options.accounts, options.parties ?? []),
		cash: new Map(),
	};
	const judge = createJudge(company, options, reading);
	const span = { by: 'date', from: options.from, to: options.to, throughNo: Number.MAX_SAFE_INTEGER } as const;
	for (const entry of readEntryTexts(db, company, span)) {
		leaves.push({ no: entry.no, hash: entry.storedHash });
		judge(entry);
	}
	reading.entryCount = leaves.length;
	return reading;
}

function createJudge(company: Company, options: ReadingOptions, reading: PeriodReading): (reading: EntryReading) => void {
	const control = refsOf(options.accounts, ['RECEIVABLE', 'PAYABLE']);
	const cash = refsOf(options.accounts, ['CASH', 'MOBILE_MONEY']);
	return (read) => {
		const { entry } = read;
		if (read.text === null || hash('sha256', read.text) !== read.storedHash) add(reading.changed, read);
		if (!read.follows) add(reading.unchained, read);
		reading.totals.add(entry);
		if (!balances(entry)) add(reading.unbalanced, read);
		if (!NEVER_BACKDATED.has(entry.source) && isBackdated(read, company.timezone, options.backdatedDays)) add(reading.backdated, read);
		if (options.attachmentsRequired && entry.attachments.length === 0 && !WITHOUT_PAPERS.has(entry.source)) reading.withoutAttachment.push(read.no);
		let isNamed = false;
		for (const [index, line] of entry.lines.entries()) {
			if (cash.has(line.account)) movementOf(reading.cash, line.account, entry.date).add(line.debit - line.credit);
			if (!control.has(line.account)) continue;
			if (options.parties !== null) reading.controlLines.add(entry, index + 1, line);
			if (line.party !== null) continue;
			if (read.lostParties.length > 0) {
				sumOf(reading.lostPartyBase, line.account).add(line.baseDebit - line.baseCredit);
			} else if (!isNamed) {
				isNamed = true;
				add(entry.source === 'IMPORT' ? reading.importedWithoutParty : reading.withoutParty, read);
			}
		}
	};
}

function contentRootOf(leaves: { readonly no: number; readonly hash: string }[]): string {
	const tree = createMerkleBuilder(sha256Bytes);
	for (const leaf of leaves.sort((left, right) => left.no - right.no)) tree.add(Buffer.from(leaf.hash, 'hex'));
	return Buffer.from(tree.root()).toString('hex');
}

function balances(entry: SealedEntry): boolean {
	const difference = new RunningSum();
	for (const line of entry.lines) difference.add(line.baseDebit - line.baseCredit);
	return difference.total === 0n;
}

// Asking a timezone for a date is slow, so it is asked only where a day more or less decides.
function isBackdated(read: EntryReading, timezone: string, days: number): boolean {
	const lateByUtc = Math.floor(read.postedAtMs / DAY_MS) - dayNumber(read.date);
	if (lateByUtc <= days - 1) return false;
	if (lateByUtc > days + 1) return true;
	return daysBetween(read.date, civilDateAt(new Date(read.postedAtMs), timezone)) > days;
}

export function named(): NamedEntries {
	return { count: 0, first: [] };
}

function add(entries: NamedEntries, { no, externalNo }: EntryName): void {
	entries.count++;
	if (entries.first.length < NAMED) entries.first.push({ no, externalNo });
}

function refsOf(accounts: readonly AccountRow[], subtypes: readonly string[]): ReadonlySet<string> {
	return new Set(accounts.filter(({ subtype }) => subtype !== null && subtypes.includes(subtype)).map(({ ref }) => ref));
}

function movementOf(cash: Map<string, Map<CivilDate, RunningSum>>, account: string, date: CivilDate): RunningSum {
	let byDate = cash.get(account);
	if (!byDate) {
		byDate = new Map();
		cash.set(account, byDate);
	}
	return sumOf(byDate, date);
}

function sumOf(sums: Map<string, RunningSum>, key: string): RunningSum {
	let sum = sums.get(key);
	if (!sum) {
		sum = new RunningSum();
		sums.set(key, sum);
	}
	return sum;
}
