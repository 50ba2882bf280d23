import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from './support/application.ts';
import { callWire, openWire } from './support/wire.ts';

test('the page has a port to the books and one bridge, and nothing of Node', async ({ application }) => {
	const { page } = application;
	await expect(page.getByRole('heading', { name: 'Welcome to Ledgerseal' })).toBeVisible();
	await openWire(page);
	expect(await callWire(page, 'desk.show')).toMatchObject({ host: 'desktop', state: 'FIRST_RUN', user: null });
	const found = await page.evaluate(() => ({
		bridge: Object.keys(window.ledgerseal ?? {}).sort(),
		node: ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window),
		title: document.title,
	}));
	expect(found).toEqual({ bridge: ['handOver', 'host', 'speak'], node: [], title: 'Ledgerseal' });
});

test('a file that is dropped in the page is handed over under a name that says nothing of where it lies', async ({ application }) => {
	const { page } = application;
	await expect(page.getByRole('heading', { name: 'Welcome to Ledgerseal' })).toBeVisible();
	const handed = await page.evaluate(() => window.ledgerseal?.handOver(new File(['date,account\n'], 'June 2026.csv')));
	expect(handed).toEqual({ path: expect.stringMatching(/^handed:[0-9a-f-]{36}$/), name: 'June 2026.csv', bytes: 13 });
	const strange = await page.evaluate(() => window.ledgerseal?.handOver({ name: 7 }).catch((error: unknown) => String(error)));
	expect(JSON.stringify(strange)).not.toContain('handed:');
});

test('books that are no books are told of with what to do, and nothing is written to them', async ({ application }) => {
	await application.quit();
	mkdirSync(application.dataFolder, { recursive: true });
	const database = path.join(application.dataFolder, 'ledgerseal.db');
	writeFileSync(database, 'This is a letter.'.repeat(1000));
	expect(await application.startInVain()).toBe(1);
	expect(readFileSync(database, 'utf8')).toBe('This is a letter.'.repeat(1000));
	expect(readFileSync(path.join(application.dataFolder, 'logs/ledgerseal.log'), 'utf8')).toContain('no database');
});
