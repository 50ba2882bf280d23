import { AppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import { type CivilDate, civilDate } from '#shared/kernel/civil-date.ts';
import { listPeriods, periodById } from '#main/periods/index.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import type { EntryInput } from './entry-input.service.ts';
import { postEntry } from './entry-posting.service.ts';
import { entryById, linesOf, reversalOf, type StoredEntry, type StoredLine } from './journal.queries.ts';
import { type PostedEntry, postPrepared } from './posting.service.ts';

/** The lines of an entry with sides changed. */
export function mirrored(lines: readonly StoredLine[]): StoredLine[] {
	return lines.map((line) => ({
		accountId: line.accountId,
		partyId: line.partyId,
		currency: line.currency,
		debitMinor: line.creditMinor,
		creditMinor: line.debitMinor,
		baseDebitMinor: line.baseCreditMinor,
		baseCreditMinor: line.baseDebitMinor,
		dueDate: line.dueDate,
		reference: line.reference,
		memo: line.memo,
	}));
}

/**
 * Posts the exact opposite of an entry. Dated the original's date while its period is open, else the first day of the earliest
 * open period; never before the original. An entry is reversed at most once; closing entries only by reopening.
 * Refuses NOT_FOUND, ENTRY_ALREADY_REVERSED, ENTRY_NOT_REVERSIBLE and the codes of posting.
 */
export function reverseEntry(
	tx: WriteTx,
	actor: Actor,
	no: number,
	options: { readonly date?: string | undefined; readonly description?: string | undefined } = {},
): PostedEntry {
	const { company } = actor;
	const original = reversible(tx, company, no);
	const date = options.date === undefined ? reversalDate(tx, company, original) : civilDate(options.date, 'ENTRY_DATE_INVALID');
	if (date < original.date) {
		throw new AppError('ENTRY_DATE_INVALID', `A reversal is not dated before what it reverses (${original.date}).`, { no, date, original: original.date });
	}
	return postPrepared(tx, actor, {
		date,
		description: options.description ?? `Reversal of ${no}: ${original.description}`,
		reference: original.reference,
		externalNo: null,
		source: 'REVERSAL',
		reverses: no,
		lines: mirrored(linesOf(tx, company.id, no)),
	});
}

function reversible(db: ReadDb, company: Company, no: number): StoredEntry {
	const original = entryById(db, company.id, no);
	if (!original || original.status !== 'POSTED') throw new AppError('NOT_FOUND', `There is no posted entry ${no}.`, { no });
	if (original.source === 'CLOSING') {
		throw new AppError('ENTRY_NOT_REVERSIBLE', `Entry ${no} is a closing entry. It is reversed by reopening its period.`, { no });
	}
	const reversal = reversalOf(db, company.id, no);
	if (reversal !== null) throw new AppError('ENTRY_ALREADY_REVERSED', `Entry ${no} was reversed already, by entry ${reversal}.`, { no, reversedBy: reversal });
	return original;
}

function reversalDate(db: ReadDb, company: Company, original: StoredEntry): CivilDate {
	const period = present(periodById(db, company.id, present(original.periodId, 'the period of a posted entry')), 'the period of an entry');
	if (period.status === 'OPEN') return original.date;
	const open = listPeriods(db, company.id).find((candidate) => candidate.status === 'OPEN' && candidate.kind !== 'YEAR' && candidate.start > original.date);
	if (open) return open.start;
	// Every period made so far is closed: the day after the last one makes the next year's.
	const last = listPeriods(db, company.id)
		.filter((candidate) => candidate.kind !== 'YEAR')
		.at(-1);
	throw new AppError('PERIOD_CLOSED', `Every period up to ${last?.end ?? original.date} is closed. Open the next one: period open DATE.`, { no: original.id });
}

/** Reverses an entry and enters it anew, in one database transaction. Answers the reversal, then the new entry. */
export function correctEntry(tx: WriteTx, actor: Actor, no: number, entry: EntryInput): readonly [PostedEntry, PostedEntry] {
	const reversal = reverseEntry(tx, actor, no);
	return [reversal, postEntry(tx, actor, entry)];
}
