import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Client } from '#shared/contract/client.ts';
import { isAppError } from '#shared/kernel/app-error.ts';
import { createReadRunner } from '#main/platform/run/write-path.ts';
import { openConnection } from '#main/platform/database/connection.ts';
import { openFolder } from '#test/closed-books.ts';
import { type OpenProgram, openTestProgram } from '#test/open-program.ts';
import { journalFile, makeProgramCompany, rent } from '#test/program-company.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { throttled } from './program-calls.ts';
import { createProgramClient } from './program-client.ts';
import { openProgram } from './program-threads.ts';
import { verifyPackageFile } from './verify-package.ts';

interface Opened {
	readonly open: OpenProgram;
	readonly client: Client;
	readonly companyId: string;
}

async function withCompany(): Promise<Opened> {
	const open = await openTestProgram();
	const companyId = await makeProgramCompany(open);
	return { open, client: await open.client(), companyId };
}

const post = ({ client, companyId }: Pick<Opened, 'client' | 'companyId'>, date = '2026-01-05') =>
	client.ledger.post({ companyId, entries: [rent(date, '10.00')] });
const closeJanuary = ({ client, companyId }: Pick<Opened, 'client' | 'companyId'>) =>
	client.close.close({ companyId, period: '2026-01', acknowledge: ['all'], note: 'Seen, an invented company.' });
const jobsOf = async ({ client, companyId }: Pick<Opened, 'client' | 'companyId'>) => (await client.packages.list({ companyId })).jobs;
const PATIENT = { timeout: 30_000 };

describe('a thread that ended', () => {
	it('of those that write is started again: what was answered stands, the rest can be asked again', async () => {
		const opened = await withCompany();
		const { open, client, companyId } = opened;
		const posting = Array.from({ length: 40 }, () =>
			post(opened).then(
				() => 'posted',
				(error: unknown) => (isAppError(error, 'WORK_INTERRUPTED') && error.retryable ? 'interrupted' : error),
			),
		);
		await posting[0];
		await open.kill('writer');
		const outcomes = await Promise.all(posting);
		expect(new Set(outcomes).difference(new Set(['posted', 'interrupted']))).toEqual(new Set());
		await post(opened);
		const { entries } = await client.ledger.listEntries({ companyId });
		const answered = 1 + outcomes.filter((outcome) => outcome === 'posted').length;
		expect(entries.length).toBeGreaterThanOrEqual(answered);
		expect(entries.length).toBeLessThanOrEqual(41);
		expect(open.starts('writer')).toBe(2);
		// What was committed without an answer, screens read again.
		expect(open.changes).toContainEqual({ companyId: null, action: null, origin: 'elsewhere' });
		expect(await client.audit.verify({ companyId })).toMatchObject({ result: 'VERIFIED' });
	});

	it.each(['quick', 'heavy'] as const)('of those that read is started again with the next query: %s', async (place) => {
		const opened = await withCompany();
		const { open, client, companyId } = opened;
		const ask = () => (place === 'quick' ? client.ledger.listEntries({ companyId }) : client.reports.trialBalance({ companyId, asOf: '2026-01-31' }));
		await ask();
		await open.kill(place);
		await ask();
		expect(open.starts(place)).toBe(2);
	});

	it('has its job taken up again', async () => {
		const opened = await withCompany();
		await post(opened);
		const isRunning = vi.waitFor(() => expect(opened.open.jobs).toContainEqual(expect.objectContaining({ state: 'RUNNING' })), PATIENT);
		await closeJanuary(opened);
		await isRunning;
		await opened.open.kill('writer');
		await vi.waitFor(async () => expect((await jobsOf(opened)).map(({ status }) => status)).toEqual(['READY', 'READY']), PATIENT);
		for (const { file } of await jobsOf(opened)) expect(await verifyPackageFile(file ?? '')).toMatchObject({ result: 'VERIFIED' });
	});

	it('because nobody waits for its query any more does not disturb other queries', async () => {
		const { folder, companyId } = await leftFolder();
		let starts = 0;
		const program = await openProgram({
			dataFolder: folder,
			env: { LEDGERSEAL_SECRET_STORE: 'file' },
			onWarning: () => {},
			// The first reader of what takes long never comes to an end.
			startThread: ({ place }, start) => (place === 'heavy' && starts++ === 0 ? new Worker('for (;;) ;', { eval: true }) : start()),
		});
		onTestFinished(() => program.close());
		const client = createProgramClient(program, await program.signIn(undefined, undefined));
		const cancel = new AbortController();
		const endless = client.audit.verify({ companyId }, { signal: cancel.signal });
		const other = client.reports.trialBalance({ companyId, asOf: '2026-01-31' });
		cancel.abort();
		await expect(endless).rejects.toMatchObject({ code: 'CANCELLED' });
		expect(await other).toMatchObject({ balanced: true });
		expect(starts).toBe(2);
	});
});

/** Books that a program made and left. */
async function leftFolder(): Promise<{ folder: string; companyId: string }> {
	const opened = await withCompany();
	await post(opened);
	await opened.open.program.close();
	return { folder: opened.open.folder, companyId: opened.companyId };
}

describe('whoever listens', () => {
	it('is told of each committed write by the name that the audit trail gives it, until they listen no more', async () => {
		const opened = await withCompany();
		const { open, client, companyId } = opened;
		const heard: unknown[] = [];
		const end = open.program.onChange((change) => heard.push(change));
		const here = (action: string) => ({ companyId, action, origin: 'here' });
		await post(opened);
		await client.ledger.addParty({ companyId, name: 'Blue Lantern Stores' });
		await client.imports.importJournal({ companyId, path: journalFile(join(temporaryFolder(), 'journal.csv'), 3) });
		await client.ledger.listEntries({ companyId });
		await expect(post(opened, '2031-01-05')).rejects.toMatchObject({ name: 'AppError' });
		expect(heard).toEqual([here('ledger.post'), here('ledger.addParty'), here('imports.importJournal')]);
		end();
		await post(opened);
		expect(heard).toHaveLength(3);
	});

	it('is told of what another process writes, and never takes it for what this one wrote', async () => {
		const opened = await withCompany();
		const beside = await openFolder({ folder: opened.open.folder });
		const elsewhere = () => opened.open.changes.filter(({ origin }) => origin === 'elsewhere');
		await post(opened);
		const before = elsewhere().length;
		await beside.client.ledger.addParty({ companyId: opened.companyId, name: 'Quiet Harbour' });
		await vi.waitFor(() => expect(elsewhere().length).toBeGreaterThan(before), PATIENT);
		expect(elsewhere().at(-1)).toEqual({ companyId: null, action: null, origin: 'elsewhere' });
	});

	it('is told of a job from the queue to its end', async () => {
		const opened = await withCompany();
		const { jobs } = opened.open;
		await post(opened);
		await closeJanuary(opened);
		await vi.waitFor(() => expect(jobs.filter(({ state }) => state === 'READY')).toHaveLength(2), PATIENT);
		for (const { jobId } of await jobsOf(opened)) {
			const told = jobs.filter((job) => job.jobId === jobId);
			expect(told.map(({ state }) => state).filter((state, place, all) => state !== all[place - 1])).toEqual(['QUEUED', 'RUNNING', 'READY']);
			expect(told).toContainEqual(expect.objectContaining({ companyId: opened.companyId, state: 'RUNNING', text: expect.stringMatching(/\w/) }));
			expect(told.every(({ fraction }) => fraction >= 0 && fraction <= 1)).toBe(true);
		}
	});

	it('is told of progress ten times a second at most, and at once of a new step', () => {
		vi.useFakeTimers({ toFake: ['performance'] });
		onTestFinished(() => void vi.useRealTimers());
		const told: string[] = [];
		const tell = throttled(({ text }) => told.push(text));
		for (let ms = 0; ms < 1000; ms++) {
			tell({ fraction: ms / 2000, text: `Reading ${ms} rows` });
			vi.advanceTimersByTime(1);
		}
		tell({ fraction: 0.6, text: 'Booking' });
		expect(told).toEqual([...Array.from({ length: 10 }, (_, tenth) => `Reading ${tenth * 100} rows`), 'Booking']);
	});
});

describe('leaving the program', () => {
	it('waits for what writes, takes no more calls, ends every thread, and may be asked for again', async () => {
		const opened = await withCompany();
		const { program, folder } = opened.open;
		const importing = opened.client.imports.importJournal({ companyId: opened.companyId, path: journalFile(join(temporaryFolder(), 'journal.csv'), 300) });
		const posting = post(opened);
		await Promise.all([program.close(), program.close()]);
		expect(await posting).toMatchObject({ entries: [expect.objectContaining({})] });
		expect(await importing).toMatchObject({ entries: 300 });
		for (const call of [post(opened), jobsOf(opened), program.signIn(undefined, undefined), program.entrance()])
			await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
		// The last connection was closed in order: what it had in its log is in the file.
		expect(existsSync(join(folder, 'ledgerseal.db-wal'))).toBe(false);
	});

	it('puts a job under way back, and the next start finishes it', async () => {
		const opened = await withCompany();
		await post(opened);
		const begun = Promise.withResolvers<void>();
		opened.open.program.onJob(({ state }) => state === 'RUNNING' && begun.resolve());
		await closeJanuary(opened);
		await begun.promise;
		// The package of the opening balances and that of January; somebody waits for the second, and is told that they wait no more.
		const waiting = opened.client.packages.build({ companyId: opened.companyId, period: '2026-01' });
		await Promise.all([expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' }), opened.open.program.close()]);
		const judge = openConnection(join(opened.open.folder, 'ledgerseal.db'), 'read');
		expect(judge.raw.prepare('SELECT status, attempt, progress FROM export_jobs').all()).toEqual(
			[1, 2].map(() => ({ status: 'QUEUED', attempt: 0, progress: 0 })),
		);
		judge.close();
		const next = await openTestProgram({ folder: opened.open.folder });
		await vi.waitFor(() => expect(next.jobs.filter(({ state }) => state === 'READY')).toHaveLength(2), PATIENT);
		for (const { file } of await jobsOf({ client: await next.client(), companyId: opened.companyId }))
			expect(await verifyPackageFile(file ?? '')).toMatchObject({ result: 'VERIFIED' });
	});
});

describe('the database', () => {
	it('has an empty write-ahead log after an import', async () => {
		const { open, client, companyId } = await withCompany();
		const log = join(open.folder, 'ledgerseal.db-wal');
		expect(statSync(log).size).toBeGreaterThan(0);
		await client.imports.importJournal({ companyId, path: journalFile(join(temporaryFolder(), 'journal.csv'), 300) });
		await vi.waitFor(() => expect(statSync(log).size).toBe(0), PATIENT);
	});

	it('cannot be written by a thread that reads', async () => {
		const { folder } = await leftFolder();
		const connection = openConnection(join(folder, 'ledgerseal.db'), 'read');
		onTestFinished(() => connection.close());
		const runner = createReadRunner(connection, (error) => error);
		expect(runner.read((db) => db.value('SELECT count(*) FROM companies'))).toBe(1);
		expect(() => runner.write(() => 'written')).toThrow('what reads writes nothing');
	});
});
