import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contentPath } from '#main/platform/files.ts';
import { verifyPackageFile } from './verify-package.ts';
import { closePeriod, line, makeCompany, openFolder, type OpenFolder, postQuarter, reconcilePeriod, statementBooks } from '#test/closed-books.ts';
import { filesOf, packed, textIn } from '#test/package-files.ts';
import { confirmMatch } from '#test/reconciliation-books.ts';
import { recordStatement } from '#test/statement-books.ts';

interface Reconciled {
	readonly books: OpenFolder;
	readonly companyId: string;
	readonly statement: ReturnType<typeof recordStatement>;
}

/** January of the bank: the rent is matched, a deposit is under way, and the bank took a charge by mistake. Closed unless told otherwise. */
async function reconciledJanuary(options: { readonly close?: boolean } = {}): Promise<Reconciled> {
	const books = await openFolder();
	const companyId = await makeCompany(books);
	const { client, folder } = books;
	await postQuarter(books, companyId);
	await client.ledger.post({
		companyId,
		entries: [{ date: '2026-01-30', description: 'Takings brought to the bank', reference: 'DEP-9', lines: [line('1100', '500.00'), line('4000', '-500.00')] }],
	});
	const statement = recordStatement(statementBooks(books, companyId), '1100', {
		from: '2026-01-01',
		to: '2026-01-31',
		opening: '50000.00',
		closing: '49075.00',
		lines: [
			['2026-01-21', '-900.00', '=Rent, three rooms'],
			['2026-01-31', '-25.00', 'Charge of another customer', { bankId: 'B-77' }],
		],
		contentFolder: join(folder, 'content'),
	});
	confirmMatch(statementBooks(books, companyId), '1100', statement.lineIds.slice(0, 1), [[await rentEntry(books, companyId), 2]]);
	const { id } = await client.reconciliation.createReconciliation({ companyId, account: '1100', period: '2026-01' });
	await client.reconciliation.setReconciliationItems({ companyId, id, all: true });
	await client.reconciliation.verifyReconciliation({ companyId, id });
	reconcilePeriod(books, companyId, '2026-01');
	if (options.close !== false) await closePeriod(books, companyId, '2026-01');
	return { books, companyId, statement };
}

async function rentEntry({ client }: OpenFolder, companyId: string): Promise<number> {
	const { rows } = await client.reports.ledger({ companyId, account: '5000', from: '2026-01-01', to: '2026-01-31' });
	return rows.find((row) => 'no' in row)?.no ?? 0;
}

async function build({ client }: OpenFolder, companyId: string): Promise<string> {
	const job = await client.packages.build({ companyId, period: '2026-01' });
	return job.file ?? '';
}

describe('a package of reconciled books', () => {
	it('holds the reconciliation statement in textbook form', async () => {
		const { books, companyId, statement } = await reconciledJanuary();
		const file = await build(books, companyId);
		expect(await verifyPackageFile(file)).toMatchObject({ result: 'VERIFIED', findings: [] });
		const text = await textIn(file, 'data/reconciliations/1100/reconciliation-statement.txt');
		const body = text.split('\n').map((row) => row.replace(/ {3,}/g, ' | '));
		expect(body.slice(8, 23)).toEqual([
			'Balance per bank | 49075.00',
			'',
			'Add: deposits in transit',
			expect.stringMatching(/^ {2}2026-01-30 {2}entry \d+ {2}DEP-9 {2}Takings brought to the bank \| 500\.00$/),
			' | 500.00',
			'',
			'Add or less: errors of the bank',
			'  2026-01-31  B-77  Charge of another customer | 25.00',
			' | 25.00',
			'',
			'Balance per books | 49600.00',
			'',
			'Statements',
			`  2026-01-01 to 2026-01-31  ${statement.uuid}.csv  (taken in as statement.csv)`,
			` | SHA-256 ${statement.sha256}`,
		]);
		expect((await textIn(file, 'data/reconciliations/1100/reconciliation-statement.csv')).replace('\ufeff', '').split('\n')).toEqual([
			'line,date,entry_no,reference,description,amount,note',
			'BALANCE_PER_BANK,2026-01-31,,,Balance per bank,49075.00,',
			expect.stringMatching(/^DEPOSIT_IN_TRANSIT,2026-01-30,\d+,DEP-9,Takings brought to the bank,500\.00,$/),
			'BANK_ERROR,2026-01-31,,B-77,Charge of another customer,25.00,B-77',
			'BALANCE_PER_BOOKS,2026-01-31,,,Balance per books,49600.00,',
			'',
		]);
	});

	it('holds the files of the bank, each line of the bank, and what it was matched with', async () => {
		const { books, companyId, statement } = await reconciledJanuary();
		const file = await build(books, companyId);
		const names = [...(await filesOf(file)).keys()].map((name) => name.slice(name.indexOf('/') + 1)).filter((name) => name.startsWith('data/reconciliations/'));
		expect(names).toEqual([
			'data/reconciliations/1100/reconciliation-statement.txt',
			'data/reconciliations/1100/reconciliation-statement.csv',
			'data/reconciliations/1100/matches.csv',
			`data/reconciliations/1100/${statement.uuid}.csv`,
			'data/reconciliations/1110/reconciliation-statement.txt',
			'data/reconciliations/1110/reconciliation-statement.csv',
			expect.stringMatching(/^data\/reconciliations\/1110\/[0-9a-f-]{36}\.csv$/),
		]);
		expect(await textIn(file, `data/reconciliations/1100/${statement.uuid}.csv`)).toContain('2026-01-31,-25.00,"Charge of another customer"');
		const lines = (await textIn(file, 'data/csv/statement_lines.csv')).split('\n');
		expect(lines[1]).toMatch(/^1100,Bank,2026-01-21,,-900\.00,INR,"'=Rent, three rooms",,,,,[0-9a-f-]{36},\d+,/);
		expect(lines[2]).toMatch(/^1100,Bank,2026-01-31,,-25\.00,INR,Charge of another customer,,B-77,,,,,/);
		const matches = (await textIn(file, 'data/reconciliations/1100/matches.csv')).split('\n');
		expect(matches.slice(1, 3).map((row) => row.split(',').slice(7, 10))).toEqual([
			['BANK', '2026-01-21', '-900.00'],
			['BOOK', '2026-01-20', '-900.00'],
		]);
		expect(await textIn(file, 'data/csv/reconciliations.csv')).toMatch(
			/\n1100,Bank,INR,2026-01-31,statement,VERIFIED,49600\.00,49075\.00,525\.00,525\.00,2,.*data\/reconciliations\/1100\//,
		);
		expect(await textIn(file, 'data/README.txt')).toContain('reconciliations/');
	});

	it('is the same whatever is renamed, taken in or reconciled later', async () => {
		const { books, companyId } = await reconciledJanuary();
		const before = await filesOf(await build(books, companyId));
		await books.client.ledger.setAccount({ companyId, account: '1100', name: 'House bank', code: '1199' });
		await books.client.ledger.setAccount({ companyId, account: '1110', requiresReconciliation: false, reason: 'Closed at the bank' });
		recordStatement(statementBooks(books, companyId), '1199', { from: '2026-01-15', to: '2026-02-28', lines: [['2026-01-29', '-1.00', 'Found later']] });
		const again = await books.client.packages.regenerate({ companyId, period: '2026-01' });
		expect(await filesOf(again.file ?? '')).toEqual(before);
		expect(await verifyPackageFile(again.file ?? '')).toMatchObject({ result: 'VERIFIED' });
		// Reopened, undone and reconciled otherwise: close 1 stays what it was, and verifiable.
		await books.client.close.reopen({ companyId, period: '2026-01', reason: 'A bill came late', confirm: '2026-01' });
		const { accounts } = await books.client.reconciliation.periodReconciliationStatus({ companyId, period: '2026-01' });
		const bank = accounts.find(({ code }) => code === '1199');
		expect(bank).toMatchObject({ status: 'VERIFIED' });
		await books.client.reconciliation.undoReconciliation({ companyId, id: bank?.reconciliationId ?? '', reason: 'The deposit was another one' });
		expect(await books.client.close.verify({ companyId, period: '2026-01', closeNumber: 1 })).toMatchObject({ result: 'VERIFIED', findings: [] });
		const first = await books.client.packages.regenerate({ companyId, period: '2026-01', closeNumber: 1 });
		expect(await filesOf(first.file ?? '')).toEqual(before);
	});

	it('is not built without a statement file, and says which', async () => {
		const { books, companyId, statement } = await reconciledJanuary();
		rmSync(contentPath(join(books.folder, 'content'), statement.sha256));
		await expect(books.client.packages.build({ companyId, period: '2026-01' })).rejects.toMatchObject({
			code: 'FILE_UNREADABLE',
			message: expect.stringContaining('The statement file statement.csv of account 1100 is missing'),
		});
		const { jobs } = await books.client.packages.list({ companyId });
		expect(jobs.find(({ status }) => status === 'FAILED')).toMatchObject({ period: '2026-01', error: expect.stringContaining('statement.csv') });
	});

	it.each([
		['a statement file', 'STATEMENT_CHANGED', (name: string) => /\/1100\/[0-9a-f-]{36}\.csv$/.test(name), '-25.00', '-24.00'],
		[
			'a sealed reconciliation',
			'TABLE_CHANGED',
			(name: string) => name.endsWith('sealed-tables/reconciliations.jsonl'),
			'"actualMinor":4907500',
			'"actualMinor":4907400',
		],
		[
			'a sealed reconciliation',
			'RECONCILIATION_DIFFERS',
			(name: string) => name.endsWith('sealed-tables/reconciliations.jsonl'),
			'"expectedMinor":4960000',
			'"expectedMinor":4960100',
		],
		['a sealed line of the bank', 'TABLE_CHANGED', (name: string) => name.endsWith('sealed-tables/statement_lines.jsonl'), 'another customer', 'this customer'],
		['the reconciliation statement', 'FILE_CHANGED', (name: string) => name.endsWith('1100/reconciliation-statement.txt'), '49075.00', '49076.00'],
	])('with %s altered gives ALTERED: %s', async (_what, code, isIt, from, to) => {
		const { books, companyId } = await reconciledJanuary();
		const files = await filesOf(await build(books, companyId));
		const [name = '', bytes] = [...files].find(([file]) => isIt(file)) ?? [];
		const text = bytes?.toString('utf8') ?? '';
		expect(text).toContain(from);
		const judged = await verifyPackageFile(await packed(new Map(files).set(name, Buffer.from(text.replace(from, to), 'utf8'))));
		expect(judged.result).toBe('ALTERED');
		expect(judged.findings).toContainEqual(expect.objectContaining({ code }));
	});

	it('without a statement file at all gives ALTERED', async () => {
		const { books, companyId, statement } = await reconciledJanuary();
		const files = await filesOf(await build(books, companyId));
		const kept = new Map([...files].filter(([name]) => !name.includes(statement.uuid)));
		const judged = await verifyPackageFile(await packed(kept));
		expect(judged.findings).toContainEqual(expect.objectContaining({ code: 'STATEMENT_MISSING', account: '1100' }));
	});
});
