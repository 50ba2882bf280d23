import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { isAppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import { packageJob } from '#main/packages/index.ts';
import { rawDatabaseOf } from '#main/platform/database/connection.ts';
import { tryLock } from '#main/platform/database/process-lock.ts';
import type { StoredJob } from '#main/platform/jobs/job-queue.ts';
import { jobLockFile } from '#main/platform/jobs/run-job.ts';
import { runWork } from '#main/platform/jobs/run-work.ts';
import { closeJanuary, closePeriod, copiesOf, openFolder, type OpenFolder } from '#test/closed-books.ts';
import { runWaitingJobs, startJobRunner } from './jobs.ts';
import { programContext } from './program-context.ts';
import { sweepDataFolder } from './sweep.ts';
import { verifyPackageFile } from './verify-package.ts';

const closedJanuary = copiesOf(closeJanuary);

const jobsOf = async ({ client }: OpenFolder, companyId: string) => (await client.packages.list({ companyId })).jobs;
const execute = ({ app }: OpenFolder, sql: string) => app.runner.read((db) => rawDatabaseOf(db).exec(sql));
const rowOf = ({ app }: OpenFolder, jobId: string) => app.runner.db.get('SELECT status, attempt, progress FROM export_jobs WHERE uuid = ?', jobId);

function filesOf(folder: string): string[] {
	if (!existsSync(folder)) return [];
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map(({ name }) => name);
}

describe('the job runner of a host that stays open', () => {
	it('takes up what was left and what is queued later, while its own thread goes on', async () => {
		const { books, companyId } = await closedJanuary();
		const runner = startJobRunner(books.app);
		const areReady = async (count: number) => {
			const jobs = await jobsOf(books, companyId);
			expect(jobs.map(({ status }) => status)).toEqual(Array.from({ length: count }, () => 'READY'));
		};
		await vi.waitFor(() => areReady(2), { timeout: 20_000 });
		await closePeriod(books, companyId, '2026-02');
		await vi.waitFor(() => areReady(3), { timeout: 20_000 });
		await runner.stop();
		for (const { file } of await jobsOf(books, companyId)) expect(await verifyPackageFile(file ?? '')).toMatchObject({ result: 'VERIFIED' });
	});

	it('puts the job under way back when it is left, as if it had not been begun', async () => {
		const { books, companyId } = await closedJanuary();
		const begun = Promise.withResolvers<void>();
		const runner = startJobRunner(books.app, { onProgress: () => begun.resolve() });
		await begun.promise;
		await runner.stop();
		const jobs = await jobsOf(books, companyId);
		expect(jobs.map(({ jobId }) => rowOf(books, jobId))).toEqual([1, 2].map(() => ({ status: 'QUEUED', attempt: 0, progress: 0 })));
		expect(filesOf(books.app.paths.packages)).toEqual([]);
		const { failed } = await runWaitingJobs(books.app);
		expect(failed).toEqual([]);
	});
});

describe('a job', () => {
	it('that a person takes away stops, wherever it runs, and leaves no file', async () => {
		const { books, companyId } = await closedJanuary();
		const [{ jobId } = { jobId: '' }] = await jobsOf(books, companyId);
		const cancelled: Promise<unknown>[] = [];
		const building = books.client.packages.build(
			{ companyId, period: '2026-01' },
			{ onProgress: () => void (cancelled.length === 0 && cancelled.push(books.client.packages.cancel({ companyId, jobId }))) },
		);
		await expect(building).rejects.toMatchObject({ code: 'CANCELLED' });
		await Promise.all(cancelled);
		expect(rowOf(books, jobId)).toMatchObject({ status: 'CANCELLED' });
		expect(filesOf(books.app.paths.packages)).toEqual([]);
	});

	it('whose process ended three times is given up with the reason, and a new one may be asked for', async () => {
		const { books, companyId } = await closedJanuary();
		const [{ jobId } = { jobId: '' }] = await jobsOf(books, companyId);
		execute(books, `UPDATE export_jobs SET status = 'RUNNING', attempt = 2 WHERE uuid = '${jobId}'`);
		expect((await runWaitingJobs(books.app)).failed).toEqual([]);
		expect(rowOf(books, jobId)).toMatchObject({ status: 'READY', attempt: 3 });

		await books.client.packages.regenerate({ companyId, period: '2026-01' });
		const [{ jobId: again } = { jobId: '' }] = await jobsOf(books, companyId);
		execute(books, `UPDATE export_jobs SET status = 'RUNNING', attempt = 3 WHERE uuid = '${again}'`);
		const { failed } = await runWaitingJobs(books.app);
		expect(failed).toMatchObject([{ jobId: again, error: { code: 'PACKAGE_NOT_READY', details: { attempts: 3 } } }]);
		expect((await jobsOf(books, companyId))[0]).toMatchObject({ status: 'FAILED', error: expect.stringContaining('3 times') });
		expect((await books.client.audit.list({ companyId, action: 'packages.failed' })).events).toMatchObject([{ detail: { jobId: again, attempts: 3 } }]);
		expect(await books.client.packages.build({ companyId, period: '2026-01' })).toMatchObject({ status: 'READY' });
	});

	it('that somebody else is at is left to them', async () => {
		const { books, companyId } = await closedJanuary();
		const { company } = books.actor(companyId);
		const closes = books.app.runner.db.all<{ closeId: number }>('SELECT close_id AS closeId FROM export_jobs');
		const locks = closes.map((job) => tryLock(jobLockFile(books.app, company, job)));
		expect(await runWaitingJobs(books.app)).toEqual({ finished: [], failed: [] });
		for (const lock of locks) lock?.release();
		expect((await runWaitingJobs(books.app)).finished).toHaveLength(2);
	});

	it('does the same work in this thread where there is no other', async () => {
		const { books, companyId } = await closedJanuary();
		const { company } = books.actor(companyId);
		const inThread = await books.client.packages.build({ companyId, period: '2026-01' });
		const context = await programContext(books.app, company);
		const job = present(
			books.app.runner.db.get<StoredJob>('SELECT id, uuid, kind, close_id AS closeId, status, attempt, error FROM export_jobs WHERE uuid = ?', inThread.jobId),
			'the job',
		);
		const { task, answer } = packageJob.begin(context, company, job);
		const options = { signal: context.signal, onProgress: () => {}, answer, workerFile: null };
		expect(await runWork(packageJob, task, options)).toMatchObject({ bag: { sha256: inThread.sha256, contentSha256: inThread.contentSha256 } });
		const aborted = AbortSignal.abort();
		expect(isAppError(await runWork(packageJob, task, { ...options, signal: aborted }).catch((error: unknown) => error), 'CANCELLED')).toBe(true);
	});
});

describe('a sweep', () => {
	it('takes temporary files of a day ago from packages, content and secrets, and no other file', async () => {
		const { books, companyId } = await closedJanuary();
		const { file } = await books.client.packages.build({ companyId, period: '2026-01' });
		const { packages, content, secrets } = books.app.paths;
		const deep = join(content, 'ab');
		mkdirSync(deep, { recursive: true });
		const folders = [dirname(file ?? ''), packages, content, deep, secrets];
		const yesterday = Date.now() / 1000 - 25 * 3600;
		for (const folder of folders) {
			for (const [name, isOld] of [
				['.one.zip.0123456789abcdef.part', true],
				['.two.zip.0123456789abcdef.part', false],
				['three.part', true],
			] as const) {
				writeFileSync(join(folder, name), 'x');
				if (isOld) utimesSync(join(folder, name), yesterday, yesterday);
			}
		}
		await sweepDataFolder(books.app);
		for (const folder of folders) {
			const names = readdirSync(folder).filter((name) => name.endsWith('.part'));
			expect(names.sort(), folder).toEqual(['.two.zip.0123456789abcdef.part', 'three.part']);
		}
		expect(existsSync(file ?? '')).toBe(true);
	});

	it('at the first start of a day expires packages, and leaves seals, years and reopened closes alone', async () => {
		const { books, companyId } = await closedJanuary();
		const first = await books.client.packages.build({ companyId, period: '2026-01' });
		await closePeriod(books, companyId, '2026-02');
		const reopened = await books.client.packages.build({ companyId, period: '2026-02' });
		await books.client.close.reopen({ companyId, period: '2026-02', reason: 'A voucher was forgotten.', confirm: '2026-02' });
		await books.app.close();
		const later = await openFolder({ folder: books.folder, now: '2026-12-01T09:00:00.000Z' });
		const states = (await jobsOf(later, companyId)).map(({ period, status, file }) => [period, status, file !== null]);
		expect(states).toEqual([
			['2026-02', 'SUPERSEDED', true],
			['2026-01', 'EXPIRED', false],
			['opening', 'QUEUED', false],
		]);
		expect(existsSync(first.file ?? '')).toBe(false);
		expect(await verifyPackageFile(reopened.file ?? '')).toMatchObject({ result: 'VERIFIED' });
		expect((await later.client.audit.list({ companyId, action: 'packages.expire' })).events).toMatchObject([
			{ detail: { period: '2026-01', sha256: first.sha256 } },
		]);
		// A crash between the books and the folder: the file goes with the next sweep.
		writeFileSync(first.file ?? '', 'left');
		await sweepDataFolder(later.app);
		expect(existsSync(first.file ?? '')).toBe(false);
		expect(await later.client.packages.build({ companyId, period: '2026-01' })).toMatchObject({ status: 'READY', contentSha256: first.contentSha256 });
		expect(await later.client.close.verifyAll({ companyId })).toMatchObject({ result: 'VERIFIED' });
	});
});
