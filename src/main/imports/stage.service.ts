import { AppError } from '#shared/kernel/app-error.ts';
import { addDays, dayNumber, daysBetween } from '#shared/kernel/civil-date.ts';
import { entryTextParts, type SealedLine } from '#shared/seal/index.ts';
import { listPeriods, MAX_DAYS_AHEAD, openingPeriod, today } from '#main/periods/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { contentHash } from './duplicates.service.ts';
import type { MatchedAccount, Matching } from './matching.service.ts';
import type { RowFault, StagedEntry } from './staged-entry.rules.ts';
import type { BatchBuilder, StagedLineRow } from './staged-batch.rules.ts';

export type ImportKind = 'JOURNAL' | 'OPENING';

/** What the books said about dates when reading began; booking asks again under the lock. */
export class DateGate {
	readonly #faults = new Map<string, RowFault | null>();
	readonly #company: Company;
	readonly #kind: ImportKind;
	readonly #periods: ReturnType<typeof listPeriods>;
	readonly #today: string;
	readonly #openingDate: string | null;
	readonly #canMove: boolean;

	constructor(db: ReadDb, company: Company, kind: ImportKind, instant: string) {
		this.#company = company;
		this.#kind = kind;
		this.#periods = listPeriods(db, company.id).filter((period) => period.kind !== 'YEAR');
		this.#today = today(company, instant);
		this.#openingDate = company.booksFrom === null ? null : addDays(company.booksFrom, -1);
		this.#canMove = openingPeriod(db, company.id) === undefined;
	}

	/** Why an entry of this date is refused; null where it is not. */
	fault(date: string): RowFault | null {
		let fault = this.#faults.get(date);
		if (fault === undefined) {
			fault = this.#kind === 'OPENING' ? this.#openingFault(date) : this.#judge(date);
			this.#faults.set(date, fault);
		}
		return fault;
	}

	#openingFault(date: string): RowFault | null {
		if (this.#openingDate === null || date === this.#openingDate) return this.#judgePeriod(date);
		return {
			code: 'PERIOD_NOT_REACHED',
			message: `Opening balances are dated ${this.#openingDate}, the day before the books begin (${this.#company.booksFrom ?? ''}); this one is dated ${date}.`,
		};
	}

	#judge(date: string): RowFault | null {
		if (date < '1970-01-01') return { code: 'DATE_INVALID', message: `${date} is before 1970-01-01, the first day that books can hold.` };
		if (daysBetween(this.#today, date) > MAX_DAYS_AHEAD) {
			return { code: 'ENTRY_DATE_TOO_FAR', message: `${date} is more than ${MAX_DAYS_AHEAD} days ahead. Check the year of the date.` };
		}
		const { booksFrom } = this.#company;
		if (booksFrom !== null && date < booksFrom && !this.#canMove) {
			return { code: 'PERIOD_NOT_REACHED', message: `The books begin on ${booksFrom} and have opening balances or a close; ${date} is before that.` };
		}
		return this.#judgePeriod(date);
	}

	#judgePeriod(date: string): RowFault | null {
		const period = this.#periods.find((candidate) => candidate.start <= date && date <= candidate.end);
		if (period?.status === 'CLOSED') {
			return { code: 'PERIOD_CLOSED', message: `${period.name} is closed. Date the entry in an open period, or have an Admin reopen ${period.name}.` };
		}
		if (period?.status === 'CLOSING') return { code: 'PERIOD_CLOSING', message: `${period.name} is soft-closed and takes no imports. Open it again first.` };
		return null;
	}
}

/** Turns whole entries of a file into staged rows, or says why one can't be. */
export class Stager {
	entries = 0;
	lines = 0;
	readonly #company: Company;
	readonly #kind: ImportKind;
	readonly #matching: Matching;
	readonly #dates: DateGate;
	readonly #batches: BatchBuilder;
	readonly #withContent: boolean;
	#date: string | null = null;
	#day = 0;

	/** `withContent`: the books hold imports already, so contents must be compared. */
	constructor(company: Company, kind: ImportKind, matching: Matching, dates: DateGate, batches: BatchBuilder, withContent: boolean) {
		this.#company = company;
		this.#kind = kind;
		this.#matching = matching;
		this.#dates = dates;
		this.#batches = batches;
		this.#withContent = withContent;
	}

	add(entry: StagedEntry): RowFault | null {
		const dateFault = this.#dates.fault(entry.date);
		if (dateFault) return dateFault;
		const rows: StagedLineRow[] = [];
		const sealed: SealedLine[] = [];
		for (const line of entry.lines) {
			const account = this.#matching.account(line);
			if (!('id' in account)) return account;
			const party = line.party === null ? null : this.#matching.party(line.party);
			this.#push(rows, sealed, account, { ...line, partyId: party?.id ?? null, partyRef: party?.ref ?? null });
		}
		for (const [subtype, minor] of [
			['FX_ROUNDING', entry.fxRoundingMinor],
			['OPENING_EQUITY', entry.remainderMinor],
		] as const) {
			if (minor === 0) continue;
			const account = this.#matching.ofSubtype(subtype);
			if (!('id' in account)) return account;
			this.#push(rows, sealed, account, residue(this.#company.currency, minor));
		}
		if (rows.length < 2) return { code: 'ENTRY_TOO_SHORT', message: 'The entry has one line only. An entry has at least two.' };
		this.#write(entry, rows, sealed);
		return null;
	}

	#push(rows: StagedLineRow[], sealed: SealedLine[], account: MatchedAccount, line: PushedLine): void {
		rows.push({
			accountId: account.id,
			partyId: line.partyId,
			currency: line.currency === this.#company.currency ? null : line.currency,
			debitMinor: line.debitMinor,
			creditMinor: line.creditMinor,
			baseMinor: line.baseMinor,
			dueDate: line.dueDate,
			reference: line.reference,
			memo: line.memo,
		});
		sealed.push({
			account: account.ref,
			party: line.partyRef,
			currency: line.currency,
			debit: line.debitMinor,
			credit: line.creditMinor,
			baseDebit: Math.max(line.baseMinor, 0),
			baseCredit: Math.max(-line.baseMinor, 0),
			dueDate: line.dueDate,
			reference: line.reference,
			memo: line.memo,
		});
	}

	#write(entry: StagedEntry, rows: StagedLineRow[], sealed: SealedLine[]): void {
		if (entry.date !== this.#date) {
			this.#date = entry.date;
			this.#day = dayNumber(entry.date);
		}
		const { externalNo, date, description, reference } = entry;
		const text = entryTextParts({
			company: this.#company.uuid,
			externalNo,
			date,
			source: this.#kind === 'OPENING' ? 'OPENING' : 'IMPORT',
			description,
			reference,
			reverses: null,
			session: null,
			attachments: [],
			lines: sealed,
		});
		const content = this.#withContent ? contentHash({ externalNo, date, description, reference, lines: rows.map((row) => Object.values(row) as never) }) : null;
		this.#batches.add({ externalNo, date, description, reference, text, content }, rows, this.#day);
		this.entries++;
		this.lines += rows.length;
	}
}

interface PushedLine {
	readonly partyId: number | null;
	readonly partyRef: string | null;
	readonly currency: string;
	readonly debitMinor: number;
	readonly creditMinor: number;
	readonly baseMinor: number;
	readonly dueDate: string | null;
	readonly reference: string | null;
	readonly memo: string | null;
}

function residue(currency: string, minor: number): PushedLine {
	return {
		partyId: null,
		partyRef: null,
		currency,
		debitMinor: Math.max(minor, 0),
		creditMinor: Math.max(-minor, 0),
		baseMinor: minor,
		dueDate: null,
		reference: null,
		memo: null,
	};
}

/** The refusal of a file with rejected rows. `details.rejected` holds the first of them. */
export function rejectedRefusal(rejected: readonly { row: number; code: string; message: string }[], count: number): AppError {
	const [first] = rejected;
	return new AppError(
		'IMPORT_REJECTED',
		`${count} row${count === 1 ? '' : 's'} can't be booked, so nothing was. Line ${first?.row ?? 0}: ${first?.message ?? ''} Correct the file, or import with --keep-going to book the good entries.`,
		{ rejected, rejectedCount: count },
	);
}
