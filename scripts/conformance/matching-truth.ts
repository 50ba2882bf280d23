// How well lines are matched where the answer is known: month after month, as a person would, the certain ones confirmed.
import { type CivilDate, dayNumber } from '#shared/kernel/civil-date.ts';
import { type BankLine, type BookLine, type BookLineKey, matchKey, type MatchProposal } from '#main/reconciliation/matching/lines.rules.ts';
import { proposeMatches } from '#main/reconciliation/matching/propose-matches.rules.ts';

/**
 * What a bank line is in truth. `match` and `timing`: one ledger line, soon or after a while. `twin`: the same, with another of equal amount beside
 * it. `amount_error`: one ledger line of another amount. `combined`: several ledger lines. `bank_only`: none.
 */
export type TruthKind = 'match' | 'twin' | 'timing' | 'amount_error' | 'combined' | 'bank_only';

export interface TrueMatch {
	readonly bankId: number;
	readonly kind: TruthKind;
	/** Ascending. Empty for bank_only. */
	readonly bookLines: readonly BookLineKey[];
}

export interface MatchingCase {
	readonly name: string;
	readonly bankLines: readonly BankLine[];
	readonly bookLines: readonly BookLine[];
	readonly truth: readonly TrueMatch[];
	/** Last days of the months, ascending. */
	readonly monthEnds: readonly number[];
}

/** Counts of one case. Single: a bank line that is one ledger line in truth (match, twin, timing). */
export interface MatchingFigures {
	readonly name: string;
	readonly single: number;
	readonly certainRight: number;
	/** Each with its lines, for a person. */
	readonly certainWrong: readonly string[];
	/** First proposals of single lines in the month in which the bank has them. */
	readonly firstRight: number;
	readonly firstWrong: readonly string[];
	readonly combined: number;
	readonly combinedRight: number;
	/** Proposals for what only the bank has. */
	readonly bankOnly: number;
	readonly bankOnlyProposed: readonly string[];
	readonly amountErrors: number;
	readonly amountErrorsRight: number;
	readonly bookContras: readonly string[];
}

const SINGLE_KINDS: readonly TruthKind[] = ['match', 'twin', 'timing'];

/** Certain matches of a run that are right, of all that are right: what the program spares a person. */
export function recallOf({ certainRight, single }: MatchingFigures): number {
	return single === 0 ? 1 : certainRight / single;
}

export function firstShareOf({ firstRight, single }: MatchingFigures): number {
	return single === 0 ? 1 : firstRight / single;
}

/** Runs a case month by month: books and bank up to the month's end, what was certain is confirmed, the rest is carried over. */
export function measureMatching({ name, bankLines, bookLines, truth, monthEnds }: MatchingCase): MatchingFigures {
	// What comes after the last month nobody has seen yet.
	const seen = new Set(bankLines.filter(({ day }) => day <= Math.max(...monthEnds)).map(({ id }) => id));
	const truths = new Map(truth.filter(({ bankId }) => seen.has(bankId)).map((each) => [each.bankId, each]));
	const texts = new Map([
		...bankLines.map((line) => [`bank ${line.id}`, `${line.amountMinor} ${line.description}`] as const),
		...bookLines.map((line) => [`book ${keyText(line)}`, `${line.amountMinor} ${line.description}`] as const),
	]);
	const tally = new Tally(name, truths, texts);
	const confirmedBank = new Set<number>();
	const confirmedBooks = new Set<string>();
	let lastEnd = Number.NEGATIVE_INFINITY;
	for (const end of monthEnds) {
		const bank = bankLines.filter(({ id, day }) => day <= end && !confirmedBank.has(id));
		const books = bookLines.filter((line) => line.day <= end && !confirmedBooks.has(keyText(line)));
		const { proposals } = proposeMatches({ bankLines: bank, bookLines: books, rejected: [] });
		tally.note(proposals, new Set(bank.filter(({ day }) => day > lastEnd).map(({ id }) => id)));
		for (const { bankIds, bookLines: keys } of proposals.filter(({ certain }) => certain)) {
			for (const id of bankIds) confirmedBank.add(id);
			for (const key of keys) confirmedBooks.add(keyText(key));
		}
		lastEnd = end;
	}
	return tally.figures();
}

/** What one look at a month proposed. `fresh`: bank lines that the month brought, whose first proposals count. */
export interface MatchingRun {
	readonly proposals: readonly MatchProposal[];
	readonly fresh: ReadonlySet<number>;
}

/** Figures of runs that were made elsewhere, one after another. `texts`: words for `bank 12` and `book 7.1`. */
export function figuresOfRuns(name: string, truth: readonly TrueMatch[], runs: readonly MatchingRun[], texts: ReadonlyMap<string, string>): MatchingFigures {
	const tally = new Tally(name, new Map(truth.map((each) => [each.bankId, each])), texts);
	for (const { proposals, fresh } of runs) tally.note(proposals, fresh);
	return tally.figures();
}

function keyText({ entryId, lineNo }: BookLineKey): string {
	return `${entryId}.${lineNo}`;
}

class Tally {
	readonly #name: string;
	readonly #truths: ReadonlyMap<number, TrueMatch>;
	readonly #texts: ReadonlyMap<string, string>;
	readonly #certainRight = new Set<number>();
	readonly #certainWrong: string[] = [];
	readonly #first = new Map<number, boolean>();
	readonly #firstWrong: string[] = [];
	readonly #combined = new Set<number>();
	readonly #bankOnly: string[] = [];
	readonly #amountErrors = new Set<number>();
	readonly #contras = new Set<string>();

	/** `texts`: words for `bank 12` and `book 7.1`. */
	constructor(name: string, truths: ReadonlyMap<number, TrueMatch>, texts: ReadonlyMap<string, string>) {
		this.#name = name;
		this.#truths = truths;
		this.#texts = texts;
	}

	/** `fresh`: bank lines that this month brought. */
	note(proposals: readonly MatchProposal[], fresh: ReadonlySet<number>): void {
		const proposed = new Map(proposals.flatMap((proposal) => proposal.bankIds.map((id) => [id, proposal] as const)));
		for (const [id, truth] of this.#truths) this.#noteLine(truth, proposed.get(id), fresh.has(id));
		for (const { kind, bookLines } of proposals) if (kind === 'CONTRA' && bookLines.length > 0) this.#contras.add(bookLines.map(keyText).join(' '));
	}

	#noteLine(truth: TrueMatch, proposal: MatchProposal | undefined, isFresh: boolean): void {
		const isRight = proposal !== undefined && matchKey(proposal.bankIds, proposal.bookLines) === matchKey([truth.bankId], truth.bookLines);
		const words = proposal && this.#words(proposal);
		if (proposal?.certain && words) {
			if (isRight) this.#certainRight.add(truth.bankId);
			else this.#certainWrong.push(words);
		}
		if (isFresh && SINGLE_KINDS.includes(truth.kind)) {
			this.#first.set(truth.bankId, isRight);
			if (!isRight) this.#firstWrong.push(words ?? `nothing for ${this.#texts.get(`bank ${truth.bankId}`)}`);
		}
		if (isRight && truth.kind === 'combined') this.#combined.add(truth.bankId);
		if (isRight && truth.kind === 'amount_error') this.#amountErrors.add(truth.bankId);
		if (isFresh && truth.kind === 'bank_only' && words) this.#bankOnly.push(words);
	}

	#words({ kind, bankIds, bookLines, score }: MatchProposal): string {
		const bank = bankIds.map((id) => this.#texts.get(`bank ${id}`)).join(' + ');
		return `${kind} ${score}: ${bank} = ${bookLines.map((key) => this.#texts.get(`book ${keyText(key)}`)).join(' + ')}`;
	}

	figures(): MatchingFigures {
		const count = (...kinds: TruthKind[]) => [...this.#truths.values()].filter(({ kind }) => kinds.includes(kind)).length;
		return {
			name: this.#name,
			single: count(...SINGLE_KINDS),
			certainRight: this.#certainRight.size,
			certainWrong: this.#certainWrong,
			firstRight: [...this.#first.values()].filter(Boolean).length,
			firstWrong: this.#firstWrong,
			combined: count('combined'),
			combinedRight: this.#combined.size,
			bankOnly: count('bank_only'),
			bankOnlyProposed: this.#bankOnly,
			amountErrors: count('amount_error'),
			amountErrorsRight: this.#amountErrors.size,
			bookContras: [...this.#contras],
		};
	}
}

/** Rows of `truth/recon.csv` (stmt_id, stmt_date, amount, kind, book_ids, note) as what is true of lines that are known by their own names. */
export function readTruth(
	rows: readonly (readonly string[])[],
	bankIdOf: (statementId: string) => number | undefined,
	bookLinesOf: (bookId: string) => readonly BookLineKey[],
): TrueMatch[] {
	return rows.slice(1).flatMap(([statementId = '', , , kind = '', bookIds = '']) => {
		const bankId = bankIdOf(statementId);
		const bookLines = bookIds.split(' ').filter(Boolean).flatMap(bookLinesOf);
		return bankId === undefined ? [] : [{ bankId, kind: kind as TruthKind, bookLines }];
	});
}

/** The last day of each month, `2024-02-29`, as day numbers. */
export function monthEndDays(dates: readonly CivilDate[]): number[] {
	return dates.map(dayNumber).sort((one, other) => one - other);
}

/** A table of figures, a row a case, and below it whatever was wrong. */
export function matchingTable(all: readonly MatchingFigures[]): string {
	const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
	const headings = ['case', 'single', 'certain', 'wrong', 'recall', 'first right', 'combined', 'amount errors', 'bank only proposed'];
	const rows = all.map((figures) => [
		figures.name,
		String(figures.single),
		String(figures.certainRight + figures.certainWrong.length),
		String(figures.certainWrong.length),
		percent(recallOf(figures)),
		percent(firstShareOf(figures)),
		`${figures.combinedRight} of ${figures.combined}`,
		`${figures.amountErrorsRight} of ${figures.amountErrors}`,
		`${figures.bankOnlyProposed.length} of ${figures.bankOnly}`,
	]);
	const widths = headings.map((heading, column) => Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)));
	const table = [headings, ...rows].map((row) =>
		row
			.map((cell, column) => cell.padEnd(widths[column] ?? 0))
			.join('  ')
			.trimEnd(),
	);
	const notes = all.flatMap(({ name, certainWrong, firstWrong, bankOnlyProposed }) => [
		...certainWrong.map((words) => `${name}: certain and wrong: ${words}`),
		...firstWrong.map((words) => `${name}: first proposal wrong: ${words}`),
		...bankOnlyProposed.map((words) => `${name}: only the bank has it: ${words}`),
	]);
	return [...table, ...notes].join('\n');
}

/** What must hold of every case: no certain match wrong, nine tenths certain, first proposals right, combined lines found. */
export function isMatchingGood(figures: MatchingFigures): boolean {
	return (
		figures.certainWrong.length === 0 && recallOf(figures) >= LEAST_RECALL && firstShareOf(figures) >= LEAST_FIRST && figures.combinedRight === figures.combined
	);
}

const LEAST_RECALL = 0.9;
const LEAST_FIRST = 0.95;
