import { dayNumber, fromDayNumber } from '#shared/kernel/civil-date.ts';
import { billSign, controlAccounts, openItemsAt, type SealedOpenItem, type Settlement } from '#main/ledger/index.ts';
import { listPeriods, type Period } from '#main/periods/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { itemKind } from '#main/reports/index.ts';
import { listSealedTables, standingClose } from './closes.queries.ts';
import type { TableRows } from './extension-points.ts';

/** A row of the sealed table `allocations`. */
export interface SealedAllocation {
	readonly debitEntry: number;
	readonly debitLine: number;
	readonly creditEntry: number;
	readonly creditLine: number;
	readonly amountMinor: number;
	/** YYYY-MM-DD */
	readonly effective: string;
	readonly rule: Settlement['rule'];
}

/**
 * What a close freezes of receivables and payables: `allocations`, everything that settled something since the close before (for a party whose earlier
 * settlements were changed, all of its own anew), and `open_items`, what is open at the period's end. A year's allocations are those of its periods.
 */
export function openItemTables(db: ReadDb, company: Company, period: Period): TableRows[] {
	const allocations: SealedAllocation[] = [];
	const accounts = controlAccounts(db, company.id);
	const open = openItemsAt(db, company, { accounts, day: dayNumber(period.end), onSettled: (settlement) => allocations.push(sealedAllocation(settlement)) });
	const signs = new Map(accounts.map((account) => [account.id, billSign(account)]));
	const items = open.map((item): SealedOpenItem => {
		const { no: entryNo, lineNo, openMinor } = item;
		return { entryNo, lineNo, openMinor, kind: itemKind(db, company.id, item, signs.get(item.accountId) ?? 1) };
	});
	const settled = period.kind === 'YEAR' ? allocationsOfYear(db, company, period) : allocations.sort(inOrder).map((row) => ({ ...row }));
	return [
		{ name: 'allocations', rows: settled },
		{ name: 'open_items', rows: items.sort((one, other) => one.entryNo - other.entryNo || one.lineNo - other.lineNo).map((row) => ({ ...row })) },
	];
}

function sealedAllocation({ debit, credit, amountMinor, effectiveDay, rule }: Settlement): SealedAllocation {
	return {
		debitEntry: debit.no,
		debitLine: debit.lineNo,
		creditEntry: credit.no,
		creditLine: credit.lineNo,
		amountMinor,
		effective: fromDayNumber(effectiveDay),
		rule,
	};
}

function inOrder(one: SealedAllocation, other: SealedAllocation): number {
	if (one.effective !== other.effective) return one.effective < other.effective ? -1 : 1;
	return one.debitEntry - other.debitEntry || one.debitLine - other.debitLine || one.creditEntry - other.creditEntry || one.creditLine - other.creditLine;
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
