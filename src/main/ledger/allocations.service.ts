import type { LedgerContract } from '#shared/contract/ledger.contract.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import { dayNumber, fromDayNumber } from '#shared/kernel/civil-date.ts';
import { formatAmount, parseAmountMinor } from '#shared/kernel/money.ts';
import { bookText } from '#shared/kernel/text.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import { uuidV7 } from '#main/platform/ids.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import type { OutputOf } from '#shared/contract/client.ts';
import { allocationByUuid, type AllocationRow, allocationRows, insertAllocation, lastClosedDay, storeUndoing, usesOfLine } from './allocations.queries.ts';
import { entryById, linesOf, type NumberedLine } from './journal.queries.ts';
import { controlAccounts, reversalsThrough } from './open-items.queries.ts';
import { cancelledEntries } from './allocation.rules.ts';

type AllocationView = OutputOf<LedgerContract['listAllocations']>['allocations'][number];

export interface AllocationRequest {
	/** Number of the entry that settles. */
	readonly no: number;
	/** Its line; every control line of it unless given. */
	readonly lineNo?: number | undefined;
	/** Number of the entry that is settled. */
	readonly to: number;
	/** Major units of the lines' currency; as much as both hold unless given. */
	readonly amount?: string | undefined;
}

const LAST_DAY = dayNumber('9999-12-31');

/** A line with what no allocation has taken of it yet, in minor units. */
interface FreeLine extends NumberedLine {
	readonly no: number;
	freeMinor: number;
	/** The first day on which that much is free. */
	readonly freeFromDay: number;
}

/**
 * States that one entry settles another: each line of a receivable or payable account against the other entry's line of the same account, party and
 * currency on the other side. What references and due dates say of these amounts gives way. It counts from the later day of the two on, or from the
 * first day that is not closed, so that nothing of a closed period changes. Refuses NOT_FOUND, ALLOCATION_REFUSED, AMOUNT_INVALID, AMOUNT_TOO_LARGE.
 */
export function allocate(tx: WriteTx, { user, company }: Actor, request: AllocationRequest): AllocationView[] {
	const { no, to } = request;
	const lines = freeLines(tx, company, no).filter(({ lineNo }) => request.lineNo === undefined || lineNo === request.lineNo);
	const others = freeLines(tx, company, to);
	const pairs = lines.flatMap((line) => others.filter((other) => isCounterpart(line, other)).map((other) => [line, other] as const));
	const [first] = pairs;
	if (!first) throw refused(`Entry ${no} has no line that could settle one of entry ${to}: same account, party and currency, on the other side.`, request);
	const currency = first[0].currency ?? company.currency;
	const asked = request.amount === undefined ? null : parseAmountMinor(request.amount, currency);
	if (asked !== null && asked <= 0) throw refused('An allocation has an amount above zero.', request);
	const made: string[] = [];
	let rest = asked ?? Number.MAX_SAFE_INTEGER;
	for (const [line, other] of pairs) {
		const amountMinor = Math.min(rest, line.freeMinor, other.freeMinor);
		if (amountMinor === 0) continue;
		line.freeMinor -= amountMinor;
		other.freeMinor -= amountMinor;
		rest -= amountMinor;
		const [debit, credit] = line.debitMinor > 0 ? [line, other] : [other, line];
		const effectiveDay = Math.max(line.day, other.day, line.freeFromDay, other.freeFromDay, lastClosedDay(tx, company.id) + 1);
		const uuid = uuidV7({ now: () => new Date(tx.instant) });
		insertAllocation(tx, company.id, { uuid, debit, credit, amountMinor, effectiveDay, madeBy: user.id });
		made.push(uuid);
	}
	if (made.length === 0) throw refused(`Nothing of entries ${no} and ${to} is left to allocate: other allocations hold it. Undo one of them first.`, request);
	if (asked !== null && rest > 0) {
		const most = formatAmount(asked - rest, currency);
		throw refused(`Of entries ${no} and ${to} at most ${most} ${currency} can be allocated to each other.`, { ...request, most });
	}
	return made.map((uuid) => viewOf(company, present(allocationByUuid(tx, company.id, uuid), 'the allocation just made')));
}

function refused(message: string, details: object): AppError {
	return new AppError('ALLOCATION_REFUSED', message, { ...details });
}

function isCounterpart(line: FreeLine, other: FreeLine): boolean {
	const isSamePlace = line.accountId === other.accountId && line.partyId === other.partyId && line.currency === other.currency;
	return isSamePlace && (line.debitMinor > 0 ? other.creditMinor > 0 : line.creditMinor > 0 && other.debitMinor > 0);
}

function freeLines(db: ReadDb, company: Company, no: number): FreeLine[] {
	const entry = entryById(db, company.id, no);
	if (!entry || entry.status !== 'POSTED') throw new AppError('NOT_FOUND', `There is no posted entry ${no}.`, { no });
	const reversal = cancelledEntries(reversalsThrough(db, company.id, LAST_DAY)).get(no);
	if (reversal !== undefined) throw refused(`Entry ${no} and entry ${reversal} cancel each other: nothing of it is open.`, { no, reversal });
	const controls = new Set(controlAccounts(db, company.id).map(({ id }) => id));
	return linesOf(db, company.id, no)
		.filter((line) => controls.has(line.accountId))
		.map((line) => {
			const uses = usesOfLine(db, company.id, no, line.lineNo);
			const standing = uses.filter(({ undoneDay }) => undoneDay === null).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
			const freeFromDay = Math.max(-1, ...uses.map(({ undoneDay }) => undoneDay ?? -1));
			return { ...line, no, freeMinor: line.debitMinor + line.creditMinor - standing, freeFromDay };
		});
}

/**
 * Frees what an allocation holds, from the day on which it began to count, or the first day that is not closed. What references and due dates say
 * counts again. Refuses NOT_FOUND, and ALLOCATION_REFUSED where it was undone already.
 */
export function undoAllocation(tx: WriteTx, { user, company }: Actor, input: { readonly id: string; readonly reason: string }): AllocationView {
	const row = allocationByUuid(tx, company.id, input.id);
	if (!row) throw new AppError('NOT_FOUND', 'There is no such allocation. See `journal allocations`.', { id: input.id });
	if (row.undoneDay !== null) throw refused('That allocation was undone already.', { id: input.id, undoneAt: row.undoneAt });
	const day = Math.max(row.effectiveDay, lastClosedDay(tx, company.id) + 1);
	storeUndoing(tx, company.id, row.id, { day, by: user.id, reason: bookText(input.reason, 'reason') });
	return viewOf(company, present(allocationByUuid(tx, company.id, input.id), 'the allocation just undone'));
}

/** Allocations that somebody made, undone ones too, in the order in which they were made. */
export function listAllocations(db: ReadDb, company: Company, no: number | null): AllocationView[] {
	return allocationRows(db, company.id, no).map((row) => viewOf(company, row));
}

function viewOf(company: Company, row: AllocationRow): AllocationView {
	const currency = row.currency ?? company.currency;
	return {
		id: row.uuid,
		debit: { no: row.debitNo, lineNo: row.debitLineNo },
		credit: { no: row.creditNo, lineNo: row.creditLineNo },
		code: row.code,
		name: row.accountName,
		party: row.party,
		currency,
		amount: formatAmount(row.amountMinor, currency),
		effective: fromDayNumber(row.effectiveDay),
		rule: row.rule,
		madeAt: row.madeAt,
		madeBy: row.madeBy,
		undone:
			row.undoneDay === null ? null : { effective: fromDayNumber(row.undoneDay), at: row.undoneAt ?? '', by: row.undoneBy ?? '', reason: row.undoReason ?? '' },
	};
}
