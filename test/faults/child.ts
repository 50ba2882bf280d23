/**
 * A process of its own that works on a data folder, for tests that kill it or let several loose at once. Its one argument is a `Work` as JSON; each
 * thing done is said on standard output as one line of JSON, written before the next begins, so that what was said is what was promised.
 */
import { readSync, writeSync } from 'node:fs';
import { AppError } from '#shared/kernel/app-error.ts';
import { userById } from '#main/access/index.ts';
import type { Client } from '#shared/contract/client.ts';
import { createClient } from '#main/app/client.ts';
import { runWaitingJobs } from '#main/app/jobs.ts';
import { type App, openApp } from '#main/app/open-app.ts';
import { mapFault } from '#main/platform/faults.ts';
import { systemClock } from '#main/platform/clock.ts';
import type { Said, Work } from './work.ts';

function say(said: Said): void {
	writeSync(1, `${JSON.stringify(said)}\n`);
}

/** Waits until the test says go, so that several begin at one moment. */
function waitForGo(): void {
	say({ event: 'ready' });
	readSync(0, Buffer.alloc(1));
}

async function importFile(client: Client, work: Work): Promise<void> {
	const { entries, duplicates } = await client.imports.importJournal({ companyId: work.companyId, path: work.path ?? '' });
	say({ event: 'imported', entries, duplicates });
}

/** One entry after the other; what the books refuse is said as well, and the next is tried. */
async function post(client: Client, { companyId, label = '', date = '', count = Number.POSITIVE_INFINITY }: Work): Promise<void> {
	for (let number = 1; number <= count; number++) {
		const externalNo = `${label}${number}`;
		const lines = [
			{ account: '6000', debit: '12.34' },
			{ account: '1100', credit: '12.34' },
		];
		try {
			const { entries } = await client.ledger.post({ companyId, entries: [{ date, description: 'Rent', externalNo, lines }] });
			say({ event: 'posted', externalNo, no: entries[0]?.no ?? 0, hash: entries[0]?.hash ?? '' });
		} catch (error) {
			if (!(error instanceof AppError) || error.code !== 'PERIOD_CLOSED') throw error;
			say({ event: 'refused', externalNo, code: error.code });
		}
	}
}

async function close(client: Client, { companyId, period = '' }: Work): Promise<void> {
	const { alreadyClosed, closeHash, closeNumber, signer } = await client.close.close({ companyId, period, acknowledge: ['all'], note: 'Seen.' });
	say({ event: 'closed', alreadyClosed, closeHash, closeNumber, signer });
}

async function build(client: Client, { companyId, period = '' }: Work): Promise<void> {
	const { jobId, status, file, sha256 } = await client.packages.build({ companyId, period });
	say({ event: 'built', jobId, status, file, sha256 });
}

/** What a host does when it starts: takes up what was left. */
async function takeUpJobs(app: App): Promise<void> {
	const { finished, failed } = await runWaitingJobs(app);
	say({ event: 'worked', finished: finished.length, failed: failed.length });
}

async function report(client: Client, { companyId, date = '', count = 1 }: Work): Promise<void> {
	for (let number = 1; number <= count; number++) {
		const { balanced, totals } = await client.reports.trialBalance({ companyId, asOf: date });
		const { agree } = await client.reports.checkBalances({ companyId });
		say({ event: 'reported', isBalanced: balanced && totals.debit === totals.credit && agree });
	}
}

const tasks = { import: importFile, post, close, package: build, report, open: async () => {} };

async function run(work: Work): Promise<void> {
	if (work.gate === 'before-open') waitForGo();
	const app = await openApp({
		dataFolder: work.dataFolder,
		env: { LEDGERSEAL_SECRET_STORE: 'file' },
		clock: systemClock,
		onWarning: (text) => say({ event: 'warned', text }),
	});
	try {
		if (work.gate === 'after-open') waitForGo();
		say({ event: 'begun' });
		const client = createClient(app, app.runner.read((db) => userById(db, 1)) ?? null);
		if (work.task === 'jobs') await takeUpJobs(app);
		else await tasks[work.task](client, work);
	} finally {
		await app.close();
	}
}

try {
	await run(JSON.parse(process.argv[2] ?? '') as Work);
} catch (error) {
	const fault = mapFault(error);
	say({ event: 'failed', code: fault?.code ?? 'FAULT', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
	process.exitCode = fault === null ? 3 : 1;
}
