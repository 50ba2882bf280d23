import { dayNumber } from '#shared/kernel/civil-date.ts';
import { divideRounded } from '#shared/kernel/money.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { type FrozenState, frozenState } from './frozen-items.service.ts';
import {
	type ControlAccount,
	type ControlRow,
	controlPlacesOf,
	counterpartOf,
	currenciesOfAccount,
	iterateControlLines,
	type ReversalRow,
	reversalsThrough,
	type StatedRow,
	statedThrough,
} from './open-items.queries.ts';
import { byDate, cancelledEntries, type LinePlace, lineKey, type OpenItem, type OpenLine, PartyAllocator, type Allocation } from './allocation.rules.ts';

export interface OpenItemsRequest {
	readonly accounts: readonly ControlAccount[];
	/** Day number. */
	readonly day: number;
	/** Is told every allocation worked out since the last close. */
	readonly onAllocated?: (allocation: Allocation) => void;
	/** What the last close found, where the caller has it; null: everything is worked out from the first line on. */
	readonly frozen?: FrozenState | null;
	/** Lines that the caller has read already. */
	readonly read?: ReadLines;
	/** Items in any order, those of a party together. */
	readonly unordered?: boolean;
}

/** The lines of control accounts dated in a span. */
export interface ReadLines {
	/** Day numbers. */
	readonly from: number;
	readonly to: number;
	/** Those of an account in a currency (null: the company's own), in order of day, entry and line. */
	readonly of: (accountId: number, currency: string | null) => readonly ControlRow[];
}

/** What is known of the whole company at a day. */
interface Knowledge {
	readonly day: number;
	readonly reversals: readonly ReversalRow[];
	readonly cancelled: ReadonlyMap<number, number>;
	readonly stated: readonly StatedRow[];
	readonly onAllocated: (allocation: Allocation) => void;
	readonly read: ReadLines | undefined;
}

/** The lines of one account in one currency. */
interface Stream {
	readonly account: ControlAccount;
	readonly currency: string | null;
}

type Start = NonNullable<ReturnType<FrozenState['of']>>;

const FROM_THE_BEGINNING: Start = { day: -1, items: [] };

/**
 * What is open on control accounts at the end of a day, by account and currency, oldest first. It depends on the lines dated up to that day and on
 * the allocations that count at it: later postings, allocations and closes change nothing of it.
 * docs/specs/outstanding.md has the rules and their order.
 */
export function openItemsAt(db: ReadDb, company: Company, request: OpenItemsRequest): OpenItem[] {
	const knowledge = knowledgeAt(db, company, request);
	const frozen = request.frozen === undefined ? frozenState(db, company, request.accounts, request.day) : request.frozen;
	return request.accounts.flatMap((account) =>
		currenciesOfAccount(db, company, account.id).flatMap((currency) => {
			const start = frozen?.of(account.id, currency) ?? FROM_THE_BEGINNING;
			const open = openOfStream(db, company, { account, currency }, knowledge, start);
			return request.unordered ? open : open.sort(byDate);
		}),
	);
}

function knowledgeAt(db: ReadDb, company: Company, { day, onAllocated, read }: OpenItemsRequest): Knowledge {
	const reversals = reversalsThrough(db, company.id, day);
	const stated = statedThrough(db, company.id, day);
	return { day, reversals, cancelled: cancelledEntries(reversals), stated, onAllocated: onAllocated ?? (() => undefined), read };
}

/**
 * First entries and their reversals go, and what somebody allocated; the rest is settled day by day. A party of which something from before the start
 * is reversed, allocated or freed since is taken from its first line on.
 */
function openOfStream(db: ReadDb, company: Company, stream: Stream, knowledge: Knowledge, start: Start): OpenItem[] {
	const { account } = stream;
	const anew = start.day < 0 ? new Set<number | null>() : partiesAnew(db, company, stream, knowledge, start.day);
	const takenMinor = takenByStated(stream, knowledge, (row) => start.day < 0 || anew.has(row.partyId) || row.earlierDay > start.day);
	const cancelling = createCancelling(knowledge);
	const parties = new Map<number | null, PartyAllocator<OpenItem>>();
	const isMoney = moneyOf(db, company, billSign(account));
	const partyOf = (partyId: number | null): PartyAllocator<OpenItem> => {
		let party = parties.get(partyId);
		if (!party) {
			party = new PartyAllocator<OpenItem>({ billSign: billSign(account), isMoney, allocated: knowledge.onAllocated });
			parties.set(partyId, party);
		}
		return party;
	};
	for (const item of start.items) if (!anew.has(item.partyId)) partyOf(item.partyId).restore(item);
	const from = anew.size > 0 ? 0 : start.day + 1;
	for (const row of linesBetween(db, company, stream, knowledge, from)) {
		if (row[2] <= start.day && !anew.has(row[3])) continue;
		const item = itemOf(row, stream);
		if (item.amountMinor === 0 || cancelling.takes(item)) continue;
		const taken = takenMinor.size === 0 ? undefined : takenMinor.get(lineKey(item));
		if (taken !== undefined) item.openMinor -= Math.min(taken, Math.abs(item.amountMinor)) * Math.sign(item.amountMinor);
		if (item.openMinor !== 0) partyOf(item.partyId).add(item);
	}
	const open = [...parties.values()].flatMap((party) => party.open());
	return [...open, ...cancelling.left()];
}

function linesBetween(db: ReadDb, company: Company, { account, currency }: Stream, { day, read }: Knowledge, from: number): Iterable<ControlRow> {
	if (read?.from === from && read.to === day) return read.of(account.id, currency);
	return iterateControlLines(db, company.id, account.id, currency, { from, to: day });
}

function itemOf([no, lineNo, day, partyId, reference, dueDate, amountMinor, baseMinor]: ControlRow, { account, currency }: Stream): OpenItem {
	const dueDay = dueDate === null ? null : dayNumber(dueDate);
	return { no, lineNo, day, dueDay, reference, amountMinor, openMinor: amountMinor, accountId: account.id, partyId, currency, baseMinor };
}

function partiesAnew(db: ReadDb, company: Company, stream: Stream, knowledge: Knowledge, startDay: number): Set<number | null> {
	const since = (day: number | null): boolean => day !== null && day > startDay && day <= knowledge.day;
	const changed = knowledge.stated.filter((one) => one.earlierDay <= startDay && (since(one.effectiveDay) || since(one.undoneDay)));
	const reversed = knowledge.reversals.filter(({ day, reversedDay }) => since(day) && reversedDay <= startDay).map(({ reverses }) => reverses);
	const places = reversed.length === 0 ? [] : controlPlacesOf(db, company.id, JSON.stringify(reversed));
	return new Set([...changed, ...places].filter((place) => isOf(place, stream)).map(({ partyId }) => partyId));
}

function isOf(place: { readonly accountId: number; readonly currency: string | null }, { account, currency }: Stream): boolean {
	return place.accountId === account.id && place.currency === currency;
}

/** What somebody allocated of each line, by its key; minor units. */
function takenByStated(stream: Stream, { stated, day, onAllocated }: Knowledge, isWanted: (row: StatedRow) => boolean): Map<string, number> {
	const taken = new Map<string, number>();
	for (const row of stated) {
		if (!isOf(row, stream) || (row.undoneDay !== null && row.undoneDay <= day) || !isWanted(row)) continue;
		const debit = { no: row.debitNo, lineNo: row.debitLineNo };
		const credit = { no: row.creditNo, lineNo: row.creditLineNo };
		for (const key of [lineKey(debit), lineKey(credit)]) taken.set(key, (taken.get(key) ?? 0) + row.amountMinor);
		onAllocated({ debit, credit, amountMinor: row.amountMinor, effectiveDay: row.effectiveDay, rule: 'EXPLICIT' });
	}
	return taken;
}

/** A reversal mirrors its original line by line, and the two go. A line that finds no mirror stays. */
function createCancelling({ cancelled, onAllocated }: Knowledge) {
	const waiting = new Map<string, OpenItem>();
	return {
		takes(item: OpenItem): boolean {
			const otherNo = cancelled.get(item.no);
			if (otherNo === undefined) return false;
			const key = lineKey({ no: otherNo, lineNo: item.lineNo });
			const other = waiting.get(key);
			if (other?.amountMinor === -item.amountMinor && other.partyId === item.partyId) {
				waiting.delete(key);
				const [debit, credit]: [LinePlace, LinePlace] = item.amountMinor > 0 ? [item, other] : [other, item];
				onAllocated({ debit, credit, amountMinor: Math.abs(item.amountMinor), effectiveDay: Math.max(item.day, other.day), rule: 'EXPLICIT' });
			} else waiting.set(lineKey(item), item);
			return true;
		},
		left: (): OpenItem[] => [...waiting.values()],
	};
}

/**
 * A credit is money where nothing of income, cost, tax or stock stands against it, or a payment-method account does; else it is a credit note or a
 * write-off. What is paid back has to come from a payment-method account, so that no bill is taken for it.
 */
function moneyOf(db: ReadDb, company: Company, sign: 1 | -1): (line: OpenLine) => boolean {
	const known = new Map<string, boolean>();
	return (line) => {
		const key = lineKey(line);
		let answer = known.get(key);
		if (answer === undefined) {
			const counterpart = counterpartOf(db, company.id, line.no, line.lineNo);
			answer = counterpart === 'PAYMENT_METHOD' || (counterpart === 'BALANCE_SHEET' && line.amountMinor * sign < 0);
			known.set(key, answer);
		}
		return answer;
	};
}

/** Bills are debits of receivables and credits of payables. */
export function billSign({ subtype }: Pick<ControlAccount, 'subtype'>): 1 | -1 {
	return subtype === 'RECEIVABLE' ? 1 : -1;
}

/** What is open of a line in base: its share of the line's base amount, rounded half away from zero. */
export function baseOpenMinor({ currency, amountMinor, openMinor, baseMinor }: OpenItem): bigint {
	if (currency === null) return BigInt(openMinor);
	const share = BigInt(baseMinor) * BigInt(openMinor);
	return divideRounded(amountMinor < 0 ? -share : share, BigInt(Math.abs(amountMinor)));
}
