import { dayNumber, fromDayNumber } from '#shared/kernel/civil-date.ts';
import { present } from '#shared/kernel/assert.ts';
import {
	billSign,
	type ControlAccount,
	controlAccounts,
	frozenState,
	listPartyRows,
	type OpenItem,
	openItemChanges,
	type OpenItemGroup,
	openItemsAt,
	openItemsKey,
	parseLines,
	sealedContent,
	type SealedOpenItems,
	sealedOpenItems,
	type Settlement,
} from '#main/ledger/index.ts';
import { listPeriods, type Period } from '#main/periods/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import type { SealedRows } from '#main/reconciliation/index.ts';
import { itemKind } from '#main/reports/index.ts';
import { standingClose } from './closes.queries.ts';

/** A row of the sealed table `allocations`: what was settled with effect from one day by one rule, as debit entry and line, credit entry and line, minor units. */
export interface SealedAllocations {
	/** YYYY-MM-DD */
	readonly effective: string;
	readonly rule: Settlement['rule'];
	readonly settled: readonly SealedSettlement[];
}

type SealedSettlement = readonly [debitEntry: number, debitLine: number, creditEntry: number, creditLine: number, amountMinor: number];

/** What a close freezes of receivables and payables. */
export interface FrozenItems {
	/** Everything that settled something since the close before (for a party whose earlier settlements were changed, all of its own anew). */
	readonly allocations: SealedRows;
	/** What is open at the period's end. */
	readonly openItems: { readonly name: 'open_items'; readonly rows: readonly SealedOpenItems[] };
	/** The close before, and what has to be done to its open items to have these; undefined where none was before. */
	readonly base: { readonly closeId: number; readonly changes: string } | undefined;
	readonly groups: readonly OpenItemGroup[];
}

/** Works out what is frozen, from the close before on. A year's allocations are those of its periods. */
export function freezeOpenItems(db: ReadDb, company: Company, period: Period): FrozenItems {
	const settlements: Settlement[] = [];
	const accounts = controlAccounts(db, company.id);
	const day = dayNumber(period.end);
	const frozen = frozenState(db, company, accounts, day) ?? null;
	const items = openItemsAt(db, company, { accounts, day, frozen, onSettled: (settlement) => settlements.push(settlement) });
	const groups = groupsOf(db, company, accounts, items);
	const rows = groups.map((group) => sealedOpenItems(group, company.currency));
	return {
		allocations: { name: 'allocations', rows: period.kind === 'YEAR' ? allocationsOfYear(db, company, period) : allocationRows(settlements) },
		openItems: { name: 'open_items', rows },
		base: frozen === null ? undefined : { closeId: frozen.closeId, changes: openItemChanges(frozen.rows, rows, company.currency) },
		groups,
	};
}

function allocationRows(settlements: readonly Settlement[]): SealedRows['rows'] {
	const byDayAndRule = new Map<string, { effectiveDay: number; rule: Settlement['rule']; settled: SealedSettlement[] }>();
	for (const { debit, credit, amountMinor, effectiveDay, rule } of settlements) {
		const key = `${effectiveDay} ${rule}`;
		const settled: SealedSettlement = [debit.no, debit.lineNo, credit.no, credit.lineNo, amountMinor];
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
	const groups = new Map<string, OpenItemGroup & { readonly bills: OpenItem[]; readonly advances: OpenItem[]; readonly credits: OpenItem[] }>();
	for (const item of [...open].sort((one, other) => one.no - other.no || one.lineNo - other.lineNo)) {
		const { accountId, partyId, currency } = item;
		const account = present(byId.get(accountId), 'the account of an open item');
		const key = `${accountId} ${partyId ?? ''} ${currency ?? ''}`;
		let group = groups.get(key);
		if (!group) {
			const party = partyId === null ? null : present(partyRefs.get(partyId), 'the party of an open item');
			group = { account: account.ref, accountId, party, partyId, currency, bills: [], advances: [], credits: [] };
			groups.set(key, group);
		}
		const lists = { BILL: group.bills, ADVANCE: group.advances, CREDIT: group.credits };
		lists[itemKind(db, company.id, item, billSign(account))].push(item);
	}
	const inOrder = [...groups.values()].map((group) => ({ key: openItemsKey({ ...group, currency: group.currency ?? company.currency }, company.currency), group }));
	return inOrder.sort((one, other) => (one.key < other.key ? -1 : 1)).map(({ group }) => group);
}

function allocationsOfYear(db: ReadDb, company: Company, year: Period): Record<string, unknown>[] {
	return listPeriods(db, company.id)
		.filter(({ kind, start, end }) => kind !== 'YEAR' && start >= year.start && end <= year.end)
		.flatMap(({ id }) => {
			const close = standingClose(db, company.id, id);
			const content = close && sealedContent(db, company, close.id, 'allocations');
			return content === undefined ? [] : parseLines<Record<string, unknown>>(Buffer.from(content).toString('utf8'));
		});
}
