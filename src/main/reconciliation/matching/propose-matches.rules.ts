import { present } from '#shared/kernel/assert.ts';
import { assignSingles } from './assign.rules.ts';
import type { Candidate } from './candidate-list.rules.ts';
import { Candidates } from './candidates.rules.ts';
import { bankContras, bookContras, reversalPairs } from './contra.rules.ts';
import { findGroups, type Group } from './groups.rules.ts';
import { type BankLine, type BookLine, matchKey, type MatchProposal, type RejectedMatch } from './lines.rules.ts';
import { type PreparedBank, type PreparedBook, prepareLines, type PreparedLines } from './prepared-lines.rules.ts';
import { bookContraProposal, bankContraProposal, groupProposal, singleProposal } from './proposals.rules.ts';

/** What is unmatched in one account of one currency. */
export interface MatchInput {
	readonly bankLines: readonly BankLine[];
	readonly bookLines: readonly BookLine[];
	readonly rejected: readonly RejectedMatch[];
}

export interface MatchResult {
	/** From the highest score down, then by bank line, then by ledger line. Each line stands in at most one of them. */
	readonly proposals: readonly MatchProposal[];
	/** Pairs that were compared: it grows with the lines, not with their square. */
	readonly candidatesLookedAt: number;
}

/**
 * What belongs together, one proposal a line: entries with their reversals first, then the best pairs of single lines, then groups of what no exact
 * pair was found for, then lines of one side that cancel each other. The order of the input means nothing.
 */
export function proposeMatches({ bankLines, bookLines, rejected }: MatchInput): MatchResult {
	const lines = prepareLines(bankLines, bookLines);
	const refusals = new Refusals(rejected);
	const reversals = reversalPairs(lines.books, lines.bank, (one, other) => refusals.allow([], [one, other]));
	const cancelled = new Set(reversals.flatMap((contra) => contra.lines));
	const books = lines.books.filter((book) => !cancelled.has(book));
	const mayJoin = (bank: PreparedBank, book: PreparedBook) => refusals.allowPair(bank, book);
	const candidates = new Candidates(lines, books, mayJoin);
	const { pairs, leftOver } = assignSingles(lines, candidates, mayJoin);
	const singles = [
		...pairs.map((pair) => singleOf(lines, pair, candidates.isCertain(pair))),
		// Not compared with all others.
		...leftOver.map((pair) => singleOf(lines, pair, false)),
	];
	const exact = singles.filter(({ bank, book }) => bank.amountMinor === book.amountMinor);
	const rest = withoutExact(lines.bank, books, singles, exact, refusals);
	const proposals = [...exact.map(({ bank, book, certain }) => singleProposal(bank, book, certain)), ...reversals.map(bookContraProposal), ...rest];
	return { proposals: proposals.sort(byScore), candidatesLookedAt: candidates.looks };
}

interface Single {
	readonly bank: PreparedBank;
	readonly book: PreparedBook;
	readonly score: number;
	readonly certain: boolean;
}

function singleOf(lines: PreparedLines, { bank, book, score }: Candidate, certain: boolean): Single {
	return { bank: present(lines.bank[bank], 'bank line'), book: present(lines.books[book], 'ledger line'), score, certain };
}

/** Groups, pairs of different amounts, and lines that cancel each other, among what has no exact pair. */
function withoutExact(
	allBank: readonly PreparedBank[],
	allBooks: readonly PreparedBook[],
	singles: readonly Single[],
	exact: readonly Single[],
	refusals: Refusals,
): MatchProposal[] {
	const taken = new Set<PreparedBank | PreparedBook>(exact.flatMap(({ bank, book }) => [bank, book]));
	const isFree = (line: PreparedBank | PreparedBook) => !taken.has(line);
	const inexact = singles.filter(({ bank }) => isFree(bank));
	const scores = new Map<PreparedBank | PreparedBook, number>();
	for (const { bank, book, score } of inexact) scores.set(bank, score).set(book, score);
	const isWorthMore = (group: Group) => [...group.bank, ...group.books].every((line) => group.score > (scores.get(line) ?? 0));
	const groups = findGroups(allBank.filter(isFree), allBooks.filter(isFree), (group) => isWorthMore(group) && refusals.allow(group.bank, group.books));
	for (const line of groups.flatMap(({ bank, books }) => [...bank, ...books])) taken.add(line);
	const pairs = inexact.filter(({ bank, book }) => isFree(bank) && isFree(book));
	for (const { bank, book } of pairs) taken.add(bank).add(book);
	return [
		...groups.map(groupProposal),
		...pairs.map(({ bank, book }) => singleProposal(bank, book, false)),
		...bookContras(allBooks.filter(isFree), (one, other) => refusals.allow([], [one, other])).map(bookContraProposal),
		...bankContras(allBank.filter(isFree), (one, other) => refusals.allow([one, other], [])).map(bankContraProposal),
	];
}

/** What a person said no to. */
class Refusals {
	readonly #keys: ReadonlySet<string>;

	constructor(rejected: readonly RejectedMatch[]) {
		this.#keys = new Set(rejected.map(({ bankIds, bookLines }) => matchKey(bankIds, bookLines)));
	}

	allow(bank: readonly PreparedBank[], books: readonly PreparedBook[]): boolean {
		if (this.#keys.size === 0) return true;
		const key = matchKey(
			bank.map(({ line }) => line.id),
			books.map(({ line }) => line),
		);
		return !this.#keys.has(key);
	}

	allowPair(bank: PreparedBank, book: PreparedBook): boolean {
		return this.#keys.size === 0 || !this.#keys.has(`${bank.line.id}|${book.line.entryId}.${book.line.lineNo}`);
	}
}

function byScore(one: MatchProposal, other: MatchProposal): number {
	const firstBank = ({ bankIds }: MatchProposal) => bankIds[0] ?? 0;
	const firstBook = ({ bookLines }: MatchProposal) => bookLines[0] ?? { entryId: 0, lineNo: 0 };
	return (
		other.score - one.score ||
		firstBank(one) - firstBank(other) ||
		firstBook(one).entryId - firstBook(other).entryId ||
		firstBook(one).lineNo - firstBook(other).lineNo
	);
}
