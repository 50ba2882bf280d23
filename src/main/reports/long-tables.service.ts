import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Actor } from '#main/platform/run/actor.ts';
import { type DayBook, dayBookEntries, dayBookFrame } from './day-book.service.ts';
import { ledgerReport, ledgerRows } from './ledger-report.service.ts';
import type { ReportTable } from './report-table.rules.ts';
import { dayBookRowsTable, ledgerTable } from './report-tables.rules.ts';

type Who = Pick<Actor, 'company'>;

/**
 * The whole ledger as a table that reads its rows as they are asked for, as often as they are asked for: `db` must stay at one moment
 * meanwhile. Refuses as ledgerReport does.
 */
export function ledgerInRows(db: ReadDb, actor: Who, input: Omit<Parameters<typeof ledgerReport>[2], 'after' | 'limit'>): ReportTable {
	const head = ledgerReport(db, actor, { ...input, limit: 1 });
	return ledgerTable({ ...head, more: false }, () => ledgerRows(db, actor, input));
}

/** The same for a day book. Refuses INPUT_INVALID. */
export function dayBookInRows(db: ReadDb, actor: Who, input: Pick<DayBook, 'from' | 'to'> & { readonly recompute?: boolean | undefined }): ReportTable {
	const frame = dayBookFrame(db, actor, input);
	return dayBookRowsTable(frame, frame, () => dayBookEntries(db, actor, input));
}
