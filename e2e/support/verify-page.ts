import { pathToFileURL } from 'node:url';
import { expect, type Locator, type Page } from '@playwright/test';
import { PAGE } from './program.ts';

/** verify.html as a person uses it. */
export class VerifyPage {
	readonly page: Page;
	/** Every address that was asked for. */
	readonly requests: string[] = [];
	/** What the page's own policy refused, and faults of its script. */
	readonly problems: string[] = [];

	constructor(page: Page) {
		this.page = page;
		page.on('request', (request) => this.requests.push(request.url()));
		page.on('pageerror', (error) => this.problems.push(String(error)));
		page.on('console', (message) => {
			if (message.type() === 'error') this.problems.push(message.text());
		});
	}

	async open(): Promise<void> {
		await this.page.goto(pathToFileURL(PAGE).href);
	}

	get verdict(): Locator {
		return this.page.locator('#verdict');
	}

	get result(): Locator {
		return this.page.locator('#result');
	}

	async chooseFile(file: string | { name: string; buffer: Buffer }): Promise<void> {
		await this.page.locator('#file').setInputFiles(typeof file === 'string' ? file : { ...file, mimeType: 'application/zip' });
		await expect(this.verdict).toBeVisible({ timeout: 30_000 });
	}

	async chooseFolder(folder: string): Promise<void> {
		await this.page.locator('#folder').setInputFiles(folder);
		await expect(this.verdict).toBeVisible({ timeout: 30_000 });
	}

	async expectKey(key: string): Promise<void> {
		const known = this.page.locator('#known');
		if ((await known.getAttribute('open')) === null) await known.locator('summary').click();
		await this.page.locator('#expected-key').fill(key);
	}
}
