import { expect, test } from './support/application.ts';
import { runProgram } from './support/program.ts';
import { goTo, lookAtState, openCompany } from './support/screens.ts';

test.use({ books: 'SAMPLE', settings: { EXPORT_URL_TTL_SECONDS: '1' } });

test('a grant that is over is refused, and the next download goes well', { tag: '@browser' }, async ({ application }) => {
	const { page } = application;
	await openCompany(page, 'Mango Lane Traders (sample)');
	await goTo(page, 'Packages');
	const packages = page.getByRole('grid', { name: 'Packages' });
	await packages
		.getByRole('row', { name: /^2026-01/ })
		.first()
		.click();
	const download = page.getByRole('button', { name: 'Download close package' });
	await page.route('**/download/**', async (route) => {
		await new Promise((resolve) => setTimeout(resolve, 1500));
		await route.continue();
	});
	await download.click();
	await expect(page.getByRole('alert', { name: 'That did not work' })).toContainText('The time of this link is over.');
	await lookAtState(application, 'grant-expired');
	await page.unroute('**/download/**');
	// The browser says by itself that a request was refused.
	application.problems.length = 0;
	const file = await application.takeSaved(() => download.click());
	expect((await runProgram<{ result: string }>(application.folder, ['package', 'verify', file])).result).toBe('VERIFIED');
});
