import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { packed, unpacked, unpackTo, withOneBitChanged } from './support/archives.ts';
import { faintTexts } from './support/contrast.ts';
import { type ClosedBooks, closedBooks } from './support/program.ts';
import { VerifyPage } from './support/verify-page.ts';

let books: ClosedBooks;
let others: ClosedBooks;
let files: ReadonlyMap<string, Buffer>;
let screen: VerifyPage;

test.beforeAll(async () => {
	test.setTimeout(180_000);
	books = await closedBooks();
	others = await closedBooks();
	files = await unpacked(books.package);
});
test.afterAll(() => {
	books.remove();
	others.remove();
});
test.beforeEach(async ({ page }) => {
	screen = new VerifyPage(page);
	await screen.open();
});
test.afterEach(() => {
	// Nothing ever leaves: the one request is for the page itself.
	expect(screen.requests).toEqual([expect.stringMatching(/^file:.*\/verify\.html$/)]);
	expect(screen.problems).toEqual([]);
});

test('a package of the program is verified, and it is said what that means', async ({ page }) => {
	await screen.chooseFile(books.package);
	await expect(screen.verdict).toHaveText('VERIFIED');
	await expect(screen.verdict).toBeFocused();
	await expect(screen.result).toContainText('compare the fingerprint with one that you got another way');
	await expect(screen.result).toContainText(books.fingerprint);
	await expect(screen.result).toContainText('Signatures computed bythe browser');
	await expect(screen.result).toContainText('What was not checked');
	await expect(screen.result).toContainText('verify.html lies beside the signed files');
	await expect(page.getByRole('status')).toContainText('VERIFIED');
	await expect(page.getByRole('complementary')).toContainText('proves nothing against a forger');
});

const KINDS = [
	'data/seal/entries.jsonl',
	'data/seal/seal.json',
	'data/seal/seal.sig',
	'data/seal/public-key.pem',
	'data/csv/trial_balance.csv',
	'data/csv/journal.csv',
	'data/summary.pdf',
	'data/workbook.xlsx',
	'data/books/journal.hledger',
	'data/sealed-tables/balances.jsonl',
	'data/README.txt',
	'manifest-sha256.txt',
	'package-seal.json',
	'package-seal.sig',
	'bag-info.txt',
	'verify.html',
];
for (const name of KINDS) {
	test(`one bit changed in ${name} is found, and the file is named`, async () => {
		await screen.chooseFile({ name: 'changed.zip', buffer: await withOneBitChanged(files, name) });
		await expect(screen.verdict).toHaveText('ALTERED');
		await expect(screen.result.locator('.place', { hasText: `File ${name}` }).first()).toBeVisible();
	});
}

test('a changed entry is named by its number', async () => {
	const entries = [...files.keys()].find((file) => file.endsWith('data/seal/entries.jsonl')) ?? '';
	const lines = (files.get(entries)?.toString('utf8') ?? '').split('\n');
	const no = (JSON.parse(lines[20] ?? '') as { no: number }).no;
	lines[20] = (lines[20] ?? '').replace('"description":"', '"description":"Not ');
	await screen.chooseFile({ name: 'changed.zip', buffer: await packed(new Map(files).set(entries, Buffer.from(lines.join('\n')))) });
	await expect(screen.verdict).toHaveText('ALTERED');
	await expect(screen.result.locator('.place', { hasText: `Entry ${no},` }).first()).toBeVisible();
	await expect(screen.result).toContainText('Entries were changed');
});

test('a package that somebody else sealed is told by the expected fingerprint, and by an earlier package', async ({ page }) => {
	await screen.chooseFile(others.package);
	await expect(screen.verdict).toHaveText('VERIFIED');
	await screen.expectKey(books.fingerprint);
	await page.getByRole('button', { name: 'Verify again' }).click();
	await expect(screen.verdict).toHaveText('ALTERED');
	await expect(screen.result).toContainText('Another key signed than was expected');
	await expect(screen.result).toContainText('This is not the key that was expected.');

	await screen.expectKey('');
	await page.locator('#previous').setInputFiles(books.package);
	await page.getByRole('button', { name: 'Verify again' }).click();
	await expect(screen.verdict).toHaveText('ALTERED');
	await expect(screen.result).toContainText('did not name this one as its successor');
});

test('the expected fingerprint, in any writing, makes the signer known', async ({ page }) => {
	await screen.expectKey(` ${books.fingerprint.toLowerCase().replaceAll('-', ' ')} `);
	await screen.chooseFile(books.package);
	await expect(screen.verdict).toHaveText('VERIFIED');
	await expect(screen.result).toContainText('Unchanged since the key that you named sealed it.');
	await screen.expectKey('nobody');
	await page.getByRole('button', { name: 'Verify again' }).click();
	await expect(screen.verdict).toHaveText('Not looked at');
	await expect(screen.result).toContainText('Give a fingerprint such as AB12-CD34');
});

test('a proof of one entry is verified, and shows that entry alone', async () => {
	await screen.chooseFile(books.proof);
	await expect(screen.verdict).toHaveText('VERIFIED');
	await expect(screen.result).toContainText(books.fingerprint);
	await expect(screen.result.getByRole('table', { name: 'Entry' }).locator('tbody tr')).not.toHaveCount(0);
	await expect(screen.result).toContainText('7 of 2026-01-');
});

test('an unpacked folder is verified as its archive is, whatever the operating system left in it', async ({ page }) => {
	const folder = path.join(books.folder, 'unpacked');
	unpackTo(folder, files);
	const [top = ''] = [...files.keys()].map((name) => name.slice(0, name.indexOf('/')));
	writeFileSync(path.join(folder, top, 'data', '.DS_Store'), 'left behind');
	await screen.chooseFolder(path.join(folder, top));
	await expect(screen.verdict).toHaveText('VERIFIED');
	await expect(screen.result).toContainText('left out: data/.DS_Store');
	writeFileSync(path.join(folder, top, 'data', 'more.txt'), 'added');
	await screen.chooseFolder(path.join(folder, top));
	await expect(screen.result).toContainText('data/more.txt is not listed in the manifest.');
	mkdirSync(path.join(folder, 'empty'));
	writeFileSync(path.join(folder, 'empty', 'a.txt'), 'a');
	await screen.chooseFolder(path.join(folder, 'empty'));
	await expect(screen.result).toContainText('There is no close package in this folder');
	await expect(page.getByRole('status')).toContainText('Not looked at');
});

test.describe('in a browser without cryptography', () => {
	test.beforeEach(async ({ page }) => {
		await page.addInitScript(() => Object.defineProperty(crypto, 'subtle', { value: undefined }));
		screen.requests.length = 0;
		await screen.open();
	});

	test('the page computes everything itself, with the same answers', async () => {
		await screen.chooseFile(books.package);
		await expect(screen.verdict).toHaveText('VERIFIED');
		await expect(screen.result).toContainText('Signatures computed bythis page');
		await screen.chooseFile({ name: 'changed.zip', buffer: await withOneBitChanged(files, 'data/seal/seal.sig') });
		await expect(screen.verdict).toHaveText('ALTERED');
		await expect(screen.result).toContainText('The signature of the seal is not good');
		await screen.chooseFile(books.proof);
		await expect(screen.verdict).toHaveText('VERIFIED');
	});
});

test.describe('in a browser of 2022', () => {
	test.beforeEach(async ({ page }) => {
		await page.addInitScript(() => {
			Reflect.deleteProperty(globalThis, 'DecompressionStream');
			Reflect.deleteProperty(String.prototype, 'isWellFormed');
			for (const name of ['toSorted', 'toReversed', 'toSpliced', 'with', 'findLast']) {
				Reflect.deleteProperty(Array.prototype, name);
				Reflect.deleteProperty(Object.getPrototypeOf(Uint8Array.prototype) as object, name);
			}
			Object.defineProperty(crypto, 'subtle', { value: undefined });
		});
		screen.requests.length = 0;
		await screen.open();
	});

	test('it is said what to do with an archive, and the unpacked folder is verified', async () => {
		await screen.chooseFile(books.package);
		await expect(screen.verdict).toHaveText('Not looked at');
		await expect(screen.result).toContainText('Unpack the ZIP with your archive program and choose the unpacked folder here');
		const folder = path.join(books.folder, 'by-hand');
		unpackTo(folder, files);
		await screen.chooseFolder(folder);
		await expect(screen.verdict).toHaveText('VERIFIED');
	});
});

test('what is no package is refused with what to do', async () => {
	await screen.chooseFile({ name: 'letter.txt', buffer: Buffer.from('Dear reader') });
	await expect(screen.verdict).toHaveText('Not looked at');
	await expect(screen.result).toContainText('This is no close package and no proof of an entry.');
	await screen.chooseFile({ name: 'half.zip', buffer: (await packed(files)).subarray(0, 50_000) });
	await expect(screen.verdict).toHaveText('Not looked at');
	await expect(screen.result).toContainText('The archive is cut off or damaged.');
	await screen.chooseFile({ name: 'proof.json', buffer: Buffer.from('{"format":"something else"}') });
	await expect(screen.verdict).toHaveText('ALTERED');
	await expect(screen.result).toContainText('The file is no proof of an entry');
});

test('a package that is dropped on the page is verified, wherever it falls', async ({ page }) => {
	const content = (await packed(files)).toString('base64');
	const transfer = await page.evaluateHandle((base64) => {
		const made = new DataTransfer();
		made.items.add(new File([Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))], 'dropped.zip'));
		return made;
	}, content);
	await page.dispatchEvent('#drop', 'dragover', { dataTransfer: transfer });
	await expect(page.locator('#drop')).toHaveClass(/over/);
	await page.dispatchEvent('h1', 'drop', { dataTransfer: transfer });
	await expect(screen.verdict).toHaveText('VERIFIED', { timeout: 30_000 });
	await expect(screen.result).toContainText('dropped.zip');
	await expect(page.locator('#drop')).not.toHaveClass(/over/);
});

test('a large package streams with progress and can be cancelled by keyboard', async ({ page }) => {
	const readme = [...files.keys()].find((file) => file.endsWith('data/README.txt')) ?? '';
	const large = await packed(new Map(files).set(readme, Buffer.alloc(160 * 1024 * 1024, 'All work and no play. ')), { compress: false });
	const archive = path.join(books.folder, 'large.zip');
	writeFileSync(archive, large);
	await page.locator('#file').setInputFiles(archive);
	await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused();
	await expect(page.getByRole('progressbar', { name: 'Verifying large.zip' })).toBeVisible();
	await page.keyboard.press('Enter');
	await expect(page.locator('#progress')).toBeHidden();
	await expect(page.getByRole('status')).toHaveText('Cancelled. Nothing was decided about large.zip.');
	await expect(page.getByText('Cancelled. Nothing was decided about large.zip.').first()).toBeVisible();
	await expect(page.getByRole('button', { name: 'Verify again' })).toBeFocused();
});

test('the page speaks Marathi to those who do, and the other language at a press', async ({ page }) => {
	await page.getByRole('button', { name: 'मराठी' }).click();
	await expect(page.locator('html')).toHaveAttribute('lang', 'mr');
	await expect(page).toHaveTitle('क्लोज पॅकेज तपासा');
	await screen.chooseFile(books.package);
	await expect(screen.verdict).toHaveText('पडताळले (VERIFIED)');
	await page.getByRole('button', { name: 'English' }).click();
	await expect(screen.verdict).toHaveText('VERIFIED');
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test.describe('for a person who reads Marathi', () => {
	test.use({ locale: 'mr-IN' });
	test('the page begins in Marathi', async ({ page }) => {
		await expect(page.locator('html')).toHaveAttribute('lang', 'mr');
		await expect(page.getByRole('button', { name: 'फाइल निवडा' })).toBeVisible();
	});
});

test('everything is reached by keyboard and has a name', async ({ page }) => {
	await page.locator('#known summary').click();
	await page.locator('h1').click();
	const reached: string[] = [];
	for (let press = 0; press < 12; press++) {
		await page.keyboard.press('Tab');
		reached.push(await page.evaluate(() => document.activeElement?.id || (document.activeElement?.textContent ?? '')));
	}
	for (const id of ['choose-file', 'choose-folder', 'expected-key', 'choose-previous']) expect(reached).toContain(id);
	await screen.chooseFile(books.proof);
	const unnamed = await page.evaluate(() => {
		const controls = [...document.querySelectorAll<HTMLElement>('button, textarea, summary, progress, [role=region], [tabindex="0"]')];
		const isNamed = (control: HTMLElement): boolean =>
			(control.textContent ?? '').trim() !== '' ||
			control.hasAttribute('aria-label') ||
			control.hasAttribute('aria-labelledby') ||
			((control as HTMLTextAreaElement).labels?.length ?? 0) > 0;
		return controls.filter((control) => !isNamed(control)).map((control) => control.outerHTML);
	});
	expect(unnamed).toEqual([]);
	const levels = await page.evaluate(() => [...document.querySelectorAll('h1, h2, h3')].map((heading) => Number(heading.tagName[1])));
	for (const [index, level] of levels.entries()) expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1);
});

for (const colorScheme of ['light', 'dark'] as const) {
	test.describe(`in ${colorScheme} colours`, () => {
		test.use({ colorScheme });
		test('every text stands out from its ground by 4.5 to 1', async ({ page }) => {
			await screen.chooseFile({ name: 'changed.zip', buffer: await withOneBitChanged(files, 'data/seal/entries.jsonl') });
			await page.locator('#known summary').click();
			expect(await page.evaluate(faintTexts)).toEqual([]);
			await screen.expectKey('');
			await screen.chooseFile(books.package);
			expect(await page.evaluate(faintTexts)).toEqual([]);
		});
	});
}
