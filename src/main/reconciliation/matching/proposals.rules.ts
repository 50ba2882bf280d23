import type { Contra, ContraEvidence } from './contra.rules.ts';
import type { Group } from './groups.rules.ts';
import type { BookLineKey, MatchProposal, Reason } from './lines.rules.ts';
import type { PreparedBank, PreparedBook } from './prepared-lines.rules.ts';
import { dateReason, foundWords, reasonsOf, referenceReason } from './score.rules.ts';
import { POINTS } from './weights.rules.ts';

export function singleProposal(bank: PreparedBank, book: PreparedBook, certain: boolean): MatchProposal {
	return {
		kind: 'SINGLE',
		bankIds: [bank.line.id],
		bookLines: [keyOf(book)],
		certain,
		differenceMinor: bank.amountMinor - book.amountMinor,
		...scored(reasonsOf(bank, book)),
	};
}

export function groupProposal(group: Group): MatchProposal {
	const { bank, books, daysApart, sharesReference } = group;
	const several = Math.max(bank.length, books.length);
	const side = bank.length > 1 ? 'bank lines' : 'ledger lines';
	const reasons: (Reason | null)[] = [{ code: 'SUM_EQUAL', points: POINTS.AMOUNT_EQUAL, text: `${several} ${side} add up to the amount` }];
	const [firstBank] = bank;
	const [firstBook] = books;
	if (sharesReference && firstBank && firstBook) reasons.push(referenceReason(firstBank, firstBook));
	reasons.push(dateReason(daysApart), groupText(group));
	return {
		kind: bank.length > 1 ? 'MANY_TO_ONE' : 'ONE_TO_MANY',
		bankIds: bank.map(({ line }) => line.id),
		bookLines: books.map(keyOf),
		certain: false,
		differenceMinor: 0,
		...scored(reasons),
	};
}

/** The words of all bank lines; the points bring the reasons to the score of the group. */
function groupText({ bank, books, score, daysApart, sharesReference }: Group): Reason | null {
	const points = score - POINTS.AMOUNT_EQUAL - dateReason(daysApart).points - (sharesReference ? POINTS.REFERENCE_EQUAL : 0);
	const words = new Set(bank.flatMap((line) => foundWords(line, books)));
	return words.size === 0 ? null : { code: 'TEXT', points, text: `words: ${[...words].join(', ')}` };
}

export function bookContraProposal({ lines, evidence }: Contra<PreparedBook>): MatchProposal {
	return {
		kind: 'CONTRA',
		bankIds: [],
		bookLines: lines.map(keyOf),
		certain: false,
		differenceMinor: 0,
		...scored(contraReasons(lines[0], lines[1], evidence)),
	};
}

export function bankContraProposal({ lines, evidence }: Contra<PreparedBank>): MatchProposal {
	return {
		kind: 'CONTRA',
		bankIds: lines.map(({ line }) => line.id),
		bookLines: [],
		certain: false,
		differenceMinor: 0,
		...scored(contraReasons(lines[0], lines[1], evidence)),
	};
}

type Line = PreparedBank | PreparedBook;

function contraReasons(one: Line, other: Line, evidence: ContraEvidence): (Reason | null)[] {
	const shared = one.references.find((_, place) => other.referenceIds.includes(one.referenceIds[place] ?? -1));
	return [
		{ code: 'CANCELS', points: POINTS.AMOUNT_EQUAL, text: 'the two cancel each other' },
		evidence.isReversal ? { code: 'REVERSAL', points: POINTS.REVERSAL, text: 'one entry reverses the other' } : null,
		evidence.sharesReference && shared ? { code: 'REFERENCE_EQUAL', points: POINTS.REFERENCE_EQUAL, text: `${shared.value} on both lines` } : null,
		evidence.isTakenBack ? { code: 'TAKEN_BACK', points: POINTS.TAKEN_BACK, text: 'one says that it takes something back' } : null,
		dateReason(evidence.daysApart),
		evidence.sharedWords.length > 0 ? { code: 'TEXT', points: evidence.textPoints, text: `words: ${evidence.sharedWords.join(', ')}` } : null,
	];
}

function scored(all: readonly (Reason | null)[]): { readonly score: number; readonly reasons: readonly Reason[] } {
	const reasons = all.filter((reason) => reason !== null);
	return { score: reasons.reduce((sum, { points }) => sum + points, 0), reasons };
}

function keyOf({ line }: PreparedBook): BookLineKey {
	return { entryId: line.entryId, lineNo: line.lineNo };
}
