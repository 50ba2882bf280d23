import { expect, test } from './support/application.ts';
import { goTo, openCompany } from './support/screens.ts';

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
