import type { STATEMENT_FORMATS } from '#shared/contract/statements.contract.ts';
import type { CivilDate } from '#shared/kernel/civil-date.ts';
import type { CurrencyCode } from '#shared/kernel/currency.ts';

export type StatementFormat = (typeof STATEMENT_FORMATS)[number];

/** A balance as the file states it: signed minor units of the statement's currency, at the end of `date` (null: the file does not say when).
 * The day is the one written: of an opening balance some banks write the first day of the statement, some the day before. */
export interface StatedBalance {
	readonly amountMinor: number;
	readonly date: CivilDate | null;
}

/** One booked line of a statement, as the bank wrote it. Text is NFC, trimmed, without control characters; never shortened. */
export interface ParsedLine {
	/** Where it stands in the file, for a person: a line number, or the number of the entry. */
	readonly row: number;
	readonly bookDate: CivilDate;
	readonly valueDate: CivilDate | null;
	/** Signed minor units of the statement's currency; money in is positive, also on a card. */
	readonly amountMinor: number;
	/** What the bank says it was: payee, remittance, memo, in the file's order, joined by one blank. */
	readonly description: string;
	/** Who is on the other side, where the file says so. */
	readonly party: string | null;
	/** The bank's own id of the line (FITID, AcctSvcrRef, the part after // in :61:, a receipt number). Never a reference. */
	readonly bankId: string | null;
	/** What the two sides agreed on: cheque number, receipt, end-to-end id, customer reference. Null where the file repeats the bank's id there. */
	readonly reference: string | null;
	/** The balance after this line, where the file gives one. */
	readonly runningBalanceMinor: number | null;
}

/** One statement of one account. A file may hold several, of one account or of many; pages of one statement are brought together. */
export interface ParsedStatement {
	/** IBAN or number of the account as the file writes it, blanks removed; null where the file names none. */
	readonly accountId: string | null;
	/** Null where the file does not say: the account's own currency then. */
	readonly currency: CurrencyCode | null;
	/** The bank's number or id of the statement. */
	readonly number: string | null;
	/** First and last day that the statement covers, both included; null where the file does not say (the lines tell then). */
	readonly from: CivilDate | null;
	readonly to: CivilDate | null;
	readonly opening: StatedBalance | null;
	readonly closing: StatedBalance | null;
	readonly lines: readonly ParsedLine[];
	/** Lines that the bank has not booked yet; they are left out. */
	readonly pending: number;
	readonly doubts: readonly StatementDoubt[];
	/** Lines that could not be read. Nothing of the file is taken in unless the person says to keep going. */
	readonly rejected: readonly RejectedLine[];
}

/** What a person has to accept before a statement is taken in; the acceptance is recorded with it. `code` is stable: `accept` names it. */
export interface StatementDoubt {
	readonly code: StatementDoubtCode;
	readonly message: string;
	readonly row: number | null;
}

export const STATEMENT_DOUBTS = [
	/** Opening balance and lines do not give the closing balance. */
	'CLOSING_DIFFERS',
	/** A balance carries no sign (camt without CdtDbtInd): read as a credit balance. */
	'BALANCE_SIGN_MISSING',
	/** The file ends before its format does. */
	'FILE_CUT_SHORT',
	/** The file says one encoding and is written in another, or names one that nobody knows. */
	'ENCODING_DOUBTFUL',
	/** Not a statement but an interim report (camt.052, MT942) or advice (camt.054). */
	'NOT_A_STATEMENT',
	/** A day that no calendar has, such as 30 February: read as the month's last day. Or a line without a day: read as the closing day. */
	'DATE_DOUBTFUL',
	/** No namespace, version or header by which the format says what it is. */
	'FORMAT_DOUBTFUL',
	/** An amount is written against the rule of the format (a point in MT940), or a balance cannot be used as written and is left out. */
	'AMOUNT_DOUBTFUL',
] as const;
export type StatementDoubtCode = (typeof STATEMENT_DOUBTS)[number];

export interface RejectedLine {
	readonly row: number;
	/** Such as AMOUNT_INVALID, AMOUNT_TOO_LARGE, DATE_INVALID, CURRENCY_MISMATCH, TEXT_INVALID. */
	readonly code: string;
	readonly message: string;
}

export interface ParsedStatementFile {
	readonly format: StatementFormat;
	/** The dialect or version that was met, for a person: `OFX 1.02 SGML`, `camt.053.001.08`, `MT940 (SWIFT blocks)`. */
	readonly dialect: string;
	readonly statements: readonly ParsedStatement[];
	/** What else the file holds and was not taken, each said in a sentence for a person (investment accounts). */
	readonly leftOut?: readonly string[];
}

/** What a reader may be told. Each answers one question of NEEDS_ANSWER; its id is the key here. */
export interface StatementReadOptions {
	/** The currency of the account in the books: for files that name none, and for the number of decimals. */
	readonly currency: CurrencyCode;
	readonly encoding?: string;
	readonly delimiter?: string;
	readonly decimal?: '.' | ',';
	readonly dateFormat?: string;
	/** Column of each field, by name of the field: a saved column map, or what a person said. */
	readonly map?: Readonly<Record<string, string>>;
	/** Money out is written positive (many cards). */
	readonly invertSigns?: boolean;
	/** Id of a preset: what is known of one kind of CSV statement beforehand. */
	readonly preset?: string;
}

/**
 * A reader of one format. It gets the whole file (bounded by MAX_STATEMENT_BYTES) and touches nothing else: no file, no network, no entity.
 * Refuses FILE_UNREADABLE (broken, with the row), FILE_EMPTY, FILE_NOT_RECOGNISED, and NEEDS_ANSWER where it can be read in two ways.
 */
export type StatementReader = (bytes: Uint8Array, options: StatementReadOptions) => ParsedStatementFile;

/** The largest statement file that is read: a year of a busy shop is a tenth of it. */
export const MAX_STATEMENT_BYTES = 64 * 1024 * 1024;
/** Elements inside elements; no statement format comes near. */
export const MAX_DEPTH = 64;
