import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { createClient } from '#main/app/client.ts';
import { openApp } from '#main/app/open-app.ts';
import { systemClock } from '#main/platform/clock.ts';
import { type OpenBooks, withBooks } from './books.ts';
import type { Measured, TargetName } from './targets.ts';

const ENTRIES = 60_000;
const IDLE_MS = 3000;
const READ_EVERY_MS = 10;
const NS_PER_MS = 1e6;
/** No account that needs to be reconciled, so that the month closes. */
const CHART = [
	['3000', 'Capital', 'EQUITY', ''],
	['3999', 'Result brought forward', 'EQUITY', 'RETAINED_EARNINGS'],
	['4000', 'Sales', 'INCOME', ''],
	['6000', 'Rent', 'EXPENSE', ''],
] as const;

interface Felt {
	/** Of the event loop, in ms. */
	readonly delay: Quantiles;
	/** Of a report asked for every few milliseconds, in ms, from asking to its answer. */
	readonly read: Quantiles;
}

interface Quantiles {
	readonly p99: number;
	readonly longest: number;
	readonly count: number;
}

/** T21: how the main thread feels while a month of 120 000 lines is imported, and while its package is built, against idle. */
export async function responsiveness(work: string): Promise<Measured[]> {
	const folder = join(work, 'books');
	const companyId = await makeBooks(folder);
	const january = await journal(join(work, 'january.csv'), '2026-01');
	const february = await journal(join(work, 'february.csv'), '2026-02');
	return withBooks(folder, async (books) => {
		await books.client.imports.importJournal({ companyId, path: january });
		await books.client.close.close({ companyId, period: '2026-01', acknowledge: ['all'], note: 'Seen in the benchmark' });
		const idle = await feel(books, () => delay(IDLE_MS));
		const importing = await feel(books, () => books.client.imports.importJournal({ companyId, path: february }));
		const building = await feel(books, () => books.client.packages.build({ companyId, period: '2026-01' }));
		return [
			compared('T21 import', importing.delay, idle.delay),
			compared('T21 import reads', importing.read, idle.read),
			compared('T21 package', building.delay, idle.delay),
			compared('T21 package reads', building.read, idle.read),
		];
	});
}

function compared(target: TargetName, busy: Quantiles, idle: Quantiles): Measured {
	const note = `longest ${busy.longest.toFixed(1)} ms (idle ${idle.longest.toFixed(1)} ms), ${busy.count} looks`;
	process.stderr.write(`${target}: p99 ${busy.p99.toFixed(2)} ms (idle ${idle.p99.toFixed(2)} ms), ${note}\n`);
	return { target, size: '100k', value: busy.p99, baseline: idle.p99, ratio: busy.p99 / idle.p99, unit: 'ms', note };
}

/** What the main thread feels while some work of it goes on. */
async function feel({ client, companyId }: OpenBooks, work: () => Promise<unknown>): Promise<Felt> {
	const histogram = monitorEventLoopDelay({ resolution: 1 });
	const reads: number[] = [];
	const state = { isDone: false };
	const reading = (async () => {
		while (!state.isDone) {
			const asked = performance.now();
			// The turn of the event loop that a screen waits for belongs to it.
			await delay(0);
			await client.reports.trialBalance({ companyId, asOf: '2026-01-31' });
			reads.push(performance.now() - asked);
			await delay(READ_EVERY_MS);
		}
	})();
	histogram.enable();
	try {
		await work();
	} finally {
		state.isDone = true;
		histogram.disable();
		await reading;
	}
	const inOrder = reads.toSorted((one, other) => one - other);
	return {
		delay: { p99: histogram.percentile(99) / NS_PER_MS, longest: histogram.max / NS_PER_MS, count: histogram.count },
		read: { p99: inOrder[Math.floor(inOrder.length * 0.99)] ?? Number.NaN, longest: inOrder.at(-1) ?? Number.NaN, count: inOrder.length },
	};
}

async function makeBooks(dataFolder: string): Promise<string> {
	const app = await openApp({ dataFolder, env: { LEDGERSEAL_SECRET_STORE: 'file' }, clock: systemClock, onWarning: () => undefined });
	try {
		const chartRows = CHART.map(([code, name, type, subtype]) => ({ code, name, type, subtype, currency: '' }));
		return (await createClient(app, null).companies.create({ name: 'Benchmark Traders', currency: 'USD', chartRows, timezone: 'UTC' })).companyId;
	} finally {
		await app.close();
	}
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
