import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DeskFiles } from '#main/app/desk/desk-files.ts';
import { allSteps, openTestHost, resultOf, sharedProgram, type TestHostOptions, type TestTab } from '#test/browser-tab.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const shared = sharedProgram();

/** However busy the machine is. */
const PATIENT = { timeout: 30_000 };

const JOURNAL = `date,description,account,debit,credit
2026-01-05,Sale,1000,100.00,
2026-01-05,Sale,4000,,100.00
`;

let companies = 0;

async function openBooks(options: TestHostOptions = shared) {
	const host = await openTestHost(options);
	const browser = await host.openBrowser();
	const wire = await browser.tab.connect();
	const call = <Output>(domain: string, name: string, input: unknown): Promise<Output> => wire.books[domain]?.[name]?.({ input }) as Promise<Output>;
	const { companyId } = await call<{ companyId: string }>('companies', 'create', { name: `Files ${++companies}`, currency: 'INR', chart: 'generic' });
	return { host, browser, tab: browser.tab, ...wire, call, companyId };
}

const filesBelow = (folder: string): string[] =>
	existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : [])) : [];

const download = (send: Awaited<ReturnType<typeof openTestHost>>['send'], tab: TestTab, url: string | null) =>
	send(url ?? '', { headers: { cookie: tab.headers.cookie ?? '', 'x-ledgerseal-tab': tab.secret } });

describe('files that are handed over', () => {
	it('are read by the books under the name that the person gave them', async () => {
		const { tab, call, companyId } = await openBooks();
		const { path, name, bytes } = (await tab.upload('../जानेवारी.csv', JOURNAL)).json();
		expect({ path, name, bytes }).toEqual({ path: expect.stringMatching(/^handed:[0-9a-f-]{36}$/), name: 'जानेवारी.csv', bytes: Buffer.byteLength(JOURNAL) });
		const steps = await allSteps(call('imports', 'importJournal', { companyId, path, options: { createAccounts: true } }));
		expect(steps.at(-1)).toMatchObject({ kind: 'result', output: { entries: 1, lines: 2 } });
		expect(await call('imports', 'list', { companyId })).toMatchObject({ imports: [{ fileName: 'जानेवारी.csv' }] });
	});

	it.each(['/etc/passwd', 'handed:00000000-0000-0000-0000-000000000000', 'place:x', '../a.csv', 'C:\\a.csv', 'file:///etc/passwd', ''])(
		'a path is none: %s',
		async (path) => {
			const { call, companyId } = await openBooks();
			await expect(allSteps(call('imports', 'importJournal', { companyId, path }))).rejects.toMatchObject({ code: 'NOT_ALLOWED', defined: true });
			await expect(
				allSteps(call('reports', 'write', { companyId, report: 'trialBalance', asOf: '2026-01-31', format: 'pdf', file: path })),
			).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		},
	);

	it('refusals name the file as the person does, and no folder of the machine', async () => {
		const { host, tab, call, companyId } = await openBooks();
		const { path } = (await tab.upload('broken.ofx', 'nothing of a statement')).json();
		const refused = await allSteps(call('statements', 'preview', { companyId, path, account: '1100' })).catch((error: unknown) => error);
		expect(refused).toMatchObject({ code: 'FILE_NOT_RECOGNISED', defined: true });
		expect(JSON.stringify(refused)).not.toContain(host.dataFolder);
	});

	it('rejected rows of an import can be taken away', async () => {
		const { host, tab, call, companyId, desk } = await openBooks();
		const { path } = (await tab.upload('mixed.csv', `${JOURNAL}2026-02-31,Wrong day,1000,1.00,\n`)).json();
		const options = { createAccounts: true, keepGoing: true };
		const result = await resultOf<{ rejectFile: string }>(call('imports', 'importJournal', { companyId, path, options }));
		expect(result).toMatchObject({ rejectedCount: 1, rejectFile: expect.stringMatching(/^place:/) });
		const { url, fileName } = await desk.deliver({ path: result.rejectFile });
		expect(fileName).toBe('mixed.rejected.csv');
		expect((await download(host.send, tab, url)).body.toString()).toContain('Wrong day');
	});

	it('too long ones are refused while they come in, and leave nothing', async () => {
		const folders = { handed: join(temporaryFolder(), 'handed'), places: join(temporaryFolder(), 'places') };
		const files = new DeskFiles(folders, 10);
		async function* content(): AsyncGenerator<Uint8Array, void, undefined> {
			for (let piece = 0; piece < 3; piece++) yield Buffer.from('four');
		}
		await expect(files.receive('a.csv', content(), 12)).rejects.toMatchObject({ code: 'INPUT_INVALID', details: { limitBytes: 10 } });
		await expect(files.receive('a.csv', content(), null)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
		expect(filesBelow(folders.handed)).toEqual([]);
	});

	it('go when the tab signs out, and when the program ends', async () => {
		const { host, tab, desk } = await openBooks();
		const handed = join(host.dataFolder, 'work', 'handed');
		await tab.upload('a.csv', 'x');
		expect(filesBelow(handed)).toEqual(['a.csv']);
		await desk.signOut();
		expect(filesBelow(handed)).toEqual([]);
		await tab.upload('b.csv', 'x');
		await host.host.close();
		expect(filesBelow(handed)).toEqual([]);
	});
});

describe('files that are delivered', () => {
	it('a report is fetched once, by the tab that asked', async () => {
		const { host, browser, tab, call, companyId, desk } = await openBooks();
		const { path } = await desk.makePlace({ fileName: '../Trial balance.pdf' });
		await expect(desk.deliver({ path })).rejects.toMatchObject({ code: 'NOT_FOUND' });
		const report = { companyId, report: 'trialBalance', asOf: '2026-01-31', format: 'pdf', file: path };
		expect(await resultOf(call('reports', 'write', report))).toMatchObject({ file: path });
		const delivery = await desk.deliver({ path });
		expect(delivery).toEqual({ outcome: 'DOWNLOAD', url: expect.stringMatching(/^\/download\/[\w-]{43}$/), fileName: 'Trial balance.pdf' });
		const other = await download(host.send, await browser.openTab(), delivery.url);
		expect(other).toMatchObject({ status: 422 });
		expect(other.json()).toMatchObject({ code: 'DOWNLOAD_REFUSED', details: { reason: 'UNKNOWN' } });
		const fetched = await download(host.send, tab, delivery.url);
		expect(fetched).toMatchObject({
			status: 200,
			headers: { 'content-type': 'application/pdf', 'content-disposition': "attachment; filename*=UTF-8''Trial%20balance.pdf", 'cache-control': 'no-store' },
		});
		expect(fetched.body.subarray(0, 5).toString()).toBe('%PDF-');
		expect((await download(host.send, tab, delivery.url)).json()).toMatchObject({ code: 'DOWNLOAD_REFUSED', details: { reason: 'UNKNOWN' } });
		await expect.poll(() => filesBelow(join(host.dataFolder, 'work', 'places')), PATIENT).toEqual([]);
	});

	it('after its time a grant is good for nothing', async () => {
		const { host, tab, call, companyId, desk } = await openBooks({
			env: { LEDGERSEAL_SECRET_STORE: 'file', EXPORT_URL_TTL_SECONDS: '1' },
			clock: { instant: '2026-04-10T09:00:00Z', stepMs: 2000 },
		});
		const { path } = await desk.makePlace({ fileName: 'a.pdf' });
		await allSteps(call('reports', 'write', { companyId, report: 'trialBalance', asOf: '2026-01-31', format: 'pdf', file: path }));
		const { url } = await desk.deliver({ path });
		expect((await download(host.send, tab, url)).json()).toMatchObject({ code: 'DOWNLOAD_REFUSED', details: { reason: 'EXPIRED' } });
	});

	it.each(['', 'x', '../../books/ledgerseal.db', '%2e%2e%2fledgerseal.db', '01a1fefa-4a45-73ac-a168-35f6ecef956b.AAAA', 'A'.repeat(43)])(
		'what is no grant fetches nothing: %s',
		async (grant) => {
			const { host, tab } = await openBooks();
			const answer = await download(host.send, tab, `/download/${grant}`);
			expect([404, 422]).toContain(answer.status);
			expect(answer.body.toString()).not.toContain('SQLite format');
		},
	);
});

describe('the sample company', () => {
	it('is made from a first run, with its package; the package is fetched with a grant that the books log', async () => {
		const host = await openTestHost();
		const { tab } = await host.openBrowser();
		const { desk, books } = await tab.connect();
		const answerOf = <Output>(domain: string, name: string, input: unknown) => books[domain]?.[name]?.({ input }) as Promise<Output>;
		const steps = await allSteps(desk.openSample());
		const fractions = steps.flatMap(({ kind, fraction }) => (kind === 'progress' ? [fraction ?? 0] : []));
		expect(fractions).toEqual(fractions.toSorted((one, other) => one - other));
		expect(Math.max(...fractions)).toBeLessThanOrEqual(1);
		const result = steps.at(-1);
		expect(result).toMatchObject({ kind: 'result' });
		const companyId = String((result?.output as { companyId: string } | undefined)?.companyId);
		const { jobs } = await answerOf<{ jobs: { jobId: string; period: string; file: string }[] }>('packages', 'list', { companyId });
		const january = jobs.find(({ period }) => period === '2026-01');
		expect(january).toMatchObject({ status: 'READY', file: expect.stringMatching(/^[\w-]+\.zip$/) });
		const { statements } = await answerOf<{ statements: unknown[] }>('statements', 'list', { companyId });
		expect(statements.length).toBeGreaterThanOrEqual(9);

		const delivery = await desk.deliverPackage({ companyId, jobId: january?.jobId ?? '' });
		const fetched = await download(host.send, tab, delivery.url);
		expect(fetched.status).toBe(200);
		expect((await download(host.send, tab, delivery.url)).json()).toMatchObject({ code: 'DOWNLOAD_REFUSED', details: { reason: 'USED' } });
		const { events } = await answerOf<{ events: unknown[] }>('audit', 'list', { companyId, action: 'packages.redeemGrant' });
		expect(events).toHaveLength(1);

		const { path } = (await tab.upload('received.zip', fetched.body)).json();
		expect(await resultOf(desk.verifyPackage({ path: String(path) }))).toMatchObject({ result: 'VERIFIED', signer: { known: true }, file: 'received.zip' });
	});
});
