import type { BankLine, BookLine, Reason } from './lines.rules.ts';
import { type PreparedBank, type PreparedBook, prepareLines } from './prepared-lines.rules.ts';
import { reasonsOf, scoreOf } from './score.rules.ts';
import { indexBy } from './day-index.rules.ts';
import { CandidateList } from './candidate-list.rules.ts';
import { CANDIDATE_LIMIT, SUGGESTED_SCORE, TRANSFER_DAYS } from './weights.rules.ts';

/** Two statement lines of two own accounts that are one transfer. It is proposed as an entry of source TRANSFER, never posted by itself. */
export interface TransferProposal {
	/** Statement line of the first account given, and of the second. */
	readonly lineOfFirst: number;
	readonly lineOfSecond: number;
	/** The account that the money leaves. */
	readonly from: 'FIRST' | 'SECOND';
	/** Above zero. */
	readonly amountMinor: number;
	/** The days on which it left and arrived: the entry is dated the first of them. */
	readonly leftDay: number;
	readonly arrivedDay: number;
	readonly score: number;
	readonly reasons: readonly Reason[];
}

/** Lines of the two accounts, by id, that a person said are no transfer. */
export interface RejectedTransfer {
	readonly lineOfFirst: number;
	readonly lineOfSecond: number;
}

/**
 * Transfers between two own accounts of one currency, out of the unmatched statement lines of both: opposite sides, equal amounts, at most
 * TRANSFER_DAYS apart. Each line is in at most one; assigned from the highest score down, then nearer dates, then ids.
 */
export function proposeTransfers(first: readonly BankLine[], second: readonly BankLine[], rejected: readonly RejectedTransfer[] = []): TransferProposal[] {
	const lines = prepareLines(first, second.map(asOtherSide));
	const refusals = new Set(rejected.map(({ lineOfFirst, lineOfSecond }) => `${lineOfFirst} ${lineOfSecond}`));
	const byAmount = indexBy(lines.books, ({ amountMinor }) => [amountMinor]);
	const candidates = new CandidateList();
	for (const line of lines.bank) {
		const index = byAmount.get(line.amountMinor);
		const window = index?.between(line.day - TRANSFER_DAYS, line.day + TRANSFER_DAYS);
		const others = index && window ? index.nearest(window, line.day, index.placeOf(line.day), CANDIDATE_LIMIT) : [];
		for (const other of others.sort((left, right) => left.index - right.index)) {
			const score = scoreOf(line, other);
			if (score < SUGGESTED_SCORE || refusals.has(`${line.line.id} ${other.line.entryId}`)) continue;
			candidates.push({ bank: line.index, book: other.index, score, daysApart: Math.abs(line.day - other.day) });
		}
	}
	const taken = new Set<PreparedBank | PreparedBook>();
	const proposals: TransferProposal[] = [];
	for (const { bank, book, score } of candidates.bestFirst()) {
		const line = lines.bank[bank];
		const other = lines.books[book];
		if (!line || !other || taken.has(line) || taken.has(other)) continue;
		taken.add(line).add(other);
		proposals.push(transferOf(line, other, score));
	}
	return proposals;
}

/** The other account's line as the first account's books would have it: money that comes in there goes out here. */
function asOtherSide(line: BankLine): BookLine {
	return {
		entryId: line.id,
		lineNo: 0,
		day: line.day,
		amountMinor: -line.amountMinor,
		description: line.description,
		memo: null,
		party: line.party,
		aliases: [],
		references: line.reference === null || line.reference === line.bankId ? [] : [line.reference],
		externalNo: null,
		reversesEntryId: null,
	};
}

function transferOf(line: PreparedBank, other: PreparedBook, score: number): TransferProposal {
	const leaves = line.amountMinor < 0;
	return {
		lineOfFirst: line.line.id,
		lineOfSecond: other.line.entryId,
		from: leaves ? 'FIRST' : 'SECOND',
		amountMinor: Math.abs(line.amountMinor),
		leftDay: leaves ? line.day : other.day,
		arrivedDay: leaves ? other.day : line.day,
		score,
		reasons: reasonsOf(line, other),
	};
}
