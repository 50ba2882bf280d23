import { expect, test } from './support/application.ts';

test('an empty folder of books opens on the first company', { tag: '@browser' }, async ({ application }) => {
	await expect(application.page.getByRole('heading', { name: 'Welcome to Ledgerseal' })).toBeVisible();
	await expect(application.page.getByLabel('Name of the company')).toBeVisible();
	await application.picture('first-run');
	expect(await application.quit()).toBe(0);
});
