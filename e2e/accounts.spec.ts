import { expect, test } from './support/application.ts';
import { goTo, lookAt, lookAtInMarathi, lookAtLarge, lookAtState, openCompany, tabTo } from './support/screens.ts';

const SAMPLE = 'Mango Lane Traders (sample)';

test.use({ books: 'SAMPLE' });
test.beforeEach(async ({ application }) => openCompany(application.page, SAMPLE));

test('an account is added and changed; what the books do not allow is said in the form', async ({ application }) => {
	const { page } = application;
	await goTo(page, 'Accounts & parties');
	const chart = page.getByRole('grid', { name: 'Accounts' });
	await expect(chart.getByRole('row', { name: /^1000 Cash on hand/ })).toBeVisible();
	await lookAt(application, 'accounts');
	await lookAtLarge(application, 'accounts');
	await lookAtInMarathi(application, 'accounts');

	await page.getByRole('button', { name: 'New account' }).click();
	const form = page.getByRole('dialog', { name: 'New account' });
	await expect(form.getByLabel('Code')).toBeFocused();
	await form.getByLabel('Code').fill('1000');
	await form.getByLabel('Name').fill('Cash of the market stall');
	await form.getByRole('button', { name: 'Save' }).click();
	await expect(form.getByRole('alert')).toContainText('1000');
	await lookAtState(application, 'account-refused');
	await form.getByLabel('Code').fill('6215');
	await page.keyboard.press('Enter');
	await expect(form).toBeHidden();
	await page.getByLabel('Find by code or name').fill('market stall');
	await chart.getByRole('row', { name: /^6215/ }).click();

	const ledger = page.getByRole('region', { name: '6215 Cash of the market stall' });
	await expect(ledger.getByText('Nothing moved in this period.')).toBeVisible();
	await ledger.getByRole('button', { name: 'Change' }).click();
	const change = page.getByRole('dialog', { name: 'Change' });
	await change.getByLabel('Name').fill('Market stall');
	await change.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByRole('region', { name: '6215 Market stall' })).toBeVisible();
});

test('by keyboard: from an account through its ledger to an entry, and Back to the same row', async ({ application }) => {
	const { page } = application;
	await goTo(page, 'Accounts & parties');
	await tabTo(page, 'row', /^1000/);
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Enter');
	const ledger = page.getByRole('grid', { name: 'Ledger of 1100 Bank current account' });
	await expect(ledger.getByRole('row')).not.toHaveCount(1);
	await lookAt(application, 'ledger');
	await lookAtInMarathi(application, 'ledger');
	const third = ledger.getByRole('row').nth(3);
	const words = await third.innerText();
	await third.focus();
	await page.keyboard.press('Enter');
	await expect(page).toHaveTitle(/^Journal/);
	await page.goBack();
	await expect(ledger.getByRole('row').nth(3)).toBeFocused();
	expect(await ledger.getByRole('row').nth(3).innerText()).toBe(words);
	await expect(page.getByRole('grid', { name: 'Accounts' }).getByRole('row', { name: /^1100/ })).toHaveAttribute('aria-selected', 'true');
});

test('parties: what is open of each, a new one, and one whose name is taken', async ({ application }) => {
	const { page } = application;
	await goTo(page, 'Accounts & parties');
	await page.getByRole('tab', { name: 'Parties' }).click();
	const parties = page.getByRole('grid', { name: 'Parties' });
	await expect(parties.getByRole('row', { name: /^Tin Elephant Hotel/ })).toBeVisible();
	await lookAt(application, 'parties');
	await page.getByRole('button', { name: 'New party' }).click();
	const form = page.getByRole('dialog', { name: 'New party' });
	await form.getByLabel('Name').fill('Tin Elephant Hotel');
	await form.getByRole('button', { name: 'Save' }).click();
	await expect(form.getByRole('alert')).toContainText('Tin Elephant Hotel');
	await form.getByLabel('Name').fill('Velvet Anchor Inn');
	await form.getByLabel('E-mail').fill('desk@velvet-anchor.example, books@velvet-anchor.example');
	await form.getByRole('button', { name: 'Save' }).click();
	await parties.getByRole('row', { name: /^Velvet Anchor Inn/ }).click();
	await expect(page.getByRole('region', { name: 'Velvet Anchor Inn' })).toBeVisible();
	await lookAtState(application, 'party-ledger');
});

test('what was typed and not saved is asked for before the page is left', async ({ application }) => {
	const { page } = application;
	await goTo(page, 'Accounts & parties');
	await page.getByRole('button', { name: 'New account' }).click();
	await page.getByRole('dialog', { name: 'New account' }).getByLabel('Name').fill('Half a thought');
	await page.keyboard.press('ControlOrMeta+k');
	await page.getByPlaceholder('Search and commands').fill('Packages');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('dialog', { name: 'Leave without saving?' })).toBeVisible();
	await lookAtState(application, 'unsaved');
	await page.getByRole('button', { name: 'Stay here' }).click();
	await expect(page.getByRole('dialog', { name: 'New account' }).getByLabel('Name')).toHaveValue('Half a thought');
});
