import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runWaitingJobs } from './jobs.ts';
import { verifyPackageFile } from './verify-package.ts';
import { contentPath } from '#main/platform/files.ts';
import { rawDatabaseOf } from '#main/platform/database/connection.ts';
import { tryLock } from '#main/platform/database/process-lock.ts';
import { closeJanuary, closePeriod, copiesOf, openFolder, type OpenFolder } from '#test/closed-books.ts';
import { filesOf } from '#test/package-files.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const CHILD = join(import.meta.dirname, '../../../test/package-child.ts');

const closedJanuary = copiesOf(closeJanuary);

const statuses = async ({ client }: OpenFolder, companyId: string) =>
	(await client.packages.list({ companyId })).jobs.map(({ period, closeNumber, status }) => `${period} ${closeNumber} ${status}`);

/** Every file below the packages folder. */
function packageFiles({ app }: OpenFolder): string[] {
	if (!existsSync(app.paths.packages)) return [];
	return readdirSync(app.paths.packages, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map(({ name }) => name);
}

/** What a person with the file and no program could do: the guards go, and a row changes. */
function tamper({ app }: OpenFolder, trigger: string, sql: string): void {
	app.runner.read((db) => {
		const raw = rawDatabaseOf(db);
		raw.exec(`DROP TRIGGER ${trigger}`);
		raw.exec(sql);
	});
}

describe('the queue', () => {
	test('a close queues its package, with that of the opening period; a start takes them up', async () => {
		const { books, companyId } = await closedJanuary();
		expect(await statuses(books, companyId)).toEqual(['2026-01 1 QUEUED', 'opening 1 QUEUED']);
		const { finished, failed } = await runWaitingJobs(books.app);
		expect(failed).toEqual([]);
		expect(finished.map(({ kind, status, attempt }) => ({ kind, status, attempt }))).toEqual(
			[1, 2].map(() => ({ kind: 'CLOSE_PACKAGE', status: 'READY', attempt: 1 })),
		);
		expect(await statuses(books, companyId)).toEqual(['2026-01 1 READY', 'opening 1 READY']);
		expect(packageFiles(books)).toHaveLength(2);
	});

	test('two requests at once share one job', async () => {
		const { books, companyId } = await closedJanuary();
		const [one, other] = await Promise.all([1, 2].map(() => books.client.packages.build({ companyId, period: '2026-01' })));
		expect(one).toEqual(other);
		expect(await statuses(books, companyId)).toEqual(['2026-01 1 READY', 'opening 1 QUEUED']);
	});

	test('a standing package is answered, not built again; one that is gone or changed is', async () => {
		const { books, companyId } = await closedJanuary();
		const build = () => books.client.packages.build({ companyId, period: '2026-01' });
		const first = await build();
		expect(await build()).toEqual(first);
		rmSync(first.file ?? '');
		const second = await build();
		expect(second).toMatchObject({ status: 'READY', sha256: first.sha256 });
		expect(second.jobId).not.toBe(first.jobId);
		writeFileSync(second.file ?? '', 'x');
		expect(await build()).toMatchObject({ status: 'READY', sha256: first.sha256 });
		expect(await statuses(books, companyId)).toEqual(['2026-01 1 READY', '2026-01 1 EXPIRED', '2026-01 1 EXPIRED', 'opening 1 QUEUED']);
	});

	test('a period that is not closed has no package', async () => {
		const { books, companyId } = await closedJanuary();
		await expect(books.client.packages.build({ companyId, period: '2026-02' })).rejects.toMatchObject({ code: 'PERIOD_NOT_CLOSED' });
		await expect(books.client.packages.build({ companyId, period: '2026-01', closeNumber: 2 })).rejects.toMatchObject({ code: 'PERIOD_NOT_CLOSED' });
		await expect(books.client.packages.build({ companyId, period: '1999-01' })).rejects.toMatchObject({ code: 'PERIOD_NOT_FOUND' });
	});

	test('a job that waits can be cancelled, and a package that is there cannot', async () => {
		const { books, companyId } = await closedJanuary();
		const { jobs } = await books.client.packages.list({ companyId });
		const jobId = jobs[0]?.jobId ?? '';
		expect(await books.client.packages.cancel({ companyId, jobId })).toMatchObject({ status: 'CANCELLED', file: null });
		await expect(books.client.packages.cancel({ companyId, jobId })).rejects.toMatchObject({ code: 'PACKAGE_NOT_READY' });
		await expect(books.client.packages.save({ companyId, jobId, to: temporaryFolder() })).rejects.toMatchObject({ code: 'PACKAGE_NOT_READY' });
		expect(await books.client.packages.build({ companyId, period: '2026-01' })).toMatchObject({ status: 'READY' });
	});

	test('cancelled while it is built, nothing is left', async () => {
		const { books, companyId } = await closedJanuary();
		const { signal, abort } = withAbort();
		const building = books.client.packages.build(
			{ companyId, period: '2026-01' },
			{ signal, onProgress: ({ text }) => text.endsWith('journal.csv') && abort() },
		);
		await expect(building).rejects.toMatchObject({ code: 'CANCELLED' });
		expect(await statuses(books, companyId)).toEqual(['2026-01 1 CANCELLED', 'opening 1 QUEUED']);
		expect(packageFiles(books)).toEqual([]);
	});

	test('a lock is held by one, and free again when it is let go', () => {
		const path = join(temporaryFolder(), 'deeper', 'one.lock');
		const lock = tryLock(path);
		expect(tryLock(path)).toBeNull();
		const script = `import { tryLock } from '#main/platform/database/process-lock.ts'; process.stdout.write(String(tryLock(${JSON.stringify(path)})));`;
		const elsewhere = execFileSync(process.execPath, ['--input-type=module-typescript', '-e', script], {
			encoding: 'utf8',
			cwd: join(import.meta.dirname, '../../..'),
		});
		expect(elsewhere).toBe('null');
		lock?.release();
		tryLock(path)?.release();
		expect(lock).not.toBeNull();
	});
});

function withAbort() {
	const controller = new AbortController();
	return { signal: controller.signal, abort: () => controller.abort() };
}

describe('when something goes wrong', () => {
	test.each(['data/seal/entries.jsonl', 'data/workbook.xlsx', 'data/sealed-tables/users.jsonl'])('killed before %s, it is taken up again', async (file) => {
		const { books, companyId } = await closedJanuary();
		const { signal } = spawnSync(process.execPath, [CHILD, books.folder, companyId, '2026-01', file]);
		expect(signal).toBe('SIGKILL');
		expect(await statuses(books, companyId)).toEqual(['2026-01 1 RUNNING', 'opening 1 QUEUED']);
		expect(packageFiles(books).filter((name) => name.endsWith('.zip'))).toEqual([]);
		const { failed } = await runWaitingJobs(books.app);
		expect(failed).toEqual([]);
		expect(await statuses(books, companyId)).toEqual(['2026-01 1 READY', 'opening 1 READY']);
		const { jobs } = await books.client.packages.list({ companyId });
		expect(await verifyPackageFile(jobs[0]?.file ?? '')).toMatchObject({ result: 'VERIFIED' });
	});

	test('evidence that is gone fails the job with its reason, and leaves no part of a package', async () => {
		const { books, companyId } = await closedJanuary();
		const [{ sha256 } = { sha256: '' }] = (await books.client.ledger.showEntry({ companyId, no: 3 })).attachments;
		const path = contentPath(books.app.paths.content, sha256);
		const content = readFileSync(path);
		for (const break_ of [() => rmSync(path), () => writeFileSync(path, 'forged')]) {
			break_();
			await expect(books.client.packages.build({ companyId, period: '2026-01' })).rejects.toMatchObject({ code: 'FILE_UNREADABLE', details: { entryNo: 3 } });
			expect(packageFiles(books)).toEqual([]);
		}
		const { jobs } = await books.client.packages.list({ companyId });
		expect(jobs[0]).toMatchObject({ status: 'FAILED', file: null });
		expect(jobs[0]?.error).toContain('evidence of entry 3');
		writeFileSync(path, content);
		const job = await books.client.packages.build({ companyId, period: '2026-01' });
		expect([...(await filesOf(job.file ?? '')).keys()]).toContain(`example-traders-2026-01-close1/data/attachments/${sha256}.pdf`);
	});

	test.each([
		['an entry', 'journal_entries_never_changed', `UPDATE journal_entries SET description = 'Forged' WHERE id = 3`],
		['a sealed table', 'sealed_tables_never_changed', `UPDATE sealed_tables SET content = CAST(content || x'0a' AS BLOB) WHERE name = 'balances'`],
		['a seal', 'seals_never_changed', `UPDATE seals SET document = replace(document, 'Example', 'Forged') WHERE kind = 'CLOSE'`],
	])('books in which %s was altered give no package', async (_what, trigger, sql) => {
		const { books, companyId } = await closedJanuary();
		tamper(books, trigger, sql);
		await expect(books.client.packages.build({ companyId, period: '2026-01' })).rejects.toMatchObject({ code: 'PACKAGE_DIFFERS' });
		expect((await statuses(books, companyId))[0]).toBe('2026-01 1 FAILED');
		expect(packageFiles(books)).toEqual([]);
	});

	test('a package that comes out otherwise replaces nothing', async () => {
		const { books, companyId } = await closedJanuary();
		const first = await books.client.packages.build({ companyId, period: '2026-01' });
		const bytes = readFileSync(first.file ?? '');
		// The audit trail is in the package and not in the content root.
		tamper(books, 'audit_events_never_changed', `UPDATE audit_events SET action = 'forged' WHERE seq = 2 AND company_id = 1`);
		await expect(books.client.packages.regenerate({ companyId, period: '2026-01' })).rejects.toMatchObject({ code: 'PACKAGE_DIFFERS' });
		expect(readFileSync(first.file ?? '').equals(bytes)).toBe(true);
		expect(await statuses(books, companyId)).toEqual(['2026-01 1 FAILED', '2026-01 1 READY', 'opening 1 QUEUED']);
	});
});

describe('the signature', () => {
	test('is kept, so that the package is the same without the key', async () => {
		const { books, companyId } = await closedJanuary();
		const first = await books.client.packages.build({ companyId, period: '2026-01' });
		await (await books.app.secrets()).delete(`signing-key/${companyId}`);
		const again = await books.client.packages.regenerate({ companyId, period: '2026-01' });
		expect(again).toMatchObject({ status: 'READY', sha256: first.sha256 });
		expect(await verifyPackageFile(again.file ?? '')).toMatchObject({ result: 'VERIFIED', signature: 'good' });
	});

	test('without the key and a kept signature the build says which key is missing', async () => {
		const { books, companyId } = await closedJanuary();
		await (await books.app.secrets()).delete(`signing-key/${companyId}`);
		await expect(books.client.packages.build({ companyId, period: '2026-01' })).rejects.toMatchObject({ code: 'KEY_UNAVAILABLE' });
	});
});

describe('keeping', () => {
	test('a reopened close keeps its package, marked; the next close has its own', async () => {
		const { books, companyId } = await closedJanuary();
		const first = await books.client.packages.build({ companyId, period: '2026-01' });
		await books.client.close.reopen({ companyId, period: '2026-01', reason: 'A voucher was forgotten.', confirm: '2026-01' });
		expect((await statuses(books, companyId))[0]).toBe('2026-01 1 SUPERSEDED');
		await closePeriod(books, companyId, '2026-01');
		const second = await books.client.packages.build({ companyId, period: '2026-01' });
		expect(second).toMatchObject({ status: 'READY', closeNumber: 2, expiresAt: expect.any(String) });
		expect(dirname(second.file ?? '')).toBe(dirname(first.file ?? ''));
		expect(await verifyPackageFile(second.file ?? '', { previous: first.file ?? '' })).toMatchObject({ result: 'VERIFIED', closeNumber: 2 });
		rmSync(first.file ?? '');
		const again = await books.client.packages.build({ companyId, period: '2026-01', closeNumber: 1 });
		expect(again).toMatchObject({ status: 'SUPERSEDED', sha256: first.sha256, expiresAt: null });
		expect(await verifyPackageFile(again.file ?? '')).toMatchObject({ result: 'VERIFIED', closeNumber: 1 });
	});

	test('after its time it goes, and can be built again as it was', async () => {
		const { books, companyId } = await closedJanuary();
		await books.client.companies.set({ companyId, key: 'retention_days', value: '30' });
		const first = await books.client.packages.build({ companyId, period: '2026-01' });
		expect(first.expiresAt?.slice(0, 10)).toBe('2026-07-31');
		const later = await openFolder({ folder: books.folder, now: '2026-08-01T09:00:00.000Z' });
		await runWaitingJobs(later.app);
		expect(await statuses(later, companyId)).toEqual(['2026-01 1 EXPIRED', 'opening 1 READY']);
		expect(existsSync(first.file ?? '')).toBe(false);
		expect(await later.client.packages.build({ companyId, period: '2026-01' })).toMatchObject({ status: 'READY', contentSha256: first.contentSha256 });
	});
});

describe('saving', () => {
	test('copies to a folder or a name, and is audited', async () => {
		const { books, companyId } = await closedJanuary();
		const job = await books.client.packages.build({ companyId, period: '2026-01' });
		const folder = temporaryFolder();
		const saved = await books.client.packages.save({ companyId, jobId: job.jobId, to: folder });
		expect(saved.file).toBe(join(folder, 'example-traders-2026-01-close1.zip'));
		expect(readFileSync(saved.file ?? '').equals(readFileSync(job.file ?? ''))).toBe(true);
		const named = await books.client.packages.save({ companyId, jobId: job.jobId, to: join(folder, 'new', 'mine.zip') });
		expect(named.file).toBe(join(folder, 'new', 'mine.zip'));
		const { events } = await books.client.audit.list({ companyId, action: 'packages.save' });
		expect(events.map(({ detail }) => detail)).toMatchObject([{ to: named.file }, { to: saved.file }]);
	});

	test('replaces no other file, and gives out nothing that was changed', async () => {
		const { books, companyId } = await closedJanuary();
		const { jobId, file } = await books.client.packages.build({ companyId, period: '2026-01' });
		const taken = join(temporaryFolder(), 'taken.zip');
		writeFileSync(taken, 'something else');
		await expect(books.client.packages.save({ companyId, jobId, to: taken })).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
		writeFileSync(file ?? '', 'changed');
		await expect(books.client.packages.save({ companyId, jobId, to: temporaryFolder() })).rejects.toMatchObject({ code: 'PACKAGE_DIFFERS' });
		await expect(books.client.packages.save({ companyId, jobId: 'nothing', to: temporaryFolder() })).rejects.toMatchObject({ code: 'NOT_FOUND' });
	});
});
