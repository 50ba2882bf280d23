import type { CivilDate } from '#shared/kernel/civil-date.ts';
import type { CurrencyCode } from '#shared/kernel/currency.ts';
import type { PathAccountType } from './account-path.rules.ts';

/** One line of an entry as a file states it. All amounts are minor units. */
export interface StagedLine {
	/** Code, path or name as written, trimmed and NFC. */
	readonly account: string;
	readonly accountName: string | null;
	readonly accountType: PathAccountType | null;
	readonly party: string | null;
	readonly currency: CurrencyCode;
	/** Amounts in `currency`; one of the two is 0. */
	readonly debitMinor: number;
	readonly creditMinor: number;
	/** Signed, debit positive, in the company's currency. As given by the file until the entry is whole, then always worked out. */
	baseMinor: number | null;
	readonly dueDate: CivilDate | null;
	/** Only where it says something else than the entry does. */
	readonly memo: string | null;
	readonly reference: string | null;
}

/** A line of a whole entry: its base amount is worked out. */
export interface StagedEntryLine extends StagedLine {
	baseMinor: number;
}

/** A whole entry that balances in base, ready to be booked once its accounts and periods are known to be good. */
export interface StagedEntry {
	/** The file's own number, or null where it has none. */
	readonly externalNo: string | null;
	readonly date: CivilDate;
	readonly description: string;
	readonly reference: string | null;
	/** Physical line of the file on which the entry begins. */
	readonly firstLine: number;
	readonly lines: readonly StagedEntryLine[];
	/** What a line on FX_ROUNDING must take so that the entry balances in base: signed, debit positive, usually 0. */
	readonly fxRoundingMinor: number;
	/** What opening balances lack to balance: signed, debit positive; 0 for all other entries. */
	readonly remainderMinor: number;
}

/** Why a row was refused. Codes are stable. */
export type RowErrorCode =
	| 'AMOUNT_INVALID'
	| 'AMOUNT_TOO_LARGE'
	| 'BASE_AMOUNT_INVALID'
	| 'BOTH_SIDES'
	| 'NO_AMOUNT'
	| 'NEGATIVE_AMOUNT'
	| 'SIDE_INVALID'
	| 'DATE_INVALID'
	| 'CURRENCY_UNKNOWN'
	| 'COMMODITY_NOT_A_CURRENCY'
	| 'TEXT_INVALID'
	| 'COLUMN_MISSING'
	| 'COLUMNS_EXTRA'
	| 'QUOTING_INVALID'
	| 'HEADER_DIFFERS'
	| 'ENTRY_NO_REPEATED'
	| 'ENTRY_TOO_SHORT'
	| 'ENTRY_UNBALANCED'
	| 'RATE_MISSING'
	| 'ACCOUNT_UNKNOWN'
	| 'ACCOUNT_INACTIVE'
	| 'CURRENCY_MISMATCH'
	| 'PERIOD_CLOSED'
	| 'PERIOD_CLOSING'
	| 'PERIOD_NOT_REACHED'
	| 'ENTRY_DATE_TOO_FAR'
	/** The row itself is good; another row of its entry, or the entry as a whole, is not. */
	| 'ENTRY_REJECTED';

export interface RowFault {
	readonly code: RowErrorCode;
	readonly message: string;
}

export interface RejectedRow extends RowFault {
	/** Physical line of the file on which the row begins. */
	readonly row: number;
	readonly entryNo: string | null;
	/** The cells as read, for the reject file. */
	readonly fields: readonly string[];
}
