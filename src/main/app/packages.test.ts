import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { present } from '#shared/kernel/assert.ts';
import { verifyPackageFile } from './verify-package.ts';
import { closePeriod, line, makeCompany, openFolder, type OpenFolder, postQuarter } from '#test/closed-books.ts';
import { beancountBalances, filesOf, hledgerBalances, isInstalled, packed, textIn, unpack } from '#test/package-files.ts';

async function closedQuarter(options: Parameters<typeof openFolder>[0] = {}, periods = ['2026-01', '2026-02']) {
	const books = await openFolder(options);
	const companyId = await makeCompany(books);
	await postQuarter(books, companyId);
	for (const period of periods) await closePeriod(books, companyId, period);
	return { books, companyId };
}

async function build({ client }: OpenFolder, companyId: string, period: string): Promise<string> {
	const job = await client.packages.build({ companyId, period });
	expect(job).toMatchObject({ status: 'READY', period, progress: 1, error: null });
	return job.file ?? '';
}

/** Rows of a CSV of ours whose cells need no quotes. */
const rowsOf = (csv: string): string[] => csv.replace('\ufeff', '').trimEnd().split('\n').slice(1);

describe('a package of a real close', () => {
	test('verifies from its file alone, whatever the period', async () => {
		const { books, companyId } = await closedQuarter();
		for (const period of ['opening', '2026-01', '2026-02']) {
			const file = await build(books, companyId, period);
			expect(await verifyPackageFile(file)).toMatchObject({
				result: 'VERIFIED',
				signature: 'good',
				findings: [],
				period,
				closeNumber: 1,
				company: 'Example Traders',
			});
		}
		for (let month = 3; month <= 6; month++) await closePeriod(books, companyId, `2026-0${month}`);
		expect(await verifyPackageFile(await build(books, companyId, '2026-06'))).toMatchObject({ result: 'VERIFIED' });
	});

	test('a year has the entries of all its periods', async () => {
		const books = await openFolder({ now: '2027-01-02T08:00:00.000Z' });
		const companyId = await makeCompany(books);
		await postQuarter(books, companyId);
		for (let month = 1; month <= 12; month++) await closePeriod(books, companyId, `2026-${String(month).padStart(2, '0')}`);
		await closePeriod(books, companyId, 'FY2026');
		const file = await build(books, companyId, 'FY2026');
		expect(await verifyPackageFile(file)).toMatchObject({ result: 'VERIFIED', findings: [], period: 'FY2026' });
		const journal = join(unpack(file), 'data/books/journal.hledger');
		expect(readFileSync(journal, 'utf8').match(/\(balances\)/g)).toHaveLength(12);
	});

	test('statements show the month, the year to date and the month before', async () => {
		const { books, companyId } = await closedQuarter();
		const file = await build(books, companyId, '2026-02');
		expect(rowsOf(await textIn(file, 'data/csv/income_statement.csv'))).toEqual([
			'ACCOUNT,4000,Sales,INCOME,0.00,1180.00,1180.00,,',
			'ACCOUNT,4100,Sales abroad,INCOME,250.01,8595.01,8345.00,,',
			'ACCOUNT,4900,Exchange differences,INCOME,62.29,62.29,0.00,,',
			'ACCOUNT,5000,Rent,EXPENSE,0.00,900.00,900.00,,',
			'INCOME,,,,312.30,9837.30,9525.00,,',
			'EXPENSE,,,,0.00,900.00,900.00,,',
			'NET_PROFIT,,,,312.30,8937.30,8625.00,,',
		]);
		expect(rowsOf(await textIn(file, 'data/csv/balance_sheet.csv')).slice(-4)).toEqual([
			'RESULT_YEAR_TO_DATE,,Result of the year to date,EQUITY,8937.30',
			'ASSETS,,,,58937.30',
			'LIABILITIES,,,,0.00',
			'EQUITY,,,,58937.30',
		]);
	});

	test('figures are those of the reports', async () => {
		const { books, companyId } = await closedQuarter();
		const file = await build(books, companyId, '2026-02');
		const rows = rowsOf(await textIn(file, 'data/csv/trial_balance.csv'));
		for (const basis of ['adjusted', 'ledger'] as const) {
			const report = await books.client.reports.trialBalance({ companyId, asOf: '2026-02-28', basis });
			const expected = report.rows
				.filter((row) => [row.debit, row.credit, row.baseDebit, row.baseCredit].some((amount) => /[1-9]/.test(amount)))
				.map((row) =>
					[
						basis,
						row.code,
						row.name,
						row.type,
						row.currency,
						...[row.debit, row.credit, row.baseDebit, row.baseCredit].map((amount) => (/[1-9]/.test(amount) ? amount : '')),
					].join(),
				);
			expect(rows.filter((row) => row.startsWith(basis)).sort()).toEqual(expected.sort());
		}
	});

	test('nothing later shows in it', async () => {
		const { books, companyId } = await closedQuarter({}, ['2026-01']);
		const before = await build(books, companyId, '2026-01');
		const bytes = readFileSync(before);
		await books.client.ledger.setAccount({ companyId, account: '5000', name: 'Renamed later' });
		await books.client.ledger.setParty({ companyId, party: 'Blue Lantern Stores', name: 'Renamed Stores' });
		await books.client.ledger.post({
			companyId,
			entries: [{ date: '2026-04-01', description: 'Later', lines: [line('5000', '1.00'), line('1100', '-1.00')] }],
		});
		const again = await books.client.packages.regenerate({ companyId, period: '2026-01' });
		expect(readFileSync(again.file ?? '').equals(bytes)).toBe(true);
	});

	test('without a place for keys it is consistent and not signed', async () => {
		const { books, companyId } = await closedQuarter({ secrets: 'none' }, ['2026-01']);
		const file = await build(books, companyId, '2026-01');
		expect(await verifyPackageFile(file)).toMatchObject({ result: 'VERIFIED', signature: 'absent', signer: null, statement: 'consistent, not signed' });
		expect(await textIn(file, 'data/README.txt')).toContain('none: this seal is not signed');
	});
});

describe('verified by other programs', () => {
	test('unzip, sha256sum, openssl and the printf of the README agree', async () => {
		const { books, companyId } = await closedQuarter();
		const file = await build(books, companyId, '2026-02');
		execFileSync('unzip', ['-tq', file]);
		const top = unpack(file);
		for (const manifest of ['manifest-sha256.txt', 'tagmanifest-sha256.txt']) execFileSync('sha256sum', ['-c', '--quiet', '--strict', manifest], { cwd: top });
		const readme = readFileSync(join(top, 'data/README.txt'), 'utf8');
		for (const command of readme.match(/openssl .*/g) ?? []) {
			const cwd = command.includes('data/seal') ? top : join(top, 'data/seal');
			expect(execFileSync('sh', ['-c', command], { cwd, encoding: 'utf8' })).toContain('Verified Successfully');
		}
		const printf = /printf .*/.exec(readme)?.[0] ?? '';
		const hash = execFileSync('sh', ['-c', printf], { encoding: 'utf8' }).slice(0, 64);
		expect(readme).toContain(`gives ${hash}`);
	});

	test('python finds a whole bag (RFC 8493)', async () => {
		const { books, companyId } = await closedQuarter({}, ['2026-01']);
		const top = unpack(await build(books, companyId, '2026-01'));
		const script = `
import hashlib, os, sys
top = sys.argv[1]
assert open(top + '/bagit.txt', 'rb').read() == b'BagIt-Version: 1.0\\nTag-File-Character-Encoding: UTF-8\\n'
def listed(name):
    return dict(reversed(line.rstrip('\\n').split('  ', 1)) for line in open(top + '/' + name, encoding='utf-8', newline='\\n'))
found = {os.path.relpath(os.path.join(folder, name), top): os.path.join(folder, name) for folder, _, names in os.walk(top) for name in names}
payload, tags = listed('manifest-sha256.txt'), listed('tagmanifest-sha256.txt')
assert set(payload) == {name for name in found if name.startswith('data/')}, 'payload'
assert set(tags) == {name for name in found if not name.startswith('data/')} - {'tagmanifest-sha256.txt'}, 'tags'
for name, digest in {**payload, **tags}.items():
    assert hashlib.sha256(open(found[name], 'rb').read()).hexdigest() == digest, name
info = dict(line.rstrip('\\n').split(': ', 1) for line in open(top + '/bag-info.txt', encoding='utf-8'))
assert info['Payload-Oxum'] == '%d.%d' % (sum(os.path.getsize(found[name]) for name in payload), len(payload)), 'oxum'
print('whole')`;
		expect(execFileSync('python3', ['-c', script, top], { encoding: 'utf8' })).toBe('whole\n');
	});

	test.runIf(isInstalled('hledger') && isInstalled('bean-check'))('hledger and beancount come to the trial balance', async () => {
		const { books, companyId } = await closedQuarter();
		for (const period of ['2026-01', '2026-02']) {
			const top = unpack(await build(books, companyId, period));
			const [hledger, beancount] = [join(top, 'data/books/journal.hledger'), join(top, 'data/books/journal.beancount')];
			execFileSync('hledger', ['-f', hledger, 'check', 'accounts', 'commodities']);
			execFileSync('bean-check', [beancount]);
			const asOf = period === '2026-01' ? '2026-01-31' : '2026-02-28';
			const { rows } = await books.client.reports.trialBalance({ companyId, asOf, basis: 'ledger' });
			const signed = (debit: string, credit: string) => (/[1-9]/.test(debit) ? debit : `-${credit}`);
			const standing = rows.filter(({ baseDebit, baseCredit }) => /[1-9]/.test(baseDebit + baseCredit));
			const atCost = standing.map(({ code, name, type, baseDebit, baseCredit }) => [`${ROOTS[type]}:${code} ${name}|INR`, signed(baseDebit, baseCredit)]);
			expect(hledgerBalances(hledger, { cost: true })).toEqual(Object.fromEntries(atCost));
			// A revaluation has no units of its own: in other programs it stands in the company's currency on the foreign account.
			const inUnits = (name: (row: (typeof rows)[number]) => string) =>
				standing
					.map((row) => [`${name(row)}|${row.currency}`, signed(row.debit, row.credit)])
					.concat(period === '2026-02' ? [[`${name(dollars)}|INR`, '62.29']] : []);
			const dollars = present(
				rows.find(({ code }) => code === '1110'),
				'the account in dollars',
			);
			expect(hledgerBalances(hledger)).toEqual(Object.fromEntries(inUnits(({ type, code, name }) => `${ROOTS[type]}:${code} ${name}`)));
			expect(beancountBalances(beancount)).toEqual(Object.fromEntries(inUnits(({ type, code }) => `${ROOTS[type]}:${code}`)));
		}
	});
});

const ROOTS: Readonly<Record<string, string>> = { ASSET: 'Assets', LIABILITY: 'Liabilities', EQUITY: 'Equity', INCOME: 'Income', EXPENSE: 'Expenses' };

describe('a changed package', () => {
	test('one byte changed in any file is found, and the file is named', async () => {
		const { books, companyId } = await closedQuarter({}, ['2026-01']);
		const files = await filesOf(await build(books, companyId, '2026-01'));
		expect(files.size).toBeGreaterThan(25);
		for (const [name, content] of files) {
			const changed = Buffer.from(content);
			const middle = Math.floor(changed.length / 2);
			if (changed.length === 0) continue;
			changed[middle] = (changed[middle] ?? 0) ^ 1;
			const { result, findings } = await verifyPackageFile(await packed(new Map(files).set(name, changed)));
			expect(result, name).toBe('ALTERED');
			const short = name.slice(name.indexOf('/') + 1);
			if (short !== 'tagmanifest-sha256.txt') expect(findings.map(({ file }) => file)).toContain(short);
		}
	});

	test.each([
		['a file taken away', 'FILE_MISSING', (files: Map<string, Buffer>, top: string) => files.delete(`${top}/data/csv/journal.csv`)],
		['a file added', 'FILE_EXTRA', (files: Map<string, Buffer>, top: string) => files.set(`${top}/data/csv/more.csv`, Buffer.from('x'))],
		['a file beside the folder', 'FILE_EXTRA', (files: Map<string, Buffer>) => files.set('elsewhere/readme.txt', Buffer.from('x'))],
		['the seal of nobody', 'SIGNATURE_MISSING', (files: Map<string, Buffer>, top: string) => files.delete(`${top}/data/seal/seal.sig`)],
	])('%s is found', async (_name, code, change) => {
		const { books, companyId } = await closedQuarter({}, ['2026-01']);
		const files = await filesOf(await build(books, companyId, '2026-01'));
		change(files, 'example-traders-2026-01-close1');
		const { result, findings } = await verifyPackageFile(await packed(files));
		expect(result).toBe('ALTERED');
		expect(findings.map((finding) => finding.code)).toContain(code);
	});

	test('who signed is compared with what is expected', async () => {
		const { books, companyId } = await closedQuarter();
		const first = await build(books, companyId, '2026-01');
		const second = await build(books, companyId, '2026-02');
		const pem = await textIn(first, 'data/seal/public-key.pem');
		const { signer } = await verifyPackageFile(second);
		expect(signer).toMatchObject({ known: false });
		const fingerprint = signer?.fingerprint ?? '';
		expect(await verifyPackageFile(second, { expectedKey: pem })).toMatchObject({ result: 'VERIFIED', signer: { known: true } });
		expect(await verifyPackageFile(second, { expectedKey: fingerprint })).toMatchObject({ result: 'VERIFIED', signer: { known: true } });
		expect(await verifyPackageFile(second, { expectedKey: join(unpack(first), 'data/seal/public-key.pem') })).toMatchObject({ signer: { known: true } });
		expect(await verifyPackageFile(second, { previous: first })).toMatchObject({ result: 'VERIFIED', signer: { known: true } });
		const other = await verifyPackageFile(second, { expectedKey: 'AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-0000-1111' });
		expect(other).toMatchObject({ result: 'ALTERED', signer: { known: false } });
		expect(other.findings.map(({ code }) => code)).toEqual(['SIGNER_CHANGED']);
		await expect(verifyPackageFile(second, { expectedKey: 'nobody' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
	});

	test('what is no package is refused', async () => {
		const file = join((await openFolder()).folder, 'ledgerseal.db');
		await expect(verifyPackageFile(file)).rejects.toMatchObject({ code: 'PACKAGE_UNREADABLE' });
	});
});

test('a package holds nothing of another company, whatever the two have in common', async () => {
	const books = await openFolder();
	const marks = ['Violet-marker-one', 'Orange-marker-two'];
	const ids: string[] = [];
	for (const mark of marks) {
		const companyId = await makeCompany(books, `Twin ${mark}`);
		await postQuarter(books, companyId);
		await books.client.ledger.addParty({ companyId, name: `Party of ${mark}` });
		await books.client.ledger.post({
			companyId,
			entries: [{ date: '2026-01-15', description: mark, lines: [line('5000', '10.00', { party: `Party of ${mark}` }), line('1100', '-10.00')] }],
		});
		ids.push(companyId);
	}
	for (const [index, companyId] of ids.entries()) {
		await closePeriod(books, companyId, '2026-01');
		const [other = '', otherMark = ''] = [ids[1 - index], marks[1 - index]];
		const files = await filesOf(await build(books, companyId, '2026-01'));
		expect([...files.values()].some((content) => content.includes(marks[index] ?? ''))).toBe(true);
		for (const [name, content] of files) expect(content.includes(other) || content.includes(otherMark) || name.includes(other), name).toBe(false);
	}
});

test('hostile names and texts stay texts', async () => {
	const books = await openFolder();
	const companyId = await makeCompany(books, '=cmd|\' /C calc\'!A0 ../../../etc/"x"');
	await books.client.ledger.addAccount({ companyId, code: '=9999', name: '@SUM(A1:A9); [2001-01-01]', type: 'EXPENSE' });
	await books.client.ledger.post({
		companyId,
		entries: [
			{ date: '2026-01-05', description: '=HYPERLINK("x")\n; date:2001-01-01 | "\\', lines: [line('=9999', '1.00', { memo: '-1+1' }), line('1100', '-1.00')] },
		],
	});
	await closePeriod(books, companyId, '2026-01');
	const file = await build(books, companyId, '2026-01');
	expect(file).toMatch(/\/2026-01\/cmd-c-calc-a0-etc-x-2026-01-close1\.zip$/);
	expect(await verifyPackageFile(file)).toMatchObject({ result: 'VERIFIED', findings: [] });
	const journal = await textIn(file, 'data/csv/journal.csv');
	expect(journal).toContain(`'=9999,'@SUM(A1:A9); [2001-01-01]`);
	expect(journal).toContain(`"'=HYPERLINK(""x"")\n; date:2001-01-01 | ""\\"`);
	if (isInstalled('hledger')) execFileSync('hledger', ['-f', join(unpack(file), 'data/books/journal.hledger'), 'check']);
	if (isInstalled('bean-check')) execFileSync('bean-check', [join(unpack(file), 'data/books/journal.beancount')]);
});

test('two builds are the same byte for byte, wherever they run', async () => {
	const { books, companyId } = await closedQuarter({}, ['2026-01']);
	const here = await books.client.packages.build({ companyId, period: '2026-01' });
	for (const env of [
		{ TZ: 'Pacific/Auckland', LANG: 'hi_IN.UTF-8', LC_ALL: 'hi_IN.UTF-8' },
		{ TZ: 'America/St_Johns', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
	]) {
		const child = join(import.meta.dirname, '../../../test/package-child.ts');
		const output = execFileSync(process.execPath, [child, books.folder, companyId, '2026-01'], { encoding: 'utf8', env: { ...process.env, ...env } });
		expect(JSON.parse(output)).toMatchObject({ status: 'READY', sha256: here.sha256, contentSha256: here.contentSha256, bytes: here.bytes });
	}
	expect(existsSync(here.file ?? '')).toBe(true);
});
