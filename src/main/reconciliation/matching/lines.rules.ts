/** A line of a bank's statement, unmatched, of one account. */
export interface BankLine {
	/** Number of the statement line, one of a kind in the account. It settles ties. */
	readonly id: number;
	/** Day number of the bank's booking. */
	readonly day: number;
	/** Minor units of the account's currency; money in is positive. Never zero. */
	readonly amountMinor: number;
	readonly description: string;
	readonly party: string | null;
	/** Cheque number, receipt, end-to-end id. */
	readonly reference: string | null;
	/** The bank's own id of the line: never a reference. */
	readonly bankId: string | null;
}

/** A posted, unmatched line of the account in the ledger, with what is known of its entry. */
export interface BookLine {
	readonly entryId: number;
	readonly lineNo: number;
	/** Day number of the entry. */
	readonly day: number;
	/** Debit minus credit in the account's currency: money in is positive, on asset and liability accounts alike. Never zero. */
	readonly amountMinor: number;
	/** Of the entry. */
	readonly description: string;
	readonly memo: string | null;
	readonly party: string | null;
	/** Other names of the party. */
	readonly aliases: readonly string[];
	/** What a person wrote as reference: the line's, the entry's. Digits alone are a cheque number. */
	readonly references: readonly string[];
	/** The entry's number in the file it came from. Digits alone say nothing here: every entry has such a number. */
	readonly externalNo: string | null;
	/** Number of the entry that this one reverses. */
	readonly reversesEntryId: number | null;
}

/** Where a ledger line stands. */
export interface BookLineKey {
	readonly entryId: number;
	readonly lineNo: number;
}

/** Lines that a person said do not belong together: exactly these are not proposed again. Of CONTRA one of the two lists is empty. */
export interface RejectedMatch {
	readonly bankIds: readonly number[];
	readonly bookLines: readonly BookLineKey[];
}

export type ReasonCode =
	| 'AMOUNT_EQUAL'
	| 'AMOUNT_LESS_FEE'
	| 'AMOUNT_DIFFERENT'
	| 'SUM_EQUAL'
	| 'CANCELS'
	| 'REVERSAL'
	| 'TAKEN_BACK'
	| 'REFERENCE_EQUAL'
	| 'REFERENCE_DIFFERENT'
	| 'DATE'
	| 'TEXT'
	| 'CHARGE'
	| 'RATE_SHARED';

/** Why, in plain words. The points of all reasons of a proposal add up to its score. */
export interface Reason {
	readonly code: ReasonCode;
	readonly points: number;
	readonly text: string;
}

/**
 * SINGLE: one to one. ONE_TO_MANY: one bank line, several ledger lines. MANY_TO_ONE: several bank lines, one ledger line.
 * CONTRA: two lines of one side that cancel each other.
 */
export type MatchKind = 'SINGLE' | 'ONE_TO_MANY' | 'MANY_TO_ONE' | 'CONTRA';

export interface MatchProposal {
	readonly kind: MatchKind;
	/** Ascending. */
	readonly bankIds: readonly number[];
	/** Ascending by entry and line. */
	readonly bookLines: readonly BookLineKey[];
	readonly score: number;
	/** Only of SINGLE with an equal amount: what may be confirmed without asking. */
	readonly certain: boolean;
	/** Bank minus books, minor units: zero of all kinds but SINGLE. */
	readonly differenceMinor: number;
	readonly reasons: readonly Reason[];
}

/** `cheque 967370 on both sides 35` */
export function reasonLine(reason: Reason): string {
	return reason.points === 0 ? reason.text : `${reason.text} ${reason.points}`;
}

/** The same for the same lines, whatever their order. */
export function matchKey(bankIds: readonly number[], bookLines: readonly BookLineKey[]): string {
	const bank = [...bankIds].sort((one, other) => one - other);
	const book = [...bookLines].sort(byBookLine);
	return `${bank.join(' ')}|${book.map(({ entryId, lineNo }) => `${entryId}.${lineNo}`).join(' ')}`;
}

/** Order of ledger lines: entry, then line. */
export function byBookLine(one: BookLineKey, other: BookLineKey): number {
	return one.entryId - other.entryId || one.lineNo - other.lineNo;
}
