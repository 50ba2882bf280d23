import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { pagesOf, workbookOf } from '#test/document-tools.ts';
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

it('is a table on the screen: each account with its figures before and after, and the entries that changed them', async () => {
	const terminal = await reopened();
	const { stdout, status } = await terminal.run(['report', 'reopen-difference', '2026-01']);
	expect(status).toBe(0);
	// The hashes hold ids that are made anew.
	const shown = stdout.replaceAll(/[0-9a-f]{64}/g, '<hash>').split('\n');
	expect(shown.map((line) => line.trimEnd())).toMatchInlineSnapshot(`
		[
		  "Alder Tools: Difference between close 1 and close 2 of 2026-01, INR",
		  "Close hash of close 1: <hash>",
		  "Close hash of close 2: <hash>",
		  "",
		  "Figure or entry                              Date        Entry  Reverses  By     Reason                      Debit    Credit   Before      After     Change",
		  "-------------------------------------------  ----------  -----  --------  -----  -----------------------  --------  --------  -------  ---------  ---------",
		  "Closes",
		  "Close 1, 2026-04-10 09:00 UTC                                             owner  The month is done",
		  "Close 1 reopened, 2026-04-10 09:00 UTC                                    owner  Rent was billed wrongly",
		  "Close 2, 2026-04-10 09:00 UTC                                             owner  Corrected",
		  "",
		  "1010 Main bank",
		  "Debits                                                                                                                         900.00   2,384.50   1,484.50",
		  "Credits                                                                                                                        250.00     550.00     300.00",
		  "Closing balance                                                                                                                650.00   1,834.50   1,184.50",
		  "Reversal of 2: Rent of January               2026-01-31      5         2  owner                             250.00",
		  "Rent of January, corrected                   2026-01-31      6            owner                                       300.00",
		  "A sale that came late                        2026-01-30      7            owner                           1,234.50",
		  "",
		  "3999 Retained earnings",
		  "Debits                                                                                                                           0.00     650.00     650.00",
		  "Credits                                                                                                                        650.00   2,484.50   1,834.50",
		  "Closing balance                                                                                                               -650.00  -1,834.50  -1,184.50",
		  "Closing balance, adjusted basis                                                                                                  0.00       0.00       0.00",
		  "Reversal of the closing entry 2026-01        2026-01-31      4         3  owner                             650.00",
		  "Closing entry 2026-01                        2026-01-31      8            owner                                     1,834.50",
		  "",
		  "4000 Sales",
		  "Debits                                                                                                                         900.00   3,034.50   2,134.50",
		  "Credits                                                                                                                        900.00   3,034.50   2,134.50",
		  "Closing balance                                                                                                                  0.00       0.00       0.00",
		  "Closing balance, adjusted basis                                                                                               -900.00  -2,134.50  -1,234.50",
		  "Reversal of the closing entry 2026-01        2026-01-31      4         3  owner                                       900.00",
		  "A sale that came late                        2026-01-30      7            owner                                     1,234.50",
		  "Closing entry 2026-01                        2026-01-31      8            owner                           2,134.50",
		  "",
		  "5000 Rent",
		  "Debits                                                                                                                         250.00     800.00     550.00",
		  "Credits                                                                                                                        250.00     800.00     550.00",
		  "Closing balance                                                                                                                  0.00       0.00       0.00",
		  "Closing balance, adjusted basis                                                                                                250.00     300.00      50.00",
		  "Reversal of the closing entry 2026-01        2026-01-31      4         3  owner                             250.00",
		  "Reversal of 2: Rent of January               2026-01-31      5         2  owner                                       250.00",
		  "Rent of January, corrected                   2026-01-31      6            owner                             300.00",
		  "Closing entry 2026-01                        2026-01-31      8            owner                                       300.00",
		  "",
		  "Names and kinds of accounts",
		  "1010 Main bank, name: Bank became Main bank",
		  "",
		  "Sealed tables",
		  "accounts: 4 rows, then 4; 1 new, 1 gone",
		  "balances: 4 rows, then 4; 4 new, 4 gone",
		  "validations: 3 rows, then 3; 2 new, 2 gone",
		  "-------------------------------------------  ----------  -----  --------  -----  -----------------------  --------  --------  -------  ---------  ---------",
		  "Net profit                                                                                                                     650.00   1,834.50   1,184.50",
		  "The entries explain every change",
		  "",
		]
	`);
});

it('is plain rows in a CSV, and whole in JSON', async () => {
	const terminal = await reopened();
	await terminal.run(['report', 'reopen-difference', '2026-01', '--out', 'difference.csv']);
	const rows = readFileSync(`${terminal.folder}/difference.csv`, 'utf8').split('\n');
	expect(rows).toContain('5000 Rent,"Closing balance, adjusted basis",,,,,,,,250.00,300.00,50.00');
	expect(rows).toContain('5000 Rent,Reversal of 2: Rent of January,2026-01-31,5,2,owner,,,250.00,,,');
	expect(await terminal.json(['report', 'reopen-difference', '2026-01', '--from', '1', '--to', '2'])).toMatchObject({
		earlier: { closeNumber: 1, reason: 'The month is done' },
		later: { closeNumber: 2, reason: 'Corrected' },
		reopenings: [{ closeNumber: 1, reopenedBy: 'owner', reason: 'Rent was billed wrongly' }],
		changes: [{ table: 'accounts', ref: '1010', field: 'name', before: 'Bank', after: 'Main bank' }],
		explained: true,
	});
});

it('is pages and a workbook with the same figures', async () => {
	const terminal = await reopened();
	for (const format of ['pdf', 'xlsx']) {
		const written = await terminal.json<{ bytes: number }>(['report', 'reopen-difference', '2026-01', '--out', `difference.${format}`]);
		expect(written.bytes).toBe(readFileSync(`${terminal.folder}/difference.${format}`).length);
	}
	const sheet = (await workbookOf(`${terminal.folder}/difference.xlsx`)).worksheets[0];
	const cells = sheet?.getSheetValues().flatMap((row) => (Array.isArray(row) ? row : [])) ?? [];
	expect(cells).toEqual(expect.arrayContaining(['1010 Main bank', 'Rent was billed wrongly', 1834.5, 'The entries explain every change']));
	expect(pagesOf(`${terminal.folder}/difference.pdf`).join('\n')).toContain('The entries explain every change');
});

it('is refused where there are no two closes, with what to do next', async () => {
	const terminal = await reopened();
	const ask = (...more: string[]) => terminal.json<{ error: { code: string; message: string } }>(['report', 'reopen-difference', ...more], { status: 1 });
	expect((await ask('2026-02')).error).toMatchObject({ code: 'PERIOD_NOT_CLOSED' });
	expect((await ask('2026-01', '--from', '2', '--to', '1')).error).toMatchObject({ code: 'INPUT_INVALID' });
	expect((await ask('opening')).error).toMatchObject({ code: 'PERIOD_NOT_REOPENED', message: expect.stringContaining('report closing-voucher --period') });
	expect((await terminal.run(['report', 'reopen-difference'])).status).toBe(2);
	expect((await terminal.run(['report', 'reopen-difference', '2026-01', '--from', 'first'])).status).toBe(2);
});
