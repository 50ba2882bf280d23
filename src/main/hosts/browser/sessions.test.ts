import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openSocket, openTestHost, sharedProgram } from '#test/browser-tab.ts';

const shared = sharedProgram();

const GUESS = 'A'.repeat(43);

describe('the one-time token', () => {
	it('is exchanged once for a cookie that scripts cannot read and a secret of the tab', async () => {
		const { send, base, token, host } = await openTestHost(shared);
		const exchange = () => send('/session', { method: 'POST', headers: { origin: base }, body: JSON.stringify({ token }) });
		const first = await exchange();
		expect(first.status).toBe(200);
		expect(first.headers['set-cookie']).toEqual([expect.stringMatching(/^ledgerseal-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/)]);
		expect(first.headers['set-cookie']?.[0]).toContain(`ledgerseal-${host.port}=`);
		expect(first.json()).toEqual({ tab: expect.stringMatching(/^[\w-]{43}$/) });
		expect(await exchange()).toMatchObject({ status: 403 });
		expect((await exchange()).headers).not.toHaveProperty('set-cookie');
	});

	it.each(['', GUESS, 'short', 7, null, { token: 1 }])('a wrong one opens nothing: %j', async (token) => {
		const { send, base } = await openTestHost(shared);
		const answer = await send('/session', { method: 'POST', headers: { origin: base }, body: JSON.stringify({ token }) });
		expect(answer.status).toBe(403);
		expect(answer.headers).not.toHaveProperty('set-cookie');
	});

	it('guessing is turned away after a number of failures, and whoever knows a secret is not held up', async () => {
		const { send, base, openBrowser } = await openTestHost({ program: shared.program, mostFailures: 5 });
		const { tab } = await openBrowser();
		const guess = () => send('/session', { method: 'POST', headers: { origin: base }, body: JSON.stringify({ token: GUESS }) });
		const statuses: number[] = [];
		for (let attempt = 0; attempt < 7; attempt++) statuses.push((await guess()).status);
		expect(statuses).toEqual([403, 403, 403, 403, 403, 429, 429]);
		expect((await tab.upload('a.csv', 'x')).status).toBe(200);
		const { desk } = await tab.connect();
		expect(await desk.show()).toMatchObject({ host: 'browser' });
	});
});

describe('a second tab', () => {
	it('gets a secret of its own from the cookie, where our page asks', async () => {
		const { openBrowser, send, base } = await openTestHost(shared);
		const browser = await openBrowser();
		const second = await browser.openTab();
		expect(second.secret).toMatch(/^[\w-]{43}$/);
		expect(second.secret).not.toBe(browser.tab.secret);
		const { cookie } = browser;
		const ask = (headers: Record<string, string>) => send('/session', { method: 'POST', headers, body: '{}' });
		expect((await ask({ origin: base, 'sec-fetch-site': 'same-origin' })).status).toBe(403);
		expect((await ask({ origin: base, cookie })).status).toBe(403);
		expect((await ask({ origin: base, cookie, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
		expect((await ask({ origin: 'http://127.0.0.1:3000', cookie, 'sec-fetch-site': 'same-site' })).status).toBe(403);
		expect((await ask({ origin: base, cookie: `${cookie}x`, 'sec-fetch-site': 'same-origin' })).status).toBe(403);
	});

	it('knows nothing of the files of the first, and both see what the other changes', async () => {
		const { openBrowser } = await openTestHost(shared);
		const browser = await openBrowser();
		const first = await browser.tab.connect();
		const second = await (await browser.openTab()).connect();
		const made = (await first.books.companies?.create?.({ input: { name: 'Two tabs', currency: 'INR' } })) as { companyId: string };
		const { path } = (await browser.tab.upload('a.csv', 'x')).json();
		await expect(second.desk.verifyPackage({ path: String(path) }).then((steps) => steps.next())).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		expect(await second.desk.show()).toMatchObject({ state: 'SIGNED_IN', user: { login: 'owner' } });
		const events = await second.desk.events();
		const next = events.next();
		await first.books.ledger?.addParty?.({ input: { companyId: made.companyId, name: 'Lindenhof Cafe' } });
		expect(await next).toMatchObject({ value: { kind: 'change', companyId: made.companyId } });
		await events.return?.();
	});

	it('a tab ends some time after its last connection went, with its files', async () => {
		const { openBrowser } = await openTestHost({ program: shared.program, keepTabMs: 0 });
		const { tab } = await openBrowser();
		await expect.poll(async () => (await tab.upload('a.csv', 'x')).status, { timeout: 30_000 }).toBe(403);
	});
});

describe('connections', () => {
	it.each<[string, (given: { cookie: string; secret: string; other: string; base: string }) => [string[], Record<string, string>, string?], number]>([
		['no secret', ({ cookie, base }) => [['ledgerseal'], { cookie, origin: base }], 403],
		['a guessed secret', ({ cookie, base }) => [['ledgerseal', `tab.${GUESS}`], { cookie, origin: base }], 403],
		['no cookie', ({ secret, base }) => [['ledgerseal', `tab.${secret}`], { origin: base }], 403],
		['a wrong cookie', ({ cookie, secret, base }) => [['ledgerseal', `tab.${secret}`], { cookie: `${cookie}x`, origin: base }], 403],
		['the secret of a tab of another program', ({ cookie, other, base }) => [['ledgerseal', `tab.${other}`], { cookie, origin: base }], 403],
		['a page of elsewhere', ({ cookie, secret }) => [['ledgerseal', `tab.${secret}`], { cookie, origin: 'https://attacker.example' }], 403],
		['no origin', ({ cookie, secret }) => [['ledgerseal', `tab.${secret}`], { cookie }], 403],
		['a foreign name', ({ cookie, secret, base }) => [['ledgerseal', `tab.${secret}`], { cookie, origin: base, host: 'attacker.example' }], 403],
		['another protocol', ({ cookie, secret, base }) => [[`tab.${secret}`], { cookie, origin: base }], 400],
		['another path', ({ cookie, secret, base }) => [['ledgerseal', `tab.${secret}`], { cookie, origin: base }, '/rpc/x'], 404],
	])('%s is refused', async (_case, ask, status) => {
		const { base, openBrowser } = await openTestHost(shared);
		const { cookie, tab } = await openBrowser();
		const elsewhere = await (await openTestHost(shared)).openBrowser();
		const [protocols, headers, path] = ask({ cookie, secret: tab.secret, other: elsewhere.tab.secret, base });
		await expect(openSocket(base, protocols, headers, path)).rejects.toThrow(`Unexpected server response: ${status}`);
		expect((await openSocket(base, ['ledgerseal', `tab.${tab.secret}`], { cookie, origin: base })).protocol).toBe('ledgerseal');
	});

	it('a message that is too long ends the connection, and nothing else', async () => {
		const { openBrowser } = await openTestHost(shared);
		const { tab } = await openBrowser();
		const { socket, desk } = await tab.connect();
		const closed = new Promise<number>((resolve) => socket.on('close', (code) => resolve(code)));
		await expect(desk.makePlace({ fileName: 'x'.repeat(1024 * 1024) })).rejects.toBeDefined();
		expect(await closed).toBe(1009);
		const again = await tab.connect();
		expect(await again.desk.show()).toMatchObject({ host: 'browser' });
	});

	it.each(['', 'x', '{}', '[]', 'null', '{"i":"1"}', '{"i":"1","p":{"u":"http://attacker.example/"}}', Buffer.from([255, 0, 1])])(
		'what is no call ends the connection: %s',
		async (nonsense) => {
			const { openBrowser } = await openTestHost(shared);
			const { tab } = await openBrowser();
			const { socket } = await tab.connect();
			const closed = new Promise<number>((resolve) => socket.on('close', (code) => resolve(code)));
			socket.send(nonsense);
			expect(await closed).toBe(1008);
			expect(await (await tab.connect()).desk.show()).toMatchObject({ host: 'browser' });
		},
	);

	it('names that are in no contract reach nothing', async () => {
		const { openBrowser } = await openTestHost(shared);
		const { books } = await (await openBrowser()).tab.connect();
		for (const [domain, name] of [
			['__proto__', 'constructor'],
			['companies', 'constructor'],
			['desk', 'show'],
			['companies', 'list/../../desk/show'],
		] as const) {
			await expect(books[domain]?.[name]?.({})).rejects.toMatchObject({ status: 404 });
		}
	});

	it('only this machine is listened to', async () => {
		const { host } = await openTestHost(shared);
		const refused = await new Promise((resolve) => {
			const socket = connect({ host: '127.0.0.2', port: host.port });
			socket.on('connect', () => resolve('connected'));
			socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
		});
		expect(refused).not.toBe('connected');
	});
});
