import { statSync } from 'node:fs';
import { join } from 'node:path';
import { withBooks } from './books.ts';
import { type BenchLedger, lastDateOf } from './ledgers.ts';
import { runTerminalMeasured } from './measure.ts';
import { busiestAccount } from './reads.queries.ts';

const FIRST_DATE = '1970-01-01';

/**
 * The longest ledger of the books as a workbook and as pages, whole processes: rows a second, peak of resident memory, bytes a row, and
 * the time beside that of the same rows as CSV. Printed as notes: no target is set for them.
 */
export async function documentFigures(ledger: BenchLedger, books: string, work: string): Promise<string[]> {
	const busiest = await withBooks(books, ({ app, actor }) => Promise.resolve(app.runner.read((db) => busiestAccount(db, actor.company.id))));
	const args = ['report', 'ledger', '--account', busiest.code, '--from', FIRST_DATE, '--to', lastDateOf(ledger.csv)];
	const runs = (['csv', 'xlsx', 'pdf'] as const).map((format) => {
		const file = join(work, `ledger.${format}`);
		const { seconds, peakMiB } = runTerminalMeasured(books, [...args, '--out', file]);
		return { format, seconds, peakMiB, bytes: statSync(file).size };
	});
	const csvSeconds = runs[0]?.seconds ?? Number.NaN;
	return runs.map(({ format, seconds, peakMiB, bytes }) => {
		const rate = Math.round(busiest.lines / seconds);
		return `${ledger.size}: a ledger of ${busiest.lines} lines as ${format}: ${rate} rows/s (${(seconds / csvSeconds).toFixed(1)} of CSV), peak ${Math.round(peakMiB)} MiB, ${Math.round(bytes / busiest.lines)} bytes a row`;
	});
}
