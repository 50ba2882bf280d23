import { expect, type Locator, type Page } from '@playwright/test';

/** From the board to the place where a company is closed. */
export async function openClose(page: Page, company: string): Promise<void> {
	await page.getByRole('link', { name: company }).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Close 2026-');
}

export function step(page: Page, name: string): Locator {
	return page.getByRole('navigation', { name: 'Steps of the close' }).getByRole('button', { name: new RegExp(`^\\d\\. ${name} `) });
}
