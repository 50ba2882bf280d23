import { dayNumber, fromDayNumber } from '#shared/kernel/civil-date.ts';
import { present } from '#shared/kernel/assert.ts';
import {
	type Allocation,
	billSign,
	type ControlAccount,
	controlAccounts,
	frozenState,
	listPartyRows,
	type OpenItem,
	openItemChanges,
	type OpenItemGroup,
	openItemLines,
	openItemsAt,
	openItemsKey,
	parseLines,
	sealedContent,
	type SealedOpenItems,
	sealedOpenItems,
} from '#main/ledger/index.ts';
import { listPeriods, type Period } from '#main/periods/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { itemKind } from '#main/reports/index.ts';
import { standingClose } from './closes.queries.ts';
import type { ControlLines } from './control-lines.ts';

/** A row of the sealed table `allocations`: what was settled with effect from one day by one rule, as debit entry and line, credit entry and line, minor units. */
export interface SealedAllocations {
	/** YYYY-MM-DD */
	readonly effective: string;
	readonly rule: Allocation['rule'];
	readonly settled: readonly SealedAllocation[];
}

type SealedAllocation = readonly [debitEntry: number, debitLine: number, creditEntry: number, creditLine: number, amountMinor: number];

/** What a close freezes of receivables and payables. */
export interface FrozenItems {
	/** Everything that settled something since the close before (for a party whose earlier allocations were changed, all of its own anew). */
	readonly allocations: { readonly name: 'allocations'; readonly rows: readonly SealedAllocations[]; readonly text: string };
	/** What is open at the period's end. */
	readonly openItems: { readonly name: 'open_items'; readonly rows: readonly SealedOpenItems[]; readonly text: string };
	/** The close before, and what has to be done to its open items to have these; undefined where none was before. */
	readonly base: { readonly closeId: number; readonly changes: string } | undefined;
	readonly groups: readonly OpenItemGroup[];
}

/** Works out what is frozen, from the close before on. A year's allocations are those of its periods. */
export function freezeOpenItems(db: ReadDb, company: Company, period: Period, lines: ControlLines): FrozenItems {
	const allocations: Allocation[] = [];
	const accounts = controlAccounts(db, company.id);
	const day = dayNumber(period.end);
	const frozen = frozenState(db, company, accounts, day) ?? null;
	const read = period.kind === 'YEAR' ? undefined : { from: dayNumber(period.start), to: day, of: lines.of.bind(lines) };
	const items = openItemsAt(db, company, { accounts, day, frozen, read, unordered: true, onAllocated: (allocation) => allocations.push(allocation) });
	const groups = groupsOf(db, company, accounts, items);
	const rows = groups.map((group) => sealedOpenItems(group, company.currency));
	const settled = period.kind === 'YEAR' ? allocationsOfYear(db, company, period) : allocationRows(allocations);
	return {
		allocations: { name: 'allocations', rows: settled, text: allocationLines(settled) },
		openItems: { name: 'open_items', rows, text: openItemLines(rows) },
		base: frozen === null ? undefined : { closeId: frozen.closeId, changes: openItemChanges(frozen.rows, rows, company.currency) },
		groups,
	};
}

/** Canonical JSON lines, put together in the order of their keys. */
function allocationLines(rows: readonly SealedAllocations[]): string {
	return rows.map(({ effective, rule, settled }) => `${JSON.stringify({ effective, rule, settled })}\n`).join('');
}

function allocationRows(allocations: readonly Allocation[]): SealedAllocations[] {
	const byDayAndRule = new Map<string, { effectiveDay: number; rule: Allocation['rule']; settled: SealedAllocation[] }>();
	for (const { debit, credit, amountMinor, effectiveDay, rule } of allocations) {
		const key = `${effectiveDay} ${rule}`;
		const settled: SealedAllocation = [debit.no, debit.lineNo, credit.no, credit.lineNo, amountMinor];
		const row = byDayAndRule.get(key);
		if (row) row.settled.push(settled);
		else byDayAndRule.set(key, { effectiveDay, rule, settled: [settled] });
	}
	return [...byDayAndRule.values()]
		.sort((one, other) => one.effectiveDay - other.effectiveDay || (one.rule < other.rule ? -1 : 1))
		.map(({ effectiveDay, rule, settled }) => ({ effective: fromDayNumber(effectiveDay), rule, settled: settled.sort(inOrder) }));
}

function inOrder(one: readonly number[], other: readonly number[]): number {
	const at = one.findIndex((value, index) => value !== other[index]);
	return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}

function groupsOf(db: ReadDb, company: Company, accounts: readonly ControlAccount[], open: readonly OpenItem[]): OpenItemGroup[] {
	const byId = new Map(accounts.map((account) => [account.id, account]));
	const partyRefs = new Map(listPartyRows(db, company.id).map(({ id, ref }) => [id, ref]));
	const groups = new Map<string, MutableGroup>();
	// Items of a party follow each other, so that a key is made for each of its first ones only.
	let group: MutableGroup | undefined;
	for (const item of open) {
		const { accountId, partyId, currency } = item;
		const account = present(byId.get(accountId), 'the account of an open item');
		if (group?.accountId !== accountId || group.partyId !== partyId || group.currency !== currency) {
			const party = partyId === null ? null : present(partyRefs.get(partyId), 'the party of an open item');
			const key = openItemsKey({ account: account.ref, party, currency: currency ?? company.currency }, company.currency);
			group = groups.get(key) ?? { account: account.ref, accountId, party, partyId, currency, bills: [], advances: [], credits: [] };
			groups.set(key, group);
		}
		const kind = itemKind(db, company.id, item, billSign(account));
		(kind === 'BILL' ? group.bills : kind === 'ADVANCE' ? group.advances : group.credits).push(item);
	}
	for (const { bills, advances, credits } of groups.values()) for (const items of [bills, advances, credits]) items.sort(inOrderOfEntry);
	return [...groups].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, one]) => one);
}

type MutableGroup = OpenItemGroup & { readonly bills: OpenItem[]; readonly advances: OpenItem[]; readonly credits: OpenItem[] };

function inOrderOfEntry(one: OpenItem, other: OpenItem): number {
	return one.no - other.no || one.lineNo - other.lineNo;
}

function allocationsOfYear(db: ReadDb, company: Company, year: Period): SealedAllocations[] {
	return listPeriods(db, company.id)
		.filter(({ kind, start, end }) => kind !== 'YEAR' && start >= year.start && end <= year.end)
		.flatMap(({ id }) => {
			const close = standingClose(db, company.id, id);
			const content = close && sealedContent(db, company, close.id, 'allocations');
			return content === undefined ? [] : parseLines<SealedAllocations>(Buffer.from(content).toString('utf8'));
		});
}
