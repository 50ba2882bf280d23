import path from 'node:path';
import { expect, test } from './support/application.ts';
import { runProgram } from './support/program.ts';
import { goTo, lookAtState, openCompany } from './support/screens.ts';

/** What befalls only a tab of a browser: its downloads come over links, and its line can be cut while the program lives. */
const SAMPLE = 'Mango Lane Traders (sample)';

test.use({ books: 'SAMPLE' });
test.beforeEach(async ({ application }) => openCompany(application.page, SAMPLE));

test('a tab whose line is cut is connected again by itself, with what was typed still there', { tag: '@browser' }, async ({ application }) => {
	const { page } = application;
	let cut = async (): Promise<void> => undefined;
	await page.routeWebSocket(/\/rpc$/, (socket) => {
		const server = socket.connectToServer();
		cut = async () => {
			await socket.close();
			await server.close();
		};
	});
	await page.reload();
	await goTo(page, 'Accounts & parties');
	await page.getByLabel('Find by code or name').fill('petty');
	await cut();
	await expect(page.getByText('Connecting again…')).toBeVisible();
	await expect(page.getByText('Connecting again…')).toBeHidden();
	await expect(page.getByLabel('Find by code or name')).toHaveValue('petty');
	await page.getByRole('row', { name: /^1010/ }).click();
	await expect(page.getByRole('region', { name: '1010 Petty cash' })).toContainText('Closing KES 8,900.00');
});

test.describe('links that are good for a second', () => {
	test.use({ settings: { EXPORT_URL_TTL_SECONDS: '1' } });

	test('a download that comes too late is refused, and the next one goes well', { tag: '@browser' }, async ({ application }) => {
		const { page } = application;
		await goTo(page, 'Packages');
		await page.getByRole('row', { name: /^2026-01/ }).click();
		await page.route('**/download/**', async (route) => {
			await new Promise((resolve) => setTimeout(resolve, 1500));
			await route.continue();
		});
		await page.getByRole('button', { name: 'Download close package' }).click();
		await expect(page.getByRole('alert', { name: 'That did not work' })).toContainText('The time of this link is over.', { timeout: 10_000 });
		await lookAtState(application, 'grant-expired');
		await page.unroute('**/download/**');
		// The browser says by itself that a request was refused.
		expect(application.problems.splice(0)).toEqual([expect.stringContaining('422')]);
		const download = page.waitForEvent('download');
		await page.getByRole('button', { name: 'Download close package' }).click();
		const file = path.join(application.folder, 'saved.zip');
		await (await download).saveAs(file);
		expect(await runProgram(application.folder, ['package', 'verify', file])).toMatchObject({ result: 'VERIFIED' });
	});
});
