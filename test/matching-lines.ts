import type { BankLine, BookLine } from '#main/reconciliation/matching/lines.rules.ts';

/** id, day, minor units, description */
export type BankText = readonly [number, number, number, string];
/** entry, day, minor units, description; the line number is 1 */
export type BookText = readonly [number, number, number, string];

export function bank([id, day, amountMinor, description]: BankText, more: Partial<BankLine> = {}): BankLine {
	return { id, day, amountMinor, description, party: null, reference: null, bankId: null, ...more };
}

export function book([entryId, day, amountMinor, description]: BookText, more: Partial<BookLine> = {}): BookLine {
	const none = { memo: null, party: null, aliases: [], references: [], externalNo: null, reversesEntryId: null };
	return { entryId, lineNo: 1, day, amountMinor, description, ...none, ...more };
}
