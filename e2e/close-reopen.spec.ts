import { type Books, copyOf, sampleBooks } from './support/close-books.ts';
import { expect, expectAccessible, picture, step, test } from './support/close-page.ts';
import { runProgram } from './support/program.ts';

test.setTimeout(180_000);

let made: Books;
let books: Books;
test.beforeAll(async () => {
	test.setTimeout(180_000);
	made = await sampleBooks();
});
test.afterAll(() => made.remove());
test.beforeEach(() => {
	books = copyOf(made);
});
test.afterEach(() => books.remove());
const name = 'Mango Lane Traders (sample)';

test('a closed month is reopened by an Admin with its name and a reason, and says what happened ever after', async ({ page, open }) => {
	await open(books.folder, name);
	await page.locator('[data-period="2026-01"]').click();
	await page.getByRole('button', { name: 'Reopen…' }).click();
	const dialog = page.getByRole('dialog');
	const reopen = dialog.getByRole('button', { name: 'Reopen 2026-01' });
	await dialog.getByLabel('Type 2026-01 to confirm').fill('2026-02');
	await dialog.getByLabel('Reason').fill('An invoice came late');
	await expect(reopen).toBeDisabled();
	await dialog.getByLabel('Type 2026-01 to confirm').fill('2026-01');
	await dialog.getByLabel('Leave it soft-closed').check();
	await picture(page, 'reopen');
	await reopen.click();
	await expect(page.getByRole('banner').first()).toContainText('Closing');
	await step(page, 'Close').click();
	await expect(page.getByRole('table', { name: 'Closes of 2026-01' })).toContainText('An invoice came late');
	await picture(page, 'history');
	// Closed once more, by another process: what changed between the two is said.
	await runProgram(books.folder, ['period', 'close', '2026-01', '--reason', 'Month end', '--acknowledge', 'all', '--note', 'Looked at']);
	await expect(page.getByTestId('seal')).toContainText('number 2, seal 4');
	await page.getByRole('button', { name: 'What changed' }).click();
	await expect(page.getByText('Reversal of the closing entry 2026-01')).toBeVisible();
	await picture(page, 'changed');
});

test('a closed month is reopened by nobody else: the refusal names the permission', async ({ page, start }) => {
	await runProgram(books.folder, ['user', 'add', 'asha', '--role', 'accountant']);
	await runProgram(books.folder, ['user', 'add', 'viewer', '--role', 'viewer', '--user', 'owner']);
	await start(books.folder);
	await page.getByLabel('Login').fill('asha');
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.getByRole('link', { name }).click();
	await page.locator('[data-period="2026-01"]').click();
	await page.getByRole('button', { name: 'Reopen…' }).click();
	await expect(page.getByRole('dialog').getByRole('alert')).toContainText('ReopenAccountingPeriod');
	await picture(page, 'may-not');
	await page.keyboard.press('Escape');
	await page.locator('[data-period="2026-02"]').click();
	await step(page, 'Close').click();
	await expect(page.getByText('needs the permission CloseAccountingPeriod')).toBeVisible();
});

/** Every step of an open month, and what a closed one shows otherwise. */
const SEEN = [
	['2026-01', 'Close'],
	['2026-01', 'Package'],
	['2026-02', 'Books'],
	['2026-02', 'Reconcile'],
	['2026-02', 'Review'],
	['2026-02', 'Close'],
] as const;

test('a closed month and every step of an open one has nothing that axe calls serious, light and dark', async ({ page, open }) => {
	await open(books.folder, name);
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		for (const [period, one] of SEEN) {
			await page.locator(`[data-period="${period}"]`).click();
			await step(page, one).click();
			await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
			await expectAccessible(page);
			await picture(page, `${period}-${one.toLowerCase()}-${colorScheme}`);
		}
		await step(page, 'Reconcile').click();
		await page.getByRole('button', { name: '1000 Cash on hand' }).click();
		await expect(page.getByRole('dialog')).toBeVisible();
		await expectAccessible(page);
		await page.keyboard.press('Escape');
	}
});

test('the page reads in Marathi', async ({ page, open }) => {
	await open(books.folder, name);
	await page.getByText('मराठी').click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('2026-02 बंद करणे');
	await picture(page, 'marathi');
	await expectAccessible(page);
});
