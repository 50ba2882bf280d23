import { expect, test } from './support/application.ts';

test.use({ books: 'SAMPLE' });

test('the sample company is on the board of all companies', async ({ application }) => {
	await expect(application.page.getByText('Mango Lane Traders (sample)').first()).toBeVisible();
	await application.picture('board');
});
