import { expect, test } from 'vitest';
import { closePeriod, line, makeCompany, openFolder } from '#test/closed-books.ts';
import { textIn } from '#test/package-files.ts';
import { verifyPackageFile } from './verify-package.ts';

test('a first fiscal year of fifteen months: the year to date goes on over the usual year start', async () => {
	const books = await openFolder();
	const companyId = await makeCompany(books, 'Long First Year', '04-01');
	for (const [key, value] of [
		['books_from', '2026-01-01'],
		['first_year_end', '2027-03-31'],
	] as const) {
		await books.client.companies.set({ companyId, key, value });
	}
	for (const month of ['01', '02', '03', '04']) {
		await books.client.ledger.post({
			companyId,
			entries: [{ date: `2026-${month}-10`, description: 'Sale', lines: [line('1100', '100.00'), line('4000', '-100.00')] }],
		});
		await closePeriod(books, companyId, `2026-${month}`);
	}
	const { file } = await books.client.packages.build({ companyId, period: '2026-04' });
	expect(await verifyPackageFile(file ?? '')).toMatchObject({ result: 'VERIFIED', findings: [] });
	expect(await textIn(file ?? '', 'data/csv/trial_balance.csv')).toContain('adjusted,4000,Sales,INCOME,INR,,400.00,,400.00');
	expect(await textIn(file ?? '', 'data/csv/income_statement.csv')).toContain('NET_PROFIT,,,,100.00,400.00,100.00,,');
});
