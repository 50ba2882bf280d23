import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { type Application, expect, test } from './support/application.ts';
import { runProgram } from './support/program.ts';
import { askedOf, callWire, openWire } from './support/wire.ts';

test.use({ books: 'COMPANY' });

/** Entries of 1.00 from cash to the bank, posted one after the other by the page, as fast as they are answered. */
function keepPosting(page: Page, companyId: string): Promise<void> {
	return page.evaluate(async (company) => {
		const wire = await window.journeyWire;
		const entry = {
			date: '2026-06-15',
			description: 'Cash paid in',
			lines: [
				{ account: '1100', debit: '1.00' },
				{ account: '1000', credit: '1.00' },
			],
		};
		const answered: number[] = [];
		Object.assign(window, { answered });
		const post = async (): Promise<void> => {
			const answer = (await wire.call('books.ledger.post', { input: { companyId: company, entries: [entry] } })) as { entries: { no: number }[] };
			answered.push(...answer.entries.map(({ no }) => no));
			return post();
		};
		void post().catch((error: unknown) => Object.assign(window, { answered: String(error) }));
	}, companyId);
}

function answeredBy(page: Page): Promise<number[]> {
	return page.evaluate(() => (window as unknown as { answered: number[] }).answered);
}

async function companyOf(application: Application): Promise<string> {
	await openWire(application.page);
	const { companies } = await callWire<{ companies: { companyId: string }[] }>(application.page, 'books.companies.list', {});
	return companies[0]?.companyId ?? '';
}

async function entriesIn(application: Application): Promise<number[]> {
	const { entries } = await runProgram<{ entries: { no: number }[] }>(application.folder, ['journal', 'list', '--limit', '1000']);
	return entries.map(({ no }) => no).sort((first, second) => first - second);
}

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

/** Programs that ended without cleaning up leave their mark. */
function marks(application: Application): string[] {
	return readdirSync(path.join(application.dataFolder, 'work')).filter((name) => name.startsWith('running-'));
}

test('a second start brings the first to the front, opens its file there, and ends', async ({ application }) => {
	const { page } = application;
	await openWire(page);
	const file = path.join(application.folder, 'march.csv');
	writeFileSync(file, 'date,account\n');
	await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize(), null);
	expect(await application.startInVain([file])).toBe(0);
	await expect.poll(() => askedOf(page)).toEqual([{ what: 'openFile', value: expect.stringContaining('"name":"march.csv"') }]);
	const { value } = (await askedOf(page))[0] ?? { value: null };
	expect(JSON.parse(value ?? '')).toEqual({ path: expect.stringMatching(/^handed:/), name: 'march.csv', bytes: 13 });
	const windows = await application.evaluate(
		({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => [window.isMinimized(), window.isFocused()]),
		null,
	);
	expect(windows).toEqual([[false, true]]);
});

test('the menu asks the window in front, and speaks the language of the screens', async ({ application }) => {
	const { page } = application;
	await expect(page.getByText('Asha Traders').first()).toBeVisible();
	const label = (id: string): Promise<string | undefined> =>
		application.evaluate(({ Menu }, which) => Menu.getApplicationMenu()?.getMenuItemById(which)?.label, id);
	expect(await label('go-journal')).toBe('Journal');
	await page.getByText('मराठी').click();
	await expect.poll(() => label('go-journal')).toBe('रोजकीर्द');
	await openWire(page);
	for (const id of ['go-journal', 'print', 'palette', 'keyboardHelp'])
		await application.evaluate(({ Menu }, which) => Menu.getApplicationMenu()?.getMenuItemById(which)?.click(), id);
	await application.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'), null);
	await expect
		.poll(() => askedOf(page))
		.toEqual([
			{ what: 'go', value: 'journal' },
			{ what: 'print', value: null },
			{ what: 'palette', value: null },
			{ what: 'keyboardHelp', value: null },
			{ what: 'resume', value: null },
		]);
});

test('a second window has the same books and hears of what the first posts', async ({ application }) => {
	const { desktop } = application;
	await expect(application.page.getByText('Asha Traders').first()).toBeVisible();
	const opened = desktop.context.waitForEvent('page');
	await application.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('newWindow')?.click(), null);
	const second = await opened;
	application.watch(second);
	await expect(second.getByText('Asha Traders').first()).toBeVisible();
	const companyId = await companyOf(application);
	await openWire(second);
	await keepPosting(application.page, companyId);
	await expect
		.poll(async () => (await callWire<{ entries: unknown[] }>(second, 'books.ledger.listEntries', { input: { companyId } })).entries.length)
		.toBeGreaterThan(0);
	const places = await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.getNormalBounds().x), null);
	expect(new Set(places).size).toBe(2);
});

test('the page can go nowhere else, and only addresses of the program open in the system’s browser', async ({ application }) => {
	const { page } = application;
	await expect(page.getByText('Asha Traders').first()).toBeVisible();
	await application.evaluate(({ shell }) => {
		const opened: string[] = [];
		Object.assign(globalThis, { opened });
		shell.openExternal = async (url) => void opened.push(url);
	}, null);
	const start = page.url();
	await page.evaluate(() => {
		window.open('https://example.com/');
		window.open('https://www.apache.org/licenses/LICENSE-2.0');
		location.href = 'https://example.com/elsewhere';
	});
	await expect
		.poll(() => application.evaluate(() => (globalThis as unknown as { opened: string[] }).opened, null))
		.toEqual(['https://www.apache.org/licenses/LICENSE-2.0']);
	await expect.poll(() => readFileSync(path.join(application.dataFolder, 'logs/ledgerseal.log'), 'utf8')).toContain('https://example.com/elsewhere');
	expect(page.url()).toBe(start);
	expect(application.desktop.context.pages()).toHaveLength(1);
	await openWire(page);
	await expect(callWire(page, 'desk.openLink', { url: 'https://example.com/' })).rejects.toThrow(/address/);
});

test('progress, notifications and saving are those of the system', async ({ application }) => {
	const { page } = application;
	await openWire(page);
	const target = path.join(application.folder, 'saved.xlsx');
	await application.evaluate(({ BrowserWindow, dialog, Notification }, filePath) => {
		const said: unknown[] = [];
		Object.assign(globalThis, { said });
		BrowserWindow.prototype.setProgressBar = (fraction: number) => void said.push(fraction);
		Notification.prototype.show = function show(this: { title: string }) {
			said.push(this.title);
		};
		dialog.showSaveDialog = async () => ({ canceled: false, filePath });
	}, target);
	const said = (): Promise<unknown> => application.evaluate(() => (globalThis as unknown as { said: unknown[] }).said, null);
	await callWire(page, 'desk.showProgress', { fraction: 0.5 });
	await callWire(page, 'desk.showProgress', { fraction: null });
	await callWire(page, 'desk.notify', { title: 'In front: not said', text: '' });
	await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.blur(), null);
	await callWire(page, 'desk.notify', { title: 'The package is ready', text: 'June 2026' });
	expect(await said()).toEqual([0.5, -1, 'The package is ready']);

	const { companies } = await callWire<{ companies: { companyId: string }[] }>(page, 'books.companies.list', {});
	const { path: place } = await callWire<{ path: string }>(page, 'desk.makePlace', { fileName: 'trial-balance.xlsx' });
	const input = { companyId: companies[0]?.companyId, report: 'trialBalance', format: 'xlsx', file: place, asOf: '2026-06-30' };
	await page.evaluate(async (given) => {
		for await (const _step of (await (await window.journeyWire).call('books.reports.write', { input: given })) as AsyncIterable<unknown>);
	}, input);
	expect(await callWire(page, 'desk.deliver', { path: place })).toEqual({ outcome: 'SAVED', url: null, fileName: 'saved.xlsx' });
	expect(readFileSync(target).subarray(0, 2).toString()).toBe('PK');
});

test('quitting while the page posts finishes what is being written', async ({ application }) => {
	const companyId = await companyOf(application);
	await keepPosting(application.page, companyId);
	await expect.poll(async () => (await answeredBy(application.page)).length, { timeout: 20_000 }).toBeGreaterThan(20);
	const answered = await answeredBy(application.page);
	expect(await application.quit()).toBe(0);
	expect(marks(application)).toEqual([]);
	const kept = await entriesIn(application);
	expect(kept).toEqual(upTo(kept.length));
	expect(kept.length).toBeGreaterThanOrEqual(answered.length);
});

test('a program killed while it posts has every answered entry when it is opened again', async ({ application }) => {
	const companyId = await companyOf(application);
	await keepPosting(application.page, companyId);
	await expect.poll(async () => (await answeredBy(application.page)).length, { timeout: 20_000 }).toBeGreaterThan(20);
	const answered = await answeredBy(application.page);
	await application.kill();
	expect(marks(application)).toHaveLength(1);
	await application.start();
	await openWire(application.page);
	const { entries } = await callWire<{ entries: { no: number }[] }>(application.page, 'books.ledger.listEntries', { input: { companyId, limit: 1000 } });
	const kept = entries.map(({ no }) => no).sort((first, second) => first - second);
	expect(kept).toEqual(upTo(kept.length));
	expect(kept.slice(0, answered.length)).toEqual(answered);
});

test('the window is opened again where it was left', async ({ application }) => {
	await expect(application.page.getByText('Asha Traders').first()).toBeVisible();
	await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setBounds({ x: 120, y: 60, width: 1100, height: 700 }), null);
	expect(await application.quit()).toBe(0);
	await application.start();
	const bounds = await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds(), null);
	expect(bounds).toEqual({ x: 120, y: 60, width: 1100, height: 700 });
});
