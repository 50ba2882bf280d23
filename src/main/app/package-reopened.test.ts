import { describe, expect, test } from 'vitest';
import { parseAmountBig } from '#shared/kernel/money.ts';
import { REOPEN_DIFFERENCE_COLUMNS, REOPEN_DIFFERENCE_FILE, TRIAL_BALANCE_COLUMNS, TRIAL_BALANCE_FILE } from '#shared/seal/index.ts';
import { closePeriod, copiesOf, line, makeCompany, type OpenFolder, postQuarter } from '#test/closed-books.ts';
import { filesOf, packed, textIn } from '#test/package-files.ts';
import { verifyPackageFile } from './verify-package.ts';

interface Reopened {
	readonly books: OpenFolder;
	readonly companyId: string;
	readonly build: (period: string, closeNumber?: number) => Promise<{ file: string; contentSha256: string | null }>;
}

/** January and February closed, both reopened for rent of 12.00 that came late in January, and closed again. */
async function reopenedQuarter(): Promise<Reopened> {
	const { books, companyId } = await copyOfReopened();
	return {
		books,
		companyId,
		build: async (period, closeNumber) => {
			const { file, contentSha256 } = await books.client.packages.build({ companyId, period, ...(closeNumber !== undefined && { closeNumber }) });
			return { file: file ?? '', contentSha256 };
		},
	};
}

const copyOfReopened = copiesOf(async (books) => {
	const companyId = await makeCompany(books);
	const { client } = books;
	await postQuarter(books, companyId);
	for (const period of ['2026-01', '2026-02']) await closePeriod(books, companyId, period);
	for (const period of ['2026-02', '2026-01']) await client.close.reopen({ companyId, period, reason: '=A bill came late', confirm: period });
	const lines = [line('5000', '12.00'), line('1100', '-12.00')];
	await client.ledger.post({ companyId, entries: [{ date: '2026-01-31', description: 'Late rent', lines }] });
	for (const period of ['2026-01', '2026-02']) await closePeriod(books, companyId, period);
	return companyId;
});

type Column = (typeof REOPEN_DIFFERENCE_COLUMNS)[number];

/** Rows of a CSV of ours whose cells need no quotes. */
function rowsOf<Name extends string>(csv: string, columns: readonly Name[]): Record<Name, string>[] {
	const [header, ...rows] = csv.replace('\ufeff', '').trimEnd().split('\n');
	expect(header).toBe(columns.join());
	return rows.map((row) => {
		const cells = row.split(',');
		expect(cells).toHaveLength(columns.length);
		return Object.fromEntries(columns.map((name, index) => [name, cells[index]])) as Record<Name, string>;
	});
}

const differenceIn = async (file: string): Promise<Record<Column, string>[]> => rowsOf(await withoutQuotes(file), REOPEN_DIFFERENCE_COLUMNS);

/** Only the counts of tables hold a comma. */
async function withoutQuotes(file: string): Promise<string> {
	return (await textIn(file, REOPEN_DIFFERENCE_FILE)).replaceAll(/"(\d+ new), (\d+ gone)"/g, '$1 $2');
}

describe('the package of a close that supersedes another', () => {
	test('says what changed, by account, entry, amount, user and reason; that of the first close does not', async () => {
		const { build } = await reopenedQuarter();
		const { file } = await build('2026-01');
		const rows = await differenceIn(file);
		const told = (kind: string, ...columns: Column[]) => rows.filter(({ row }) => row === kind).map((row) => columns.map((name) => row[name]).join(' '));
		expect(told('close', 'close_number', 'by', 'reason')).toEqual(['1 owner The month is done.', '2 owner The month is done.']);
		expect(told('reopening', 'close_number', 'by', 'reason')).toEqual(["1 owner '=A bill came late"]);
		expect(told('net_profit', 'before', 'after', 'change', 'currency')).toEqual(['8625.00 8613.00 -12.00 INR']);
		expect(told('figure', 'code', 'field', 'before', 'after', 'change').filter((text) => /^(1100 c|5000 adj)/.test(text))).toEqual([
			'1100 credit 900.00 912.00 12.00',
			'1100 closing 49100.00 49088.00 -12.00',
			'5000 adjusted 900.00 912.00 12.00',
		]);
		expect(told('entry', 'entry_no', 'source', 'description', 'code', 'change', 'by', 'reason').filter((text) => text.includes('MANUAL'))).toEqual([
			"14 MANUAL Late rent 5000 12.00 owner '=A bill came late",
			"14 MANUAL Late rent 1100 -12.00 owner '=A bill came late",
		]);
		expect(told('changed', 'field', 'name', 'was', 'became')).toContain('reconciliations.actual 1100 Bank 49100.00 49088.00');
		expect(await textIn(file, 'data/README.txt')).toContain('reopen_difference.csv says who reopened it and why');
		expect(await textIn(file, 'manifest-sha256.txt')).toContain(REOPEN_DIFFERENCE_FILE);
		const first = await build('2026-01', 1);
		expect([...(await filesOf(first.file)).keys()].filter((name) => name.includes('reopen_difference'))).toEqual([]);
		expect(await textIn(first.file, 'data/README.txt')).not.toContain('reopen_difference');
	});

	test('becomes what the trial balance of the same package shows, on both bases', async () => {
		const { build } = await reopenedQuarter();
		for (const period of ['2026-01', '2026-02']) {
			const { file } = await build(period);
			const stated = new Map(
				rowsOf(await textIn(file, TRIAL_BALANCE_FILE), TRIAL_BALANCE_COLUMNS).map((row) => [
					`${row.basis} ${row.code} ${row.currency}`,
					parseAmountBig(row.debit || '0', row.currency) - parseAmountBig(row.credit || '0', row.currency),
				]),
			);
			const figures = (await differenceIn(file)).filter(({ row, field }) => row === 'figure' && (field === 'closing' || field === 'adjusted'));
			expect(figures.length).toBeGreaterThan(5);
			for (const { field, code, currency, after } of figures) {
				const key = `${field === 'closing' ? 'ledger' : 'adjusted'} ${code} ${currency}`;
				expect([key, parseAmountBig(after, currency)]).toEqual([key, stated.get(key) ?? 0n]);
			}
		}
	});

	test('verifies from its file alone, also where entries of a month before only moved there and back', async () => {
		const { build } = await reopenedQuarter();
		for (const [period, closeNumber] of [
			['2026-01', 1],
			['2026-01', 2],
			['2026-02', 2],
		] as const) {
			const { file } = await build(period, closeNumber);
			expect(await verifyPackageFile(file)).toMatchObject({ result: 'VERIFIED', findings: [], period, closeNumber });
		}
	});

	test('is the same whatever is renamed, posted, reopened or closed later', async () => {
		const { books, companyId, build } = await reopenedQuarter();
		const { client } = books;
		const before = await build('2026-01', 2);
		const csv = await textIn(before.file, REOPEN_DIFFERENCE_FILE);
		await client.ledger.setAccount({ companyId, account: '5000', name: 'Premises', code: '5001' });
		for (const period of ['2026-02', '2026-01']) await client.close.reopen({ companyId, period, reason: 'Another bill came late', confirm: period });
		const lines = [line('5001', '7.00'), line('1100', '-7.00')];
		await client.ledger.post({ companyId, entries: [{ date: '2026-01-31', description: 'More rent', lines }] });
		await closePeriod(books, companyId, '2026-01');
		const after = await client.packages.regenerate({ companyId, period: '2026-01', closeNumber: 2 });
		expect(after.contentSha256).toBe(before.contentSha256);
		expect(await textIn(after.file ?? '', REOPEN_DIFFERENCE_FILE)).toBe(csv);
		const third = await differenceIn((await build('2026-01')).file);
		expect(third.filter(({ row }) => row === 'close').map(({ close_number }) => close_number)).toEqual(['2', '3']);
		expect(third).toContainEqual(expect.objectContaining({ row: 'changed', field: 'accounts.name', was: 'Rent', became: 'Premises' }));
	});

	test.each([
		['an amount of an entry', 'Late rent,5000,5000,Rent,,INR,,,,12.00', 'Late rent,5000,5000,Rent,,INR,,,,13.00', '5000'],
		['what an account became', 'closing,49100.00,49088.00,-12.00', 'closing,49100.00,49089.00,-11.00', '1100'],
		['who reopened', 'reopening,1,', 'reopening,2,', null],
	])('is found where %s is another', async (_what, from, to, account) => {
		const { build } = await reopenedQuarter();
		const files = await filesOf((await build('2026-01')).file);
		const [name, content] = [...files].find(([path]) => path.endsWith(REOPEN_DIFFERENCE_FILE)) ?? ['', Buffer.alloc(0)];
		expect(content.toString()).toContain(from);
		files.set(name, Buffer.from(content.toString().replace(from, to)));
		const { result, findings } = await verifyPackageFile(await packed(files));
		expect(result).toBe('ALTERED');
		expect(findings).toContainEqual(expect.objectContaining({ code: 'REOPEN_DIFFERENCE_DIFFERS', file: REOPEN_DIFFERENCE_FILE, account }));
	});
});
