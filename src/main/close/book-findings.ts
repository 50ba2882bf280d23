import type { z } from 'zod';
import type { finding } from '#shared/contract/close.contract.ts';

export type BookFinding = z.input<typeof finding>;

/** Everything that a verification of the books can find, beside the codes of the audit trail. Codes are stable: scripts decide on them. */
export const BOOK_FINDING_CODES = [
	'ENTRY_CHANGED',
	'ENTRY_MISSING',
	'ENTRY_EXTRA',
	'ENTRY_UNBALANCED',
	'CHAIN_BROKEN',
	'CONTENT_ROOT_DIFFERS',
	'CLOSE_HASH_DIFFERS',
	'TOTALS_DIFFER',
	'NET_PROFIT_DIFFERS',
	'BALANCES_DIFFER',
	'CLOSE_CHANGED',
	'PERIOD_CHANGED',
	'ACCOUNT_CHANGED',
	'TABLE_CHANGED',
	'ATTACHMENT_CHANGED',
	'STATEMENT_CHANGED',
	'RECONCILIATION_CHANGED',
	'SEAL_MISSING',
	'SEAL_CHANGED',
	'PREVIOUS_SEAL_DIFFERS',
	'SEAL_SIGNATURE_BAD',
	'SIGNATURE_MISSING',
	'SIGNER_CHANGED',
	'AUDIT_EVENT_CHANGED',
	'AUDIT_EVENT_MISSING',
	'AUDIT_TAIL_MISSING',
	'ROLLED_BACK',
] as const;
export type BookFindingCode = (typeof BOOK_FINDING_CODES)[number];

export type FindingPlace = Partial<Omit<BookFinding, 'code' | 'message'>>;

const MOST_KEPT = 1000;

/** Collects findings, the first thousand by name. */
export class BookFindings {
	readonly list: BookFinding[] = [];
	omitted = 0;

	add(code: BookFindingCode, message: string, place: FindingPlace = {}): void {
		if (this.list.length >= MOST_KEPT) {
			this.omitted++;
			return;
		}
		this.list.push({ code, message, entryNo: null, externalNo: null, account: null, file: null, table: null, ...place });
	}
}
