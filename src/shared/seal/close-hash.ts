import { assert } from '#shared/kernel/assert.ts';
import type { TextHash } from './hash.ts';

/** The figures under a close_hash. Sums are minor units of the company's currency over the period, as decimal text. */
export interface CloseHashFields {
	/** uuid */
	readonly companyId: string;
	/** uuid */
	readonly periodId: string;
	/** Distinct posted entries dated in the period with seq at most sealed_through_seq, the closing entry and superseded ones included. */
	readonly totalJournalCount: number;
	readonly totalDebitsMinor: string;
	readonly totalCreditsMinor: string;
	/** Rows of the balances at the period's end: one for each account and currency. */
	readonly balanceRowCount: number;
	readonly closeNumber: number;
}

/** The eight lines, each ended by one LF, whose SHA-256 is the close_hash: `printf '%s\n' ... | sha256sum` gives the same. */
export function closeHashText(fields: CloseHashFields): string {
	const lines = [
		'ledgerseal-close-v1',
		fields.companyId,
		fields.periodId,
		String(fields.totalJournalCount),
		fields.totalDebitsMinor,
		fields.totalCreditsMinor,
		String(fields.balanceRowCount),
		String(fields.closeNumber),
	];
	assert(
		lines.every((line) => line !== '' && !line.includes('\n')),
		'no field of a close_hash is empty or holds a line break',
	);
	return `${lines.join('\n')}\n`;
}

/** close_hash, lower-case hex. */
export function closeHash(fields: CloseHashFields, hashText: TextHash): string {
	return hashText(closeHashText(fields));
}
