import { copyFileSync, createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { generateLedger } from './generate.ts';
import { type ProcessRun, runTerminal, runTerminalMeasured } from './measure.ts';

/** A ledger on disk: lines.csv and ledger.journal. */
export interface BenchLedger {
	readonly size: string;
	readonly csv: string;
	readonly journal: string;
	readonly csvBytes: number;
}

export const SIZES: Readonly<Record<string, number>> = { '10k': 10_000, '100k': 100_000, '1M': 1_000_000 };

/** The ledger of a size: of the given folder (DIR/10k/lines.csv, ...), or generated and kept for the next run. */
export function ledgerOf(size: string, dataFolder: string | undefined): BenchLedger {
	const folder = join(dataFolder ?? join(tmpdir(), 'ledgerseal-bench-ledgers-1'), size);
	const ledger = { size, csv: join(folder, 'lines.csv'), journal: join(folder, 'ledger.journal') };
	if (dataFolder === undefined && !existsSync(ledger.journal)) generateLedger(folder, SIZES[size] ?? 0);
	return { ...ledger, csvBytes: statSync(ledger.csv).size };
}

/** A ledger of so many lines in one fiscal year (FY2024-25), generated and kept for the next run. */
export function yearLedgerOf(size: string, lines: number): BenchLedger {
	const folder = join(tmpdir(), 'ledgerseal-bench-ledgers-1', `${size}-year`);
	const ledger = { size, csv: join(folder, 'lines.csv'), journal: join(folder, 'ledger.journal') };
	if (!existsSync(ledger.journal)) generateLedger(folder, lines, 'year');
	return { ...ledger, csvBytes: statSync(ledger.csv).size };
}

/** The first entries of a ledger, whole, of at least so many lines. */
export async function headOf(ledger: BenchLedger, lines: number, path: string): Promise<void> {
	const output = createWriteStream(path);
	let count = -1;
	let lastNumber = '';
	for await (const row of createInterface({ input: createReadStream(ledger.csv) })) {
		const number = row.slice(0, row.indexOf(','));
		if (count >= lines && number !== lastNumber) break;
		lastNumber = number;
		count++;
		output.write(`${row}\n`);
	}
	await new Promise<void>((resolve) => output.end(resolve));
}

export interface ImportRun extends ProcessRun {
	readonly lines: number;
}

const COMPANY = [
	'company',
	'create',
	'--name',
	'Benchmark Traders',
	'--currency',
	'INR',
	'--fiscal-year-start',
	'04-01',
	'--chart',
	'none',
	'--timezone',
	'Asia/Kolkata',
];
const RESULT_ACCOUNT = ['account', 'add', '--code', '3999', '--name', 'Result brought forward', '--type', 'EQUITY', '--subtype', 'RETAINED_EARNINGS'];

const CONTROL_ACCOUNTS = [
	['Customers', 'RECEIVABLE'],
	['Suppliers', 'PAYABLE'],
] as const;

/** Makes a company in a new data folder and imports a file into it, as whole processes of the built program. */
export function importInto(dataFolder: string, csv: string): ImportRun {
	mkdirSync(dataFolder, { recursive: true });
	runTerminal(dataFolder, COMPANY);
	const run = runTerminalMeasured(dataFolder, ['journal', 'import', csv, '--create-accounts', '--json']);
	const { lines } = JSON.parse(run.output) as { lines: number };
	return { ...run, lines };
}

/** What the file can't say: the account that a close needs, and which accounts are receivables and payables. */
export function completeChart(dataFolder: string): void {
	const { accounts } = JSON.parse(runTerminal(dataFolder, ['account', 'list', '--json']).output) as {
		accounts: { code: string; name: string; subtype: string | null }[];
	};
	if (!accounts.some((account) => account.subtype === 'RETAINED_EARNINGS')) runTerminal(dataFolder, RESULT_ACCOUNT);
	for (const [name, subtype] of CONTROL_ACCOUNTS) {
		for (const { code } of accounts.filter((account) => account.name.endsWith(name) && account.subtype === null)) {
			runTerminal(dataFolder, ['account', 'set', code, '--subtype', subtype]);
		}
	}
}

/** A second data folder with the same books. The first must be closed. */
export function copyBooks(from: string, to: string): string {
	mkdirSync(to, { recursive: true });
	copyFileSync(join(from, 'ledgerseal.db'), join(to, 'ledgerseal.db'));
	return to;
}

/** Last day of a ledger in date order. */
export function lastDateOf(csv: string): string {
	const text = readFileSync(csv);
	const tail = text
		.subarray(Math.max(0, text.length - 4096))
		.toString('utf8')
		.trimEnd();
	return tail.slice(tail.lastIndexOf('\n') + 1).split(',')[1] ?? '';
}
