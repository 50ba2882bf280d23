import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect as expectNow, type Locator, type Page, test as base } from '@playwright/test';
import { type Host, startHost, watchProblems } from './browser-host.ts';

const PICTURES = path.resolve(import.meta.dirname, '../../test-results/screens');

/** Patient: other work may keep the machine busy. */
export const expect = expectNow.configure({ timeout: 30_000 });

interface Program {
	/** Starts the program on the books of a folder and shows its page. */
	start: (folder: string) => Promise<void>;
	/** The same, and opens a company at the place where it is closed. */
	open: (folder: string, company: string) => Promise<void>;
}

/** A journey in the browser host. A page that reports an error fails it. */
export const test = base.extend<Program>({
	viewport: { width: 1280, height: 800 },
	start: async ({ page }, use) => {
		const problems = watchProblems(page);
		let host: Host | null = null;
		await use(async (folder) => {
			host = await startHost(folder);
			await page.goto(host.url);
		});
		// Looked at before the program goes away under the page.
		const reported = [...problems];
		await (host as Host | null)?.stop();
		expect(reported).toEqual([]);
	},
	open: async ({ page, start }, use) => {
		await use(async (folder, company) => {
			await start(folder);
			await page.getByRole('link', { name: company }).click();
			await expect(page.getByRole('heading', { level: 1 })).toContainText('Close 2026-');
		});
	},
});

export function step(page: Page, name: string): Locator {
	return page.getByRole('navigation', { name: 'Steps of the close' }).getByRole('button', { name: new RegExp(`^\\d\\. ${name} `) });
}

export async function picture(page: Page, name: string): Promise<void> {
	await page.screenshot({ path: path.join(PICTURES, `close-${name}.png`) });
}

/** Nothing on the page that axe calls serious or critical. */
export async function expectAccessible(page: Page): Promise<void> {
	const { violations } = await new AxeBuilder({ page }).analyze();
	const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
	expect(grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([]);
}
