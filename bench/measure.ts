import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PROGRAM_FOLDER = fileURLToPath(new URL('..', import.meta.url));
const TERMINAL = join(PROGRAM_FOLDER, 'out', 'main', 'terminal.js');
const PEAK_MEMORY = fileURLToPath(new URL('./peak-memory.ts', import.meta.url));

/** A whole process: its wall time, its peak of resident memory (0: not measured), what it wrote. */
export interface ProcessRun {
	readonly seconds: number;
	readonly peakMiB: number;
	readonly output: string;
}

export function median(values: readonly number[]): number {
	return [...values].sort((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}

export function secondsOf(work: () => unknown): number {
	const start = performance.now();
	work();
	return (performance.now() - start) / 1000;
}

/** What some work took: seconds on the clock, and of the processor (which count less what others keep busy). */
export interface Spent {
	readonly seconds: number;
	readonly cpuSeconds: number;
}

export async function spentOn(work: () => unknown): Promise<Spent> {
	const cpu = process.cpuUsage();
	const start = performance.now();
	await work();
	const seconds = (performance.now() - start) / 1000;
	const { user, system } = process.cpuUsage(cpu);
	return { seconds, cpuSeconds: (user + system) / 1_000_000 };
}

/** Median seconds of so many runs, after one that is not counted. */
export function medianSeconds(runs: number, work: () => unknown): number {
	work();
	return median(Array.from({ length: runs }, () => secondsOf(work)));
}

export function runProcess(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): ProcessRun {
	const start = performance.now();
	const child = spawnSync(command, args, { env: { ...process.env, ...env }, encoding: 'utf8', maxBuffer: 1 << 28 });
	const seconds = (performance.now() - start) / 1000;
	if (child.error) throw child.error;
	if (child.status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${child.status}: ${child.stderr.slice(-2000)}`);
	return { seconds, peakMiB: 0, output: child.stdout };
}

/** Median wall of a command, or null where it is not installed. */
export function peerSeconds(command: string, args: readonly string[], runs: number): number | null {
	const found = spawnSync(command, ['--version'], { stdio: 'ignore' });
	return found.error ? null : median(Array.from({ length: runs }, () => runProcess(command, args).seconds));
}

const PROGRAM_ENV = { LEDGERSEAL_SECRET_STORE: 'file' };

/** The built program in this Node. */
export function runTerminal(dataFolder: string, args: readonly string[]): ProcessRun {
	return runProcess(process.execPath, [TERMINAL, '--data-dir', dataFolder, ...args], PROGRAM_ENV);
}

/** The same with its peak memory, which the process itself writes down when it ends. */
export function runTerminalMeasured(dataFolder: string, args: readonly string[]): ProcessRun {
	return withTemporaryFolder((folder) => {
		const file = join(folder, 'peak');
		const run = runProcess(process.execPath, ['--import', PEAK_MEMORY, TERMINAL, '--data-dir', dataFolder, ...args], {
			...PROGRAM_ENV,
			LEDGERSEAL_BENCH_PEAK: file,
		});
		return { ...run, peakMiB: Number(readFileSync(file, 'utf8')) / 1024 };
	});
}

/** The program as a person starts it, on whichever Node the shell finds. */
export function runThroughBin(dataFolder: string, args: readonly string[]): ProcessRun {
	const path = (process.env.PATH ?? '')
		.split(delimiter)
		.filter((folder) => !folder.includes('node_modules'))
		.join(delimiter);
	return runProcess(join(PROGRAM_FOLDER, 'bin', 'ledgerseal.mjs'), ['--data-dir', dataFolder, ...args], { ...PROGRAM_ENV, PATH: path });
}

export function withTemporaryFolder<Output>(work: (folder: string) => Output): Output {
	const folder = mkdtempSync(join(tmpdir(), 'ledgerseal-bench-'));
	try {
		return work(folder);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

export async function withTemporaryFolderAsync(work: (folder: string) => Promise<void>): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'ledgerseal-bench-'));
	try {
		await work(folder);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

const QUIET_SHARE = 0.25;
const SECOND_MS = 1000;
const US_PER_MS = 1000;

/** Waits until others leave most of the machine alone, at most so many seconds. Answers whether they did. */
export function waitForQuiet(seconds: number): boolean {
	const pause = new Int32Array(new SharedArrayBuffer(4));
	for (let second = 0; second < seconds; second++) {
		const before = busyMs();
		Atomics.wait(pause, 0, 0, SECOND_MS);
		if (busyMs() - before < SECOND_MS * availableParallelism() * QUIET_SHARE) return true;
	}
	return false;
}

/** Shares of all processors, 0 to 1. */
export interface MachineUse {
	readonly busy: number;
	/** Busy with what is none of this process and its threads. */
	readonly others: number;
}

/** Begins to watch; answers what ends it. */
export function watchMachine(): () => MachineUse {
	const [begun, busyBefore, ownBefore] = [performance.now(), busyMs(), process.cpuUsage()];
	return () => {
		const wholeMs = (performance.now() - begun) * availableParallelism();
		const own = process.cpuUsage(ownBefore);
		const busy = busyMs() - busyBefore;
		return { busy: Math.min(busy / wholeMs, 1), others: Math.max(0, Math.min((busy - (own.user + own.system) / US_PER_MS) / wholeMs, 1)) };
	};
}

function busyMs(): number {
	return cpus().reduce((sum, { times }) => sum + times.user + times.sys + times.nice + times.irq, 0);
}
