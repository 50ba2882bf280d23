import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BenchLedger, headOf, type ImportRun, importInto, lastDateOf } from './ledgers.ts';
import { median, peerSeconds, runProcess, runTerminal } from './measure.ts';
import { type Measured, notMeasured } from './targets.ts';

const RAW_INSERT = fileURLToPath(new URL('./raw-insert.ts', import.meta.url));
const RAW_RUNS = 3;

/** Imports the ledger so many times, each into a new folder; the books of the last one stay in `books`. */
export function importRuns(ledger: BenchLedger, books: string, runs: number): ImportRun[] {
	return Array.from({ length: runs }, () => {
		rmSync(books, { recursive: true, force: true });
		return importInto(books, ledger.csv);
	});
}

/** T1: lines a second of the whole process against bare prepared inserts in one database transaction. */
export function importRate(ledger: BenchLedger, imports: readonly ImportRun[]): Measured {
	const raw = JSON.parse(runProcess(process.execPath, [RAW_INSERT, ledger.csv, String(RAW_RUNS)]).output) as { lines: number; linesPerSecond: number };
	const [first] = imports;
	if (first?.lines !== raw.lines) throw new Error(`the import booked ${first?.lines} lines and the file has ${raw.lines}`);
	const value = raw.lines / median(imports.map((run) => run.seconds));
	return { target: 'T1', size: ledger.size, value, baseline: raw.linesPerSecond, ratio: value / raw.linesPerSecond, unit: 'lines/s', note: '' };
}

/** T2: import and the first trial balance, two processes, against hledger reading the journal once. */
export function importAgainstPeer(ledger: BenchLedger, books: string, imports: readonly ImportRun[]): Measured {
	const baseline = peerSeconds('hledger', ['-f', ledger.journal, 'bal', '--flat'], 1);
	if (baseline === null) return notMeasured('T2', ledger.size, 'hledger is not installed');
	const report = runTerminal(books, ['report', 'trial-balance', '--as-of', lastDateOf(ledger.csv), '--json']);
	const value = median(imports.map((run) => run.seconds)) + report.seconds;
	return { target: 'T2', size: ledger.size, value, baseline, ratio: baseline / value, unit: 's', note: '' };
}

/** T16: peak memory of the import. */
export function importMemory(ledger: BenchLedger, imports: readonly ImportRun[]): Measured {
	const value = peakOf(imports);
	return { target: 'T16', size: ledger.size, value, baseline: Number.NaN, ratio: value, unit: 'MiB', note: '' };
}

/** T17: against the peak of importing the first tenth of the same ledger. */
export async function importMemoryGrowth(ledger: BenchLedger, imports: readonly ImportRun[], work: string): Promise<Measured> {
	const tenth = join(work, 'tenth.csv');
	await headOf(ledger, Math.ceil((imports[0]?.lines ?? 0) / 10), tenth);
	const books = join(work, 'tenth');
	const small = importInto(books, tenth);
	rmSync(books, { recursive: true });
	const value = peakOf(imports);
	return { target: 'T17', size: ledger.size, value, baseline: small.peakMiB, ratio: value / small.peakMiB, unit: 'MiB', note: '' };
}

/** T19: after import and closes, with nothing left in the write-ahead log. */
export function databaseSize(ledger: BenchLedger, books: string, lines: number): Measured {
	const value = statSync(join(books, 'ledgerseal.db')).size / lines;
	const baseline = ledger.csvBytes / lines;
	return { target: 'T19', size: ledger.size, value, baseline, ratio: value / baseline, unit: 'B', note: '' };
}

function peakOf(imports: readonly ImportRun[]): number {
	return median(imports.map((run) => run.peakMiB));
}
