import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { present } from '#shared/kernel/assert.ts';
import type { PackageSeal } from '#shared/seal/index.ts';
import { packageJob } from '#main/packages/index.ts';
import type { JobKind } from '#main/platform/jobs/job-kind.ts';
import { runJob } from '#main/platform/jobs/run-job.ts';
import { closePeriod, line, makeCompany, openFolder, type OpenFolder, postQuarter } from '#test/closed-books.ts';
import { filesOf, textIn } from '#test/package-files.ts';
import { programContext } from './program-context.ts';
import { verifyPackageFile } from './verify-package.ts';

/** The job of the program itself, given the task that the first release gave it. */
const firstReleaseJob: JobKind = {
	...packageJob,
	begin: (context, company, job) => {
		const attempt = packageJob.begin(context, company, job);
		return { ...attempt, task: { ...(attempt.task as object), format: 1 } };
	},
};

const jobsOf = async ({ client }: OpenFolder, companyId: string) => (await client.packages.list({ companyId })).jobs;

/** January closed, and packed in format 1. */
async function packedByTheFirstRelease() {
	const books = await openFolder();
	const companyId = await makeCompany(books);
	await postQuarter(books, companyId);
	await closePeriod(books, companyId, '2026-01');
	const ofMonth = async () =>
		present(
			(await jobsOf(books, companyId)).find(({ period }) => period === '2026-01'),
			'the job of the month',
		);
	const { company } = books.actor(companyId);
	await runJob(await programContext(books.app, company), firstReleaseJob, company, (await ofMonth()).jobId);
	return { books, companyId, first: await ofMonth() };
}

const namesIn = async (file: string): Promise<string[]> => [...(await filesOf(file)).keys()].map((name) => name.slice(name.indexOf('/') + 1));
const formatOf = async (file: string): Promise<number> => (JSON.parse(await textIn(file, 'package-seal.json')) as PackageSeal).packageFormat;
const ADDED_BY_FORMAT_2 = ['data/summary.pdf', 'data/workbook.xlsx'];

test('a close that was packed in format 1 comes out with its recorded content, whatever was done to the books since, also without the key', async () => {
	const { books, companyId, first } = await packedByTheFirstRelease();
	const { client } = books;
	const recorded = { contentSha256: present(first.contentSha256, 'a digest'), sha256: present(first.sha256, 'a digest') };
	const file = present(first.file, 'the file');
	expect(await formatOf(file)).toBe(1);
	const names = await namesIn(file);
	for (const name of ADDED_BY_FORMAT_2) expect(names).not.toContain(name);

	rmSync(file);
	await client.companies.set({ companyId, key: 'number_format', value: 'indian' });
	await client.ledger.setAccount({ companyId, account: '5000', name: 'Renamed later' });
	await closePeriod(books, companyId, '2026-02');
	expect(await client.packages.build({ companyId, period: '2026-01' })).toMatchObject({ status: 'READY', ...recorded });
	await (await books.app.secrets()).delete(`signing-key/${companyId}`);
	const again = await client.packages.regenerate({ companyId, period: '2026-01' });
	expect(again).toMatchObject({ status: 'READY', ...recorded });
	expect(await namesIn(again.file ?? '')).toEqual(names);
	expect(await verifyPackageFile(again.file ?? '')).toMatchObject({ result: 'VERIFIED', findings: [], signature: 'good' });
});

test('what is packed for the first time beside it is in the newest format; closed again, the period is too, and its first close stays as it was', async () => {
	const { books, companyId, first } = await packedByTheFirstRelease();
	const { client } = books;
	await closePeriod(books, companyId, '2026-02');
	for (const period of ['2026-02', '2026-01']) await client.close.reopen({ companyId, period, reason: 'A bill came late', confirm: period });
	await client.ledger.post({ companyId, entries: [{ date: '2026-01-31', description: 'Late rent', lines: [line('5000', '12.00'), line('1100', '-12.00')] }] });
	await closePeriod(books, companyId, '2026-01');
	for (const [period, closeNumber] of [
		['2026-02', 1],
		['2026-01', 2],
	] as const) {
		const { file } = await client.packages.build({ companyId, period, closeNumber });
		expect(await formatOf(file ?? '')).toBe(2);
		const names = await namesIn(file ?? '');
		for (const name of ADDED_BY_FORMAT_2) expect(names).toContain(name);
		expect(names.includes('data/csv/reopen_difference.csv')).toBe(closeNumber === 2);
	}
	rmSync(first.file ?? '');
	const again = await client.packages.build({ companyId, period: '2026-01', closeNumber: 1 });
	expect(again).toMatchObject({ status: 'SUPERSEDED', contentSha256: first.contentSha256, sha256: first.sha256 });
	expect(await formatOf(again.file ?? '')).toBe(1);
	expect(await verifyPackageFile(again.file ?? '')).toMatchObject({ result: 'VERIFIED', closeNumber: 1 });
});
