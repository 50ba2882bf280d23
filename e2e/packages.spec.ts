import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ZipReader, Uint8ArrayReader } from '@zip.js/zip.js';
import type { Page } from '@playwright/test';
import { expect, test } from './support/application.ts';
import { unpacked, withOneBitChanged } from './support/archives.ts';
import { runProgram } from './support/program.ts';
import { goTo, lookAt, lookAtInMarathi, lookAtLarge, lookAtState, openCompany } from './support/screens.ts';

/** Verifying reads every entry again. */
const VERIFYING = { timeout: 20_000 } as const;
const SAMPLE = 'Mango Lane Traders (sample)';

test.use({ books: 'SAMPLE' });
test.beforeEach(async ({ application }) => {
	await openCompany(application.page, SAMPLE);
	await goTo(application.page, 'Packages');
});

async function openJanuary(page: Page): Promise<void> {
	await page
		.getByRole('grid', { name: 'Packages' })
		.getByRole('row', { name: /^2026-01/ })
		.first()
		.click();
	await expect(page.getByRole('region', { name: '2026-01, close 1' })).toBeVisible();
}

async function drop(page: Page, file: string, name: string): Promise<void> {
	const bytes = readFileSync(file).toString('base64');
	const data = await page.evaluateHandle(
		([text, called]) => {
			const transfer = new DataTransfer();
			transfer.items.add(new File([Uint8Array.from(atob(text as string), (letter) => letter.charCodeAt(0))], called as string));
			return transfer;
		},
		[bytes, name],
	);
	await page.dispatchEvent('#page h1', 'dragover', { dataTransfer: data });
	await page.dispatchEvent('#page h1', 'drop', { dataTransfer: data });
}

test('a package is saved and verified; a damaged copy shows what differs', { tag: '@browser' }, async ({ application }) => {
	const { page } = application;
	await openJanuary(page);
	await lookAt(application, 'package');
	await lookAtLarge(application, 'package');
	await lookAtInMarathi(application, 'package');
	const file = await application.takeSaved(() => page.getByRole('button', { name: 'Download close package' }).click());
	const { result } = await runProgram<{ result: string }>(application.folder, ['package', 'verify', file]);
	expect(result).toBe('VERIFIED');

	await drop(page, file, 'january.zip');
	const dialog = page.getByRole('dialog', { name: 'Verify a package…' });
	await expect(dialog.getByText('Verified', { exact: true })).toBeVisible(VERIFYING);
	await lookAtState(application, 'verified');
	await dialog.getByRole('button', { name: 'Close' }).last().click();

	const damaged = path.join(application.folder, 'damaged.zip');
	const files = await unpacked(file);
	const journal = [...files.keys()].map((name) => name.slice(name.indexOf('/') + 1)).find((name) => /journal.*\.csv$/.test(name));
	writeFileSync(damaged, await withOneBitChanged(files, journal ?? ''));
	await drop(page, damaged, 'damaged.zip');
	await expect(dialog.getByText('Altered', { exact: true })).toBeVisible(VERIFYING);
	await expect(
		dialog
			.getByRole('listitem')
			.filter({ hasText: journal ?? '' })
			.first(),
	).toBeVisible();
	await lookAt(application, 'altered');
});

test('a copy with a password opens with it alone', async ({ application }) => {
	const { page } = application;
	await openJanuary(page);
	await page.getByRole('button', { name: 'Copy with a password…' }).click();
	const dialog = page.getByRole('dialog', { name: 'Copy with a password…' });
	await dialog.getByLabel('Password', { exact: true }).fill('short');
	await dialog.getByLabel('Password again').fill('short');
	await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled();
	await lookAtState(application, 'password-copy');
	await dialog.getByLabel('Password', { exact: true }).fill('lantern mango drum');
	await dialog.getByLabel('Password again').fill('lantern mango drum');
	const file = await application.takeSaved(() => page.keyboard.press('Enter'));
	const [inside] = await new ZipReader(new Uint8ArrayReader(readFileSync(file))).getEntries();
	expect(inside).toMatchObject({ encrypted: true, filename: expect.stringMatching(/\.zip$/) });
});

test('a package is built anew while the person works elsewhere, who is told with the way to it', async ({ application }) => {
	const { page } = application;
	await openJanuary(page);
	await page.getByRole('button', { name: 'Regenerate' }).click();
	const news = page.getByRole('alert').filter({ hasText: 'Package ready: 2026-01, close 1.' });
	await expect(news).toBeVisible({ timeout: 30_000 });
	await goTo(page, 'Accounts & parties');
	await news.getByRole('button', { name: 'Show it' }).click();
	await expect(page).toHaveTitle(/^Packages/);
	await expect(page.getByRole('button', { name: 'Download close package' })).toBeVisible();
});

test('a file dropped beside every place for files changes nothing', async ({ application }) => {
	const { page } = application;
	await goTo(page, 'Accounts & parties');
	const before = page.url();
	const accepted = await page.evaluate(() => {
		const event = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: new DataTransfer() });
		document.body.dispatchEvent(event);
		return event.defaultPrevented;
	});
	expect(accepted).toBe(true);
	expect(page.url()).toBe(before);
});
