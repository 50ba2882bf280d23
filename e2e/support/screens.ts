import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';
import type { Application } from './application.ts';

/** A picture in light and in dark of a screen on which axe finds nothing serious in either. */
export async function lookAt(application: Application, name: string, page = application.page): Promise<void> {
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await expect(page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`)).toBeAttached();
		// In the dark nothing but the colours differs.
		await expectAccessible(page, `${name}, ${colorScheme}`, colorScheme === 'dark' ? ['color-contrast'] : []);
		await application.picture(name, page);
	}
	await page.emulateMedia({ colorScheme: 'light' });
}

/** A state of a screen that is looked at elsewhere: in light only. */
export async function lookAtState(application: Application, name: string, page = application.page): Promise<void> {
	await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
	await expectAccessible(page, name);
	await application.picture(name, page);
}

/** The same in Marathi, light only; English again afterwards. */
export async function lookAtInMarathi(application: Application, name: string, page = application.page): Promise<void> {
	await page.getByText('मराठी').click();
	await expect(page.locator('html[lang="mr"]')).toBeAttached();
	await application.picture(name, page);
	await page.getByText('English', { exact: true }).click();
	await expect(page.locator('html[lang="en"]')).toBeAttached();
}

/** The same on a large screen. */
export async function lookAtLarge(application: Application, name: string, page = application.page): Promise<void> {
	await page.setViewportSize({ width: 1920, height: 1080 });
	await application.picture(name, page);
	await page.setViewportSize({ width: 1280, height: 800 });
}

/** Nothing that axe calls serious or critical; by these of its rules, or by all. */
export async function expectAccessible(page: Page, what: string, rules: string[] = []): Promise<void> {
	// In this page alone: a window of the desktop opens no others. What is in order is not listed, which would take longer than finding it out.
	const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });
	const { violations } = await (rules.length > 0 ? axe.withRules(rules) : axe).analyze();
	const serious = violations
		.filter(({ impact }) => impact === 'serious' || impact === 'critical')
		.map(
			({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} (${failureSummary?.split('\n')[1]?.trim()})`).join('; ')}`,
		);
	expect(serious, what).toEqual([]);
}

/** Goes to a place of the company by the list of places. */
export async function goTo(page: Page, place: string): Promise<void> {
	await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: place }).click();
	await expect(page.getByRole('heading', { level: 1, name: place })).toBeFocused();
}

/** From the board into a company. */
export async function openCompany(page: Page, name: string): Promise<void> {
	await page.getByRole('link', { name }).click();
	await expect(page.getByRole('button', { name: `Company: ${name}` })).toBeVisible();
}

/** Presses a key until what is wanted has the focus, as a person does who has no mouse. */
export async function tabTo(page: Page, role: 'button' | 'textbox' | 'link' | 'row', name: string | RegExp, key = 'Tab'): Promise<void> {
	await tabToThis(page.getByRole(role, { name }).first(), key);
}

export async function tabToThis(wanted: Locator, key = 'Tab'): Promise<void> {
	await wanted.waitFor();
	for (let pressed = 0; pressed < 150; pressed += 1) {
		if (await wanted.evaluate((element) => element === document.activeElement)) return;
		await wanted.page().keyboard.press(key);
	}
	await expect(wanted, 'reached by keyboard').toBeFocused();
}
