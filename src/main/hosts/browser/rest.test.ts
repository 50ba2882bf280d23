import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { REST_EXAMPLES } from './rest-examples.ts';
import { restContract } from '#shared/contract/rest.contract.ts';
import { type HttpAnswer, openTestHost, resultOf, type TestHost } from '#test/browser-tab.ts';

interface RestBooks {
	readonly host: TestHost;
	readonly companyId: string;
	readonly token: string;
	readonly tokenId: string;
	/** A procedure of the books, as the Admin at a screen. */
	ask(domain: string, name: string, input: object): Promise<Record<string, unknown>>;
	/** The same for what takes long. */
	run(domain: string, name: string, input: object): Promise<unknown>;
	get(path: string, token?: string): Promise<HttpAnswer>;
	post(path: string, body?: object, token?: string): Promise<HttpAnswer>;
	/** Id of a month. */
	periodId(name: string): Promise<string>;
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** A shop with a sale in January 2026 whose month can be closed, and a token of its Admin. */
async function restBooks(options: Parameters<typeof openTestHost>[0] = {}): Promise<RestBooks> {
	const host = await openTestHost(options);
	const { tab } = await host.openBrowser();
	const { books, desk } = await tab.connect();
	const ask = async (domain: string, name: string, input: object) => (await books[domain]?.[name]?.({ input })) as Record<string, unknown>;
	const run = (domain: string, name: string, input: object) => resultOf(books[domain]?.[name]?.({ input }) ?? Promise.reject(new Error(name)));
	const made = await ask('companies', 'create', { name: 'Baobab Traders', currency: 'KES', chart: 'none' });
	await desk.signIn({});
	const companyId = String(made.companyId);
	for (const [code, name, type, subtype] of [
		['1000', 'Stall money', 'ASSET'],
		['3100', 'Retained earnings', 'EQUITY', 'RETAINED_EARNINGS'],
		['4000', 'Sales', 'INCOME'],
	])
		await ask('ledger', 'addAccount', { companyId, code, name, type, ...(subtype ? { subtype } : {}) });
	const lines = [
		{ account: '1000', debit: '250.00' },
		{ account: '4000', credit: '250.00' },
	];
	for (const date of ['2026-01-10', '2026-02-10']) await ask('ledger', 'post', { companyId, entries: [{ date, description: 'Sale', lines }] });
	const { token, tokenId } = await ask('access', 'createToken', { companyId, name: 'payroll' });
	const get = (path: string, as = String(token)) => host.send(path, { headers: bearer(as) });
	const post = (path: string, body: object = {}, as = String(token)) => {
		const text = JSON.stringify(body);
		return host.send(path, {
			method: 'POST',
			headers: { ...bearer(as), 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) },
			body: text,
		});
	};
	const periodId = async (name: string) => {
		const { periods } = (await ask('periods', 'list', { companyId })) as { periods: { name: string; periodId: string }[] };
		return periods.find((period) => period.name === name)?.periodId ?? '';
	};
	return { host, companyId, token: String(token), tokenId: String(tokenId), ask, run, get, post, periodId };
}

const ALL = { acknowledge: ['all'], note: 'Looked through', reason: 'Month end' };

/** January's close, made over REST. */
async function closedMonth(books: RestBooks): Promise<{ readonly id: string }> {
	expect((await books.post('/api/period-close/month', { month: '2026-01', ...ALL })).json()).toMatchObject({ success: true });
	const { closes } = (await books.get(`/api/period-close?tenant_id=${books.companyId}&period=2026-01`)).json() as { closes: { id: string }[] };
	expect(closes).toHaveLength(1);
	return { id: String(closes[0]?.id) };
}

async function refusal(asked: Promise<HttpAnswer>): Promise<unknown[]> {
	const answer = await asked;
	return [answer.status, answer.json().error];
}

/** Asks until the package is there. */
async function exported(books: RestBooks, id: unknown): Promise<Record<string, unknown>> {
	for (;;) {
		const answer = await books.get(`/api/ledger/period-close/${String(id)}/export`);
		if (answer.status === 200) return answer.json();
		expect(answer.status).toBe(202);
		expect(answer.json()).toMatchObject({ status: expect.stringMatching(/^(?:queued|running|ready)$/) });
		// The program goes on between two requests; each looks at what is there.
		await new Promise((resolve) => setImmediate(resolve));
	}
}

describe('closing over REST', () => {
	it('validates, refuses as an answer, closes, and says how the period stands', async () => {
		const books = await restBooks();
		const { companyId } = books;
		const january = await books.periodId('2026-01');
		const open = await books.get(`/api/gl/periods/${january}/close-status`);
		expect(open.json()).toEqual({
			period_id: january,
			tenant_id: companyId,
			period_start: '2026-01-01',
			period_end: '2026-01-31',
			close_status: { state: 'OPEN', closed_at: null, closed_by: null, close_reason: null, close_hash: null, requested_at: null },
		});
		const validated = (await books.post(`/api/gl/periods/${january}/validate-close`, { tenant_id: companyId })).json();
		expect(validated).toMatchObject({ period_id: january, tenant_id: companyId, can_close: true, validated_at: expect.any(String) });
		const { issues } = validated.validation_report as { issues: { severity: string }[] };
		expect(issues.some(({ severity }) => severity === 'WARNING')).toBe(true);

		const refused = await books.post(`/api/gl/periods/${january}/close`, { tenant_id: companyId });
		expect(refused.status).toBe(200);
		expect(refused.json()).toMatchObject({ success: false, close_status: { state: 'OPEN' }, validation_report: { issues } });

		const closed = await books.post(`/api/gl/periods/${january}/close`, ALL);
		expect(closed.status).toBe(200);
		expect(closed.json()).toMatchObject({
			period_id: january,
			tenant_id: companyId,
			success: true,
			close_status: { state: 'CLOSED', closed_by: 'owner', close_reason: 'Month end', close_hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
			validation_report: { issues: expect.any(Array) },
			timestamp: expect.any(String),
		});
		// Once more is no failure: the standing close is told.
		expect((await books.post(`/api/gl/periods/${january}/close`, ALL)).json()).toMatchObject({ success: true, close_status: closed.json().close_status });
		expect((await books.get(`/api/gl/periods/${january}/close-status`)).json()).toMatchObject({ close_status: { state: 'CLOSED' } });
	});

	it('closes a month by its name, and says which close stands', async () => {
		const books = await restBooks();
		expect((await books.post('/api/period-close/month', { month: '2026-01', ...ALL })).json()).toMatchObject({ success: true });
		const again = await books.post('/api/period-close/month', { month: '2026-01', ...ALL });
		expect(again.status).toBe(400);
		expect(again.json()).toMatchObject({
			error: 'PERIOD_ALREADY_CLOSED',
			close: { period: '2026-01', close_number: 1, status: 'CLOSED', net_profit: '250.00' },
		});
		for (const month of ['January', '2026-13', '1999-01']) {
			const answer = await books.post('/api/period-close/month', { month, ...ALL });
			expect([month, answer.status, answer.json().error]).toEqual([month, 400, 'PERIOD_DATE_INVALID']);
		}
	});

	it('lists closes with the state of their packages, from queued to superseded', async () => {
		const books = await restBooks();
		const close = await closedMonth(books);
		await exported(books, close.id);
		expect((await books.get(`/api/period-close/${close.id}`)).json()).toMatchObject({ id: close.id, exportPackageStatus: 'ready' });
		const { companyId } = books;
		await books.run('close', 'reopen', { companyId, period: '2026-01', confirm: '2026-01', reason: 'A bill of January came late' });
		expect((await books.get(`/api/period-close/${close.id}`)).json()).toMatchObject({ status: 'REOPENED', exportPackageStatus: 'superseded' });
		expect((await books.get('/api/period-close')).json().closes).toEqual(
			expect.arrayContaining([expect.objectContaining({ id: close.id, close_number: 1 }), expect.objectContaining({ period: 'opening' })]),
		);
	});
});

describe('packages over REST', () => {
	it('are fetched once with the link that is given for a few minutes, by the token alone', async () => {
		const books = await restBooks();
		const close = await closedMonth(books);
		const { downloadUrl, expiresAt, sha256, bytes } = await exported(books, close.id);
		expect(String(expiresAt) > '2026-04-10').toBe(true);
		const { pathname, host } = new URL(String(downloadUrl));
		expect(host).toBe(`127.0.0.1:${books.host.host.port}`);
		expect((await books.host.send(pathname)).status).toBe(403);
		const fetched = await books.get(pathname);
		expect(fetched).toMatchObject({
			status: 200,
			headers: { 'content-type': 'application/zip', 'content-disposition': expect.stringContaining('close1.zip') },
		});
		expect([fetched.body.length, createHash('sha256').update(fetched.body).digest('hex')]).toEqual([bytes, sha256]);
		expect(await refusal(books.get(pathname))).toEqual([410, 'DOWNLOAD_REFUSED']);
	});

	it('are built anew where their file is gone, with the same content', async () => {
		const books = await restBooks();
		const close = await closedMonth(books);
		const before = await exported(books, close.id);
		await rm(join(books.host.dataFolder, 'packages'), { recursive: true });
		const stale = await books.get(`/api/ledger/period-close/${close.id}/export`);
		expect(stale.status).toBe(202);
		expect((await exported(books, close.id)).sha256).toBe(before.sha256);
	});

	it('are jobs: asked for, looked at, regenerated, downloaded', async () => {
		const books = await restBooks();
		const close = await closedMonth(books);
		await exported(books, close.id);
		const standing = await books.post('/api/exports/jobs', { close_id: close.id });
		expect([standing.status, standing.json().status]).toEqual([200, 'ready']);
		const again = await books.post(`/api/ledger/period-close/${close.id}/export/regenerate`);
		expect(again.status).toBe(202);
		expect(again.json().id).not.toBe(standing.json().id);
		await exported(books, close.id);
		const job = (await books.get(`/api/exports/jobs/${String(again.json().id)}`)).json();
		expect(job).toMatchObject({
			status: 'ready',
			close_number: 1,
			period: '2026-01',
			tenant_id: books.companyId,
			content_sha256: standing.json().content_sha256,
		});
		const file = await books.get(`/api/exports/jobs/${String(job.id)}/download`);
		expect([file.status, createHash('sha256').update(file.body).digest('hex')]).toEqual([200, job.sha256]);
		expect(await refusal(books.get(`/api/exports/jobs/${String(standing.json().id)}/download`))).toEqual([409, 'PACKAGE_NOT_READY']);
	});
});

describe('who is refused', () => {
	it('nobody without a good token learns anything', async () => {
		const books = await restBooks();
		const wrong = `lsk_${'A'.repeat(43)}`;
		for (const answer of [
			await books.host.send('/api/period-close'),
			await books.get('/api/period-close', wrong),
			await books.get('/api/period-close', 'short'),
		]) {
			expect([answer.status, answer.json().error, answer.headers['www-authenticate']]).toEqual([401, 'LOGIN_REFUSED', 'Bearer']);
		}
		await books.ask('access', 'revokeToken', { companyId: books.companyId, tokenId: books.tokenId });
		expect(await refusal(books.get('/api/period-close'))).toEqual([401, 'LOGIN_REFUSED']);
	});

	it('too many wrong tokens are turned away unread, and a good one is not held up', async () => {
		const books = await restBooks({ mostFailures: 2 });
		const answers = [];
		for (let attempt = 0; attempt < 4; attempt++) answers.push((await books.get('/api/period-close', 'wrong')).status);
		expect(answers).toEqual([401, 401, 429, 429]);
		expect((await books.get('/api/period-close')).status).toBe(200);
	});

	it('pages of other sites, and names that were made to lead here, with a good token too', async () => {
		const books = await restBooks();
		for (const [who, headers] of [
			['a page of another site', { origin: 'https://example.com' }],
			['a page of another port', { origin: 'http://127.0.0.1:1' }],
			['a request that a browser sends for another site', { 'sec-fetch-site': 'cross-site' }],
			['a name that was made to lead here', { host: 'books.example.com' }],
		] as const) {
			const answer = await books.host.send('/api/period-close', { headers: { ...bearer(books.token), ...headers } });
			expect([who, answer.status, answer.json().error]).toEqual([who, 403, 'NOT_ALLOWED']);
		}
	});

	it('a token in an address is refused, whatever it is worth', async () => {
		const books = await restBooks();
		expect(await refusal(books.get(`/api/period-close?access_token=${books.token}`))).toEqual([400, 'INPUT_INVALID']);
	});

	it('another company, a permission that the token is without, and what its maker may do no more', async () => {
		const books = await restBooks();
		const { companyId } = books;
		const january = await books.periodId('2026-01');
		const other = await books.ask('companies', 'create', { name: 'Zebra Kiosks', currency: 'KES', chart: 'none' });
		const foreign = await books.post(`/api/gl/periods/${january}/validate-close`, { tenant_id: other.companyId });
		expect([foreign.status, foreign.json().error]).toEqual([403, 'NOT_ALLOWED']);
		const narrow = await books.ask('access', 'createToken', { companyId, name: 'dashboard', permissions: ['ViewReports'] });
		const closing = await books.post(`/api/gl/periods/${january}/close`, ALL, String(narrow.token));
		expect(closing.status).toBe(403);
		expect(closing.json()).toMatchObject({ error: 'NOT_ALLOWED', message: expect.stringContaining('CloseAccountingPeriod') });
		expect((await books.get('/api/period-close', String(narrow.token))).status).toBe(200);
		const ofOther = await books.ask('access', 'createToken', { companyId: other.companyId, name: 'other' });
		expect(await refusal(books.get(`/api/gl/periods/${january}/close-status`, String(ofOther.token)))).toEqual([404, 'PERIOD_NOT_FOUND']);
	});

	it('what names nothing, and what is not understood', async () => {
		const books = await restBooks();
		for (const [what, method, path, body, status, error] of [
			['a period that is none', 'GET', '/api/gl/periods/01890a5d-ac96-774b-bcce-b302099a8057/close-status', undefined, 404, 'PERIOD_NOT_FOUND'],
			['a close that is none', 'GET', '/api/period-close/01890a5d-ac96-774b-bcce-b302099a8057', undefined, 404, 'NOT_FOUND'],
			['a job that is none', 'GET', '/api/exports/jobs/01890a5d-ac96-774b-bcce-b302099a8057', undefined, 404, 'NOT_FOUND'],
			['a download of a job that is none', 'GET', '/api/exports/jobs/01890a5d-ac96-774b-bcce-b302099a8057/download', undefined, 404, 'NOT_FOUND'],
			['a route that is none', 'GET', '/api/secrets', undefined, 404, 'NOT_FOUND'],
			['an id that is none', 'GET', '/api/gl/periods/..%2f..%2fetc/close-status', undefined, 400, 'INPUT_INVALID'],
			['a body that is no JSON', 'POST', '/api/period-close/month', '{', 400, 'INPUT_INVALID'],
			['a body without the month', 'POST', '/api/period-close/month', '{}', 400, 'INPUT_INVALID'],
			['a body that is too long', 'POST', '/api/period-close/month', `{"month":"${'x'.repeat(70_000)}"}`, 400, 'INPUT_INVALID'],
		] as const) {
			const answer = await books.host.send(path, {
				method,
				headers: { ...bearer(books.token), ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(body.length) }) },
				...(body === undefined ? {} : { body }),
			});
			expect([what, answer.status, answer.json().error]).toEqual([what, status, error]);
		}
	});
});

describe('the description of the routes', () => {
	it('needs no token, names every route and shows an example of each', async () => {
		const { send } = await openTestHost();
		const document = (await send('/openapi.json')).json() as { openapi: string; paths: Record<string, Record<string, unknown>> };
		expect(document.openapi).toMatch(/^3\.1/);
		expect(Object.keys(document.paths).sort()).toMatchInlineSnapshot(`
			[
			  "/api/exports/jobs",
			  "/api/exports/jobs/{id}",
			  "/api/exports/jobs/{id}/download",
			  "/api/gl/periods/{period_id}/close",
			  "/api/gl/periods/{period_id}/close-status",
			  "/api/gl/periods/{period_id}/validate-close",
			  "/api/ledger/period-close/{id}/export",
			  "/api/ledger/period-close/{id}/export/regenerate",
			  "/api/period-close",
			  "/api/period-close/month",
			  "/api/period-close/{id}",
			]
		`);
		const text = JSON.stringify(document);
		for (const [name, { status, body }] of Object.entries(REST_EXAMPLES)) {
			expect(text, name).toContain(JSON.stringify(body));
			expect(status, name).toBeGreaterThanOrEqual(200);
		}
	});

	it.each(Object.keys(REST_EXAMPLES) as (keyof typeof restContract)[])('the example of %s is what the contract takes and gives', (name) => {
		const { input, status, body } = REST_EXAMPLES[name];
		const { inputSchema, outputSchema, route } = restContract[name]['~orpc'];
		const output = route.outputStructure === 'detailed' ? { status, body } : body;
		expect((inputSchema as z.ZodType).safeParse(input).error).toBeUndefined();
		expect((outputSchema as z.ZodType).safeParse(output).error).toBeUndefined();
	});
});
