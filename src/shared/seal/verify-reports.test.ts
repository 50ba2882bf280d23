import { describe, expect, it } from 'vitest';
import { nodeCryptography } from '#test/seal-keys.ts';
import { makePackage, sourceOf } from '#test/seal-package.ts';
import { utf8Bytes } from './bytes.ts';
import { csvSink } from './csv-sink.ts';
import { verifyPackage } from './verify-package.ts';

/* The reports of the invented January of test/seal-package.ts, written out by hand. */

const JOURNAL = `\ufeffentry_no,date,description,account_code,base_debit,base_credit
1,2026-01-15,"Sale, of
goods",1000,1000.00,
1,2026-01-15,Sale,4000,,1000.00
2,2026-01-15,Rent,5000,300.00,
2,2026-01-15,Rent,1000,,300.00
3,2026-01-15,Dollars,1010,830.00,
3,2026-01-15,Dollars,4000,,830.00
4,2026-01-15,Sale,1000,200.00,
4,2026-01-15,Sale,4000,,200.00
5,2026-01-31,Closing,4000,2030.00,
5,2026-01-31,Closing,5000,,300.00
5,2026-01-31,Closing,3000,,1730.00
`;

const LEDGER = `row,account_code,currency,base_debit,base_credit,base_balance
opening,1000,INR,,,0.00
line,1000,INR,1000.00,,1000.00
line,1000,INR,,300.00,700.00
line,1000,INR,200.00,,900.00
closing,1000,INR,,,900.00
opening,1010,USD,,,0.00
line,1010,USD,830.00,,830.00
closing,1010,USD,,,830.00
opening,3000,INR,,,0.00
line,3000,INR,,1730.00,-1730.00
closing,3000,INR,,,-1730.00
opening,4000,INR,,,0.00
line,4000,INR,,1000.00,-1000.00
line,4000,INR,,830.00,-1830.00
line,4000,INR,,200.00,-2030.00
line,4000,INR,2030.00,,0.00
closing,4000,INR,,,0.00
opening,5000,INR,,,0.00
line,5000,INR,300.00,,300.00
line,5000,INR,,300.00,0.00
closing,5000,INR,,,0.00
`;

const INCOME = `line,code,name,type,amount,year_to_date
ACCOUNT,4000,Sales,INCOME,2030.00,2030.00
ACCOUNT,5000,Rent,EXPENSE,300.00,300.00
INCOME,,,,2030.00,2030.00
EXPENSE,,,,300.00,300.00
NET_PROFIT,,,,1730.00,1730.00
`;

const SHEET = `line,code,name,type,amount
ACCOUNT,1000,Bank,ASSET,900.00
ACCOUNT,1010,Bank in dollars,ASSET,830.00
RESULT_YEAR_TO_DATE,,Result of the year to date,EQUITY,1730.00
ASSETS,,,,1730.00
LIABILITIES,,,,0.00
EQUITY,,,,1730.00
`;

const FILES = { journal: JOURNAL, general_ledger: LEDGER, income_statement: INCOME, balance_sheet: SHEET };

/** A package signed anew by its key's owner, with reports of his own. */
function packageWith(change: Partial<typeof FILES> = {}) {
	const reports = Object.entries({ ...FILES, ...change });
	return makePackage({ change: (files) => reports.forEach(([name, text]) => files.set(`data/csv/${name}.csv`, utf8Bytes(text))) });
}

const judge = (change?: Partial<typeof FILES>) => verifyPackage(sourceOf(packageWith(change)), nodeCryptography);

describe('reports of a package', () => {
	it('that agree with what was sealed are no finding', async () => {
		expect((await judge()).findings).toEqual([]);
	});

	it.each<[string, keyof typeof FILES, string, string, RegExp]>([
		['an amount of the journal', 'journal', '1,2026-01-15,Sale,4000,,1000.00', '1,2026-01-15,Sale,4000,,1000.01', /credits of 436001; sealed are 436000/],
		['a line of the journal taken away', 'journal', '4,2026-01-15,Sale,1000,200.00,\n4,2026-01-15,Sale,4000,,200.00\n', '', /4 entries with 9 lines/],
		['the number of an entry', 'journal', '4,2026-01-15,Sale,4000', '3,2026-01-15,Sale,4000', /6 entries/],
		['two amounts of the ledger exchanged', 'general_ledger', 'line,1010,USD,830.00', 'line,1010,USD,831.00', /1010 in USD/],
		['a closing balance', 'general_ledger', 'closing,1000,INR,,,900.00', 'closing,1000,INR,,,901.00', /1000 in INR/],
		['an account that is not sealed', 'general_ledger', 'opening,5000', 'opening,9999', /not sealed|5000/],
		['the net profit with its rows', 'income_statement', 'NET_PROFIT,,,,1730.00', 'NET_PROFIT,,,,1731.00', /total NET_PROFIT/],
		['a row of the year to date only', 'income_statement', 'EXPENSE,,,,300.00', 'EXPENSE,,,,301.00', /total EXPENSE/],
		['income moved to another account', 'income_statement', 'ACCOUNT,4000', 'ACCOUNT,4001', /4001|4000/],
		['an asset', 'balance_sheet', '1010,Bank in dollars,ASSET,830.00', '1010,Bank in dollars,ASSET,829.00', /1010/],
		['both sides raised alike', 'balance_sheet', 'ASSETS,,,,1730.00', 'ASSETS,,,,1830.00', /total ASSETS/],
		['a figure that is none', 'balance_sheet', 'ASSETS,,,,1730.00', 'ASSETS,,,,17x0.00', /Row 5 of .*balance_sheet/],
		['a column renamed', 'journal', 'base_debit', 'debit_of_base', /Row 1 of .*journal/],
		['a quotation mark left open', 'journal', '"Sale, of', '"Sale, "of', /no row of this report/],
	])('%s is found', async (_what, name, from, to, message) => {
		expect(FILES[name]).toContain(from);
		const { result, findings } = await judge({ [name]: FILES[name].replace(from, to) });
		expect(result).toBe('ALTERED');
		expect(findings).toContainEqual(expect.objectContaining({ code: 'REPORT_DIFFERS', file: `data/csv/${name}.csv`, message: expect.stringMatching(message) }));
	});
});

it('reads records whatever the pieces that they come in', () => {
	const text = '\ufeffa,b\n1,"x\ny ""z"""\n"",\n';
	for (let size = 1; size < 12; size++) {
		const records: (readonly string[])[] = [];
		const sink = csvSink(
			(cells) => records.push(cells),
			() => records.push(['damaged']),
		);
		const bytes = utf8Bytes(text);
		for (let at = 0; at < bytes.length; at += size) sink.write(bytes.subarray(at, at + size));
		sink.end();
		expect(records).toEqual([
			['a', 'b'],
			['1', 'x\ny "z"'],
			['', ''],
		]);
	}
});
