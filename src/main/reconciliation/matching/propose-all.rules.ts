import { assert } from '#shared/kernel/assert.ts';
import {
	type BankLine,
	type BookLine,
	type BookLineKey,
	type MatchKind,
	matchKey,
	type MatchProposal,
	type Reason,
	type RejectedMatch,
} from './lines.rules.ts';
import { proposeMatches } from './propose-matches.rules.ts';
import { proposeSettlements, type SettlementProposal } from './settlements.rules.ts';
import { proposeTransfers, type TransferProposal } from './transfers.rules.ts';

export type StoredMatchKind = 'SINGLE' | 'GROUP' | 'CONTRA' | 'ENTRY' | 'TRANSFER' | 'SETTLEMENT' | 'MANUAL';

/** What a proposal says beside its lines: of pairs with unequal amounts, of TRANSFER, of SETTLEMENT. Minor units; day numbers. */
export interface MatchDetail {
	readonly differenceMinor?: number;
	/** The accounts that the money leaves and reaches, their statement lines, and the day of the entry. */
	readonly fromAccountId?: number;
	readonly fromLineId?: number;
	readonly toAccountId?: number;
	readonly toLineId?: number;
	readonly day?: number;
	readonly clearingAccountId?: number;
	/** Entry number and line number of what is settled. */
	readonly clearingLines?: readonly (readonly [number, number])[];
	readonly grossMinor?: number;
	readonly chargeMinor?: number;
}

/** A proposal as it is stored. A transfer belongs to the account that the money leaves. */
export interface ProposedMatch {
	readonly accountId: number;
	readonly kind: StoredMatchKind;
	readonly score: number;
	readonly certain: boolean;
	readonly reasons: readonly Reason[];
	/** Statement lines of the account. */
	readonly lineIds: readonly number[];
	readonly entryLines: readonly BookLineKey[];
	readonly detail: MatchDetail;
	/** The last day of any of its lines. */
	readonly throughDay: number;
}

/** What is unmatched in an account that has statements. */
export interface AccountLines {
	readonly accountId: number;
	readonly bankLines: readonly BankLine[];
	readonly bookLines: readonly BookLine[];
	readonly rejected: readonly RejectedMatch[];
	/** Keys (matchKey) of what a person has taken apart: it is proposed, but never certain again. */
	readonly unmatched: ReadonlySet<string>;
}

/** The open lines of a clearing account that has no statements. One that has is matched by them, and its payouts are transfers. */
export interface ClearingLines {
	readonly accountId: number;
	readonly bookLines: readonly BookLine[];
}

export interface MatchingState {
	/** All accounts of one currency that have statements. */
	readonly accounts: readonly AccountLines[];
	readonly clearing: readonly ClearingLines[];
	/** Numbers of two statement lines, the smaller first: `12 40`. */
	readonly rejectedTransfers: ReadonlySet<string>;
	/** Bank line and clearing lines, as matchKey writes them. */
	readonly rejectedSettlements: ReadonlySet<string>;
}

export function transferKey(one: number, other: number): string {
	return one < other ? `${one} ${other}` : `${other} ${one}`;
}

/**
 * All that is proposed in the accounts of one currency: what is in the books already, then transfers between two of them, then settlements, each
 * among the bank lines that nothing was found for before. Each line stands in at most one.
 */
export function proposeAll(state: MatchingState): ProposedMatch[] {
	const accounts = [...state.accounts].sort(byAccount);
	const free = new Map<number, BankLine[]>();
	const found: ProposedMatch[] = [];
	for (const account of accounts) {
		const { proposals } = proposeMatches(account);
		for (const match of storedMatches(account, proposals)) found.push(match);
		const taken = new Set(proposals.flatMap(({ bankIds }) => bankIds));
		free.set(
			account.accountId,
			account.bankLines.filter(({ id }) => !taken.has(id)),
		);
	}
	return [...found, ...allTransfers(accounts, free, state.rejectedTransfers), ...allSettlements(accounts, free, state)];
}

const KINDS: Readonly<Record<MatchKind, StoredMatchKind>> = { SINGLE: 'SINGLE', ONE_TO_MANY: 'GROUP', MANY_TO_ONE: 'GROUP', CONTRA: 'CONTRA' };

function storedMatches({ accountId, bankLines, bookLines, unmatched }: AccountLines, proposals: readonly MatchProposal[]): ProposedMatch[] {
	const bankDays = new Map(bankLines.map(({ id, day }) => [id, day]));
	const bookDays = new Map(bookLines.map((line) => [keyText(line), line.day]));
	return proposals.map(({ kind, bankIds, bookLines: entryLines, score, certain, differenceMinor, reasons }) => ({
		accountId,
		kind: KINDS[kind],
		score,
		certain: certain && (unmatched.size === 0 || !unmatched.has(matchKey(bankIds, entryLines))),
		reasons,
		lineIds: bankIds,
		entryLines,
		detail: differenceMinor === 0 ? {} : { differenceMinor },
		throughDay: lastOf([...bankIds.map((id) => bankDays.get(id)), ...entryLines.map((line) => bookDays.get(keyText(line)))]),
	}));
}

function allTransfers(accounts: readonly AccountLines[], free: Map<number, BankLine[]>, rejected: ReadonlySet<string>): ProposedMatch[] {
	const pairs = [...rejected].map((key) => key.split(' ').map(Number));
	const found: ProposedMatch[] = [];
	for (const [place, first] of accounts.entries()) {
		for (const second of accounts.slice(place + 1)) {
			const [ours, theirs] = [free.get(first.accountId) ?? [], free.get(second.accountId) ?? []];
			if (ours.length === 0 || theirs.length === 0) continue;
			const isOurs = new Set(ours.map(({ id }) => id));
			const refused = pairs.map(([one = 0, other = 0]) =>
				isOurs.has(one) ? { lineOfFirst: one, lineOfSecond: other } : { lineOfFirst: other, lineOfSecond: one },
			);
			const transfers = proposeTransfers(ours, theirs, refused);
			found.push(...transfers.map((transfer) => storedTransfer(first.accountId, second.accountId, transfer)));
			take(free, first.accountId, new Set(transfers.map(({ lineOfFirst }) => lineOfFirst)));
			take(free, second.accountId, new Set(transfers.map(({ lineOfSecond }) => lineOfSecond)));
		}
	}
	return found;
}

function storedTransfer(first: number, second: number, transfer: TransferProposal): ProposedMatch {
	const { lineOfFirst, lineOfSecond, from, score, reasons, leftDay, arrivedDay } = transfer;
	const leavesFirst = from === 'FIRST';
	const [fromAccountId, toAccountId] = leavesFirst ? [first, second] : [second, first];
	const [fromLineId, toLineId] = leavesFirst ? [lineOfFirst, lineOfSecond] : [lineOfSecond, lineOfFirst];
	return {
		accountId: fromAccountId,
		kind: 'TRANSFER',
		score,
		certain: false,
		reasons,
		lineIds: [fromLineId],
		entryLines: [],
		detail: { fromAccountId, fromLineId, toAccountId, toLineId, day: Math.min(leftDay, arrivedDay) },
		throughDay: leftDay,
	};
}

function allSettlements(accounts: readonly AccountLines[], free: Map<number, BankLine[]>, state: MatchingState): ProposedMatch[] {
	const clearing = [...state.clearing].sort(byAccount).map(({ accountId, bookLines }) => ({ accountId, open: bookLines }));
	const found: ProposedMatch[] = [];
	for (const { accountId } of accounts) {
		for (const place of clearing) {
			const bankLines = free.get(accountId) ?? [];
			if (bankLines.length === 0 || place.open.length === 0) continue;
			const settlements = proposeSettlements(bankLines, place.open).filter(
				({ bankId, clearingLines }) => !state.rejectedSettlements.has(matchKey([bankId], clearingLines)),
			);
			const days = new Map(bankLines.map(({ id, day }) => [id, day]));
			found.push(...settlements.map((settlement) => storedSettlement(accountId, place.accountId, settlement, days)));
			take(free, accountId, new Set(settlements.map(({ bankId }) => bankId)));
			const settled = new Set(settlements.flatMap(({ clearingLines }) => clearingLines.map(keyText)));
			place.open = place.open.filter((line) => !settled.has(keyText(line)));
		}
	}
	return found;
}

function storedSettlement(accountId: number, clearingAccountId: number, settlement: SettlementProposal, days: ReadonlyMap<number, number>): ProposedMatch {
	const { bankId, clearingLines, grossMinor, chargeMinor, score, reasons } = settlement;
	return {
		accountId,
		kind: 'SETTLEMENT',
		score,
		certain: false,
		reasons,
		lineIds: [bankId],
		entryLines: [],
		detail: { clearingAccountId, clearingLines: clearingLines.map(({ entryId, lineNo }) => [entryId, lineNo] as const), grossMinor, chargeMinor },
		throughDay: lastOf([days.get(bankId)]),
	};
}

function take(free: Map<number, BankLine[]>, accountId: number, taken: ReadonlySet<number>): void {
	if (taken.size === 0) return;
	free.set(
		accountId,
		(free.get(accountId) ?? []).filter(({ id }) => !taken.has(id)),
	);
}

function lastOf(days: readonly (number | undefined)[]): number {
	let last: number | null = null;
	for (const day of days) if (day !== undefined && (last === null || day > last)) last = day;
	assert(last !== null, 'a proposal has a line');
	return last;
}

function keyText({ entryId, lineNo }: BookLineKey): string {
	return `${entryId}.${lineNo}`;
}

function byAccount(one: { readonly accountId: number }, other: { readonly accountId: number }): number {
	return one.accountId - other.accountId;
}
