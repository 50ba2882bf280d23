import { hash } from 'node:crypto';
import { present } from '#shared/kernel/assert.ts';
import { type ChainHead, CHAIN_START, createMerkleBuilder, EntryTotals, type MerkleBuilder } from '#shared/seal/index.ts';
import { type EntryReading, readEntryTexts } from '#main/ledger/index.ts';
import { listPeriods, type Period } from '#main/periods/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { sha256Bytes } from '#main/platform/signing.ts';
import type { BookFindings } from './book-findings.ts';
import type { CloseRow } from './closes.queries.ts';

/** What the entries of one ordinary period add up to, so far in the walk. */
export interface PeriodSums {
	readonly period: Period;
	readonly totals: EntryTotals;
	entries: number;
}

/** The state of the walk when it has passed the last entry that a close covers. */
export interface WalkMoment {
	readonly close: CloseRow;
	readonly period: Period;
	/** The sums of the ordinary periods inside the close's span: one, or those of a year. */
	readonly inside: readonly PeriodSums[];
	/** Those before the span, in order of date. */
	readonly before: readonly PeriodSums[];
	/** Over the hashes as stored. */
	readonly contentRoot: string;
	readonly head: ChainHead;
	/** Entries of the walk so far whose text no longer gives their hash. */
	readonly changed: readonly EntryReading['no'][];
}

export interface WalkPlan {
	readonly closes: readonly CloseRow[];
	/** Heads of the chain that seals name. */
	readonly heads: readonly (ChainHead & { readonly sealNo: number })[];
	readonly throughSeq: number;
	readonly onClose: (moment: WalkMoment) => void;
}

const MOST_NAMED = 100;

/**
 * Reads the journal once, from the first entry through `throughSeq`: every text is written anew and hashed, the chain followed, sums kept for each
 * period, and each close compared at the moment when the walk has passed what it covers. Answers the sums of all periods.
 */
export function walkBooks(db: ReadDb, company: Company, plan: WalkPlan, findings: BookFindings): readonly PeriodSums[] {
	const state = createState(db, company, plan);
	const stops = createStops(plan, state, findings);
	const orphans = new Set<number>();
	const span = { by: 'number', from: 1, through: plan.throughSeq } as const;
	for (const read of readEntryTexts(db, company, span, ({ entryNo }) => orphans.add(entryNo))) {
		stops.before(read.no);
		reportGap(state, read.no, findings);
		judgeEntry(read, state, findings);
		state.add(read);
	}
	stops.before(Number.POSITIVE_INFINITY);
	for (const entryNo of [...orphans].slice(0, MOST_NAMED)) {
		findings.add('ENTRY_MISSING', `Lines of entry ${entryNo} are here, but no entry claims them.`, { entryNo, table: 'journal_lines' });
	}
	return state.sums;
}

interface WalkState {
	readonly sums: readonly PeriodSums[];
	readonly changed: number[];
	head: ChainHead;
	/** Missing numbers are named up to here. */
	missingThrough: number;
	sumsOf(date: string): PeriodSums | undefined;
	add(read: EntryReading): void;
	momentOf(close: CloseRow): WalkMoment;
}

function createState(db: ReadDb, company: Company, plan: WalkPlan): WalkState {
	const periods = listPeriods(db, company.id);
	const sums: PeriodSums[] = periods.filter(({ kind }) => kind !== 'YEAR').map((period) => ({ period, totals: new EntryTotals(), entries: 0 }));
	const trees = new Map(plan.closes.map(({ periodId }) => [periodId, createMerkleBuilder(sha256Bytes)]));
	const years = periods.filter(({ kind, id }) => kind === 'YEAR' && trees.has(id));
	const placeOf = placesByDate(sums, years, trees);
	const state: WalkState = {
		sums,
		changed: [],
		head: CHAIN_START,
		missingThrough: 0,
		sumsOf: (date) => placeOf(date).sums,
		add(read) {
			const place = placeOf(read.date);
			if (place.sums) {
				place.sums.entries++;
				place.sums.totals.add(read.entry);
			}
			if (place.trees.length > 0) {
				const leaf = Buffer.from(read.storedHash, 'hex');
				for (const tree of place.trees) tree.add(leaf);
			}
			state.head = { seq: read.no, hash: read.storedHash };
		},
		momentOf(close) {
			const period = present(
				periods.find(({ id }) => id === close.periodId),
				'the period of a close',
			);
			return {
				close,
				period,
				inside: sums.filter(({ period: { start, end } }) => start >= period.start && end <= period.end),
				before: sums.filter(({ period: { end } }) => end < period.start),
				contentRoot: Buffer.from(present(trees.get(close.periodId), 'the tree of a close').root()).toString('hex'),
				head: state.head,
				changed: state.changed,
			};
		},
	};
	return state;
}

interface Place {
	readonly sums: PeriodSums | undefined;
	readonly trees: readonly MerkleBuilder[];
}

function placesByDate(sums: readonly PeriodSums[], years: readonly Period[], trees: ReadonlyMap<number, MerkleBuilder>): (date: string) => Place {
	const places = new Map<string, Place>();
	return (date) => {
		let place = places.get(date);
		if (place === undefined) {
			const own = sums.find(({ period }) => period.start <= date && date <= period.end);
			const ids = [own?.period.id, ...years.filter(({ start, end }) => start <= date && date <= end).map(({ id }) => id)];
			place = { sums: own, trees: ids.flatMap((id) => (id === undefined ? [] : (trees.get(id) ?? []))) };
			places.set(date, place);
		}
		return place;
	};
}

/** The places where the walk stops to compare: each close once it is past what the close covers, each head that a seal names. */
function createStops(plan: WalkPlan, state: WalkState, findings: BookFindings) {
	const stops = [
		...plan.closes.map((close) => ({ seq: close.sealedThroughSeq, run: () => plan.onClose(state.momentOf(close)) })),
		...plan.heads.map((head) => ({ seq: head.seq, run: () => compareHead(head, state, findings) })),
	].sort((left, right) => left.seq - right.seq);
	let next = 0;
	return {
		before(no: number): void {
			for (let stop = stops[next]; stop !== undefined && stop.seq < no; stop = stops[++next]) stop.run();
		},
	};
}

function compareHead(sealed: ChainHead & { readonly sealNo: number }, state: WalkState, findings: BookFindings): void {
	if (state.head.seq < sealed.seq) {
		reportGap(state, sealed.seq + 1, findings);
	} else if (state.head.hash !== sealed.hash) {
		findings.add(
			'CHAIN_BROKEN',
			`Entry ${sealed.seq} is not the one that seal ${sealed.sealNo} names as the head of the chain: it or an entry before it was exchanged.`,
			{
				entryNo: sealed.seq,
			},
		);
	}
}

function judgeEntry(read: EntryReading, state: WalkState, findings: BookFindings): void {
	const place = { entryNo: read.no, externalNo: read.externalNo };
	const sums = state.sumsOf(read.date);
	if (read.text === null) {
		state.changed.push(read.no);
		findings.add('ENTRY_CHANGED', `Entry ${read.no} (${read.date}) was changed: what its row and lines hold can be no posted entry.`, place);
	} else if (read.follows && hash('sha256', read.text) !== read.storedHash) {
		state.changed.push(read.no);
		findings.add('ENTRY_CHANGED', `Entry ${read.no} (${read.date}) was changed: it does not give the hash that was recorded when it was posted.`, place);
	}
	if (sums === undefined) findings.add('ENTRY_EXTRA', `Entry ${read.no} is dated ${read.date}, in no period of the books.`, place);
	else if (sums.period.id !== read.periodId)
		findings.add('ENTRY_CHANGED', `Entry ${read.no} is dated ${read.date} but stands in another period than ${sums.period.name}.`, place);
}

/** Numbers between the last entry read and the next one, each named once. */
function reportGap(state: WalkState, nextSeq: number, findings: BookFindings): void {
	const from = Math.max(state.head.seq, state.missingThrough) + 1;
	if (from >= nextSeq) return;
	for (let no = from; no < nextSeq && no < from + MOST_NAMED; no++) findings.add('ENTRY_MISSING', `Entry ${no} is missing.`, { entryNo: no });
	if (nextSeq - from > MOST_NAMED) findings.add('ENTRY_MISSING', `So are the entries through ${nextSeq - 1}.`, { entryNo: nextSeq - 1 });
	state.missingThrough = nextSeq - 1;
}
