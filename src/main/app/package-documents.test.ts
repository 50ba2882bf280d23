import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type exceljs from 'exceljs';
import { describe, expect, test } from 'vitest';
import { present } from '#shared/kernel/assert.ts';
import { groupDigits } from '#shared/kernel/grouping.ts';
import { formatMinor, parseAmountBig } from '#shared/kernel/money.ts';
import { type CloseSeal, sealFingerprint } from '#shared/seal/index.ts';
import { parseCsv } from '#shared/seal/csv.ts';
import { closePeriod, line, makeCompany, openFolder, type OpenFolder, postQuarter } from '#test/closed-books.ts';
import { HAS_OFFICE, pagesOf, recomputedSheets, workbookOf } from '#test/document-tools.ts';
import { filesOf, isInstalled, unpack } from '#test/package-files.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { sharedByTests } from '#test/when-finished.ts';
import { verifyPackageFile } from './verify-package.ts';

interface Documents {
	/** Text of each page, blanks made one. */
	readonly pages: readonly string[];
	readonly text: string;
	readonly workbook: exceljs.Workbook;
	readonly files: ReadonlyMap<string, Buffer>;
	/** Where the two lie, unpacked. */
	readonly pdf: string;
	readonly xlsx: string;
}

const flat = (text: string): string => text.replace(/\s+/g, ' ');

/** The documents of a package, as other programs read them. */
async function documentsOf(file: string): Promise<Documents> {
	const named = [...(await filesOf(file))].map(([name, bytes]) => [name.slice(name.indexOf('/') + 1), bytes] as const);
	const files = new Map(named);
	const folder = temporaryFolder();
	const [pdf, xlsx] = [join(folder, 'summary.pdf'), join(folder, 'workbook.xlsx')];
	for (const path of [pdf, xlsx]) writeFileSync(path, present(files.get(`data/${path.slice(folder.length + 1)}`), path));
	const pages = pagesOf(pdf).map(flat);
	return { pages, text: pages.join(' '), workbook: await workbookOf(xlsx), files, pdf, xlsx };
}

/** Records of a CSV file of the package by column. */
function recordsOf({ files }: Documents, name: string): Record<string, string>[] {
	const [header = [], ...records] = parseCsv(present(files.get(`data/csv/${name}.csv`), name).toString('utf8')) ?? [];
	return records.map((cells) => Object.fromEntries(header.map((column, index) => [column, cells[index] ?? ''])));
}

function sealOf(files: Documents['files']): { seal: CloseSeal; sealSha256: string } {
	const bytes = present(files.get('data/seal/seal.json'), 'the seal');
	return { seal: JSON.parse(bytes.toString('utf8')) as CloseSeal, sealSha256: hash('sha256', bytes) };
}

async function packed({ client }: OpenFolder, companyId: string, period: string): Promise<string> {
	return present((await client.packages.build({ companyId, period })).file, 'the file of a package');
}

const PARTY = 'श्री गणेश किराणा स्टोअर्स';

/** January and February in rupees: lakhs, dollars, a customer and a supplier written in Devanagari, reconciled and closed. */
async function closedBooks(): Promise<{ books: OpenFolder; companyId: string }> {
	const books = await openFolder();
	const companyId = await makeCompany(books);
	const { client } = books;
	await client.companies.set({ companyId, key: 'number_format', value: 'indian' });
	await client.companies.set({ companyId, key: 'date_format', value: 'DD/MM/YYYY' });
	await postQuarter(books, companyId);
	await client.ledger.addParty({ companyId, name: PARTY });
	const sale = [line('1200', '1234567.80', { party: PARTY, dueDate: '2026-01-10', reference: 'INV-9' }), line('4000', '-1234567.80')];
	const bill = [line('5000', '450000.00'), line('2000', '-450000.00', { party: PARTY, reference: 'B-1' })];
	await client.ledger.post({
		companyId,
		entries: [
			{ date: '2026-01-08', description: 'विक्री पावती', lines: sale },
			{ date: '2026-02-09', description: 'Rent of the warehouse', lines: bill },
		],
	});
	for (const period of ['2026-01', '2026-02']) await closePeriod(books, companyId, period);
	return { books, companyId };
}

/** The packages of both months. What they hold is only looked at. */
const twoMonths = sharedByTests(async () => {
	const { books, companyId } = await closedBooks();
	const [january, february] = [await packed(books, companyId, '2026-01'), await packed(books, companyId, '2026-02')];
	return { books, companyId, january: { file: january, ...(await documentsOf(january)) }, february: await documentsOf(february) };
});

describe('summary and workbook of a package', () => {
	test('show every figure of the trial balance, and the totals, as the CSV files have them', () => {
		const documents = twoMonths().february;
		const { pages, workbook } = documents;
		const pageOf = (title: string): string =>
			present(
				pages.find((page) => page.includes(`2026-02, close 1: ${title} `)),
				title,
			);
		const shown = (amount: string): string => groupDigits(amount, 'indian');
		for (const [basis, title] of [
			['adjusted', 'Trial balance at'],
			['ledger', 'Trial balance, ledger basis at'],
		] as const) {
			const rows = recordsOf(documents, 'trial_balance').filter((row) => row.basis === basis);
			expect(rows.length).toBeGreaterThan(5);
			for (const row of rows) {
				expect(pageOf(title)).toContain(`${row.code} ${row.name} `);
				for (const figure of [row.debit, row.credit, row.base_debit, row.base_credit])
					if (figure !== '') expect(pageOf(title)).toContain(` ${shown(figure ?? '')} `);
			}
			const total = shown(sum(rows.map(({ base_debit }) => base_debit ?? '')));
			expect(pageOf(title)).toContain(` Total ${total} ${total} `);
		}
		const income = Object.fromEntries(recordsOf(documents, 'income_statement').map((row) => [row.line, row]));
		for (const [words, row] of [
			['Total income', 'INCOME'],
			['Total expenses', 'EXPENSE'],
			['Net profit', 'NET_PROFIT'],
		] as const) {
			const figures = ['amount', 'year_to_date', 'previous_month'].map((column) => inParentheses(shown(income[row]?.[column] ?? '')));
			expect(pageOf('Income statement')).toContain(`${words} ${figures.join(' ')} `);
		}
		const sheet = Object.fromEntries(recordsOf(documents, 'balance_sheet').map((row) => [row.line, row.amount ?? '']));
		expect(pageOf('Balance sheet')).toContain(`Total assets ${shown(sheet.ASSETS ?? '')} `);
		expect(pageOf('Balance sheet')).toContain(`Liabilities and equity ${shown(sheet.ASSETS ?? '')} `);
		expect(pageOf('Month by month')).toContain(`Together ${shown(income.INCOME?.year_to_date ?? '')} ${shown(income.EXPENSE?.year_to_date ?? '')} `);
		expect(pageOf('Outstanding by party')).toContain(`${PARTY} 12,34,567.80 12,34,567.80 `);
		expect(pageOf('Outstanding by party')).toContain('Total payables 0.00 4,50,000.00 0.00 0.00 0.00 4,50,000.00');
		expect(pageOf('Reconciliation statements')).toMatch(/1100 Bank, INR .* Balance per books/);
		expect(pageOf('Validation report')).toContain('Seen, an invented company.');
		expect(pageOf('Sign-offs')).toMatch(/Verified the balance of 1100 Bank .* Closed 2026-02 .* The month is done\./);
		expect(workbook.worksheets.map(({ name }) => name)).toEqual([
			'Close',
			'Trial balance',
			'Trial balance, ledger basis',
			'Income statement',
			'Month by month',
			'Balance sheet',
			'Reconciliation statements',
			'Outstanding by party and age',
			'Validation report',
			'Sign-offs',
			'General ledger',
			'Journal',
			'Accounts',
			'Parties',
			'Receivables',
			'Payables',
			'Reconciliations',
			'Statement lines',
			'Audit trail',
		]);
	});

	test('begin with a cover by which the seal is known, printed by and at who closed and when', async () => {
		const { file, pages, files, pdf } = twoMonths().january;
		const { signer } = await verifyPackageFile(file);
		const { seal, sealSha256 } = sealOf(files);
		const fingerprint = sealFingerprint(sealSha256);
		expect(files.get('data/README.txt')?.toString()).toContain(fingerprint);
		for (const words of ['Example Traders', 'Period 2026-01, 01/01/2026 to 31/01/2026', 'number 1 of this period', 'The month is done.', fingerprint])
			expect(pages[0]).toContain(words);
		for (const fact of [seal.closeHash, seal.contentRoot, sealSha256, signer?.fingerprint]) expect(pages[0]).toContain(` ${fact} `);
		const [year, month, day] = seal.closedAt.slice(0, 10).split('-');
		for (const [index, page] of pages.entries()) {
			expect(page).toContain(`Printed by owner at ${day}/${month}/${year} ${seal.closedAt.slice(11, 16)} UTC Page ${index + 1} of ${pages.length}`);
			expect(page).toContain(`SEALED by 2026-01, close 1: fingerprint ${fingerprint}`);
		}
		const outlines = execFileSync('qpdf', ['--json', '--json-key=outlines', pdf], { encoding: 'utf8' });
		expect((JSON.parse(outlines) as { outlines: { title: string }[] }).outlines.map(({ title }) => title)).toEqual([
			'Close package',
			'Trial balance',
			'Trial balance, ledger basis',
			'Income statement',
			'Month by month',
			'Balance sheet',
			'Reconciliation statements',
			'Outstanding by party and age',
			'Validation report',
			'Sign-offs',
		]);
	});

	test.runIf(HAS_OFFICE)('give the sealed totals where a spreadsheet computes them anew', () => {
		const documents = twoMonths().february;
		const sealed = Number(sealOf(documents.files).seal.closeHashFields.totalDebitsMinor) / 100;
		const sheets = recomputedSheets(documents.xlsx);
		const totalsOf = (name: string): number[] => {
			const row = present(
				present(sheets.get(name), name).findLast((cells) => cells.some((cell) => /^(Total|Total .*|Together|Net profit|Liabilities and equity)$/.test(cell))),
				`the totals of ${name}`,
			);
			return row.map(Number).filter((figure) => !Number.isNaN(figure) && figure !== 0);
		};
		const records = (name: string, where: (row: Record<string, string>) => boolean, column: string) =>
			Number(sum(recordsOf(documents, name).flatMap((row) => (where(row) ? [row[column] ?? ''] : []))));
		const balance = records('trial_balance', ({ basis }) => basis === 'adjusted', 'base_debit');
		expect(totalsOf('Trial balance')).toEqual([balance, balance]);
		expect(totalsOf('Journal')).toEqual([sealed, sealed]);
		expect(totalsOf('General ledger')).toEqual([sealed, sealed]);
		expect(totalsOf('Income statement')[0]).toBe(records('income_statement', (row) => row.line === 'NET_PROFIT', 'amount'));
		expect(totalsOf('Balance sheet')).toEqual([records('balance_sheet', (row) => row.line === 'ASSETS', 'amount')]);
		expect(totalsOf('Month by month')[2]).toBe(records('income_statement', (row) => row.line === 'NET_PROFIT', 'year_to_date'));
		expect(totalsOf('Receivables')).toEqual([records('outstanding', ({ side }) => side === 'receivable', 'base_open')]);
		expect(totalsOf('Payables')).toEqual([records('outstanding', ({ side }) => side === 'payable', 'base_open')]);
	});

	test('can be filtered, keep their titles in sight, and hold numbers as numbers', () => {
		const { workbook, files } = twoMonths().january;
		for (const sheet of workbook.worksheets) {
			expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 6 });
			const grouped = ['Income statement', 'Balance sheet', 'Reconciliation statements', 'Outstanding by party and age'];
			expect(sheet.autoFilter !== undefined && sheet.autoFilter !== null, sheet.name).toBe(!grouped.includes(sheet.name));
		}
		const journal = present(workbook.getWorksheet('Journal'), 'the journal');
		const lines = present(files.get('data/csv/journal.csv'), 'the journal').toString().trimEnd().split('\n').length - 1;
		expect(journal.rowCount).toBe(6 + lines + 1);
		expect(journal.getCell('A7').type).toBe(2);
		expect(journal.getCell('B7').value).toBeInstanceOf(Date);
	});
});

/** The sum of plain decimal texts of two decimals. */
function sum(amounts: readonly string[]): string {
	return formatMinor(
		amounts.reduce((total, amount) => total + parseAmountBig(amount === '' ? '0' : amount, 'INR'), 0n),
		2,
	);
}

const inParentheses = (amount: string): string => (amount.startsWith('-') ? `(${amount.slice(1)})` : amount);

describe('a package as it was', () => {
	test('comes out the same after it was deleted and everything was renamed, paid, and given evidence', async () => {
		const { books, companyId } = twoMonths();
		const { client, folder } = books;
		const first = await client.packages.build({ companyId, period: '2026-01' });
		rmSync(present(first.file, 'the file of a package'));
		await client.ledger.setAccount({ companyId, account: '5000', name: 'Renamed later' });
		await client.ledger.setParty({ companyId, party: PARTY, name: 'Renamed Stores' });
		await client.companies.set({ companyId, key: 'number_format', value: 'western' });
		await client.companies.set({ companyId, key: 'date_format', value: 'MM/DD/YYYY' });
		const paid = [line('1100', '1234567.80'), line('1200', '-1234567.80', { party: 'Renamed Stores', reference: 'INV-9' })];
		await client.ledger.post({ companyId, entries: [{ date: '2026-03-03', description: 'Paid', lines: paid }] });
		const path = join(folder, '..', 'later.pdf');
		writeFileSync(path, 'Found later');
		await client.ledger.attach({ companyId, no: 2, path });
		const again = await client.packages.regenerate({ companyId, period: '2026-01' });
		expect([again.contentSha256, again.sha256]).toEqual([first.contentSha256, first.sha256]);
	});
});

describe('hostile names in documents', () => {
	test('stay texts, leave nothing out and lead nowhere', async () => {
		const books = await openFolder();
		const name = '=cmd()/../x';
		const companyId = await makeCompany(books, name);
		const { client } = books;
		const long = 'n'.repeat(300);
		const hostile = ['../x', 'CON', long, '\u202Egnp.exe\u200F', '=cmd()', '@SUM(A1)', PARTY];
		for (const [index, text] of hostile.entries()) {
			await client.ledger.addAccount({ companyId, code: `55${index}0`, name: text, type: 'EXPENSE' });
			await client.ledger.addParty({ companyId, name: text });
			const lines = [line(`55${index}0`, '1.00', { memo: text }), line('2000', '-1.00', { party: text, reference: `R${index}` })];
			await client.ledger.post({ companyId, entries: [{ date: '2026-01-05', description: text, lines }] });
		}
		await closePeriod(books, companyId, '2026-01');
		const file = await packed(books, companyId, '2026-01');
		expect(await verifyPackageFile(file)).toMatchObject({ result: 'VERIFIED', findings: [] });
		const { text, pages, workbook, files } = await documentsOf(file);
		for (const entry of files.keys()) expect(entry).toMatch(/^[A-Za-z0-9._/-]+$/);
		for (const words of ['../x', 'CON', 'gnp.exe', '=cmd()', '@SUM(A1)', PARTY, name]) expect(text).toContain(` ${words} `);
		expect(pages.join('').replace(/\s/g, '')).toContain(long.slice(0, 40));
		expect(text).not.toMatch(/[\u202A-\u202E\u200E\u200F]/);
		const formulas: string[] = [];
		const texts = new Set<string>();
		workbook.eachSheet((sheet) =>
			sheet.eachRow((row) =>
				row.eachCell((cell) => {
					if (cell.formula) formulas.push(cell.formula);
					else texts.add(cell.text);
				}),
			),
		);
		for (const formula of formulas) expect(formula).toMatch(/^[-+A-Z0-9():]+$/);
		for (const words of hostile) expect(texts).toContain(words);
		if (isInstalled('hledger')) execFileSync('hledger', ['-f', join(unpack(file), 'data/books/journal.hledger'), 'check']);
	});

	test('of two companies with the same codes and names: nothing of the one stands in the other', async () => {
		const books = await openFolder();
		const marks = ['Violet-marker-one', 'Orange-marker-two'] as const;
		const companies: string[] = [];
		for (const mark of marks) {
			const companyId = await makeCompany(books, `Twin of ${mark}`);
			await books.client.ledger.addParty({ companyId, name: 'Twin Party' });
			await books.client.ledger.post({
				companyId,
				entries: [
					{
						date: '2026-01-15',
						description: mark,
						lines: [line('5000', '10.00', { memo: mark }), line('2000', '-10.00', { party: 'Twin Party', reference: mark })],
					},
				],
			});
			companies.push(companyId);
		}
		for (const [index, companyId] of companies.entries()) {
			await closePeriod(books, companyId, '2026-01');
			const { text, workbook } = await documentsOf(await packed(books, companyId, '2026-01'));
			const words: string[] = [text];
			workbook.eachSheet((sheet) => sheet.eachRow((row) => row.eachCell((cell) => words.push(cell.text))));
			const all = words.join('\n');
			expect(all).toContain(marks[index]);
			expect(all).toContain(companyId);
			for (const other of [marks[1 - index], companies[1 - index]]) expect(all).not.toContain(other);
		}
	});
});
