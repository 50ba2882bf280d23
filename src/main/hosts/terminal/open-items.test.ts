import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openTerminal, type Terminal } from '#test/terminal.ts';

/** Two bills of 100.00 and 60.00 and a receipt of 60.00 of one customer, as entries 1 to 3. */
async function shop(): Promise<Terminal> {
	const terminal = openTerminal();
	await terminal.run(['company', 'create', '--name', 'Alder Tools', '--currency', 'INR', '--chart', 'none', '--timezone', 'UTC']);
	for (const [code, name, type, subtype] of [
		['1000', 'Cash', 'asset', 'cash'],
		['1010', 'Bank', 'asset', 'bank'],
		['1200', 'Customers', 'asset', 'receivable'],
		['4000', 'Sales', 'income', ''],
	] as const) {
		await terminal.json(['account', 'add', '--code', code, '--name', name, '--type', type, ...(subtype === '' ? [] : ['--subtype', subtype])]);
	}
	await terminal.run(['party', 'add', '--name', 'Paper Giraffe']);
	const bill = (date: string, amount: string, dueDate: string) => ({
		date,
		description: 'Sale',
		lines: [
			{ account: '1200', debit: amount, party: 'Paper Giraffe', dueDate },
			{ account: '4000', credit: amount },
		],
	});
	const entries = [
		bill('2026-01-05', '100.00', '2026-02-04'),
		bill('2026-01-10', '60.00', '2026-04-30'),
		{
			date: '2026-02-01',
			description: 'Receipt',
			lines: [
				{ account: '1000', debit: '60.00' },
				{ account: '1200', credit: '60.00', party: 'Paper Giraffe', settles: 2 },
			],
		},
	];
	await terminal.json(['journal', 'post', '-'], { stdin: JSON.stringify(entries) });
	return terminal;
}

interface Outstanding {
	readonly total: string;
	readonly parties: {
		readonly party: string;
		readonly total: string;
		readonly buckets: { amount: string }[];
		readonly items: { no: number; open: string }[];
	}[];
}

const ask = (terminal: Terminal) => terminal.json<Outstanding>(['report', 'outstanding', '--side', 'receivable', '--as-of', '2026-03-31']);

it('outstanding answers total, parties, buckets and items; allocations made by hand move them', async () => {
	const terminal = await shop();
	const first = await ask(terminal);
	expect(first).toMatchObject({ total: '100.00', parties: [{ party: 'Paper Giraffe', total: '100.00', items: [{ no: 1, open: '100.00' }] }] });
	expect(first.parties[0]?.buckets.map(({ amount }) => amount)).toEqual(['0.00', '0.00', '100.00', '0.00', '0.00']);
	const { allocations } = await terminal.json<{ allocations: { id: string }[] }>(['journal', 'allocations', '--entry', '3']);
	await terminal.json(['journal', 'unallocate', allocations[0]?.id ?? '', '--reason', 'For the older one']);
	expect((await ask(terminal)).parties[0]?.items).toMatchObject([
		{ no: 1, open: '40.00' },
		{ no: 2, open: '60.00' },
	]);
	await terminal.json(['journal', 'allocate', '3', '--to', '2', '--amount', '20']);
	expect((await ask(terminal)).parties[0]?.items).toMatchObject([
		{ no: 1, open: '60.00' },
		{ no: 2, open: '40.00' },
	]);
	expect(await terminal.json(['journal', 'allocate', '3', '--to', '2', '--amount', '41'], { status: 1 })).toMatchObject({
		error: { code: 'ALLOCATION_REFUSED' },
	});
	expect((await terminal.run(['journal', 'allocations'])).stdout).toContain('from 2026-02-01: For the older one');
});

it('outstanding is a table on the screen and plain rows in a CSV', async () => {
	const terminal = await shop();
	const command = ['report', 'outstanding', '--side', 'Receivable', '--as-of', '2026-03-31', '--buckets', '30,60'];
	const { stdout } = await terminal.run(command);
	expect(stdout).toContain('Alder Tools: Receivables outstanding at 2026-03-31, by due date, INR');
	expect(stdout).toMatch(/Paper Giraffe +1 +2026-01-05 +2026-02-04 +100\.00 +100\.00 +55 +31-60/);
	await terminal.run([...command, '--out', 'open.csv']);
	expect(readFileSync(`${terminal.folder}/open.csv`, 'utf8')).toContain('Paper Giraffe,1,2026-01-05,2026-02-04,,,100.00,100.00,55,31-60');
	expect((await terminal.run([...command.slice(0, -1), '60,30'])).status).toBe(1);
	expect((await terminal.run(['report', 'outstanding', '--side', 'both', '--as-of', '2026-03-31'])).status).toBe(2);
});

it('cash book and bank book show the one account of their kind; a period that was never closed has no voucher', async () => {
	const terminal = await shop();
	const span = ['--from', '2026-02-01', '--to', '2026-02-28'];
	expect(await terminal.json(['report', 'cash-book', ...span])).toMatchObject({
		account: { code: '1000' },
		receipts: '60.00',
		payments: '0.00',
		closing: '60.00',
		days: [{ date: '2026-02-01', closing: '60.00' }],
	});
	expect(await terminal.json(['report', 'bank-book', ...span])).toMatchObject({ account: { code: '1010' }, days: [], closing: '0.00' });
	expect(await terminal.json(['report', 'closing-voucher', '--period', '2026-01'], { status: 1 })).toMatchObject({ error: { code: 'PERIOD_NOT_CLOSED' } });
});
