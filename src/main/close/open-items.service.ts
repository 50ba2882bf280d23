import { dayNumber, fromDayNumber } from '#shared/kernel/civil-date.ts';
import { present } from '#shared/kernel/assert.ts';
import {
	type Allocation,
	billSign,
	type ControlAccount,
	controlAccounts,
	listPartyRows,
	type OpenItem,
	openItemsAt,
	type SealedOpenLine,
} from '#main/ledger/index.ts';
import { listPeriods, type Period } from '#main/periods/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import type { SealedRows } from '#main/reconciliation/index.ts';
import { itemKind } from '#main/reports/index.ts';
import { listSealedTables, standingClose } from './closes.queries.ts';

/** A row of the sealed table `allocations`: what was settled with effect from one day by one rule, as debit entry and line, credit entry and line, minor units. */
export interface SealedAllocations {
	/** YYYY-MM-DD */
	readonly effective: string;
	readonly rule: Allocation['rule'];
	readonly settled: readonly SealedAllocation[];
}

type SealedAllocation = readonly [debitEntry: number, debitLine: number, creditEntry: number, creditLine: number, amountMinor: number];

/**
 * What a close freezes of receivables and payables: `allocations`, everything that settled something since the close before (for a party whose earlier
 * allocations were changed, all of its own anew), and `open_items`, what is open at the period's end. A year's allocations are those of its periods.
 */
export function openItemTables(db: ReadDb, company: Company, period: Period): SealedRows[] {
	const allocations: Allocation[] = [];
	const accounts = controlAccounts(db, company.id);
	const open = openItemsAt(db, company, { accounts, day: dayNumber(period.end), onAllocated: (allocation) => allocations.push(allocation) });
	return [
		{ name: 'allocations', rows: period.kind === 'YEAR' ? allocationsOfYear(db, company, period) : allocationRows(allocations) },
		{ name: 'open_items', rows: openItemRows(db, company, accounts, open) },
	];
}

function allocationRows(allocations: readonly Allocation[]): SealedRows['rows'] {
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

function openItemRows(db: ReadDb, company: Company, accounts: readonly ControlAccount[], open: readonly OpenItem[]): SealedRows['rows'] {
	const byId = new Map(accounts.map((account) => [account.id, account]));
	const partyRefs = new Map(listPartyRows(db, company.id).map(({ id, ref }) => [id, ref]));
	const rows = new Map<
		string,
		{ account: string; party: string | null; currency: string; bills: SealedOpenLine[]; advances: SealedOpenLine[]; credits: SealedOpenLine[] }
	>();
	for (const item of [...open].sort((one, other) => one.no - other.no || one.lineNo - other.lineNo)) {
		const account = present(byId.get(item.accountId), 'the account of an open item');
		const party = item.partyId === null ? null : present(partyRefs.get(item.partyId), 'the party of an open item');
		const key = `${account.ref}\u001f${party ?? ''}\u001f${item.currency ?? ''}`;
		let row = rows.get(key);
		if (!row) {
			row = { account: account.ref, party, currency: item.currency ?? company.currency, bills: [], advances: [], credits: [] };
			rows.set(key, row);
		}
		const { no, lineNo, openMinor, amountMinor } = item;
		const lists = { BILL: row.bills, ADVANCE: row.advances, CREDIT: row.credits };
		lists[itemKind(db, company.id, item, billSign(account))].push(openMinor === amountMinor ? [no, lineNo] : [no, lineNo, openMinor]);
	}
	return [...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
}

function allocationsOfYear(db: ReadDb, company: Company, year: Period): Record<string, unknown>[] {
	return listPeriods(db, company.id)
		.filter(({ kind, start, end }) => kind !== 'YEAR' && start >= year.start && end <= year.end)
		.flatMap(({ id }) => {
			const close = standingClose(db, company.id, id);
			const table = close && listSealedTables(db, company.id, close.id).find(({ name }) => name === 'allocations');
			return table === undefined ? [] : rowsOf(table.content);
		});
}

function rowsOf(content: Uint8Array): Record<string, unknown>[] {
	const lines = Buffer.from(content).toString('utf8').split('\n');
	return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>);
}
