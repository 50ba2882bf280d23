import { AppError } from '#shared/kernel/app-error.ts';
import { reverseEntry } from '#main/ledger/index.ts';
import type { WriteTx } from '#main/platform/database/connection.ts';
import type { Actor } from '#main/platform/run/actor.ts';
import { closedPeriodOf, findImportRow, markUndone, unreversedNumbers } from './imports.queries.ts';

/**
 * Undoes an import as a whole: reverses its entries, deletes nothing, and lets the file be imported again. Possible until something
 * of it lies in a period that is closed or soft-closed. Refuses NOT_FOUND and IMPORT_NOT_UNDOABLE.
 */
export function undoImport(tx: WriteTx, actor: Actor, named: string): { importId: string; reversed: number } {
	const { company, user } = actor;
	const row = findImportRow(tx, company.id, named);
	if (!row) throw new AppError('NOT_FOUND', `There is no import "${named}". See \`import list\`.`, { import: named });
	if (row.status !== 'BOOKED' || row.firstNo === null || row.lastNo === null) {
		throw new AppError('IMPORT_NOT_UNDOABLE', 'That import was undone already.', { importId: row.uuid, status: row.status });
	}
	const closed = closedPeriodOf(tx, company.id, row.firstNo, row.lastNo);
	if (closed !== null) {
		throw new AppError(
			'IMPORT_NOT_UNDOABLE',
			`Entries of that import lie in ${closed}, which is not open any more. Reverse single entries instead, or have an Admin reopen it.`,
			{
				importId: row.uuid,
				period: closed,
			},
		);
	}
	const numbers = unreversedNumbers(tx, company.id, row.firstNo, row.lastNo);
	for (const no of numbers) reverseEntry(tx, actor, no, { description: `Import ${row.fileName} undone: entry ${no}` });
	markUndone(tx, company.id, row.id, user.id);
	return { importId: row.uuid, reversed: numbers.length };
}
