import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { type Application, expect, test } from './support/application.ts';
import { goTo, lookAt, lookAtInMarathi, openCompany } from './support/screens.ts';

const SAMPLE = 'Mango Lane Traders (sample)';

test.use({ books: 'SAMPLE' });
test.beforeEach(async ({ application }) => openCompany(application.page, SAMPLE));

/** Types into the search and takes the first of what it finds. */
async function search(page: Page, typed: string, found: string | RegExp): Promise<void> {
	await page.keyboard.press('ControlOrMeta+k');
	await page.getByPlaceholder('Search and commands').fill(typed);
	const first = page.getByRole('dialog', { name: 'Search and commands' }).getByRole('button').first();
	await expect(first).toHaveText(found);
	// Enter takes what is marked.
	await expect(first).toHaveAttribute('data-selected', 'true');
	await page.keyboard.press('Enter');
}

/** Another window of the desktop, or another tab of the same browser. */
async function another(application: Application): Promise<Page> {
	const context = application.page.context();
	const opened = context.waitForEvent('page');
	if (application.host === 'desktop') await application.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('newWindow')?.click(), null);
	else await (await context.newPage()).goto(new URL('/', application.page.url()).href);
	const page = await opened;
	application.watch(page);
	return page;
}

test('by keyboard alone: the search goes to accounts, parties, entries and periods, and does what can be done', { tag: '@browser' }, async ({
	application,
}) => {
	const { page } = application;
	await page.keyboard.press('ControlOrMeta+k');
	await expect(page.getByPlaceholder('Search and commands')).toBeFocused();
	await expect(page.getByRole('button', { name: 'New entry' })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Close 2026-02…' })).toBeVisible();
	await lookAt(application, 'search');
	await page.keyboard.press('Escape');

	await search(page, 'm-pesa till', '1150 M-Pesa till (Buy Goods)');
	await expect(page.getByRole('region', { name: '1150 M-Pesa till (Buy Goods)' })).toBeVisible();
	await expect(page).toHaveTitle(`Accounts & parties – 2026-02 – ${SAMPLE} – Ledgerseal`);
	await search(page, 'tin elephant', 'Tin Elephant Hotel');
	await expect(page.getByRole('region', { name: 'Tin Elephant Hotel' })).toBeVisible();
	await search(page, '#12', 'Entry no. 12');
	await expect(page).toHaveURL(/journal\/entry\/12$/);
	await search(page, '2026-01', 'Period 2026-01');
	await expect(page).toHaveTitle(`Journal – 2026-01 – ${SAMPLE} – Ledgerseal`);
	await search(page, 'light or dark: dark', 'Light or dark: Dark');
	await expect(page.locator('html[data-mantine-color-scheme="dark"]')).toBeAttached();
	await search(page, 'मराठी', /मराठी/);
	await expect(page.locator('html[lang="mr"]')).toBeAttached();
});

test('what one window changes the other shows', { tag: '@browser' }, async ({ application }) => {
	const { page } = application;
	await goTo(page, 'Accounts & parties');
	const second = await another(application);
	await openCompany(second, SAMPLE);
	await goTo(second, 'Accounts & parties');
	await second.getByRole('button', { name: 'New account' }).click();
	await second.getByRole('textbox', { name: 'Code', exact: true }).fill('1005');
	await second.getByRole('textbox', { name: 'Name', exact: true }).fill('Cash of the van');
	await second.keyboard.press('Enter');
	await expect(page.getByRole('row', { name: /^1005 Cash of the van/ })).toBeVisible();
});

test('on another place the focus goes to its heading, and Back to the place before', async ({ application }) => {
	const { page } = application;
	await goTo(page, 'Packages');
	await goTo(page, 'Accounts & parties');
	await page.goBack();
	await expect(page.getByRole('heading', { level: 1, name: 'Packages' })).toBeFocused();
	await lookAtInMarathi(application, 'frame');
});

test('the menu of the desktop goes to a place and opens the search', async ({ application }) => {
	const { page } = application;
	const choose = (item: string): Promise<void> => application.evaluate(({ Menu }, id) => Menu.getApplicationMenu()?.getMenuItemById(id)?.click(), item);
	await choose('go-accounts');
	await expect(page).toHaveTitle(/^Accounts & parties/);
	await choose('palette');
	await expect(page.getByPlaceholder('Search and commands')).toBeVisible();
});

test('a file of entries that is opened from outside is read by the import', async ({ application }) => {
	const { page } = application;
	const file = path.join(application.folder, 'march.csv');
	writeFileSync(
		file,
		'entry_no,date,account_code,description,debit,credit\nV1,2026-03-30,6100,Rent of the van,500.00,\nV1,2026-03-30,1000,Rent of the van,,500.00\n',
	);
	expect(await application.startInVain([file])).toBe(0);
	await expect(page.getByRole('heading', { name: 'Import a journal' })).toBeVisible();
	await expect(page.getByText('1 entry with 2 lines can be booked')).toBeVisible();
});
