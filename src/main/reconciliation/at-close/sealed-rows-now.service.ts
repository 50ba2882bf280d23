import { fromDayNumber } from '#shared/kernel/civil-date.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { entryLinesOfMatch, itemsOfReconciliation, linesOfMatch } from './sealed-rows.queries.ts';
import { matchNow, reconciliationNow, statementLineNow } from './sealed-rows-now.queries.ts';

/** A row of a sealed table of reconciliation: what it is, and of which account (its ref). */
export type SealedRow = Readonly<Record<string, unknown>> & { readonly id: string; readonly account: string };

type Now = (db: ReadDb, company: Company, id: string) => Readonly<Record<string, unknown>> | undefined;

const TABLES: readonly (readonly [table: string, now: Now])[] = [
	['reconciliations', reconciliation],
	['statement_lines', statementLine],
	['statement_matches', match],
];

/** Rows of a standing close's sealed tables that the books no longer hold as they were sealed. */
export function* sealedRowsThatDiffer(
	db: ReadDb,
	company: Company,
	sealed: (table: string) => readonly SealedRow[],
): Generator<{ readonly table: string; readonly row: SealedRow }, void, undefined> {
	for (const [table, now] of TABLES) {
		for (const row of sealed(table)) {
			const fields = now(db, company, row.id);
			const isSame = fields !== undefined && Object.entries(fields).every(([name, value]) => JSON.stringify(row[name]) === JSON.stringify(value));
			if (!isSame) yield { table, row };
		}
	}
}

function reconciliation(db: ReadDb, company: Company, id: string) {
	const row = reconciliationNow(db, company.id, id);
	if (row === undefined) return undefined;
	const { internalId, ...fields } = row;
	// In the order of a canonical JSON's keys, as the sealed row is read back.
	const items = itemsOfReconciliation(db, company.id, internalId).map(({ day, ...item }) => inOrder({ ...item, date: fromDayNumber(day) }));
	return { ...fields, items };
}

function statementLine(db: ReadDb, company: Company, id: string) {
	const row = statementLineNow(db, company.id, id);
	if (row === undefined) return undefined;
	const { day, ...fields } = row;
	return { ...fields, date: fromDayNumber(day) };
}

function match(db: ReadDb, company: Company, id: string) {
	const row = matchNow(db, company.id, id);
	if (row === undefined || row.status !== 'CONFIRMED') return undefined;
	const { score, confirmedAt, internalId } = row;
	const entries = entryLinesOfMatch(db, company.id, internalId).map(({ day, ...line }) => inOrder({ ...line, date: fromDayNumber(day) }));
	return { score, confirmedAt, lines: linesOfMatch(db, company.id, internalId), entries };
}

function inOrder(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	return Object.fromEntries(Object.entries(fields).sort(([left], [right]) => (left < right ? -1 : 1)));
}
