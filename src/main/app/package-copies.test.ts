import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { companyOfGrant } from '#shared/contract/packages.contract.ts';
import { userById } from '#main/access/index.ts';
import { rawDatabaseOf } from '#main/platform/database/connection.ts';
import { closeJanuary, copiesOf, makeCompany, openFolder, type OpenFolder } from '#test/closed-books.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import type { Client } from '#shared/contract/client.ts';
import { createClient } from './client.ts';

let books: OpenFolder;
let companyId: string;
let job: Awaited<ReturnType<Client['packages']['build']>>;

const packedJanuary = copiesOf(async (made) => {
	const id = await closeJanuary(made);
	await made.client.packages.build({ companyId: id, period: '2026-01' });
	return id;
});

beforeEach(async () => {
	({ books, companyId } = await packedJanuary());
	job = await books.client.packages.build({ companyId, period: '2026-01' });
});

const actions = async (action: string) => (await books.client.audit.list({ companyId, action })).events.map(({ detail }) => detail);
const stored = (sql: string) => books.app.runner.read((db) => rawDatabaseOf(db).prepare(sql).all());

/** The program as another user of the company, or of another one. */
async function asNewcomer(login: string, company: string): Promise<Client> {
	await books.client.access.addUser({ companyId: company, login, role: 'ADMIN' });
	const id = stored('SELECT max(id) AS id FROM users')[0] as { id: number };
	return createClient(books.app, books.app.runner.read((db) => userById(db, id.id)) ?? null);
}

describe('a download', () => {
	test('is granted once, for a few minutes, and is audited; its token is in no table and no log', async () => {
		const { grant, grantId, fileName, issuedAt, expiresAt } = await books.client.packages.grantDownload({ companyId, jobId: job.jobId });
		expect(companyOfGrant(grant)).toBe(companyId);
		expect(Date.parse(expiresAt) - Date.parse(issuedAt)).toBe(300_000);
		const redeemed = await books.client.packages.redeemGrant({ companyId, grant });
		expect(redeemed).toEqual({
			file: job.file,
			fileName,
			contentType: 'application/zip',
			bytes: job.bytes,
			sha256: job.sha256,
			grantId,
			jobId: job.jobId,
		});
		const again = books.client.packages.redeemGrant({ companyId, grant });
		await expect(again).rejects.toMatchObject({ code: 'DOWNLOAD_REFUSED', details: { reason: 'USED' } });
		expect(await actions('packages.grantDownload')).toMatchObject([{ jobId: job.jobId, grantId, expiresAt }]);
		expect(await actions('packages.redeemGrant')).toMatchObject([{ grantId, sha256: job.sha256 }]);
		const token = grant.split('.')[1] ?? '';
		const tables = ['download_grants', 'audit_events', 'export_jobs'].flatMap((table) => stored(`SELECT * FROM ${table}`));
		expect(JSON.stringify(tables)).not.toContain(token);
		const logs = existsSync(books.app.paths.logs)
			? readdirSync(books.app.paths.logs).map((name) => readFileSync(join(books.app.paths.logs, name), 'utf8'))
			: [];
		expect(logs.join('')).not.toContain(token);
	});

	test('begun too late is refused', async () => {
		await books.app.close();
		const hasty = await openFolder({ folder: books.folder, now: '2026-07-02T09:00:00.000Z', env: { EXPORT_URL_TTL_SECONDS: '5' } });
		const { grant, issuedAt, expiresAt } = await hasty.client.packages.grantDownload({ companyId, jobId: job.jobId });
		expect(Date.parse(expiresAt) - Date.parse(issuedAt)).toBe(5000);
		await hasty.app.close();
		const later = await openFolder({ folder: books.folder, now: '2026-07-02T10:00:00.000Z' });
		await expect(later.client.packages.redeemGrant({ companyId, grant })).rejects.toMatchObject({
			code: 'DOWNLOAD_REFUSED',
			details: { reason: 'EXPIRED' },
		});
	});

	test.each(['0', '-5', 'soon', '1e3', '100000'])('lasts no "%s" seconds', async (text) => {
		const opening = openFolder({ env: { EXPORT_URL_TTL_SECONDS: text } });
		await expect(opening).rejects.toMatchObject({ code: 'INPUT_INVALID', details: { variable: 'EXPORT_URL_TTL_SECONDS' } });
	});

	test('of somebody else is refused as one that never was, also once it is used or over', async () => {
		const elsewhere = await makeCompany(books, 'Elsewhere Ltd');
		const colleague = await asNewcomer('colleague', companyId);
		const stranger = await asNewcomer('stranger', elsewhere);
		const { grant } = await books.client.packages.grantDownload({ companyId, jobId: job.jobId });
		const foreign = [
			() => colleague.packages.redeemGrant({ companyId, grant }),
			() => stranger.packages.redeemGrant({ companyId: elsewhere, grant }),
			() => books.client.packages.redeemGrant({ companyId: elsewhere, grant }),
			() => books.client.packages.redeemGrant({ companyId, grant: `${companyId}.${'A'.repeat(43)}` }),
			() => books.client.packages.redeemGrant({ companyId, grant: 'nothing' }),
		];
		const answers = async () =>
			Promise.all(
				foreign.map((ask) =>
					ask().then(
						() => 'given',
						({ code, message, details }: Record<string, unknown>) => ({ code, message, details }),
					),
				),
			);
		const before = await answers();
		for (const answer of before) expect(answer).toEqual({ code: 'DOWNLOAD_REFUSED', message: expect.any(String), details: { reason: 'UNKNOWN' } });
		expect(new Set(before.map((answer) => JSON.stringify(answer))).size).toBe(1);
		await books.client.packages.redeemGrant({ companyId, grant });
		expect(await answers()).toEqual(before);
	});

	test('of a package that was changed gives nothing, and uses up nothing', async () => {
		const { grant } = await books.client.packages.grantDownload({ companyId, jobId: job.jobId });
		const bytes = readFileSync(job.file ?? '');
		writeFileSync(job.file ?? '', 'changed');
		await expect(books.client.packages.redeemGrant({ companyId, grant })).rejects.toMatchObject({ code: 'PACKAGE_DIFFERS' });
		await expect(books.client.packages.grantDownload({ companyId, jobId: job.jobId })).rejects.toMatchObject({ code: 'PACKAGE_DIFFERS' });
		writeFileSync(job.file ?? '', bytes);
		expect(await books.client.packages.redeemGrant({ companyId, grant })).toMatchObject({ sha256: job.sha256 });
	});

	test.each([
		["UPDATE download_grants SET expires_at = '2030-01-01T00:00:00.000Z'", /NEVER_CHANGED/],
		["UPDATE download_grants SET used_at = '2030-01-01T00:00:00.000Z'", /CHECK constraint/],
		['DELETE FROM download_grants', /NEVER_DELETED/],
		[
			"INSERT OR REPLACE INTO download_grants SELECT company_id, id, uuid, user_id, close_id, job_id, token_sha256, issued_at, '2030', NULL FROM download_grants",
			/NEVER_CHANGED/,
		],
		[
			"INSERT INTO download_grants SELECT company_id, 9, 'u', user_id, (SELECT max(id) FROM period_closes WHERE id <> close_id), job_id, printf('%064d', 7), issued_at, expires_at, NULL FROM download_grants",
			/GRANT_OF_ANOTHER_CLOSE/,
		],
	])('is guarded by the database: %s', async (sql, refusal) => {
		await books.client.packages.grantDownload({ companyId, jobId: job.jobId });
		books.app.runner.read((db) => expect(() => rawDatabaseOf(db).exec(sql)).toThrow(refusal));
	});
});

describe('an encrypted copy', () => {
	const PASSWORD = 'lantern glass and quiet harbour';
	const sevenZip = (...args: string[]) => spawnSync('7z', args, { encoding: 'utf8' });

	test('is opened by 7-Zip with its password, and by no other; the package comes out byte for byte', async () => {
		const folder = temporaryFolder();
		const saved = await books.client.packages.save({ companyId, jobId: job.jobId, to: folder, password: PASSWORD });
		const archive = saved.file ?? '';
		expect(basename(archive)).toBe('example-traders-2026-01-close1.encrypted.zip');
		expect(sevenZip('t', `-p${PASSWORD}`, archive).status).toBe(0);
		expect(sevenZip('t', '-pwrong password here', archive).status).not.toBe(0);
		expect(sevenZip('l', '-slt', archive).stdout).toMatch(/Method = AES-256/);
		expect(sevenZip('x', `-p${PASSWORD}`, `-o${folder}`, archive).status).toBe(0);
		const whole = readFileSync(job.file ?? '');
		expect(readFileSync(join(folder, basename(job.file ?? ''))).equals(whole)).toBe(true);
		// Nothing of the package is in the copy as it is.
		expect(readFileSync(archive).includes(whole.subarray(0, 64))).toBe(false);
		expect(await actions('packages.save')).toEqual([expect.objectContaining({ to: archive, encrypted: true, sha256: job.sha256 })]);
		expect(JSON.stringify(trail())).not.toContain(PASSWORD);
	});

	const trail = () => stored('SELECT * FROM audit_events');

	test('replaces nothing, and leaves nothing where the stored package was changed', async () => {
		const folder = temporaryFolder();
		const save = () => books.client.packages.save({ companyId, jobId: job.jobId, to: folder, password: PASSWORD });
		await save();
		await expect(save()).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
		writeFileSync(job.file ?? '', 'changed');
		const other = temporaryFolder();
		await expect(books.client.packages.save({ companyId, jobId: job.jobId, to: other, password: PASSWORD })).rejects.toMatchObject({ code: 'PACKAGE_DIFFERS' });
		expect(readdirSync(other)).toEqual([]);
	});

	test('has a password of twelve characters or more', async () => {
		const saving = books.client.packages.save({ companyId, jobId: job.jobId, to: temporaryFolder(), password: 'short one' });
		await expect(saving).rejects.toMatchObject({ code: 'INPUT_INVALID', message: expect.stringMatching(/^password: /) });
	});
});

describe('the shared folder', () => {
	test('is set once it is there, and takes packages under their names', async () => {
		const folder = join(temporaryFolder(), 'shared');
		const set = (value: string) => books.client.companies.set({ companyId, key: 'shared_folder', value });
		await expect(books.client.packages.share({ companyId, period: '2026-01' })).rejects.toMatchObject({ code: 'SETTING_REFUSED' });
		await expect(set(folder)).rejects.toMatchObject({ code: 'SETTING_REFUSED', message: expect.stringContaining('no folder') });
		await expect(set('shared')).rejects.toMatchObject({ code: 'SETTING_REFUSED', message: expect.stringContaining('full path') });
		writeFileSync(folder, 'a file');
		await expect(set(folder)).rejects.toMatchObject({ code: 'SETTING_REFUSED' });
		const good = join(temporaryFolder(), 'good');
		mkdirSync(good);
		await set(good);
		const shared = await books.client.packages.share({ companyId, period: '2026-01' });
		expect(shared.file).toBe(join(good, 'example-traders-2026-01-close1.zip'));
		expect(readFileSync(shared.file ?? '').equals(readFileSync(job.file ?? ''))).toBe(true);
		// The same once more is the same file.
		expect(await books.client.packages.share({ companyId, period: '2026-01' })).toEqual(shared);
		expect(await actions('packages.share')).toHaveLength(2);
		await set('none');
		await expect(books.client.packages.share({ companyId, period: '2026-01' })).rejects.toMatchObject({ code: 'SETTING_REFUSED' });
	});

	test('that cannot be written is refused', async () => {
		// Not even root writes there.
		const setting = books.client.companies.set({ companyId, key: 'shared_folder', value: '/proc' });
		await expect(setting).rejects.toMatchObject({ code: 'SETTING_REFUSED', message: expect.stringContaining('cannot be written') });
	});
});
