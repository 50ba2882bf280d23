import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '#shared/contract/client.ts';
import { createProgramClient } from '#main/app/program-client.ts';
import { openProgram, type ProgramThreads } from '#main/app/program-threads.ts';
import { type MachineUse, watchMachine } from './measure.ts';
import type { Measured, TargetName } from './targets.ts';

const ENTRIES = 60_000;
const IDLE_MS = 5000;
const READ_EVERY_MS = 10;
const POST_EVERY_MS = 100;
const PAGE = 50;
const NS_PER_MS = 1e6;
const US_PER_MS = 1000;
const NOTE = 'Seen in the benchmark';
/** No account that needs to be reconciled, so that the month closes. */
const CHART = [
	['3000', 'Capital', 'EQUITY', ''],
	['3999', 'Result brought forward', 'EQUITY', 'RETAINED_EARNINGS'],
	['4000', 'Sales', 'INCOME', ''],
	['6000', 'Rent', 'EXPENSE', ''],
] as const;

interface Felt {
	/** Of the event loop of the main thread, in ms, its timer of 1 ms included. */
	readonly delay: Quantiles;
	/** Of a page of entries asked for every few milliseconds, in ms, from asking to its answer. */
	readonly read: Quantiles;
	/** Of an entry posted every tenth of a second, in ms. */
	readonly post: Quantiles;
	/** The most processor time that the main thread took between two looks, in ms: what no other program of the machine can lengthen. */
	readonly longestTurn: number;
	readonly seconds: number;
	readonly machine: MachineUse;
}

interface Quantiles {
	readonly p99: number;
	readonly longest: number;
	readonly count: number;
}

interface Books {
	readonly program: ProgramThreads;
	readonly client: Client;
	readonly companyId: string;
}

/** T21: how a program that stays open feels while 120 000 lines are imported, packed, drawn and verified, against when nobody does anything. */
export async function responsiveness(work: string): Promise<Measured[]> {
	const january = await journal(join(work, 'january.csv'), '2026-01');
	const february = await journal(join(work, 'february.csv'), '2026-02');
	const program = await openProgram({ dataFolder: join(work, 'books'), env: { LEDGERSEAL_SECRET_STORE: 'file' }, onWarning: () => undefined });
	try {
		const books = await makeBooks(program);
		const { client, companyId } = books;
		await client.imports.importJournal({ companyId, path: january });
		const idle = said('idle', await feel(books, () => delay(IDLE_MS)));
		const against = async (name: 'import' | 'package' | 'pdf' | 'verify', busy: () => Promise<unknown>) =>
			compared(name, said(name, await feel(books, busy)), idle);
		const importing = await against('import', () => client.imports.importJournal({ companyId, path: february }));
		// A close queues its package, which is begun at once.
		await client.close.close({ companyId, period: '2026-01', acknowledge: ['all'], note: NOTE });
		let packed = '';
		const packing = await against('package', async () => {
			packed = (await client.packages.build({ companyId, period: '2026-01' })).file ?? '';
		});
		const ledger = {
			companyId,
			report: 'ledger',
			account: '4000',
			from: '2026-01-01',
			to: '2026-02-28',
			format: 'pdf',
			file: join(work, 'ledger.pdf'),
		} as const;
		const drawing = await against('pdf', () => client.reports.write(ledger));
		const verifying = await against('verify', async () => {
			const results = [(await program.verifyPackage(packed)).result, (await client.close.verifyAll({ companyId })).result];
			if (results.some((result) => result !== 'VERIFIED')) throw new Error(`the books are whole, and not ${results.join(', ')}`);
		});
		return [...importing, ...packing, ...drawing, ...verifying];
	} finally {
		await program.close();
	}
}

function said(what: string, felt: Felt): Felt {
	const part = (name: string, { p99, longest, count }: Quantiles) => `${name} p99 ${p99.toFixed(2)} ms, longest ${longest.toFixed(1)} ms of ${count}`;
	const machine = `processors ${percent(felt.machine.busy)} busy, ${percent(felt.machine.others)} with others`;
	const own = `most processor time at once ${felt.longestTurn.toFixed(1)} ms`;
	const parts = [part('event loop', felt.delay), own, part('read', felt.read), part('post', felt.post), machine];
	process.stderr.write(`T21 ${what}, ${felt.seconds.toFixed(1)} s: ${parts.join('; ')}\n`);
	return felt;
}

function compared(name: 'import' | 'package' | 'pdf' | 'verify', busy: Felt, idle: Felt): Measured[] {
	const note = `others had ${percent(busy.machine.others)} of the processors, idle ${percent(idle.machine.others)}`;
	const p99 = (target: TargetName, of: 'delay' | 'read'): Measured => {
		const [value, baseline] = [busy[of].p99, idle[of].p99];
		return { target, size: '100k', value, baseline, ratio: value / baseline, unit: 'ms', note };
	};
	const longest = Math.max(busy.delay.longest, busy.read.longest);
	const baseline = Math.max(idle.delay.longest, idle.read.longest);
	return [
		p99(`T21 ${name}`, 'delay'),
		p99(`T21 ${name} reads`, 'read'),
		{
			target: `T21 ${name} longest`,
			size: '100k',
			value: longest,
			baseline,
			ratio: longest,
			unit: 'ms',
			note: `most processor time at once ${busy.longestTurn.toFixed(1)} ms; longest wait of a post ${busy.post.longest.toFixed(0)} ms; ${note}`,
		},
	];
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** What the main thread, and who asks and posts through it, feel while some work goes on. */
async function feel({ client, companyId }: Books, work: () => Promise<unknown>): Promise<Felt> {
	const histogram = monitorEventLoopDelay({ resolution: 1 });
	const machine = watchMachine();
	const state = { isDone: false };
	const timed = async (everyMs: number, call: () => Promise<unknown>): Promise<Quantiles> => {
		const taken: number[] = [];
		while (!state.isDone) {
			const asked = performance.now();
			// The turn of the event loop that a screen waits for belongs to it.
			await delay(0);
			await call();
			taken.push(performance.now() - asked);
			await delay(everyMs);
		}
		return quantilesOf(taken);
	};
	const reading = timed(READ_EVERY_MS, () => client.ledger.listEntries({ companyId, limit: PAGE }));
	const posting = timed(POST_EVERY_MS, () => client.ledger.post({ companyId, entries: [SALE] }));
	const longestTurn = watchTurns();
	const begun = performance.now();
	histogram.enable();
	try {
		await work();
	} finally {
		state.isDone = true;
		histogram.disable();
	}
	const seconds = (performance.now() - begun) / 1000;
	const [used, turn] = [machine(), longestTurn()];
	const delayed = { p99: histogram.percentile(99) / NS_PER_MS, longest: histogram.max / NS_PER_MS, count: histogram.count };
	const [read, post] = await Promise.all([reading, posting]);
	return { delay: delayed, longestTurn: turn, read, post, seconds, machine: used };
}

function watchTurns(): () => number {
	const used = (): number => {
		const { user, system } = process.threadCpuUsage();
		return (user + system) / US_PER_MS;
	};
	let [before, longest] = [used(), 0];
	const look = (): void => {
		const now = used();
		longest = Math.max(longest, now - before);
		before = now;
	};
	const timer = setInterval(look, 1);
	return () => {
		clearInterval(timer);
		return longest;
	};
}

/** In a month that nothing else is done with. */
const SALE = {
	date: '2026-03-05',
	description: 'Sale',
	lines: [
		{ account: '6000', debit: '10.00' },
		{ account: '4000', credit: '10.00' },
	],
};

function quantilesOf(taken: readonly number[]): Quantiles {
	const inOrder = taken.toSorted((one, other) => one - other);
	return { p99: inOrder[Math.floor(inOrder.length * 0.99)] ?? Number.NaN, longest: inOrder.at(-1) ?? Number.NaN, count: inOrder.length };
}

async function makeBooks(program: ProgramThreads): Promise<Books> {
	const chartRows = CHART.map(([code, name, type, subtype]) => ({ code, name, type, subtype, currency: '' }));
	const { companyId } = await createProgramClient(program, null).companies.create({ name: 'Benchmark Traders', currency: 'USD', chartRows, timezone: 'UTC' });
	return { program, companyId, client: createProgramClient(program, await program.signIn(undefined, undefined)) };
}

/** Two lines an entry, all in one month. */
async function journal(path: string, month: string): Promise<string> {
	const file = createWriteStream(path);
	file.write('entry_no,date,description,account,debit,credit\n');
	for (let number = 1; number <= ENTRIES; number++) {
		const date = `${month}-${String((number % 28) + 1).padStart(2, '0')}`;
		const amount = `${100 + (number % 900)}.${String(number % 100).padStart(2, '0')}`;
		const head = `${month}/${number},${date},Item ${number}`;
		if (!file.write(`${head},6000,${amount},\n${head},4000,,${amount}\n`)) await once(file, 'drain');
	}
	file.end();
	await once(file, 'finish');
	return path;
}
