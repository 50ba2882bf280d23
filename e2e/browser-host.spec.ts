import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

/** What only a browser decides: its cookies, its policy, and what pages of elsewhere reach. */
let folder: string;
let host: ChildProcess;
let url: string;

test.beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'ledgerseal-e2e-'));
	host = spawn(process.execPath, ['bin/ledgerseal.mjs', 'serve', '--no-open', '--json', '--data-dir', folder], {
		env: { ...process.env, LEDGERSEAL_SECRET_STORE: 'file' },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	let printed = '';
	url = await new Promise<string>((resolve, reject) => {
		host.on('exit', (code) => reject(new Error(`the host ended with ${code}`)));
		host.stdout?.on('data', (chunk: Buffer) => {
			printed += chunk.toString();
			if (printed.trimEnd().endsWith('}')) resolve((JSON.parse(printed) as { url: string }).url);
		});
	});
});

test.afterEach(async () => {
	const ended = new Promise<number | null>((resolve) => host.once('exit', resolve));
	host.kill('SIGTERM');
	expect(await ended).toBe(0);
	rmSync(folder, { recursive: true, force: true });
});

test('the address opens the screens once; reloading and further tabs go on, another browser is refused', async ({ context, browser, page }) => {
	const complaints: string[] = [];
	page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
	page.on('pageerror', (error) => complaints.push(error.message));
	const connected = page.waitForEvent('websocket');
	await page.goto(url);
	await connected;
	await expect(page.locator('h1, h2').first()).toBeVisible();
	expect(page.url()).not.toContain('token');
	expect(await context.cookies()).toEqual([expect.objectContaining({ httpOnly: true, sameSite: 'Strict', domain: '127.0.0.1', path: '/', expires: -1 })]);
	expect(await page.evaluate(() => document.cookie)).toBe('');

	const again = page.waitForEvent('websocket');
	await page.reload();
	expect((await again).isClosed()).toBe(false);

	const second = await context.newPage();
	const secondConnected = second.waitForEvent('websocket');
	await second.goto(new URL(url).origin);
	await secondConnected;
	const secrets = await Promise.all([page, second].map((each) => each.evaluate(() => sessionStorage.getItem('ledgerseal.tab'))));
	expect(new Set(secrets).size).toBe(2);
	expect(complaints).toEqual([]);

	const stranger = await (await browser.newContext()).newPage();
	const refused = stranger.waitForResponse((response) => response.url().endsWith('/session'));
	await stranger.goto(url);
	expect((await refused).status()).toBe(403);
});

test('a page of elsewhere reaches nothing, though the browser has the cookie', async ({ context, page }) => {
	await page.goto(url);
	await expect.poll(async () => (await context.cookies()).length).toBe(1);
	const { origin, port } = new URL(url);
	const elsewhere = await context.newPage();
	await elsewhere.route('https://attacker.example/', (route) => route.fulfill({ contentType: 'text/html', body: '<title>Elsewhere</title>' }));
	await elsewhere.goto('https://attacker.example/');
	const attempts = await elsewhere.evaluate(
		async ({ target, targetPort }) => {
			const post = await fetch(`${target}/session`, { method: 'POST', mode: 'no-cors', credentials: 'include', body: '{}' }).then(
				(answer) => answer.type,
				() => 'refused',
			);
			const read = await fetch(`${target}/`, { credentials: 'include' }).then(
				() => 'read',
				() => 'refused',
			);
			const socket = await new Promise<string>((resolve) => {
				const opened = new WebSocket(`ws://127.0.0.1:${targetPort}/rpc`, ['ledgerseal']);
				opened.addEventListener('open', () => resolve('open'));
				opened.addEventListener('error', () => resolve('refused'));
			});
			return { post, read, socket };
		},
		{ target: origin, targetPort: port },
	);
	expect(attempts).toMatchObject({ read: 'refused', socket: 'refused' });
	expect(['opaque', 'refused']).toContain(attempts.post);
	expect(await context.cookies()).toHaveLength(1);
});
