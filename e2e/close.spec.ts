import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { type Application, expect, test } from './support/application.ts';
import { bankFile, draftOf, NEARLY_CLOSED, OPEN_MONTH } from './support/close-books.ts';
import { openClose, step } from './support/close-page.ts';
import { runProgram } from './support/program.ts';
import { tabTo, tabToThis } from './support/screens.ts';

test.describe('a month that cannot be closed yet', () => {
	test.use({ books: OPEN_MONTH });

	test('says every reason, each is followed to its place, put right, and the month is closed and its package taken', { tag: '@browser' }, async ({
		application,
	}) => {
		const { page, folder } = application;
		await openClose(page, 'Neem Tree Stores');
		await expect(step(page, 'Books')).toContainText('1 to put right');
		await expect(step(page, 'Reconcile')).toContainText('2 missing');
		await expect(step(page, 'Review')).toContainText('2 to look at');
		await expect(step(page, 'Close')).toContainText('not ready yet');
		await application.picture('close-refused');
		await followReasons(page, draftOf(folder));
		// Another process takes the draft away: the page hears of it.
		await runProgram(folder, ['journal', 'draft', 'delete', draftOf(folder)]);
		await expect(step(page, 'Books')).toContainText('complete');
		await softCloseAndOpenAgain(application);
		await reconcileAll(application);
		await acknowledgeAll(application);
		await closeJanuary(application);
		await takePackage(application);
	});
});

test.describe('a month that is nearly closed', () => {
	test.use({ books: NEARLY_CLOSED });

	test('is closed by keyboard alone', async ({ application }) => {
		await closeByKeyboard(application.page);
	});
});

/** With words, and with a reason. */
async function softCloseAndOpenAgain(application: Application): Promise<void> {
	const { page } = application;
	await step(page, 'Close').click();
	await page.getByRole('button', { name: 'Soft close…' }).click();
	const dialog = page.getByRole('dialog');
	await expect(dialog).toContainText('takes no more daily entries');
	await application.picture('close-soft');
	await dialog.getByRole('button', { name: 'Soft close…' }).click();
	await expect(dialog).toBeHidden();
	await expect(page.getByRole('banner').first()).toContainText('Closing');
	await page.getByRole('button', { name: 'Open again…' }).click();
	await dialog.getByLabel('Reason').fill('A bill came late');
	await dialog.getByRole('button', { name: 'Open again…' }).click();
	await expect(page.getByRole('banner').first()).toContainText('Open');
}

async function followReasons(page: Page, draftId: string): Promise<void> {
	const reasons = page.getByRole('listitem');
	const draft = page.locator('[data-code="DRAFT_ENTRIES_PENDING"]');
	await expect(draft).toContainText('1 draft is dated in 2026-01');
	await draft.getByRole('link', { name: '28/01/2026 Electricity, amount to come' }).click();
	await expect(page).toHaveURL(new RegExp(`/2026-01/journal/draft/${draftId}$`));
	await page.goBack();
	await draft.getByRole('link', { name: 'All drafts' }).click();
	await expect(page).toHaveURL(/\/journal\/list\/status=DRAFT&from=2026-01-01&to=2026-01-31$/);
	await page.goBack();
	const suspense = page.locator('[data-code="SUSPENSE_NOT_ZERO"]');
	await expect(suspense).toContainText('(1,200.00) INR');
	await suspense.getByRole('link', { name: '1900 Suspense' }).click();
	await expect(page).toHaveURL(/\/journal\/list\/account=1900&to=2026-01-31$/);
	await page.goBack();
	await page.locator('[data-code="BACKDATED_ENTRIES"]').getByRole('link', { name: 'No. 3' }).click();
	await expect(page).toHaveURL(/\/journal\/entry\/3$/);
	await page.goBack();
	await step(page, 'Reconcile').click();
	await expect(page.locator('[data-code="RECONCILIATION_MISSING"]')).toContainText('2 accounts are not reconciled');
	await page.locator('[data-code="STATEMENT_SHORT"]').getByRole('link', { name: '1100 Bank current account' }).click();
	await expect(page.getByRole('dialog')).toContainText('reconciled with the bank’s own statement');
	await page.keyboard.press('Escape');
	await expect(page.getByRole('dialog')).toBeHidden();
	expect(await reasons.count()).toBeGreaterThan(0);
}

async function reconcileAll(application: Application): Promise<void> {
	const { page } = application;
	await step(page, 'Reconcile').click();
	await page.getByRole('button', { name: 'Start a session' }).click();
	await expect(page.locator('[data-code="RECONCILIATION_SESSION_ACTIVE"]')).toBeVisible();
	await page.getByRole('button', { name: '1000 Cash on hand' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByLabel('Balance on 31/01/2026').fill('48,250.00');
	await dialog.getByRole('button', { name: 'Compare' }).click();
	await dialog.getByRole('button', { name: 'Verify', exact: true }).click();
	await expect(dialog).toContainText('Verified');
	await page.keyboard.press('Escape');
	await page.getByRole('button', { name: '1100 Bank current account' }).click();
	await application.chooseFile(() => dialog.getByRole('button', { name: 'Choose a statement file…' }).click(), bankFile(application.folder));
	await expect(dialog).toContainText('4 new lines');
	await application.picture('close-statement');
	await dialog.getByRole('button', { name: 'Take in' }).click();
	await dialog.getByRole('button', { name: 'Match with the books' }).click();
	await expect(dialog.getByRole('status')).toContainText('4 matched, 0 suggested, 0 unmatched');
	await dialog.getByRole('button', { name: 'Compare' }).click();
	await dialog.getByRole('button', { name: 'Verify', exact: true }).click();
	await expect(dialog).toContainText('Verified');
	await page.keyboard.press('Escape');
	await expect(page.getByText('Every account that has to be is verified')).toBeVisible();
	await application.picture('close-reconciled');
	await page.getByRole('button', { name: 'Finish the session' }).click();
	await expect(step(page, 'Reconcile')).toContainText('complete');
}

async function acknowledgeAll(application: Application): Promise<void> {
	const { page } = application;
	await step(page, 'Review').click();
	await expect(page.getByTestId('trial-balance')).toContainText('5,49,450.00 INR');
	await expect(page.getByRole('table', { name: 'Profit and loss of 2026-01' })).toContainText('48,250.00');
	await page.getByLabel('Note on SUSPENSE_NOT_ZERO').fill('Payer asked; answer expected in February');
	await page.getByRole('button', { name: 'Acknowledge SUSPENSE_NOT_ZERO' }).click();
	await expect(step(page, 'Review')).toContainText('1 to look at');
	await page.getByLabel('Note on BACKDATED_ENTRIES').fill('Books were taken over from paper');
	await page.getByRole('button', { name: 'Acknowledge BACKDATED_ENTRIES' }).click();
	await expect(step(page, 'Review')).toContainText('complete');
	await application.picture('close-review');
}

async function closeJanuary(application: Application): Promise<void> {
	const { page } = application;
	await step(page, 'Close').click();
	await expect(page.getByRole('table', { name: 'Closing entry' })).toContainText('3300 Retained earnings');
	const close = page.getByRole('button', { name: 'Close 2026-01' });
	await expect(close).toBeDisabled();
	await page.getByLabel('Reason').fill('Month end');
	await application.picture('close-before');
	await close.click();
	const seal = page.getByTestId('seal');
	await expect(seal).toContainText('2026-01 is closed and sealed');
	await expect(seal).toContainText('Month end');
	await expect(seal).toContainText(/Close hash[0-9a-f]{64}/);
	await expect(seal).toContainText(/Content root[0-9a-f]{64}/);
	await expect(seal).toContainText(/Signed by key ([0-9A-F]{4}-){7}[0-9A-F]{4}/);
	await page.getByRole('button', { name: 'Verify the seal' }).click();
	await expect(page.locator('[data-result="VERIFIED"]')).toBeVisible();
	await application.picture('close-sealed');
}

async function takePackage(application: Application): Promise<void> {
	const { page } = application;
	await step(page, 'Package').click();
	await expect(page.getByTestId('package')).toHaveAttribute('data-status', 'READY');
	const saved = await application.takeSaved(() => page.getByRole('button', { name: 'Download close package' }).click());
	expect(path.basename(saved)).toBe('neem-tree-stores-2026-01-close1.zip');
	expect(await runProgram<object>(application.folder, ['package', 'verify', saved])).toMatchObject({ result: 'VERIFIED', period: '2026-01' });
	await application.picture('close-package');
	await page.getByRole('button', { name: 'Verify a package…' }).click();
	await application.chooseFile(() => page.getByRole('dialog').getByRole('button', { name: 'Choose a file' }).click(), saved);
	await expect(page.getByRole('dialog').getByRole('status')).toContainText('unchanged since the known key');
	await page.keyboard.press('Escape');
	await page.getByRole('button', { name: 'Regenerate' }).click();
	await expect(page.getByTestId('package')).toHaveAttribute('data-status', 'READY');
	rmSync(saved);
}

async function closeByKeyboard(page: Page): Promise<void> {
	const { keyboard } = page;
	await tabTo(page, 'link', 'Neem Tree Stores');
	await keyboard.press('Enter');
	for (const [account, isTyped] of [
		['1000 Cash on hand', true],
		['1100 Bank current account', false],
	] as const) {
		await tabTo(page, 'button', account);
		await keyboard.press('Enter');
		if (isTyped) {
			await tabTo(page, 'textbox', 'Balance on 31/01/2026 in INR');
			await keyboard.type('48250');
			await keyboard.press('Enter');
		} else {
			await tabTo(page, 'button', 'Compare');
			await keyboard.press('Enter');
		}
		await tabTo(page, 'button', 'Verify');
		await expect(page.getByRole('button', { name: 'Verify', exact: true })).toBeEnabled();
		await keyboard.press('Enter');
		await expect(page.getByRole('dialog')).toContainText('Verified');
		await keyboard.press('Escape');
		await expect(page.getByRole('dialog')).toBeHidden();
	}
	await sealByKeyboard(page);
}

async function sealByKeyboard(page: Page): Promise<void> {
	const { keyboard } = page;
	await tabTo(page, 'button', '3. Review 2 to look at');
	await keyboard.press('Enter');
	for (const code of ['SUSPENSE_NOT_ZERO', 'BACKDATED_ENTRIES']) {
		await tabTo(page, 'textbox', `Note on ${code}`);
		await keyboard.type('Looked at');
		await keyboard.press('Enter');
		await expect(page.getByLabel(`Note on ${code}`)).toBeHidden();
	}
	await tabTo(page, 'button', '4. Close ready');
	await keyboard.press('Enter');
	await tabTo(page, 'textbox', 'Reason');
	await keyboard.type('Month end');
	await tabTo(page, 'button', 'Close 2026-01');
	await keyboard.press('Enter');
	await expect(page.getByTestId('seal')).toContainText('2026-01 is closed and sealed');
	// The calendar: arrows from month to month, Enter goes there.
	await tabToThis(page.locator('[data-period="2026-01"]'));
	await keyboard.press('ArrowRight');
	await expect(page.locator('[data-period="2026-02"]')).toBeFocused();
	await keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Close 2026-02');
}
