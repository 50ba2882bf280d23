import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openTestHost, sharedProgram, type TestHost } from '#test/browser-tab.ts';
import { openBrowserHost } from './browser-host.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const shared = sharedProgram();

/** What a host answers to bytes that no client would send. */
function sendBytes({ host }: TestHost, text: string): Promise<string> {
	return new Promise((resolve, reject) => {
		const socket = connect({ host: '127.0.0.1', port: host.port }, () => socket.write(text));
		let answer = '';
		socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
		socket.on('close', () => resolve(answer));
		socket.on('error', reject);
	});
}

describe('the screens', () => {
	it('are sent with the headers that keep others out', async () => {
		const { send, host } = await openTestHost(shared);
		for (const path of ['/', '/index.html']) {
			const { status, headers, body } = await send(path);
			expect(status).toBe(200);
			expect(body.toString()).toContain('Screens');
			expect(headers).toMatchObject({
				'content-type': 'text/html; charset=utf-8',
				'x-content-type-options': 'nosniff',
				'referrer-policy': 'no-referrer',
				'cache-control': 'no-store',
				'cross-origin-opener-policy': 'same-origin',
				'cross-origin-resource-policy': 'same-origin',
			});
			const policy = String(headers['content-security-policy']);
			for (const part of ["default-src 'self'", "script-src 'self'", "frame-ancestors 'none'", `ws://127.0.0.1:${host.port}`]) expect(policy).toContain(part);
			expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/);
			expect(headers).not.toHaveProperty('access-control-allow-origin');
		}
		expect(await send('/assets/app.js')).toMatchObject({ status: 200, headers: { 'content-type': 'text/javascript; charset=utf-8' } });
	});

	it.each([
		'/../package.json',
		'/..%2f..%2fpackage.json',
		'/%2e%2e/books/ledgerseal.db',
		'/assets/../../books/ledgerseal.db',
		'/assets/..\\..\\books\\ledgerseal.db',
		'/assets/app.js%00.html',
		'/assets/',
		'/assets/app.js.map',
		'//etc/passwd',
		'/etc/passwd',
		'http://127.0.0.1/index.html',
		'/index.html/',
		'/healthz',
	])('nothing else is: %s', async (path) => {
		const { send } = await openTestHost(shared);
		const answer = await send(path);
		expect([400, 404]).toContain(answer.status);
		expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff' });
	});

	it('a host without screens says what to do', async () => {
		const options = { dataFolder: `${temporaryFolder()}/books`, env: { LEDGERSEAL_SECRET_STORE: 'file' } };
		await expect(openBrowserHost({ ...options, port: 0, screens: temporaryFolder() })).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
	});

	it('a port that is taken is said', async () => {
		const { host } = await openTestHost(shared);
		await expect(openTestHost({ program: shared.program, port: host.port })).rejects.toMatchObject({ code: 'INPUT_INVALID', details: { port: host.port } });
	});
});

describe('requests', () => {
	it.each<[string, string, Record<string, string>]>([
		['foreign name', 'GET', { host: 'attacker.example' }],
		['foreign name with our port', 'GET', { host: 'attacker.example:PORT' }],
		['foreign origin', 'POST', { origin: 'https://attacker.example' }],
		['cross-site form', 'POST', { origin: 'https://attacker.example', 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' }],
		['cross-site without origin', 'POST', { 'sec-fetch-site': 'cross-site' }],
		['no origin', 'POST', {}],
		['cross-site link', 'GET', { 'sec-fetch-site': 'cross-site' }],
	])('%s: refused before anything is read, whatever secrets are sent', async (_case, method, given) => {
		const { send, host, openBrowser } = await openTestHost(shared);
		const { cookie, tab } = await openBrowser();
		const headers = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value.replace('PORT', String(host.port))]));
		for (const path of ['/', '/session', '/rpc/desk/show', '/files?name=a.csv', '/download/x']) {
			const answer = await send(path, { method, headers: { cookie, 'x-ledgerseal-tab': tab.secret, ...headers } });
			expect({ path, status: answer.status }).toEqual({ path, status: 403 });
		}
	});

	it.each(['/rpc/desk/show', '/files?name=a.csv'])('%s needs cookie and secret, both', async (path) => {
		const { send, base, openBrowser } = await openTestHost(shared);
		const { cookie, tab } = await openBrowser();
		const secret = { 'x-ledgerseal-tab': tab.secret };
		const refused: Record<string, string>[] = [{}, { cookie }, secret, { cookie, 'x-ledgerseal-tab': 'A'.repeat(43) }, { cookie: 'ledgerseal-1=x', ...secret }];
		for (const headers of refused) {
			expect(await send(path, { method: 'POST', headers: { origin: base, ...headers }, body: '{}' })).toMatchObject({ status: 403 });
		}
	});

	it('calls are answered over HTTP as well', async () => {
		const { send, openBrowser } = await openTestHost(shared);
		const { tab } = await openBrowser();
		const call = (path: string, body: string, headers = {}) =>
			send(path, {
				method: 'POST',
				headers: { ...tab.headers, 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)), ...headers },
				body,
			});
		expect((await call('/rpc/desk/show', '{}')).json()).toMatchObject({ json: { state: 'FIRST_RUN' } });
		expect((await call('/rpc/books/companies/create', JSON.stringify({ json: { input: { name: 'A', currency: 'XXX' } } }))).json()).toMatchObject({
			json: { defined: true, code: 'CURRENCY_UNKNOWN', status: 422, data: { retryable: false } },
		});
		expect(await call('/rpc/books/companies/nothing', '{}')).toMatchObject({ status: 404 });
		expect(await call('/rpc/books/companies/list', 'not json')).toMatchObject({ status: 400 });
		expect(await send('/rpc/desk/show', { headers: tab.headers })).toMatchObject({ status: 404 });
		expect(await send('/rpc/desk/show', { method: 'PUT', headers: tab.headers })).toMatchObject({ status: 405 });
	});

	it('what is too long is refused before it is read', async () => {
		const host = await openTestHost(shared);
		const { tab } = await host.openBrowser();
		const headers = { ...tab.headers, 'content-length': String(1024 * 1024 + 1) };
		const lines = Object.entries({ host: `127.0.0.1:${host.host.port}`, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
		expect(await sendBytes(host, `POST /rpc/desk/show HTTP/1.1\r\n${lines.join('')}\r\n`)).toMatch(/^HTTP\/1\.1 413 /);
		const session = { origin: host.base };
		expect(await host.send('/session', { method: 'POST', headers: session, body: JSON.stringify({ token: 'x'.repeat(5000) }) })).toMatchObject({ status: 413 });
	});

	it('what is no request is answered with nothing of the inside', async () => {
		const host = await openTestHost(shared);
		const name = `host: 127.0.0.1:${host.host.port}\r\nconnection: close\r\n`;
		expect(await sendBytes(host, `GET // HTTP/1.1\r\n${name}\r\n`)).toMatch(/^HTTP\/1\.1 400 /);
		expect(await sendBytes(host, `GET * HTTP/1.1\r\n${name}\r\n`)).toMatch(/^HTTP\/1\.1 400 /);
		expect(await sendBytes(host, 'nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
		expect(await sendBytes(host, `GET / HTTP/1.1\r\n${name}x: ${'y'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
		expect(await sendBytes(host, `POST /session HTTP/1.1\r\n${name}transfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /);
		expect((await host.send('/')).status).toBe(200);
	});
});
