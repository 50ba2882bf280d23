import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { type Application, closeApplication, expect, openApplication, test } from './support/application.ts';
import type { Recipe } from './support/books.ts';
import { expectAccessible } from './support/screens.ts';

const LINES = [
	['6100', '1,00,000'],
	['6200', '2500+500'],
	['6300', '12.50'],
] as const;

const CHART = `code,name,type,subtype
1100,Bank,ASSET,BANK
1200,Receivables,ASSET,RECEIVABLE
3100,Retained earnings,EQUITY,RETAINED_EARNINGS
4000,Sales,INCOME,
6100,Rent,EXPENSE,
6200,Travel,EXPENSE,
6300,Postage,EXPENSE,
`;

const SMALL_CHART: Recipe = {
	name: 'a company with seven accounts and a party',
	make: async (folder, run) => {
		writeFileSync(path.join(folder, 'chart.csv'), CHART);
		const begins = ['--currency', 'INR', '--timezone', 'Asia/Kolkata', '--fiscal-year-start', '04-01'];
		await run('company', 'create', '--name', 'Papaya Works', '--chart', 'chart.csv', ...begins);
		await run('party', 'add', '--name', 'Shree Traders');
	},
};

let application: Application;
let page: Page;

// One person at one set of books: each journey goes on where the one before it ended.
test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ host, browser }) => {
	application = await openApplication({ host, books: SMALL_CHART, browser });
	page = application.page;
	await page.locator('a[href*="/c/"]').first().click();
	await page.getByRole('link', { name: 'Journal' }).click();
});

test.afterAll(() => closeApplication(application));

const press = (...keys: string[]) => keys.reduce<Promise<void>>((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
const type = (text: string) => page.keyboard.type(text);
const cell = (name: string) => page.getByLabel(name, { exact: true });
const picture = (name: string) => application.picture(`journal-${name}`);

/** Account, then the amount two fields on (debit) or three (credit). */
async function enterLine(account: string, amount: string, side: 'debit' | 'credit' = 'debit'): Promise<void> {
	await type(account);
	await press('Tab', 'Tab', ...(side === 'credit' ? ['Tab'] : []));
	if (amount === '=') await press('=');
	else await type(amount);
}

test('empty books say what belongs there; the help lists the keys', async () => {
	await expect(page.getByRole('heading', { name: 'No entries here yet' })).toBeVisible();
	await expectAccessible(page, 'empty journal');
	await press('F1');
	await expect(page.getByRole('dialog', { name: 'Keyboard help' })).toContainText('The line takes the difference');
	await picture('help');
	await press('Escape');
	await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('ten lines by keyboard alone, with a mistake, a draft, and back to it', { tag: '@browser' }, async () => {
	await press('n');
	await expect(cell('Date')).toBeFocused();
	await type('5/1/26');
	await press('Tab');
	await expect(cell('Date')).toHaveValue('2026-01-05');
	await type('Costs of the first week');
	await press('Tab', 'Tab', 'Tab', 'Tab');
	for (let line = 0; line < 9; line++) {
		const [account, amount] = LINES[line % LINES.length] ?? LINES[0];
		await expect(cell(`Account ${line + 1}`)).toBeFocused();
		await enterLine(account, amount);
		await press('Enter');
	}
	await expect(cell('Debit 2')).toHaveValue('3,000.00');
	await enterLine('99', '1', 'credit');
	await press('=');
	await expect(cell('Credit 10')).toHaveValue('309037.50');
	await expect(page.getByLabel('Totals')).toContainText('Balances');
	await press('Control+Enter');
	await expect(page.getByRole('alert', { name: 'Line 10' })).toContainText('no account “99”');
	await expect(cell('Account 10')).toBeFocused();
	await expect(cell('Account 10')).toHaveAttribute('aria-invalid', 'true');
	await picture('mistake');
	await type('bank');
	await press('Tab', 'Control+s');
	await expect(page.getByText('Kept as a draft.').first()).toBeVisible();
	await press('Escape');
	await expect(page.getByRole('grid', { name: 'Entries' })).toBeVisible();
	await press('Home');
	await expect(page.getByRole('row').filter({ hasText: 'Costs of the first week' })).toContainText('Draft');
	await picture('draft-in-list');
});

test('the draft is posted, and a bill is attached to the entry', { tag: '@browser' }, async () => {
	await press('Enter');
	await expect(page.getByRole('heading', { name: 'Draft' })).toBeVisible();
	await expect(cell('Account 10')).toHaveValue('1100 Bank');
	await press('Control+Enter');
	await expect(page.getByRole('heading', { name: 'Entry 1 · 2026-01-05' })).toBeVisible();
	await expectAccessible(page, 'entry');
	const attachments = page.getByRole('region', { name: 'Attachments' });
	const bill = { name: 'bill-17.txt', content: 'Rent and travel of the first week\n' };
	await application.chooseFile(() => attachments.getByRole('button', { name: 'Attach a file…' }).press('Enter'), bill);
	await expect(attachments.getByRole('listitem')).toContainText('bill-17.txt');
	await picture('entry');
});

test('it is corrected, and the correction reversed', async () => {
	await press('c');
	await expect(page.getByRole('heading', { name: 'Correct entry 1' })).toBeVisible();
	await page.getByLabel('Description').focus();
	await press('End');
	await type(', corrected');
	await press('Control+Enter');
	await expect(page.getByRole('heading', { name: 'Entry 3 · 2026-01-05' })).toBeVisible();
	await press('r');
	await expect(page.getByRole('dialog', { name: 'Reverse entry 3' })).toBeVisible();
	await expectAccessible(page, 'dialog of a reversal');
	await type('31/1');
	await press('Enter');
	await expect(page.getByRole('heading', { name: 'Entry 4 · 2026-01-31' })).toBeVisible();
	await expect(page.getByRole('link', { name: 'Reverses 3' })).toBeVisible();
});

test('lines pasted from a spreadsheet, a wrong cell marked and mended', async () => {
	await page.getByRole('link', { name: 'Journal' }).click();
	await press('n');
	await type('7/1/26');
	await press('Tab');
	await type('Sales of the week');
	await press('Tab', 'Tab', 'Tab', 'Tab');
	await expect(cell('Account 1')).toBeFocused();
	const table = 'Account\tParty\tAmount\tNarration\nReceivables\tShree Traders\t1,20,000.50\tBill 7\nBnk\t\t500\t\nSales\t\t(1,20,500.50)\tWeek 1';
	await cell('Account 1').evaluate((input, text) => {
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/plain', text);
		input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
	}, table);
	await expect(cell('Account 2')).toHaveAttribute('aria-invalid', 'true');
	await expect(cell('Credit 3')).toHaveValue('1,20,500.50');
	await picture('pasted');
	await expectAccessible(page, 'pasted lines');
	await cell('Account 2').focus();
	await type('1100');
	await press('Control+Enter');
	await expect(page.getByRole('heading', { name: 'Entry 5 · 2026-01-07' })).toBeVisible();
	await expect(page.getByRole('table')).toContainText('Shree Traders');
});

test('leaving asks before anything is thrown away', async () => {
	await page.getByRole('link', { name: 'Journal' }).click();
	await press('n', 'Tab');
	await type('Not to be kept');
	await press('Escape');
	const dialog = page.getByRole('dialog', { name: 'Leave this entry?' });
	await expect(dialog).toBeVisible();
	await press('Escape');
	await expect(dialog).toHaveCount(0);
	await expect(page.getByLabel('Description')).toHaveValue('Not to be kept');
	await press('Escape');
	await dialog.getByRole('button', { name: 'Throw away' }).press('Enter');
	await expect(page.getByRole('grid', { name: 'Entries' })).toBeVisible();
	await expect(page.getByText('Not to be kept')).toHaveCount(0);
});

test('a CSV with wrong rows is corrected in place and imported', { tag: '@browser' }, async () => {
	await page.getByRole('link', { name: 'Journal' }).click();
	await press('i');
	const rows = ['date,entry,account,debit,credit,description'];
	for (let n = 1; n <= 40; n++)
		rows.push(
			`2026-01-${String((n % 28) + 1).padStart(2, '0')},${n},6200,${n}.00,,Taxi ${n}`,
			`2026-01-${String((n % 28) + 1).padStart(2, '0')},${n},${n === 7 ? '9999' : '1100'},,${n}.00,Taxi ${n}`,
		);
	const file = { name: 'taxis.csv', content: `${rows.join('\n')}\n` };
	await application.chooseFile(() => page.getByRole('button', { name: 'Choose a file…' }).press('Enter'), file);
	await expect(page.getByText('39 entries with 78 lines can be booked')).toBeVisible();
	await expect(page.getByText("2 rows can't be booked.")).toBeVisible();
	await expectAccessible(page, 'rejected rows');
	await picture('import-rejected');
	await page.getByLabel('account 15', { exact: true }).fill('1100');
	await press('Enter');
	await expect(page.getByText('40 entries with 80 lines can be booked')).toBeVisible();
	await page.getByRole('button', { name: 'Book 40 entries' }).press('Enter');
	await expect(page.getByText('40 entries are booked, 80 lines')).toBeVisible();
	await picture('import-done');
	await page.getByRole('button', { name: 'Show the entries' }).press('Enter');
	await expect(page.getByText('40 entries', { exact: true })).toBeVisible();
});

test('filters stand in the address, and Back returns to the row that was left', async () => {
	await page.getByLabel('Text or number').fill('taxi 1');
	await expect(page.getByText('11 entries', { exact: true })).toBeVisible();
	await page.getByLabel('Amount', { exact: true }).fill('15..18');
	await press('Enter');
	await expect(page.getByText('4 entries', { exact: true })).toBeVisible();
	expect(page.url()).toContain('text=taxi%201');
	expect(page.url()).toContain('amount=15..18');
	await expect(page.getByRole('grid', { name: 'Entries' })).toBeFocused();
	await press('Home', 'ArrowDown', 'ArrowDown');
	const selected = page.locator('[role="row"][aria-selected="true"]');
	const left = await selected.innerText();
	expect(left).toContain('Taxi');
	await press('Enter');
	await expect(page.getByRole('heading', { name: /^Entry / })).toBeVisible();
	await page.goBack();
	await expect(selected).toHaveText(left, { useInnerText: true });
	await expect(page.getByRole('grid', { name: 'Entries' })).toBeFocused();
	await expectAccessible(page, 'filtered list');
});

test('an import is undone', async () => {
	await press('i');
	await page.getByRole('button', { name: 'Undo this import…' }).press('Enter');
	await page.getByRole('dialog').getByRole('button', { name: 'Reverse them all' }).press('Enter');
	await expect(page.getByText('40 entries are reversed.')).toBeVisible();
	await expect(page.getByRole('cell', { name: 'Undone' })).toBeVisible();
	await expectAccessible(page, 'imports');
	await picture('imports');
	await page.goBack();
	await expect(page.getByRole('gridcell', { name: /^Reversed by/ }).first()).toBeVisible();
});

test('in the dark and in Marathi', async () => {
	await page.emulateMedia({ colorScheme: 'dark' });
	await expectAccessible(page, 'the list in the dark', ['color-contrast']);
	await picture('dark');
	await page.getByText('मराठी').click();
	await expect(page.getByRole('heading', { name: 'रोजकीर्द' }).or(page.getByRole('heading', { level: 1 }))).toBeVisible();
	await picture('marathi');
	await page.locator('[role="grid"]').focus();
	await press('n');
	await expect(page.getByRole('button', { name: /नोंदवा/ })).toBeVisible();
	await expectAccessible(page, 'marathi editor');
	await picture('marathi-editor');
});
