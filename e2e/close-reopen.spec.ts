import { type Application, expect, test } from './support/application.ts';
import { WITH_ACCOUNTANT } from './support/close-books.ts';
import { openClose, step } from './support/close-page.ts';
import { runProgram } from './support/program.ts';
import { expectAccessible, lookAt } from './support/screens.ts';

const NAME = 'Mango Lane Traders (sample)';

test.use({ books: 'SAMPLE' });

test('a closed month is reopened by an Admin with its name and a reason, and says what happened ever after', async ({ application }) => {
	const { page } = application;
	await openClose(page, NAME);
	await postIntoJanuary(application);
	await page.locator('[data-period="2026-01"]').click();
	await page.getByRole('button', { name: 'Reopen…' }).click();
	const dialog = page.getByRole('dialog');
	const reopen = dialog.getByRole('button', { name: 'Reopen 2026-01' });
	await dialog.getByLabel('Type 2026-01 to confirm').fill('2026-02');
	await dialog.getByLabel('Reason').fill('An invoice came late');
	await expect(reopen).toBeDisabled();
	await dialog.getByLabel('Type 2026-01 to confirm').fill('2026-01');
	await dialog.getByLabel('Leave it soft-closed').check();
	await application.picture('close-reopen');
	await reopen.click();
	await expect(page.getByRole('banner').first()).toContainText('Closing');
	await step(page, 'Close').click();
	await expect(page.getByRole('table', { name: 'Closes of 2026-01' })).toContainText('An invoice came late');
	await application.picture('close-history');
	// Closed once more, by another process: what changed between the two is said.
	await runProgram(application.folder, ['period', 'close', '2026-01', '--reason', 'Month end', '--acknowledge', 'all', '--note', 'Looked at']);
	await expect(page.getByTestId('seal')).toContainText('number 2, seal 4');
	await page.getByRole('button', { name: 'What changed' }).click();
	await expect(page.getByText('Reversal of the closing entry 2026-01')).toBeVisible();
	await application.picture('close-changed');
});

/** Refused at the date, and nothing of what was typed is lost. */
async function postIntoJanuary(application: Application): Promise<void> {
	const { page } = application;
	await page.getByRole('link', { name: 'Journal' }).click();
	await page.keyboard.press('n');
	const date = page.getByLabel('Date', { exact: true });
	await expect(date).toBeFocused();
	await page.keyboard.type('2026-01-15');
	await page.getByLabel('Description').fill('Late bill');
	for (const [line, [account, side]] of Object.entries([
		['6100', 'Debit'],
		['1000', 'Credit'],
	] as const)) {
		await page.getByLabel(`Account ${Number(line) + 1}`, { exact: true }).fill(account);
		await page.getByLabel(`${side} ${Number(line) + 1}`, { exact: true }).fill('10.00');
	}
	await page.keyboard.press('Control+Enter');
	await expect(page.getByRole('alert').filter({ hasText: 'closed' }).first()).toBeVisible();
	await expect(date).toBeFocused();
	await expect(date).toHaveAttribute('aria-invalid', 'true');
	await expect(page.getByLabel('Description')).toHaveValue('Late bill');
	await application.picture('journal-closed-period');
	await page.keyboard.press('Escape');
	await page.getByRole('dialog', { name: 'Leave this entry?' }).getByRole('button', { name: 'Throw away' }).click();
	await page.getByRole('link', { name: 'Close', exact: true }).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Close 2026-');
}

test.describe('with an accountant', () => {
	test.use({ books: WITH_ACCOUNTANT });

	test('a closed month is reopened by nobody else: the refusal names the permission', async ({ application }) => {
		const { page } = application;
		await page.getByLabel('Login').fill('asha');
		await page.getByRole('button', { name: 'Sign in' }).click();
		await page.getByRole('link', { name: NAME }).click();
		await page.locator('[data-period="2026-01"]').click();
		await page.getByRole('button', { name: 'Reopen…' }).click();
		await expect(page.getByRole('dialog').getByRole('alert')).toContainText('ReopenAccountingPeriod');
		await application.picture('close-may-not');
		await page.keyboard.press('Escape');
		await page.locator('[data-period="2026-02"]').click();
		await step(page, 'Close').click();
		await expect(page.getByText('needs the permission CloseAccountingPeriod')).toBeVisible();
	});
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

test('a closed month and every step of an open one can be read in light and dark, and in Marathi', async ({ application }) => {
	const { page } = application;
	await openClose(page, NAME);
	for (const [period, one] of SEEN) {
		await page.locator(`[data-period="${period}"]`).click();
		await step(page, one).click();
		await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
		await lookAt(application, `close-${period}-${one.toLowerCase()}`);
	}
	await step(page, 'Reconcile').click();
	await page.getByRole('button', { name: '1000 Cash on hand' }).click();
	await expect(page.getByRole('dialog')).toBeVisible();
	await lookAt(application, 'close-account');
	await page.keyboard.press('Escape');
	await page.getByText('मराठी').click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('2026-02 बंद करणे');
	await application.picture('close-marathi');
	await expectAccessible(page, 'close in Marathi');
});
