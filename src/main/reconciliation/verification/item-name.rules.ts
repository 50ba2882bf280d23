import { AppError } from '#shared/kernel/app-error.ts';

/** What a person names as an item: a ledger line, every open line of an entry (without `lineNo`), or a line of the bank. */
export type ItemName =
	| { readonly kind: 'BOOK'; readonly entryId: number; readonly lineNo: number | null }
	| { readonly kind: 'BANK'; readonly lineUuid: string };

/** `entry:12`, `entry:12:1` or `line:UUID`. Refuses ITEM_REFUSED. */
export function parseItemName(typed: string): ItemName {
	const entry = /^entry:(\d{1,15})(?::(\d{1,9}))?$/i.exec(typed.trim());
	if (entry) return { kind: 'BOOK', entryId: Number(entry[1]), lineNo: entry[2] === undefined ? null : Number(entry[2]) };
	const line = /^line:([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i.exec(typed.trim());
	if (line?.[1]) return { kind: 'BANK', lineUuid: line[1].toLowerCase() };
	throw new AppError('ITEM_REFUSED', `"${typed}" names no item. Write entry:NO, entry:NO:LINE or line:LINE-ID, as \`reconcile items\` lists them.`, {
		item: typed,
	});
}

/** How a ledger line or a line of the bank is named. */
export function itemName(line: { readonly entryId: number; readonly lineNo: number } | { readonly lineUuid: string }): string {
	return 'lineUuid' in line ? `line:${line.lineUuid}` : `entry:${line.entryId}:${line.lineNo}`;
}
