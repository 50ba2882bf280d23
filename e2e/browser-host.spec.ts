import { expect, test } from './support/application.ts';

// What only a browser decides: its cookies, its policy, what pages of elsewhere reach, and a page that outlives its program.

test('the address opens the screens once; reloading and further tabs go on, another browser is refused', { tag: '@browser' }, async ({
	application,
	browser,
}) => {
	const { page } = application;
	const context = page.context();
	await expect(page.getByRole('heading').first()).toBeVisible();
	expect(page.url()).not.toContain('token');
	expect(await context.cookies()).toEqual([expect.objectContaining({ httpOnly: true, sameSite: 'Strict', domain: '127.0.0.1', path: '/', expires: -1 })]);
	expect(await page.evaluate(() => document.cookie)).toBe('');

	const again = page.waitForEvent('websocket');
	await page.reload();
	expect((await again).isClosed()).toBe(false);

	const second = await context.newPage();
	application.watch(second);
	const secondConnected = second.waitForEvent('websocket');
	await second.goto(new URL(application.address).origin);
	await secondConnected;
	const secrets = await Promise.all([page, second].map((each) => each.evaluate(() => sessionStorage.getItem('ledgerseal.tab'))));
	expect(new Set(secrets).size).toBe(2);

	const strangers = await browser.newContext();
	const stranger = await strangers.newPage();
	const refused = stranger.waitForResponse((response) => response.url().endsWith('/session'));
	await stranger.goto(application.address);
	expect((await refused).status()).toBe(403);
	await strangers.close();
});

test('a page of elsewhere reaches nothing, though the browser has the cookie', { tag: '@browser' }, async ({ application }) => {
	const context = application.page.context();
	await expect.poll(async () => (await context.cookies()).length).toBe(1);
	const { origin, port } = new URL(application.address);
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

test.describe('of the sample company', () => {
	test.use({ books: 'SAMPLE' });

	test('a program that went away is said to be gone', { tag: '@browser' }, async ({ application }) => {
		const { page } = application;
		await page.addInitScript(keepLines);
		await page.reload();
		await page.getByRole('link', { name: 'Mango Lane Traders (sample)' }).click();
		await expect(page.getByRole('heading', { level: 1 })).toContainText('Close 2026-');
		await page.clock.install();
		// The journal is asked for and never answered; while the line is being closed, it is asked for no more.
		application.hold();
		await page.getByRole('link', { name: 'Journal' }).click();
		await expect(page).toHaveURL(/journal$/);
		await page.evaluate(() => (window as unknown as { lines: WebSocket[] }).lines.at(-1)?.close());
		await page.getByRole('link', { name: 'Accounts & parties' }).click();
		await expect(page).toHaveURL(/accounts$/);
		await application.kill();
		await expect(page.getByRole('dialog', { name: 'Connecting again' })).toBeVisible();
		await expect(async () => {
			await page.clock.fastForward(10_000);
			await expect(page.getByRole('alert')).toContainText('The program has stopped', { timeout: 200 });
		}).toPass();
		await expect(page.getByRole('alert')).toContainText('Everything that was posted is kept');
		// What the browser itself reports of a program that is not there, and nothing of the page.
		expect(application.problems.splice(0).filter((problem) => !problem.includes('net::ERR_CONNECTION_REFUSED'))).toEqual([]);
	});
});

/** Runs in the page, before anything of it: keeps its lines to the program within reach of the journey. */
function keepLines(): void {
	const lines: WebSocket[] = [];
	class KeptSocket extends WebSocket {
		constructor(...given: ConstructorParameters<typeof WebSocket>) {
			super(...given);
			lines.push(this);
		}
	}
	Object.assign(window, { lines, WebSocket: KeptSocket });
}
