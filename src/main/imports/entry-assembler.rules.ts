import { AppError, isAppError } from '#shared/kernel/app-error.ts';
import type { CivilDate } from '#shared/kernel/civil-date.ts';
import type { CurrencyCode } from '#shared/kernel/currency.ts';
import { convertMinor, toSafeMinor } from '#shared/kernel/money.ts';
import { assignBaseAmounts, type Rates } from '#main/ledger/base-amounts.rules.ts';
import { EntryNumbers } from './entry-numbers.rules.ts';
import type { RejectedRow, RowErrorCode, RowFault, StagedEntry, StagedEntryLine, StagedLine } from './staged-entry.rules.ts';

/** The most lines that one entry may have. An entry is held in memory until it is whole; a file never is. */
export const MAX_ENTRY_LINES = 100_000;

export interface AssemblyHandlers {
	/** May refuse the entry: the fault then stands at its first row. */
	readonly onEntry: (entry: StagedEntry) => RowFault | null;
	readonly onReject: (row: RejectedRow) => void;
}

/** What a row says about its entry. */
export interface RowHead {
	/** The file's number of the entry; null where the file has no numbers: then lines form entries by adding up to nil. */
	readonly entryNo: string | null;
	readonly date: CivilDate | null;
	readonly description: string;
	readonly reference: string | null;
}

export interface AssemblyCounts {
	entries: number;
	lines: number;
	rejectedRows: number;
	/** Lines of amount nil, left out: a ledger line has an amount. */
	zeroLines: number;
	/** Entries that had no other lines than those. */
	emptyEntries: number;
}

interface PendingRow {
	readonly row: number;
	readonly fields: readonly string[];
	readonly fault: RowFault | null;
}

/**
 * Puts the lines of a file together to entries. Rows of one number that follow each other are one entry; without numbers,
 * rows of one date and description are an entry as soon as they add up to nil. An entry is handed on whole and balanced, or
 * all its rows are refused, each with a reason.
 */
export class EntryAssembler {
	readonly counts: AssemblyCounts = { entries: 0, lines: 0, rejectedRows: 0, zeroLines: 0, emptyEntries: 0 };
	readonly #baseCurrency: CurrencyCode;
	readonly #rates: Rates;
	readonly #handlers: AssemblyHandlers;
	readonly #numbers = new EntryNumbers();
	readonly #allowsRemainder: boolean;
	#rows: PendingRow[] = [];
	#lines: StagedLine[] = [];
	#head: RowHead | null = null;
	#hasFault = false;

	/** `allowsRemainder`: an entry of opening balances need not balance; what is left is its `remainderMinor`. */
	constructor(baseCurrency: CurrencyCode, rates: Rates, handlers: AssemblyHandlers, allowsRemainder = false) {
		this.#allowsRemainder = allowsRemainder;
		this.#baseCurrency = baseCurrency;
		this.#rates = rates;
		this.#handlers = handlers;
	}

	/** The head of the entry that is being put together, for rows that leave theirs blank. */
	get openHead(): RowHead | null {
		return this.#head;
	}

	/** Adds a row: its line, or the fault that it has. `head.entryNo` decides whether it begins another entry. */
	add(head: RowHead, line: StagedLine | null, fault: RowFault | null, row: number, fields: readonly string[]): void {
		const open = this.#head;
		if (open !== null && (head.entryNo !== open.entryNo || (head.entryNo === null && this.#isAnother(head, open)))) this.finish();
		if (this.#head === null) this.#head = head;
		if (this.#rows.length >= MAX_ENTRY_LINES) {
			throw new AppError(
				'FILE_UNREADABLE',
				`The entry that begins in line ${this.#rows[0]?.row ?? row} has more than ${MAX_ENTRY_LINES} lines. Check the column of the entry numbers, or split the entry.`,
				{
					line: this.#rows[0]?.row ?? row,
				},
			);
		}
		const problem = fault ?? this.#headFault(head);
		this.#rows.push({ row, fields, fault: problem });
		if (problem !== null) this.#hasFault = true;
		else if (line !== null) this.#keep(line);
	}

	/** Ends the entry that is being put together. Call it once more after the last row. */
	finish(): void {
		const head = this.#head;
		if (head === null) return;
		const entry = this.#hasFault ? null : this.#whole(head);
		const fault = entry === null ? null : this.#handlers.onEntry(entry);
		if (fault !== null) this.#refuse(fault.code, fault.message);
		if (this.#hasFault) this.#reject(head);
		else if (entry !== null) {
			this.counts.entries++;
			this.counts.lines += entry.lines.length;
		}
		this.#rows = [];
		this.#lines = [];
		this.#head = null;
		this.#hasFault = false;
	}

	#isAnother(head: RowHead, open: RowHead): boolean {
		return head.date !== open.date || head.description !== open.description || this.#isNil();
	}

	#isNil(): boolean {
		if (this.#lines.length < 2 || this.#hasFault) return false;
		const first = this.#lines[0] as StagedLine;
		let sum = 0n;
		const isByBase = this.#lines.every((line) => line.baseMinor !== null);
		for (const line of this.#lines) {
			if (!isByBase && line.currency !== first.currency) return false;
			sum += BigInt(isByBase ? (line.baseMinor ?? 0) : line.debitMinor - line.creditMinor);
		}
		return sum === 0n;
	}

	#headFault(head: RowHead): RowFault | null {
		const open = this.#head;
		if (open === null || open.date === null || head.date === open.date) return null;
		return {
			code: 'HEADER_DIFFERS',
			message: `Entry ${head.entryNo ?? ''} has the date ${open.date ?? 'none'} in its first row and ${head.date ?? 'none'} here. Give all its rows one date, or another number.`,
		};
	}

	#keep(line: StagedLine): void {
		if (line.debitMinor === 0 && line.creditMinor === 0 && (line.baseMinor ?? 0) === 0) this.counts.zeroLines++;
		else this.#lines.push(line);
	}

	#whole(head: RowHead): StagedEntry | null {
		if (this.#lines.length === 0) {
			this.counts.emptyEntries++;
			return null;
		}
		const date = head.date as CivilDate;
		if (head.entryNo !== null && !this.#numbers.add(date, head.entryNo)) {
			return this.#refuse(
				'ENTRY_NO_REPEATED',
				`Entry number ${head.entryNo} of ${date} stood further up in the file already. Bring its rows together, or give one of the two another number.`,
			);
		}
		if (this.#lines.length < 2 && !this.#allowsRemainder) return this.#refuse('ENTRY_TOO_SHORT', 'The entry has one line only. An entry has at least two.');
		const remainderMinor = this.#allowsRemainder ? this.#assignEach() : 0;
		const fxRoundingMinor = remainderMinor === null || this.#allowsRemainder ? 0 : this.#assignBase();
		if (fxRoundingMinor === null || remainderMinor === null) return null;
		const firstLine = this.#rows[0]?.row ?? 0;
		return {
			externalNo: head.entryNo,
			date,
			description: head.description,
			reference: head.reference,
			firstLine,
			lines: this.#lines as StagedEntryLine[],
			fxRoundingMinor,
			remainderMinor,
		};
	}

	/** The residue for FX_ROUNDING, or null where the entry was refused. */
	#assignBase(): number | null {
		if (this.#assignPlain()) return 0;
		try {
			const assigned = assignBaseAmounts(this.#lines, this.#baseCurrency, this.#rates);
			for (const [index, line] of this.#lines.entries()) {
				const base = assigned.lines[index];
				line.baseMinor = (base?.baseDebitMinor ?? 0) - (base?.baseCreditMinor ?? 0);
			}
			return assigned.residueMinor;
		} catch (error) {
			if (!isAppError(error)) throw error;
			return this.#refuse(rowCode(error), error.message);
		}
	}

	/** Opening balances: each line by itself. What the entry lacks to balance in base, signed, debit positive; null where it was refused. */
	#assignEach(): number | null {
		let sum = 0n;
		for (const line of this.#lines) {
			const base = line.currency === this.#baseCurrency ? line.debitMinor - line.creditMinor : (line.baseMinor ?? this.#converted(line));
			if (base === null) {
				return this.#refuse('RATE_MISSING', `An opening balance in ${line.currency} needs a base amount, or a rate such as --rate ${line.currency}=83.45.`);
			}
			line.baseMinor = base;
			sum += BigInt(base);
		}
		return toSafeMinor(-sum);
	}

	#converted(line: StagedLine): number | null {
		const rate = this.#rates.get(line.currency);
		return rate === undefined ? null : convertMinor(line.debitMinor - line.creditMinor, line.currency, this.#baseCurrency, rate);
	}

	// Nearly every entry of nearly every file is in one currency: it needs two additions and no BigInt.
	#assignPlain(): boolean {
		let sum = 0;
		for (const line of this.#lines) {
			const amount = line.debitMinor - line.creditMinor;
			if (line.currency !== this.#baseCurrency || (line.baseMinor !== null && line.baseMinor !== amount)) return false;
			sum += amount;
			if (!Number.isSafeInteger(sum)) return false;
		}
		if (sum !== 0) return false;
		for (const line of this.#lines) line.baseMinor = line.debitMinor - line.creditMinor;
		return true;
	}

	#refuse(code: RowErrorCode, message: string): null {
		const first = this.#rows[0] as PendingRow;
		this.#rows[0] = { ...first, fault: { code, message } };
		this.#hasFault = true;
		return null;
	}

	#reject(head: RowHead): void {
		const culprit = this.#rows.find((row) => row.fault !== null)?.row ?? 0;
		for (const { row, fields, fault } of this.#rows) {
			this.counts.rejectedRows++;
			const reason = fault ?? { code: 'ENTRY_REJECTED' as const, message: `Belongs to an entry that is refused because of line ${culprit}.` };
			this.#handlers.onReject({ row, code: reason.code, message: reason.message, entryNo: head.entryNo, fields });
		}
	}
}

function rowCode(error: AppError): RowErrorCode {
	switch (error.code) {
		case 'RATE_MISSING':
		case 'ENTRY_UNBALANCED':
		case 'AMOUNT_TOO_LARGE':
			return error.code;
		default:
			return 'BASE_AMOUNT_INVALID';
	}
}
