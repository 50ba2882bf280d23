import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EXEMPT_REASON, openTerminal, type Terminal } from '#test/terminal.ts';

/** A sale of 900.00 and rent of 250.00 in January, closed; then rent is corrected to 300.00, a sale comes late, and it is closed again. */
async function reopened(): Promise<Terminal> {
	const terminal = openTerminal();
	await terminal.run(['company', 'create', '--name', 'Alder Tools', '--currency', 'INR', '--chart', 'none', '--timezone', 'UTC']);
	for (const [code, name, type, subtype] of [
		['1010', 'Bank', 'asset', 'bank'],
		['3999', 'Retained earnings', 'equity', 'retained_earnings'],
		['4000', 'Sales', 'income', ''],
		['5000', 'Rent', 'expense', ''],
	] as const) {
		await terminal.json(['account', 'add', '--code', code, '--name', name, '--type', type, ...(subtype === '' ? [] : ['--subtype', subtype])]);
	}
	await terminal.json(['account', 'set', '1010', '--requires-reconciliation', 'no', '--reason', EXEMPT_REASON]);
	await post(terminal, '2026-01-05', 'Sale', '1010', '4000', '900.00');
	await post(terminal, '2026-01-31', 'Rent of January', '5000', '1010', '250.00');
	await close(terminal, 'The month is done');
	await terminal.json(['period', 'reopen', '2026-01', '--reason', 'Rent was billed wrongly', '--confirm', '2026-01']);
	await terminal.json(['journal', 'reverse', '2', '--date', '2026-01-31']);
	await post(terminal, '2026-01-31', 'Rent of January, corrected', '5000', '1010', '300.00');
	await post(terminal, '2026-01-30', 'A sale that came late', '1010', '4000', '1234.50');
	await terminal.json(['account', 'set', '1010', '--name', 'Main bank']);
	await close(terminal, 'Corrected');
	return terminal;
}

async function post(terminal: Terminal, date: string, description: string, debit: string, credit: string, amount: string): Promise<void> {
	const lines = [
		{ account: debit, debit: amount },
		{ account: credit, credit: amount },
	];
	await terminal.json(['journal', 'post', '-'], { stdin: JSON.stringify({ date, description, lines }) });
}

const close = (terminal: Terminal, reason: string) =>
	terminal.json(['period', 'close', '2026-01', '--reason', reason, '--acknowledge', 'all', '--note', 'Seen']);

it('shows', async () => {
	const terminal = await reopened();
	const { stdout } = await terminal.run(['report', 'reopen-difference', '2026-01']);
	console.log(stdout);
	for (const format of ['csv','json','pdf','xlsx']) console.log((await terminal.run(['report', 'reopen-difference', '2026-01', '--out', `/tmp/rd.${format}`])).stderr);
	console.log(readFileSync('/tmp/rd.csv', 'utf8'), readFileSync('/tmp/rd.json','utf8').slice(0,6000));
});
