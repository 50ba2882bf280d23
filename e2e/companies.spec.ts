import { expect, test } from './support/application.ts';
import { runProgram } from './support/program.ts';
import { lookAt, lookAtInMarathi, lookAtLarge, openCompany, tabTo } from './support/screens.ts';

const SAMPLE = 'Mango Lane Traders (sample)';

test('the first company is made by keyboard alone', { tag: '@browser' }, async ({ application }) => {
	const { page } = application;
	await expect(page.getByLabel('Name of the company')).toBeFocused();
	await lookAt(application, 'wizard-company');
	await lookAtInMarathi(application, 'wizard-company');
	await page.getByLabel('Name of the company').focus();
	await page.keyboard.press('Enter');
	await expect(page.getByText('Give the company a name.')).toBeVisible();
	await page.keyboard.type('Asha Traders');
	await page.keyboard.press('Enter');
	await expect(page.getByLabel('The fiscal year begins on')).toBeFocused();
	await page.keyboard.press('ControlOrMeta+a');
	await page.keyboard.type('04-31');
	await page.keyboard.press('Enter');
	await expect(page.getByText('Write month and day, up to the 28th, such as 04-01.')).toBeVisible();
	await lookAt(application, 'wizard-year-refused');
	await page.keyboard.press('ControlOrMeta+a');
	await page.keyboard.type('04-01');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('cell', { name: 'Asha Traders' })).toBeVisible();
	await lookAt(application, 'wizard-check');
	await tabTo(page, 'button', 'Make the company');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('button', { name: 'Company: Asha Traders' })).toBeVisible();
	await expect(page).toHaveTitle('Close – Asha Traders – Ledgerseal');
	await expect(page.getByText('No entries yet')).toBeVisible();
	const { companies } = await runProgram<{ companies: { name: string }[] }>(application.folder, ['company', 'list']);
	expect(companies.map(({ name }) => name)).toEqual(['Asha Traders']);
});

test('the sample company is made and opened from the first page', async ({ application }) => {
	const { page } = application;
	await page.getByRole('button', { name: 'Open the sample company' }).click();
	await expect(page.getByRole('progressbar')).toBeVisible();
	await expect(page.getByRole('button', { name: `Company: ${SAMPLE}` })).toBeVisible({ timeout: 60_000 });
	await expect(page).toHaveTitle(`Close – 2026-02 – ${SAMPLE} – Ledgerseal`);
});

test.describe('a practice', () => {
	test.use({
		books: [
			['demo'],
			['company', 'create', '--name', 'Asha Traders', '--currency', 'INR', '--chart', 'india-gst', '--fiscal-year-start', '04-01'],
			['company', 'create', '--name', 'Blue Gate Stores', '--currency', 'GBP', '--chart', 'uk', '--fiscal-year-start', '01-01'],
		],
	});

	test('the board shows every company with what it is at, finds one, and opens it at a month', async ({ application }) => {
		const { page } = application;
		const board = page.getByRole('table', { name: 'All companies' });
		const sample = board.getByRole('row', { name: SAMPLE });
		await expect(sample).toContainText('2026-02');
		await expect(sample).toContainText('2026-01, on');
		await expect(board.getByRole('row', { name: 'Asha Traders' })).toContainText('No entries yet');
		await lookAt(application, 'board');
		await lookAtLarge(application, 'board');
		await lookAtInMarathi(application, 'board');
		await page.getByLabel('Find a company').fill('blue');
		await expect(board.getByRole('row')).toHaveCount(2);
		await page.getByLabel('Find a company').fill('nobody');
		await expect(page.getByText('Nothing of that name')).toBeVisible();
		await page.getByLabel('Find a company').fill('');
		await sample.getByRole('button', { name: '2026-01: Closed' }).click();
		await expect(page).toHaveTitle(`Close – 2026-01 – ${SAMPLE} – Ledgerseal`);
		await page.getByRole('button', { name: `Company: ${SAMPLE}` }).click();
		await page.getByRole('menuitem', { name: 'Blue Gate Stores' }).click();
		await expect(page).toHaveTitle('Close – Blue Gate Stores – Ledgerseal');
	});
});

test.describe('with a password', () => {
	test.use({ books: 'COMPANY' });

	test('a wrong password is refused, the right one opens, and a viewer is offered nothing that would be refused', async ({ application }) => {
		const { page: before } = application;
		await expect(before.getByText('Asha Traders').first()).toBeVisible();
		await application.quit();
		await runProgram(application.folder, ['user', 'add', 'vera', '--role', 'viewer', '--name', 'Vera Sen', '--with-password'], 'three blue gates\n');
		await application.start();
		const { page } = application;
		await expect(page.getByLabel('Login')).toBeFocused();
		await lookAt(application, 'sign-in');
		await lookAtInMarathi(application, 'sign-in');
		await application.signIn('vera', 'three red gates');
		await expect(page.getByRole('alert')).toContainText('That did not work');
		await lookAt(application, 'sign-in-refused');
		await page.getByLabel('Password').fill('three blue gates');
		await page.keyboard.press('Enter');
		await openCompany(page, 'Asha Traders');
		await page.getByRole('link', { name: 'Accounts & parties' }).click();
		await expect(page.getByRole('row', { name: /^1000/ })).toBeVisible();
		await expect(page.getByRole('button', { name: 'New account' })).toHaveCount(0);
		await page.keyboard.press('ControlOrMeta+k');
		await page.getByPlaceholder('Search and commands').fill('new');
		await expect(page.getByRole('button', { name: 'New company…' })).toBeVisible();
		await expect(page.getByRole('button', { name: 'New entry' })).toHaveCount(0);
		await page.keyboard.press('Escape');
		await page.getByRole('button', { name: 'Signed in as Vera Sen' }).click();
		await page.getByRole('menuitem', { name: 'Sign out' }).click();
		await expect(page.getByLabel('Login')).toHaveValue('vera');
		await expect(page.getByLabel('Password')).toBeFocused();
	});
});
