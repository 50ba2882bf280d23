import { DayIndex, indexBy } from './day-index.rules.ts';
import type { PreparedBank, PreparedBook } from './prepared-lines.rules.ts';
import { shareReference } from './prepared-lines.rules.ts';
import { datePoints } from './score.rules.ts';
import { CANDIDATE_LIMIT, CONTRA_DAYS, DAYS_AFTER_BOOK, DAYS_BEFORE_BOOK, KINDRED_POINTS, POINTS, SUGGESTED_SCORE } from './weights.rules.ts';
import { foldText } from './words.rules.ts';

/** Two lines of one side that cancel each other, the earlier in the order of ids first. */
export interface Contra<Line> {
	readonly lines: readonly [Line, Line];
	readonly score: number;
	readonly evidence: ContraEvidence;
}

export interface ContraEvidence {
	/** One entry is booked as the reversal of the other. */
	readonly isReversal: boolean;
	readonly sharesReference: boolean;
	/** The text of one says that it takes something back. */
	readonly isTakenBack: boolean;
	readonly sharedWords: readonly string[];
	readonly textPoints: number;
	readonly daysApart: number;
}

type EitherLine = PreparedBank | PreparedBook;
type IsContraAllowed<Side> = (one: Side, other: Side) => boolean;

const TAKES_BACK = /\b(?:revers\w*|correct\w*|return\w*|bounced|dishonou?r\w*|cancel\w*|void\w*|storno\w*|refund\w*|chargeback|contra|rtn|err|error)\b/;
const LONG_ENOUGH = 3;

/**
 * Entries and their reversals, both open: the books say that nothing happened, so they are set aside before bank lines lay claim to them. Not so
 * where a bank line may be the reversal itself: a cheque that came back is on the statement twice.
 */
export function reversalPairs(books: readonly PreparedBook[], bank: readonly PreparedBank[], isAllowed: IsContraAllowed<PreparedBook>): Contra<PreparedBook>[] {
	const reversals = books.filter(({ line }) => line.reversesEntryId !== null);
	if (reversals.length === 0) return [];
	const reversed = new Set(reversals.map(({ line }) => line.reversesEntryId));
	const open = new Map<string, PreparedBook[]>();
	for (const book of books) {
		if (!reversed.has(book.line.entryId)) continue;
		const key = `${book.line.entryId} ${book.amountMinor}`;
		const known = open.get(key);
		if (known) known.push(book);
		else open.set(key, [book]);
	}
	const amounts = new Set(reversals.map(({ amountMinor }) => amountMinor));
	const bankByAmount = indexBy(bank, ({ amountMinor }) => (amounts.has(amountMinor) ? [amountMinor] : []));
	const pairs: Contra<PreparedBook>[] = [];
	// A reversal may be reversed in its turn: each line cancels one other.
	const taken = new Set<PreparedBook>();
	for (const reversal of reversals) {
		const [from, to] = bankByAmount.get(reversal.amountMinor)?.between(reversal.day - DAYS_BEFORE_BOOK, reversal.day + DAYS_AFTER_BOOK) ?? [0, 0];
		if (from < to || taken.has(reversal)) continue;
		const originals = open.get(`${reversal.line.reversesEntryId} ${-reversal.amountMinor}`) ?? [];
		const original = originals.find((each) => !taken.has(each) && isAllowed(each, reversal));
		if (!original) continue;
		taken.add(original).add(reversal);
		pairs.push(original.index < reversal.index ? contraOf(original, reversal, bookTexts) : contraOf(reversal, original, bookTexts));
	}
	return pairs;
}

/** Lines of the bank that cancel each other: an error and its correction. */
export function bankContras(bank: readonly PreparedBank[], isAllowed: IsContraAllowed<PreparedBank>): Contra<PreparedBank>[] {
	return contrasOf(bank, bankTexts, isAllowed);
}

/** The same of ledger lines that nothing else was found for. */
export function bookContras(books: readonly PreparedBook[], isAllowed: IsContraAllowed<PreparedBook>): Contra<PreparedBook>[] {
	return contrasOf(books, bookTexts, isAllowed);
}

function bankTexts({ line }: PreparedBank): string[] {
	return [line.description, line.party ?? ''];
}

function bookTexts({ line }: PreparedBook): string[] {
	return [line.description, line.memo ?? '', line.party ?? '', ...line.references, line.externalNo ?? ''];
}

function contrasOf<Side extends EitherLine>(lines: readonly Side[], textsOf: (line: Side) => string[], isAllowed: IsContraAllowed<Side>): Contra<Side>[] {
	const moneyOut = new Map<number, Side[]>();
	for (const line of lines) {
		if (line.amountMinor > 0) continue;
		const known = moneyOut.get(line.amountMinor);
		if (known) known.push(line);
		else moneyOut.set(line.amountMinor, [line]);
	}
	const indexes = new Map([...moneyOut].map(([amount, members]) => [amount, new DayIndex(members)]));
	const found: Contra<Side>[] = [];
	for (const line of lines) {
		const index = line.amountMinor > 0 ? indexes.get(-line.amountMinor) : undefined;
		if (!index) continue;
		const window = index.between(line.day - CONTRA_DAYS, line.day + CONTRA_DAYS);
		for (const other of index.nearest(window, line.day, index.placeOf(line.day), CANDIDATE_LIMIT)) {
			const contra = line.index < other.index ? contraOf(line, other, textsOf) : contraOf(other, line, textsOf);
			if (isTelling(contra) && isAllowed(...contra.lines)) found.push(contra);
		}
	}
	found.sort(
		(one, other) =>
			other.score - one.score ||
			one.evidence.daysApart - other.evidence.daysApart ||
			one.lines[0].index - other.lines[0].index ||
			one.lines[1].index - other.lines[1].index,
	);
	const taken = new Set<Side>();
	return found.filter(({ lines: pair }) => {
		if (pair.some((line) => taken.has(line))) return false;
		for (const line of pair) taken.add(line);
		return true;
	});
}

/** Equal amounts in and out near each other are no evidence: a customer's payment and a supplier's may be equal. */
function isTelling({ score, evidence }: Contra<EitherLine>): boolean {
	return (
		score >= SUGGESTED_SCORE &&
		(evidence.isReversal || evidence.isTakenBack || evidence.sharesReference || evidence.textPoints > POINTS.TEXT_FULL - KINDRED_POINTS)
	);
}

function contraOf<Side extends EitherLine>(one: Side, other: Side, textsOf: (line: Side) => string[]): Contra<Side> {
	const isReversal = isReversalOf(one, other) || isReversalOf(other, one);
	const sharesReference = shareReference(one, other);
	const texts = [one, other].map((line) => foldText(textsOf(line).join(' ')));
	const isTakenBack = !isReversal && texts.some((text) => TAKES_BACK.test(text));
	const words = texts.map((text) => new Set((text.match(/\p{L}+/gu) ?? []).filter((word) => word.length >= LONG_ENOUGH)));
	const [fewer = new Set<string>(), more = new Set<string>()] = words.sort((left, right) => left.size - right.size);
	const sharedWords = [...fewer].filter((word) => more.has(word));
	const doubled = 2 * POINTS.TEXT_FULL * sharedWords.length + fewer.size;
	const text = fewer.size === 0 ? 0 : (doubled - (doubled % (2 * fewer.size))) / (2 * fewer.size);
	const daysApart = Math.abs(one.day - other.day);
	const score =
		POINTS.AMOUNT_EQUAL +
		(isReversal ? POINTS.REVERSAL : 0) +
		(sharesReference ? POINTS.REFERENCE_EQUAL : 0) +
		(isTakenBack ? POINTS.TAKEN_BACK : 0) +
		datePoints(daysApart) +
		text;
	return { lines: [one, other], score, evidence: { isReversal, sharesReference, isTakenBack, sharedWords, textPoints: text, daysApart } };
}

function isReversalOf(one: EitherLine, other: EitherLine): boolean {
	return 'reversesEntryId' in one.line && 'entryId' in other.line && one.line.reversesEntryId === other.line.entryId;
}
