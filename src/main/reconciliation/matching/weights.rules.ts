/** Points of each piece of evidence. They add up to the score of a candidate. */
export const POINTS = {
	AMOUNT_EQUAL: 40,
	/** Bank and books differ by no more than a bank's fee. Such a pair is never certain. */
	AMOUNT_LESS_FEE: 15,
	REFERENCE_EQUAL: 35,
	REFERENCE_DIFFERENT: -20,
	DATE_NEAR: 10,
	DATE_NEARISH: 5,
	/** For all of the bank line's words; a share of them gives a share of it. */
	TEXT_FULL: 30,
	/** An entry and the entry that reverses it. */
	REVERSAL: 35,
	/** The text of one of two lines says that it takes something back. */
	TAKEN_BACK: 15,
	/** A charge at the rate that other settlements of the same run show. */
	RATE_SHARED: 25,
} as const;

/** Days up to which two dates count as near, and as not far. */
export const NEAR_DAYS = 3;
export const NEARISH_DAYS = 7;

/** A bank line lies from so many days before the book date ... */
export const DAYS_BEFORE_BOOK = 3;
/** ... to so many days after it, or so many where both sides have the same cheque number: a cheque is good for half a year. */
export const DAYS_AFTER_BOOK = 21;
export const DAYS_AFTER_BOOK_CHEQUE = 180;

/** What the program may confirm by itself: an equal amount, at least this score, and this much ahead of all others. */
export const CERTAIN_SCORE = 65;
export const CERTAIN_LEAD = 10;
/** What is shown to a person at all. */
export const SUGGESTED_SCORE = 45;

/** A fee is at most one part in so many of the amount, and at most so many minor units. */
export const FEE_PARTS = 50;
export const FEE_LIMIT_MINOR = 5000;
/** Different amounts within the tolerance that one line tries, the nearest first. */
export const FEE_AMOUNTS = 64;

/** Lines of a group, the one on the other side not counted. */
export const GROUP_LINES = 6;
/** Lines of a group that have nothing in common with the one line, nor a day with each other: more would add up by chance. */
export const UNRELATED_GROUP_LINES = 2;
/** Lines nearest in time that are looked at for a group, how many of them are tried together, and the steps of one search. */
export const GROUP_LOOKS = 64;
export const GROUP_POOL = 20;
export const GROUP_STEPS = 1000;
/** Text points from which a line has something in common with another. */
export const KINDRED_POINTS = 8;

/** Candidates of an equal amount, and lines of an equal reference, that one line looks at. */
export const CANDIDATE_LIMIT = 32;

/** Two lines of one side that cancel each other lie at most so many days apart, unless one is booked as the reversal of the other. */
export const CONTRA_DAYS = 31;

/** A transfer between two own accounts arrives within so many days, on either side. */
export const TRANSFER_DAYS = 5;

/** A settlement holds so many days of sales at most ... */
export const SETTLEMENT_SPAN_DAYS = 7;
/** ... the last of them so many days before the money comes ... */
export const SETTLEMENT_DELAY_DAYS = 7;
/** ... less a charge of at most so many parts in ten thousand. */
export const SETTLEMENT_CHARGE_LIMIT = 600;
/** Lines of one settlement that need not be whole days. Larger ones are tried by whole days only. */
export const SETTLEMENT_LINES = 60;

/** Hints of one sort that the difference explainer gives. */
export const HINT_LIMIT = 10;
