import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type OpenBooks, withBooks } from './books.ts';
import { exemptAccounts } from './close-targets.ts';
import { completeChart, importInto, yearLedgerOf } from './ledgers.ts';
import { type ProcessRun, runProcess, runTerminalMeasured } from './measure.ts';
import type { PackageRun } from './package-run.ts';
import type { Measured } from './targets.ts';

const PACKAGE_RUN = fileURLToPath(new URL('./package-run.ts', import.meta.url));
const YEAR = 'FY2024-25';
const TENTH = 10;
const MS = 1000;
const PRINTED_MEMBERS = 8;

/**
 * T15, T16 package, T17 package: the package of one close that holds all of a year's lines, made by the program as a person starts it (peak memory, and
 * that of a tenth of the lines), and in this Node beside each of its members alone (time).
 */
export async function packageFigures(size: string, lines: number, work: string, isTimed: boolean): Promise<Measured[]> {
	const books = join(work, 'year');
	await closedYear(size, lines, books);
	const timed = isTimed ? timeMembers(size, books) : [];
	const build = buildPackage(books);
	rmSync(books, { recursive: true });
	await closedYear(`${size}-tenth`, Math.ceil(lines / TENTH), books);
	const small = buildPackage(books);
	rmSync(books, { recursive: true });
	const peak: Measured = {
		target: 'T16 package',
		size,
		value: build.peakMiB,
		baseline: Number.NaN,
		ratio: build.peakMiB,
		unit: 'MiB',
		note: `${Math.round(lines / build.seconds)} lines a second by the clock`,
	};
	const growth: Measured = {
		target: 'T17 package',
		size,
		value: build.peakMiB,
		baseline: small.peakMiB,
		ratio: build.peakMiB / small.peakMiB,
		unit: 'MiB',
		note: '',
	};
	return [...timed, peak, growth];
}

async function closedYear(size: string, lines: number, books: string): Promise<void> {
	importInto(books, yearLedgerOf(size, lines).csv);
	completeChart(books);
	await withBooks(books, async (open) => {
		await exemptAccounts(open);
		const { periods } = await open.client.periods.list({ companyId: open.companyId });
		const year = periods.find(({ name }) => name === YEAR);
		const months = periods.filter(({ kind, start, end }) => kind === 'MONTH' && year !== undefined && start >= year.start && end <= year.end);
		for (const { name } of months) await close(open, name);
		await close(open, YEAR);
	});
}

async function close({ client, companyId }: OpenBooks, period: string): Promise<void> {
	const { success } = await client.close.close({ companyId, period, acknowledge: ['all'], note: 'Seen in the benchmark' });
	if (!success) throw new Error(`${period} closes`);
}

function buildPackage(books: string): ProcessRun {
	return runTerminalMeasured(books, ['package', 'build', YEAR, '--wait']);
}

/** Processor time, because the same work is done twice, one after the other, beside whatever else the machine does. */
function timeMembers(size: string, books: string): Measured[] {
	const { whole, members, bytes } = JSON.parse(runProcess(process.execPath, [PACKAGE_RUN, books, YEAR]).output) as PackageRun;
	const sum = (time: 'seconds' | 'cpuSeconds'): number => members.reduce((total, member) => total + member[time], 0);
	const slowest = members.toSorted((one, other) => other.cpuSeconds - one.cpuSeconds).slice(0, PRINTED_MEMBERS);
	for (const { name, cpuSeconds, bytes: own } of slowest) {
		process.stderr.write(`${size}: ${name}: ${Math.round(cpuSeconds * MS)} ms of the processor, ${Math.round(own / 1024)} KiB\n`);
	}
	const note = `${members.length} members, ${Math.round(bytes / 1024)} KiB; by the clock ${(whole.seconds / sum('seconds')).toFixed(2)}`;
	const ratio = whole.cpuSeconds / sum('cpuSeconds');
	return [{ target: 'T15', size, value: whole.cpuSeconds * MS, baseline: sum('cpuSeconds') * MS, ratio, unit: 'ms', note }];
}
