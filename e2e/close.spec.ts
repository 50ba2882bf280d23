import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { tabTo } from './support/browser-host.ts';
import { copyOf, openBooks, type OpenBooks } from './support/close-books.ts';
import { expect, picture, step, test } from './support/close-page.ts';
import { runProgram } from './support/program.ts';

test.setTimeout(180_000);

test.describe('a month that cannot be closed yet', () => {
	let made: OpenBooks;
	let books: OpenBooks;
	test.beforeAll(async () => {
		test.setTimeout(180_000);
		made = await openBooks();
	});
	test.afterAll(() => made.remove());
	test.beforeEach(() => {
		books = copyOf(made);
	});
	test.afterEach(() => books.remove());

	test('says every reason, each is followed to its place, put right, and the month is closed and its package taken', async ({ page, open }) => {
		await open(books.folder, 'Neem Tree Stores');
		await expect(step(page, 'Books')).toContainText('1 to put right');
		await expect(step(page, 'Reconcile')).toContainText('2 missing');
		await expect(step(page, 'Review')).toContainText('2 to look at');
		await expect(step(page, 'Close')).toContainText('not ready yet');
		await picture(page, 'refused');
		await followReasons(page, books);
		// Another process takes the draft away: the page hears of it.
		await runProgram(books.folder, ['journal', 'draft', 'delete', books.draftId]);
		await expect(step(page, 'Books')).toContainText('complete');
		await reconcileAll(page, books);
		await acknowledgeAll(page);
		await closeJanuary(page);
		await takePackage(page, books);
	});

	test('is closed by keyboard alone', async ({ page, start }) => {
		await runProgram(books.folder, ['journal', 'draft', 'delete', books.draftId]);
		await runProgram(books.folder, ['statement', 'import', books.statement, '--account', '1100']);
		await runProgram(books.folder, ['statement', 'match', '--account', '1100', '--auto']);
		await start(books.folder);
		await closeByKeyboard(page);
	});

	test('is soft-closed with words, and opened again with a reason', async ({ page, open }) => {
		await open(books.folder, 'Neem Tree Stores');
		await step(page, 'Close').click();
		await page.getByRole('button', { name: 'Soft close…' }).click();
		const dialog = page.getByRole('dialog');
		await expect(dialog).toContainText('takes no more daily entries');
		await picture(page, 'soft');
		await dialog.getByRole('button', { name: 'Soft close…' }).click();
		await expect(dialog).toBeHidden();
		await expect(page.getByRole('banner').first()).toContainText('Closing');
		await page.getByRole('button', { name: 'Open again…' }).click();
		await dialog.getByLabel('Reason').fill('A bill came late');
		await dialog.getByRole('button', { name: 'Open again…' }).click();
		await expect(page.getByRole('banner').first()).toContainText('Open');
	});
});

async function followReasons(page: Page, books: OpenBooks): Promise<void> {
	const reasons = page.getByRole('listitem');
	const draft = page.locator('[data-code="DRAFT_ENTRIES_PENDING"]');
	await expect(draft).toContainText('1 draft is dated in 2026-01');
	await draft.getByRole('link', { name: '28/01/2026 Electricity, amount to come' }).click();
	await expect(page).toHaveURL(new RegExp(`/2026-01/journal/draft/${books.draftId}$`));
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

async function reconcileAll(page: Page, books: OpenBooks): Promise<void> {
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
	await dialog.locator('input[type=file]').setInputFiles(books.statement);
	await expect(dialog).toContainText('4 new lines');
	await picture(page, 'statement');
	await dialog.getByRole('button', { name: 'Take in' }).click();
	await dialog.getByRole('button', { name: 'Match with the books' }).click();
	await expect(dialog.getByRole('status')).toContainText('4 matched, 0 suggested, 0 unmatched');
	await dialog.getByRole('button', { name: 'Compare' }).click();
	await dialog.getByRole('button', { name: 'Verify', exact: true }).click();
	await expect(dialog).toContainText('Verified');
	await page.keyboard.press('Escape');
	await expect(page.getByText('Every account that has to be is verified')).toBeVisible();
	await picture(page, 'reconciled');
	await page.getByRole('button', { name: 'Finish the session' }).click();
	await expect(step(page, 'Reconcile')).toContainText('complete');
}

async function acknowledgeAll(page: Page): Promise<void> {
	await step(page, 'Review').click();
	await expect(page.getByTestId('trial-balance')).toContainText('5,49,450.00 INR');
	await expect(page.getByRole('table', { name: 'Profit and loss of 2026-01' })).toContainText('48,250.00');
	await page.getByLabel('Note on SUSPENSE_NOT_ZERO').fill('Payer asked; answer expected in February');
	await page.getByRole('button', { name: 'Acknowledge SUSPENSE_NOT_ZERO' }).click();
	await expect(step(page, 'Review')).toContainText('1 to look at');
	await page.getByLabel('Note on BACKDATED_ENTRIES').fill('Books were taken over from paper');
	await page.getByRole('button', { name: 'Acknowledge BACKDATED_ENTRIES' }).click();
	await expect(step(page, 'Review')).toContainText('complete');
	await picture(page, 'review');
}

async function closeJanuary(page: Page): Promise<void> {
	await step(page, 'Close').click();
	await expect(page.getByRole('table', { name: 'Closing entry' })).toContainText('3300 Retained earnings');
	const close = page.getByRole('button', { name: 'Close 2026-01' });
	await expect(close).toBeDisabled();
	await page.getByLabel('Reason').fill('Month end');
	await picture(page, 'before');
	await close.click();
	const seal = page.getByTestId('seal');
	await expect(seal).toContainText('2026-01 is closed and sealed');
	await expect(seal).toContainText('Month end');
	await expect(seal).toContainText(/Close hash[0-9a-f]{64}/);
	await expect(seal).toContainText(/Content root[0-9a-f]{64}/);
	await expect(seal).toContainText(/Signed by key ([0-9A-F]{4}-){7}[0-9A-F]{4}/);
	await page.getByRole('button', { name: 'Verify the seal' }).click();
	await expect(page.locator('[data-result="VERIFIED"]')).toBeVisible();
	await picture(page, 'sealed');
}

async function takePackage(page: Page, books: OpenBooks): Promise<void> {
	await step(page, 'Package').click();
	await expect(page.getByTestId('package')).toHaveAttribute('data-status', 'READY');
	const downloading = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Download close package' }).click();
	const download = await downloading;
	expect(download.suggestedFilename()).toBe('neem-tree-stores-2026-01-close1.zip');
	const saved = path.join(books.folder, download.suggestedFilename());
	await download.saveAs(saved);
	expect(await runProgram<object>(books.folder, ['package', 'verify', saved])).toMatchObject({ result: 'VERIFIED', period: '2026-01' });
	await picture(page, 'package');
	await page.getByRole('button', { name: 'Verify a package…' }).click();
	await page.locator('input[type=file]').setInputFiles(saved);
	await expect(page.getByRole('dialog').getByRole('status')).toContainText('unchanged since the known key');
	await page.keyboard.press('Escape');
	await page.getByRole('button', { name: 'Regenerate' }).click();
	await expect(page.getByTestId('package')).toHaveAttribute('data-status', 'READY');
	rmSync(saved);
}

async function closeByKeyboard(page: Page): Promise<void> {
	const { keyboard } = page;
	await tabTo(page, page.getByRole('link', { name: 'Neem Tree Stores', exact: true }));
	await keyboard.press('Enter');
	for (const [account, isTyped] of [
		['1000 Cash on hand', true],
		['1100 Bank current account', false],
	] as const) {
		await tabTo(page, page.getByRole('button', { name: account, exact: true }));
		await keyboard.press('Enter');
		if (isTyped) {
			await tabTo(page, page.getByRole('textbox', { name: 'Balance on 31/01/2026 in INR', exact: true }));
			await keyboard.type('48250');
			await keyboard.press('Enter');
		} else {
			await tabTo(page, page.getByRole('button', { name: 'Compare', exact: true }));
			await keyboard.press('Enter');
		}
		await tabTo(page, page.getByRole('button', { name: 'Verify', exact: true }));
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
	await tabTo(page, page.getByRole('button', { name: '3. Review 2 to look at', exact: true }));
	await keyboard.press('Enter');
	for (const code of ['SUSPENSE_NOT_ZERO', 'BACKDATED_ENTRIES']) {
		await tabTo(page, page.getByRole('textbox', { name: `Note on ${code}`, exact: true }));
		await keyboard.type('Looked at');
		await keyboard.press('Enter');
		await expect(page.getByLabel(`Note on ${code}`)).toBeHidden();
	}
	await tabTo(page, page.getByRole('button', { name: '4. Close ready', exact: true }));
	await keyboard.press('Enter');
	await tabTo(page, page.getByRole('textbox', { name: 'Reason', exact: true }));
	await keyboard.type('Month end');
	await tabTo(page, page.getByRole('button', { name: 'Close 2026-01', exact: true }));
	await keyboard.press('Enter');
	await expect(page.getByTestId('seal')).toContainText('2026-01 is closed and sealed');
	// The calendar: arrows from month to month, Enter goes there.
	await tabTo(page, page.locator('[data-period="2026-01"]'));
	await keyboard.press('ArrowRight');
	await expect(page.locator('[data-period="2026-02"]')).toBeFocused();
	await keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Close 2026-02');
}
