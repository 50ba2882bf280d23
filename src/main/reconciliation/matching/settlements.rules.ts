import { MAX_AMOUNT_MINOR } from '#shared/kernel/money.ts';
import { type BankLine, type BookLine, type BookLineKey, byBookLine, type Reason } from './lines.rules.ts';
import { type PreparedBank, type PreparedBook, prepareLines } from './prepared-lines.rules.ts';
import { dateReason, foundWords, meanPoints, textPoints } from './score.rules.ts';
import { POINTS, SETTLEMENT_CHARGE_LIMIT, SETTLEMENT_DELAY_DAYS, SETTLEMENT_LINES, SETTLEMENT_SPAN_DAYS, SUGGESTED_SCORE } from './weights.rules.ts';

/** Money in the bank for several sales that a card or mobile money company collected, less its charge. Proposed, never confirmed by itself. */
export interface SettlementProposal {
	readonly bankId: number;
	/** Consecutive open lines of the clearing account, ascending by entry and line. */
	readonly clearingLines: readonly BookLineKey[];
	/** Sum of the lines, charge, and what came: minor units; gross is charge and net together. */
	readonly grossMinor: number;
	readonly chargeMinor: number;
	readonly netMinor: number;
	/** Charge of gross in parts of ten thousand, rounded half up. */
	readonly chargeRate: number;
	readonly score: number;
	readonly reasons: readonly Reason[];
}

/** Clearing lines, in order, that one bank line may settle. */
interface Run {
	readonly bank: PreparedBank;
	/** Places in the order of the open lines: from, up to and not including to. */
	readonly from: number;
	readonly to: number;
	readonly grossMinor: number;
	readonly rate: number;
	/** It holds all open lines of each of its days. */
	readonly isWholeDays: boolean;
	/** Days from the last sale to the money. */
	readonly delay: number;
}

const TEN_THOUSAND = 10_000n;

/**
 * Settlements of a clearing account: a bank line in that is the sum of consecutive open lines of at most SETTLEMENT_SPAN_DAYS, less a charge. Almost
 * any sum can be explained by some charge, so the rate that fits the most bank lines of the run is looked for first, and a charge that no other
 * settlement shares needs words in common to be proposed.
 */
export function proposeSettlements(bankLines: readonly BankLine[], clearingLines: readonly BookLine[]): SettlementProposal[] {
	const lines = prepareLines(bankLines, clearingLines);
	const open = openLinesOf([...lines.books].sort((one, other) => one.day - other.day || one.index - other.index));
	const money = lines.bank.filter(({ amountMinor }) => amountMinor > 0).sort((one, other) => one.day - other.day || one.index - other.index);
	const runs = new Map(money.map((bank) => [bank, runsOf(bank, open)]));
	const votes = votesOf(runs.values());
	const usualRate = [...votes].sort(([rate, count], [otherRate, otherCount]) => otherCount - count || rate - otherRate)[0]?.[0] ?? 0;
	const proposals: SettlementProposal[] = [];
	const taken = new Uint8Array(open.books.length);
	for (const bank of money) {
		const free = (runs.get(bank) ?? []).filter(({ from, to }) => !taken.subarray(from, to).includes(1));
		const best = free
			.map((run) => proposalOf(run, open.books, votes))
			.filter(({ proposal }) => proposal.score >= SUGGESTED_SCORE)
			.sort((one, other) => compareRuns(one.run, other.run, usualRate) || other.proposal.score - one.proposal.score)[0];
		if (!best) continue;
		taken.fill(1, best.run.from, best.run.to);
		proposals.push(best.proposal);
	}
	return proposals;
}

/** The usual rate first, then whole days, then the shorter delay, then fewer lines. */
function compareRuns(one: Run, other: Run, usualRate: number): number {
	const isUsual = ({ rate }: Run) => (isSameRate(rate, usualRate) ? 0 : 1);
	return (
		isUsual(one) - isUsual(other) ||
		Number(other.isWholeDays) - Number(one.isWholeDays) ||
		one.delay - other.delay ||
		one.to - one.from - (other.to - other.from) ||
		one.from - other.from
	);
}

/** A charge is rounded to a minor unit, so the same rate may come out one part apart. */
function isSameRate(one: number, other: number): boolean {
	return Math.abs(one - other) <= 1;
}

/** How many bank lines each rate fits. */
function votesOf(all: Iterable<readonly Run[]>): ReadonlyMap<number, number> {
	const votes = new Map<number, number>();
	for (const runs of all) {
		const rates = new Set(runs.filter(({ isWholeDays }) => isWholeDays).flatMap(({ rate }) => [rate - 1, rate, rate + 1]));
		for (const rate of rates) votes.set(rate, (votes.get(rate) ?? 0) + 1);
	}
	return votes;
}

/** Open lines by day, with what takes long to find out again. */
interface OpenLines {
	readonly books: readonly PreparedBook[];
	/** For each place: the first place of its day. */
	readonly dayStarts: Int32Array;
	/** Sum of all lines before each place; it may pass what a number holds. */
	readonly sums: readonly bigint[];
}

function openLinesOf(books: readonly PreparedBook[]): OpenLines {
	const dayStarts = new Int32Array(books.length);
	const sums = [0n];
	for (const [place, { day, amountMinor }] of books.entries()) {
		dayStarts[place] = books[place - 1]?.day === day ? (dayStarts[place - 1] ?? 0) : place;
		sums.push((sums[place] ?? 0n) + BigInt(amountMinor));
	}
	return { books, dayStarts, sums };
}

function runsOf(bank: PreparedBank, open: OpenLines): Run[] {
	const { books, dayStarts } = open;
	const last = placeAfter(books, bank.day);
	const first = placeAfter(books, bank.day - SETTLEMENT_DELAY_DAYS - SETTLEMENT_SPAN_DAYS);
	const isSmall = last - first <= SETTLEMENT_LINES;
	const found: Run[] = [];
	for (let to = last; to > first; to = isSmall ? to - 1 : (dayStarts[to - 1] ?? 0)) {
		if (bank.day - (books[to - 1]?.day ?? 0) > SETTLEMENT_DELAY_DAYS) break;
		found.push(...runsEndingAt(bank, open, to, isSmall));
	}
	return found;
}

function runsEndingAt(bank: PreparedBank, { books, dayStarts, sums }: OpenLines, to: number, isSmall: boolean): Run[] {
	const newest = books[to - 1]?.day ?? 0;
	const endsDay = books[to]?.day !== newest;
	const found: Run[] = [];
	let from = to;
	while (from > 0) {
		from = isSmall ? from - 1 : (dayStarts[from - 1] ?? 0);
		if (newest - (books[from]?.day ?? 0) >= SETTLEMENT_SPAN_DAYS) break;
		const gross = (sums[to] ?? 0n) - (sums[from] ?? 0n);
		if (gross > BigInt(MAX_AMOUNT_MINOR)) break;
		const grossMinor = Number(gross);
		const rate = rateOf(grossMinor, bank.amountMinor);
		if (rate !== null) found.push({ bank, from, to, grossMinor, rate, isWholeDays: dayStarts[from] === from && endsDay, delay: bank.day - newest });
	}
	return found;
}

/** Null where the charge would be negative or too much. */
function rateOf(grossMinor: number, netMinor: number): number | null {
	if (grossMinor < netMinor) return null;
	const gross = BigInt(grossMinor);
	const charge = gross - BigInt(netMinor);
	if (charge * TEN_THOUSAND > gross * BigInt(SETTLEMENT_CHARGE_LIMIT)) return null;
	return Number((2n * charge * TEN_THOUSAND + gross) / (2n * gross));
}

/** The first place whose day is after this one. */
function placeAfter(open: readonly PreparedBook[], day: number): number {
	let low = 0;
	let high = open.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((open[middle]?.day ?? 0) <= day) low = middle + 1;
		else high = middle;
	}
	return low;
}

function proposalOf(run: Run, open: readonly PreparedBook[], votes: ReadonlyMap<number, number>): { readonly run: Run; readonly proposal: SettlementProposal } {
	const { bank, grossMinor, rate } = run;
	const books = open.slice(run.from, run.to);
	const chargeMinor = grossMinor - bank.amountMinor;
	const others = (votes.get(rate) ?? 0) - 1;
	const reasons: Reason[] = [chargeReason(chargeMinor, rate, books.length), dateReason(run.delay)];
	if (chargeMinor > 0 && others > 0 && run.isWholeDays) {
		const text = others === 1 ? 'another settlement bears the same rate' : `${others} other settlements bear the same rate`;
		reasons.push({ code: 'RATE_SHARED', points: POINTS.RATE_SHARED, text });
	}
	const words = foundWords(bank, books);
	if (words.length > 0) reasons.push({ code: 'TEXT', points: meanPoints(books.map((book) => textPoints(bank, book))), text: `words: ${words.join(', ')}` });
	const score = reasons.reduce((sum, { points }) => sum + points, 0);
	const clearingLines = books.map(({ line }) => ({ entryId: line.entryId, lineNo: line.lineNo })).sort(byBookLine);
	return { run, proposal: { bankId: bank.line.id, clearingLines, grossMinor, chargeMinor, netMinor: bank.amountMinor, chargeRate: rate, score, reasons } };
}

function chargeReason(chargeMinor: number, rate: number, lines: number): Reason {
	const what = lines === 1 ? '1 clearing line' : `${lines} clearing lines`;
	if (chargeMinor === 0) return { code: 'SUM_EQUAL', points: POINTS.AMOUNT_EQUAL, text: `${what} add up to the amount` };
	const percent = `${Math.trunc(rate / 100)}.${String(rate % 100).padStart(2, '0')}`;
	return { code: 'CHARGE', points: POINTS.AMOUNT_LESS_FEE, text: `${what} less a charge of ${percent} %` };
}
