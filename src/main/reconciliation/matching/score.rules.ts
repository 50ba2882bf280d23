import { type Reason } from './lines.rules.ts';
import { isTelling, type PreparedBank, type PreparedBook, shareKind, shareReference } from './prepared-lines.rules.ts';
import { referenceWords } from './references.rules.ts';
import { DAYS_AFTER_BOOK, DAYS_AFTER_BOOK_CHEQUE, DAYS_BEFORE_BOOK, FEE_LIMIT_MINOR, FEE_PARTS, NEAR_DAYS, NEARISH_DAYS, POINTS } from './weights.rules.ts';
import { isFound } from './words.rules.ts';

/** The score of one bank line with one ledger line, both within the window and in the same direction. */
export function scoreOf(bank: PreparedBank, book: PreparedBook): number {
	return amountPoints(bank.amountMinor, book.amountMinor) + referencePoints(bank, book) + datePoints(bank.day - book.day) + textPoints(bank, book);
}

export function isSameDirection(oneMinor: number, otherMinor: number): boolean {
	return oneMinor > 0 === otherMinor > 0;
}

function amountPoints(bankMinor: number, bookMinor: number): number {
	if (bankMinor === bookMinor) return POINTS.AMOUNT_EQUAL;
	return isLessFee(bankMinor, bookMinor) ? POINTS.AMOUNT_LESS_FEE : 0;
}

/** The largest fee that an amount of the books may bear, in minor units. */
export function feeLimitOf(bookMinor: number): number {
	const amount = Math.abs(bookMinor);
	return Math.min(FEE_LIMIT_MINOR, (amount - (amount % FEE_PARTS)) / FEE_PARTS);
}

/** Money that came in less a fee, or went out with one: either way the bank has less than the books. */
export function isLessFee(bankMinor: number, bookMinor: number): boolean {
	return isSameDirection(bankMinor, bookMinor) && bankMinor < bookMinor && bookMinor - bankMinor <= feeLimitOf(bookMinor);
}

export function referencePoints(bank: PreparedBank, book: PreparedBook): number {
	if (shareReference(bank, book)) return POINTS.REFERENCE_EQUAL;
	return shareKind(bank, book) ? POINTS.REFERENCE_DIFFERENT : 0;
}

export function datePoints(daysApart: number): number {
	const distance = Math.abs(daysApart);
	return distance <= NEAR_DAYS ? POINTS.DATE_NEAR : distance <= NEARISH_DAYS ? POINTS.DATE_NEARISH : 0;
}

/** The share of the bank line's words that the ledger line has, in points, rounded half up. */
export function textPoints(bank: PreparedBank, book: PreparedBook): number {
	const words = bank.words.length;
	if (words === 0) return 0;
	let found = 0;
	for (const word of bank.words) if (isFound(word, book.words)) found++;
	const doubled = 2 * POINTS.TEXT_FULL * found + words;
	return (doubled - (doubled % (2 * words))) / (2 * words);
}

/** May a bank line of this day belong to a ledger line of that day? */
export function isInWindow(bankDay: number, bookDay: number): boolean {
	return bankDay >= bookDay - DAYS_BEFORE_BOOK && bankDay <= bookDay + DAYS_AFTER_BOOK;
}

/** The same for two lines that share a reference: a cheque may be presented long after it was written. */
export function isInReferenceWindow(bank: PreparedBank, book: PreparedBook): boolean {
	if (isInWindow(bank.day, book.day)) return true;
	const isCheque = bank.references.some(({ kind }, place) => kind === 'cheque' && book.referenceIds.includes(bank.referenceIds[place] ?? -1));
	return isCheque && bank.day > book.day && bank.day <= book.day + DAYS_AFTER_BOOK_CHEQUE;
}

/** The score in words; the points add up to it. */
export function reasonsOf(bank: PreparedBank, book: PreparedBook): Reason[] {
	return [amountReason(bank.amountMinor, book.amountMinor), referenceReason(bank, book), dateReason(bank.day - book.day), textReason(bank, book)].filter(
		(reason) => reason !== null,
	);
}

function amountReason(bankMinor: number, bookMinor: number): Reason {
	const points = amountPoints(bankMinor, bookMinor);
	if (bankMinor === bookMinor) return { code: 'AMOUNT_EQUAL', points, text: 'amount equal' };
	return points > 0
		? { code: 'AMOUNT_LESS_FEE', points, text: 'amount equal but for a small fee' }
		: { code: 'AMOUNT_DIFFERENT', points, text: 'amount different' };
}

export function referenceReason(bank: PreparedBank, book: PreparedBook): Reason | null {
	const equal = bank.references.find((_, place) => book.referenceIds.includes(bank.referenceIds[place] ?? -1));
	if (equal !== undefined) return { code: 'REFERENCE_EQUAL', points: POINTS.REFERENCE_EQUAL, text: `${referenceWords(equal)} on both sides` };
	const kinds = new Set(book.references.map(({ kind }) => kind));
	const mine = bank.references.find((each) => isTelling(each) && kinds.has(each.kind));
	const theirs = book.references.find(({ kind }) => kind === mine?.kind);
	if (mine === undefined || theirs === undefined) return null;
	return { code: 'REFERENCE_DIFFERENT', points: POINTS.REFERENCE_DIFFERENT, text: `${referenceWords(mine)} at the bank, ${theirs.value} in the books` };
}

/** `daysApart` may have either sign. */
export function dateReason(daysApart: number): Reason {
	const distance = Math.abs(daysApart);
	const text = distance === 0 ? 'same day' : distance === 1 ? 'dates 1 day apart' : `dates ${distance} days apart`;
	return { code: 'DATE', points: datePoints(daysApart), text };
}

function textReason(bank: PreparedBank, book: PreparedBook): Reason | null {
	const found = foundWords(bank, [book]);
	return found.length === 0 ? null : { code: 'TEXT', points: textPoints(bank, book), text: `words: ${found.join(', ')}` };
}

/** The words of the bank line that any of the ledger lines has. */
export function foundWords(bank: PreparedBank, books: readonly PreparedBook[]): string[] {
	return bank.words.filter((word) => books.some((book) => isFound(word, book.words))).map(({ text }) => text);
}

/** Rounded down, so that a group is never better than its lines. */
export function meanPoints(points: readonly number[]): number {
	const total = points.reduce((sum, each) => sum + each, 0);
	return points.length === 0 ? 0 : (total - (total % points.length)) / points.length;
}
