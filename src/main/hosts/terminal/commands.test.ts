import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTerminal, type Terminal } from '#test/terminal.ts';
import { COMMANDS } from './command-table.ts';

const HASH = /^[0-9a-f]{64}$/;
const entry = (date: string, debit: string, credit: string, amount: string, more: Record<string, unknown> = {}) => ({
	date,
	description: `Entry of ${date}`,
	lines: [
		{ account: debit, debit: amount },
		{ account: credit, credit: amount },
	],
	...more,
});

interface Posted {
	readonly entries: { readonly no: number; readonly date: string; readonly id: string; readonly hash: string }[];
}

/** A company with a small chart, and what its accounts are. */
async function company(terminal: Terminal): Promise<{ companyId: string; name: string; currency: string }> {
	const made = await terminal.json<{ companyId: string; name: string; currency: string }>([
		'company',
		'create',
		'--name',
		'Alder Tools',
		'--currency',
		'inr',
		'--fiscal-year-start',
		'04-01',
		'--chart',
		'none',
		'--timezone',
		'Asia/Kolkata',
	]);
	for (const [code, name, type, subtype] of [
		['1010', 'Bank', 'asset', 'bank'],
		['3900', 'Retained earnings', 'equity', 'retained-earnings'],
		['4000', 'Sales', 'income', ''],
		['5200', 'Rent', 'expense', ''],
	] as const) {
		const words = ['account', 'add', '--code', code, '--name', name, '--type', type, ...(subtype === '' ? [] : ['--subtype', subtype])];
		await terminal.json([...words, ...(subtype === 'bank' ? ['--requires-reconciliation', 'no'] : [])]);
	}
	return made;
}

describe('the terminal host', () => {
	it('prints the help of every command and group', async () => {
		const terminal = openTerminal();
		for (const { path } of COMMANDS) {
			const asked = await terminal.run([...path, '--help']);
			expect(asked.status).toBe(0);
			expect(asked.stdout).toContain(`ledgerseal ${path.join(' ')}`);
			expect(await terminal.run(['help', ...path])).toEqual(asked);
			expect((await terminal.run(['help', ...path.slice(0, -1)])).status).toBe(0);
		}
		const overview = await terminal.run(['help']);
		expect(overview.stdout.split('\n').filter((line) => /^ {2}\w.*\S {2,}\S/.test(line))).toHaveLength(COMMANDS.length);
	});

	it('says which version it is', async () => {
		const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
		expect(await openTerminal().json(['--version'])).toEqual({ version });
	});

	it('makes and lists companies, and needs to know which', async () => {
		const terminal = openTerminal();
		expect(await terminal.json(['company', 'list'])).toEqual({ companies: [] });
		expect(await terminal.json(['account', 'list'], { status: 1 })).toMatchObject({ error: { code: 'NOT_FOUND' } });
		const made = await company(terminal);
		expect(made).toMatchObject({ name: 'Alder Tools', currency: 'INR', companyId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
		const other = await terminal.json<{ companyId: string }>(['company', 'create', '--name', 'Birch', '--currency', 'USD', '--chart', 'us']);
		expect(await terminal.json(['company', 'list'])).toMatchObject({
			companies: [
				{ companyId: made.companyId, name: 'Alder Tools', currency: 'INR' },
				{ companyId: other.companyId, name: 'Birch', currency: 'USD' },
			],
		});
		expect(await terminal.json(['company', 'show'], { status: 1 })).toMatchObject({ error: { code: 'COMPANY_AMBIGUOUS' } });
		for (const named of ['birch', 'bi', other.companyId]) {
			expect(await terminal.json(['company', 'show', '--company', named])).toMatchObject({
				companyId: other.companyId,
				settings: { reopen_policy: 'ADMIN_WITH_REASON' },
			});
		}
		await terminal.json(['company', 'set', 'reopen_policy', 'never', '--company', 'birch']);
		expect(await terminal.json(['company', 'show', '--company', 'birch'])).toMatchObject({ settings: { reopen_policy: 'NEVER' } });
	});

	it("takes a chart of one's own", async () => {
		const terminal = openTerminal();
		writeFileSync(join(terminal.folder, 'chart.csv'), '\ufeffCode;Account Name;Type;Subtype\n1000;Kasse;Asset;cash\n3000;Gewinn;EQUITY;RETAINED_EARNINGS\n');
		await terminal.json(['company', 'create', '--name', 'Own', '--currency', 'EUR', '--chart', 'chart.csv']);
		const { accounts } = await terminal.json<{ accounts: unknown[] }>(['account', 'list']);
		expect(accounts).toMatchObject([
			{ code: '1000', name: 'Kasse', type: 'ASSET', subtype: 'CASH', currency: 'EUR' },
			{ code: '3000', name: 'Gewinn', type: 'EQUITY', subtype: 'RETAINED_EARNINGS', currency: null },
		]);
		writeFileSync(join(terminal.folder, 'bad.csv'), 'number,title\n1,x\n');
		const bad = ['company', 'create', '--name', 'Bad', '--currency', 'EUR', '--chart', 'bad.csv'];
		expect(await terminal.json(bad, { status: 1 })).toMatchObject({ error: { code: 'FILE_NOT_RECOGNISED', details: { missing: ['code', 'name', 'type'] } } });
	});

	it('posts, shows, corrects and reverses, with amounts exactly as written', async () => {
		const terminal = openTerminal();
		await company(terminal);
		const [first] = (await terminal.json<Posted>(['journal', 'post', '-'], { stdin: JSON.stringify(entry('2026-04-01', '5200', '1010', '1250.00')) })).entries;
		expect(first).toEqual({ no: 1, date: '2026-04-01', id: expect.any(String), hash: expect.stringMatching(HASH) });
		const asNumbers =
			'[{"date":"2026-04-02","description":"Large","lines":[{"account":"1010","debit":90071992547409.91},{"account":"4000","credit":90071992547409.91}]}]';
		await terminal.json(['journal', 'post', '-'], { stdin: asNumbers });
		expect(await terminal.json(['journal', 'show', '2'])).toMatchObject({
			lines: [{ debit: '90071992547409.91' }, { credit: '90071992547409.91' }],
			entries: [{ no: 2 }],
		});
		writeFileSync(join(terminal.folder, 'right.json'), JSON.stringify(entry('2026-04-01', '5200', '1010', '1200.00')));
		expect(await terminal.json<Posted>(['journal', 'correct', '1', 'right.json'])).toMatchObject({ entries: [{ no: 3 }, { no: 4 }] });
		expect(await terminal.json<Posted>(['journal', 'reverse', '2'])).toMatchObject({ entries: [{ no: 5 }] });
		const { entries } = await terminal.json<Posted>(['journal', 'list', '--limit', '3']);
		expect(entries).toHaveLength(3);
		const people = await terminal.run(['journal', 'show', '1']);
		expect(people.stdout).toContain('1,250.00');
		expect(people.stdout).toContain('reversed by 3');
	});

	it.each([
		['a file that is no JSON', '{"date":', 'INPUT_INVALID'],
		['nothing', '[]', 'INPUT_INVALID'],
		[
			'an entry that does not balance',
			JSON.stringify({
				...entry('2026-04-01', '5200', '1010', '1.00'),
				lines: [
					{ account: '5200', debit: '1.00' },
					{ account: '1010', credit: '2.00' },
				],
			}),
			'ENTRY_UNBALANCED',
		],
		['an unknown account', JSON.stringify(entry('2026-04-01', '5299', '1010', '1.00')), 'ACCOUNT_UNKNOWN'],
		[
			'an amount with an exponent',
			'{"date":"2026-04-01","description":"x","lines":[{"account":"5200","debit":1e3},{"account":"1010","credit":1e3}]}',
			'INPUT_INVALID',
		],
	])('refuses %s', async (_what, stdin, code) => {
		const terminal = openTerminal();
		await company(terminal);
		expect(await terminal.json(['journal', 'post', '-'], { status: 1, stdin })).toMatchObject({ error: { code } });
		expect(await terminal.json(['journal', 'list'])).toMatchObject({ entries: [] });
	});

	it('keeps drafts until they are posted', async () => {
		const terminal = openTerminal();
		await company(terminal);
		const { id } = await terminal.json<{ id: string }>(['journal', 'draft', 'save', '-'], { stdin: '{"description":"Rent, amount not known"}' });
		expect(await terminal.json(['journal', 'draft', 'list'])).toMatchObject({ entries: [{ id, status: 'DRAFT', no: null }] });
		expect((await terminal.run(['journal', 'draft', 'post', id])).status).toBe(1);
		await terminal.json(['journal', 'draft', 'save', '-', '--id', id], { stdin: JSON.stringify(entry('2026-04-03', '5200', '1010', '10.00')) });
		expect(await terminal.json(['journal', 'draft', 'post', id])).toMatchObject({ entries: [{ no: 1 }] });
		const second = await terminal.json<{ id: string }>(['journal', 'draft', 'save', '-'], { stdin: '{}' });
		await terminal.json(['journal', 'draft', 'delete', second.id]);
		expect((await terminal.run(['journal', 'draft', 'list'])).stdout).toBe('There is no draft.\n');
	});

	it('keeps parties, their directory and members', async () => {
		const terminal = openTerminal();
		await company(terminal);
		await terminal.json(['party', 'add', '--name', 'Baobab Stores', '--email', 'accounts@baobab.example']);
		await terminal.json(['party', 'add', '--name', 'Quiet Ltd']);
		await terminal.json(['directory', 'set', 'Baobab Stores', 'owner@baobab.example', 'accounts@baobab.example']);
		expect(await terminal.json(['directory', 'list'])).toEqual({
			parties: [{ ref: 'P000001', name: 'Baobab Stores', emails: ['accounts@baobab.example', 'owner@baobab.example'] }],
		});
		expect(await terminal.json(['user', 'add', 'asha', '--role', 'viewer', '--with-password'], { stdin: 'open sesame\n' })).toEqual({
			login: 'asha',
			role: 'VIEWER',
		});
		expect(await terminal.json(['user', 'list'], { status: 1 })).toMatchObject({ error: { code: 'LOGIN_REFUSED' } });
		expect(await terminal.json(['user', 'list', '--user', 'owner'])).toMatchObject({
			users: [
				{ login: 'owner', hasPassword: false },
				{ login: 'asha', hasPassword: true },
			],
		});
		expect(await terminal.json(['user', 'list', '--user', 'asha'], { status: 1 })).toMatchObject({ error: { code: 'NEEDS_ANSWER' } });
	});

	it('answers wrong command lines with what to write, and opens nothing', async () => {
		const terminal = openTerminal();
		for (const argv of [
			['jornal', 'import'],
			['journal'],
			['journal', 'reverse', 'x'],
			['report', 'ledger', '--from', '2026-01-01', '--to', '2026-01-31'],
			['account', 'add', '--code', '1'],
		]) {
			const { status, stdout, stderr } = await terminal.run(argv);
			expect({ argv, status, stdout }).toEqual({ argv, status: 2, stdout: '' });
			expect(stderr).not.toBe('');
		}
		expect((await terminal.run(['package', 'verify', 'nowhere.zip'])).status).toBe(1);
		expect(() => readFileSync(join(terminal.dataFolder, 'ledgerseal.db'))).toThrow('ENOENT');
	});
});
