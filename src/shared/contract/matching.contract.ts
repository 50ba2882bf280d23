/** Matching of statement lines with ledger lines: proposals, decisions, entries made from lines. */
export const matchingContract = {};

export type MatchingContract = typeof matchingContract;
