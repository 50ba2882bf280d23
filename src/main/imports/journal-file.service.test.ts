import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isAppError } from '#shared/kernel/app-error.ts';
import { type JournalFileSummary, readJournalFile } from './journal-file.service.ts';
import type { JournalFileOptions } from './journal-file-options.ts';
import { RejectFile } from './reject-file.service.ts';
import type { RejectedRow, StagedEntry } from './staged-entry.rules.ts';

const folder = mkdtempSync(join(tmpdir(), 'journal-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

interface Read {
	readonly entries: StagedEntry[];
	readonly rejects: RejectedRow[];
	readonly summary: JournalFileSummary;
	readonly path: string;
}

async function read(content: string | Buffer, options: Partial<JournalFileOptions> = {}): Promise<Read> {
	const path = join(folder, `file-${++files}.csv`);
	writeFileSync(path, content);
	return readPath(path, options);
}

async function readPath(path: string, options: Partial<JournalFileOptions> = {}): Promise<Read> {
	const entries: StagedEntry[] = [];
	const rejects: RejectedRow[] = [];
	const summary = await readJournalFile(
		path,
		{ baseCurrency: 'INR', ...options },
		{
			onEntry: (entry) => {
				entries.push(entry);
				return null;
			},
			onReject: (row) => rejects.push(row),
		},
	);
	return { entries, rejects, summary, path };
}

/** What a refusal says: its code, and for questions the option that answers each. */
async function refusal(content: string | Buffer, options: Partial<JournalFileOptions> = {}): Promise<string> {
	try {
		await read(content, options);
	} catch (error) {
		if (!isAppError(error)) throw error;
		const questions = (error.details.questions ?? []) as { id: string }[];
		return [error.code, ...questions.map((question) => question.id)].join(' ');
	}
	return 'read';
}

/** Entries as an accountant would write them down: date, then account and signed minor units of each line. */
const brief = (entries: readonly StagedEntry[]) =>
	entries.map((entry) => [entry.date, ...entry.lines.map((line) => `${line.account} ${line.debitMinor - line.creditMinor}`)].join(', '));

const CANONICAL = 'entry_no,date,account_code,account_name,account_type,party,description,debit,credit,currency,reference\n';
const PLAIN = 'txn,date,account,amount\n';

describe('the canonical file', () => {
	test('every column arrives', async () => {
		const { entries, summary } = await read(
			`${CANONICAL.trim()},due_date,memo,base_amount\n7,2024-04-02,1100,Receivables,Asset,Acme,Invoice 1,118.00,,INR,INV-1,2024-05-02,,118.00\n7,2024-04-02,4000,Sales,Income,,Invoice 1,,100.00,,INV-1,,goods,\n7,2024-04-02,2200,GST,Liability,,Invoice 1,0.00,18,inr,INV-2,,,\n`.replace(
				'inr',
				'INR',
			),
		);
		expect(entries).toEqual([
			{
				externalNo: '7',
				date: '2024-04-02',
				description: 'Invoice 1',
				reference: 'INV-1',
				firstLine: 2,
				fxRoundingMinor: 0,
				remainderMinor: 0,
				lines: [
					{
						account: '1100',
						accountName: 'Receivables',
						accountType: 'ASSET',
						party: 'Acme',
						currency: 'INR',
						debitMinor: 11_800,
						creditMinor: 0,
						baseMinor: 11_800,
						dueDate: '2024-05-02',
						memo: null,
						reference: null,
					},
					{
						account: '4000',
						accountName: 'Sales',
						accountType: 'INCOME',
						party: null,
						currency: 'INR',
						debitMinor: 0,
						creditMinor: 10_000,
						baseMinor: -10_000,
						dueDate: null,
						memo: 'goods',
						reference: null,
					},
					{
						account: '2200',
						accountName: 'GST',
						accountType: 'LIABILITY',
						party: null,
						currency: 'INR',
						debitMinor: 0,
						creditMinor: 1800,
						baseMinor: -1800,
						dueDate: null,
						memo: null,
						reference: 'INV-2',
					},
				],
			},
		]);
		expect(summary).toMatchObject({ format: 'csv', encoding: 'utf-8', delimiter: ',', entries: 1, lines: 3, rejectedRows: 0 });
	});
});

describe("other people's files are read", () => {
	const cases: readonly { what: string; content: string | Buffer; options?: Partial<JournalFileOptions>; entries: string[] }[] = [
		{
			what: 'German, cp1252, decimal comma',
			content: Buffer.from('Beleg;Datum;Text;Konto;Betrag;Währung\nT1;01.04.2024;x;Bank;1.234,50;INR\nT1;01.04.2024;x;Erlöse;-1234,50;INR\n', 'latin1'),
			entries: ['2024-04-01, Bank 123450, Erlöse -123450'],
		},
		{
			what: 'the value that proves the style comes last',
			content: `${PLAIN}1,2024-01-02,A,1250\n1,2024-01-02,B,-1250\n2,2024-01-03,A,"1,234"\n2,2024-01-03,B,"-1,234"\n3,2024-01-04,A,"1,234.50"\n3,2024-01-04,B,"-1,234.50"\n`,
			entries: ['2024-01-02, A 125000, B -125000', '2024-01-03, A 123400, B -123400', '2024-01-04, A 123450, B -123450'],
		},
		{
			what: 'Indian groups',
			content: `${PLAIN}1,2024-01-02,A,"Rs. 12,34,567.00"\n1,2024-01-02,B,"(12,34,567.00)"\n`,
			entries: ['2024-01-02, A 123456700, B -123456700'],
		},
		{
			what: 'month first, proved by one line',
			content: `${PLAIN}1,01/02/2024,A,5\n1,01/02/2024,B,-5\n2,01/13/2024,A,5\n2,01/13/2024,B,-5\n`,
			entries: ['2024-01-02, A 500, B -500', '2024-01-13, A 500, B -500'],
		},
		{
			what: 'a date format that is given',
			content: `${PLAIN}1,01/02/2024,A,5\n1,01/02/2024,B,-5\n`,
			options: { dateFormat: 'DD/MM/YYYY' },
			entries: ['2024-02-01, A 500, B -500'],
		},
		{
			what: 'a decimal sign that is given',
			content: `${PLAIN}1,2024-01-02,A,"1,234"\n1,2024-01-02,B,"-1,234"\n`,
			options: { decimal: '.' },
			entries: ['2024-01-02, A 123400, B -123400'],
		},
		{
			what: 'a column map',
			content: 'a,b,c,d\n1,2024-01-02,A,5\n1,2024-01-02,B,-5\n',
			options: { map: { entry_no: 'a', date: 'b', account: 'c', amount: 'd' } },
			entries: ['2024-01-02, A 500, B -500'],
		},
		{
			what: 'no header, columns by number',
			content: '1,2024-01-02,A,5\n1,2024-01-02,B,-5\n',
			options: { map: { entry_no: '#1', date: '#2', account: '#3', amount: '#4' } },
			entries: ['2024-01-02, A 500, B -500'],
		},
		{
			what: 'rows above and totals below',
			content: 'Company;Acme\n\nVoucher;Datum;Konto;Soll;Haben\n1;01.04.2024;A;5,00;\n1;01.04.2024;B;;5,00\n;;;;\nTotal;;;5,00;5,00\n',
			entries: ['2024-04-01, A 500, B -500'],
		},
		{
			what: 'number and date in the first row of an entry only',
			content: `${PLAIN}1,2024-01-02,A,5\n,,B,-5\n2,2024-01-03,A,6\n,,B,-6\n`,
			entries: ['2024-01-02, A 500, B -500', '2024-01-03, A 600, B -600'],
		},
		{
			what: 'no numbers: rows that add up to nil',
			content: 'date,description,account,amount\n2024-01-02,x,A,5\n2024-01-02,x,B,-5\n2024-01-02,x,A,7\n2024-01-02,x,B,-3\n2024-01-02,x,C,-4\n',
			entries: ['2024-01-02, A 500, B -500', '2024-01-02, A 700, B -300, C -400'],
		},
		{
			what: 'amount with a side',
			content: 'Voucher,Date,Ledger,Amount,Dr/Cr\n1,2024-01-02,A,5,Dr\n1,2024-01-02,B,5,Cr.\n',
			entries: ['2024-01-02, A 500, B -500'],
		},
		{
			what: 'CR line ends, tabs, UTF-16',
			content: Buffer.from('\ufefftxn\tdate\taccount\tamount\r1\t2024-01-02\t株\t5\r1\t2024-01-02\tB\t-5\r', 'utf16le'),
			entries: ['2024-01-02, 株 500, B -500'],
		},
		{
			what: 'numbers that start again on another day',
			content: `${PLAIN}1,2024-01-02,A,5\n1,2024-01-02,B,-5\n2,2024-01-02,A,5\n2,2024-01-02,B,-5\n1,2024-01-03,A,6\n1,2024-01-03,B,-6\n`,
			entries: ['2024-01-02, A 500, B -500', '2024-01-02, A 500, B -500', '2024-01-03, A 600, B -600'],
		},
		{ what: 'leading zeros are part of a code', content: `${PLAIN}1,2024-01-02,0010,5\n1,2024-01-02,10,-5\n`, entries: ['2024-01-02, 0010 500, 10 -500'] },
		{
			what: 'two spellings that are one account',
			content: `${PLAIN}1,2024-01-02,Cash,5\n1,2024-01-02,CASH ,-5\n`,
			options: { accountCase: 'same' },
			entries: ['2024-01-02, Cash 500, Cash -500'],
		},
		{
			what: 'three decimals in a canonical file',
			content: `${CANONICAL}1,2024-01-02,A,,,,x,1.234,,KWD,\n1,2024-01-02,B,,,,x,,1.234,KWD,\n`,
			options: { rates: { KWD: '270' } },
			entries: ['2024-01-02, A 1234, B -1234'],
		},
		{
			what: 'lines of nil are left out',
			content: `${PLAIN}1,2024-01-02,A,5\n1,2024-01-02,B,-5\n1,2024-01-02,C,0.00\n2,2024-01-02,A,0\n`,
			entries: ['2024-01-02, A 500, B -500'],
		},
	];
	test.each(cases)('$what', async ({ content, options, entries }) => {
		const got = await read(content, options);
		expect(got.rejects).toEqual([]);
		expect(brief(got.entries)).toEqual(entries);
	});
});

describe('rows that are refused, with their line and reason', () => {
	const sides = 'txn,date,description,account,debit,credit,currency,base_amount\n';
	const cases: readonly { what: string; content: string; rejects: string[] }[] = [
		{ what: 'not balanced', content: `${sides}T1,2024-01-13,x,A,10.00,,,\nT1,2024-01-13,x,B,,9.99,,\n`, rejects: ['2 ENTRY_UNBALANCED', '3 ENTRY_REJECTED'] },
		{ what: 'one line', content: `${sides}T1,2024-01-13,x,A,10.00,,,\n`, rejects: ['2 ENTRY_TOO_SHORT'] },
		{ what: 'both sides', content: `${sides}T1,2024-01-13,x,A,10.00,10.00,,\n`, rejects: ['2 BOTH_SIDES'] },
		{ what: 'no amount', content: `${sides}T1,2024-01-13,x,A,5,,,\nT1,2024-01-13,x,B,,,,\n`, rejects: ['2 ENTRY_REJECTED', '3 NO_AMOUNT'] },
		{ what: 'below zero', content: `${sides}T1,2024-01-13,x,A,-5,,,\nT1,2024-01-13,x,B,5,,,\n`, rejects: ['2 NEGATIVE_AMOUNT', '3 ENTRY_REJECTED'] },
		{ what: 'no number', content: `${sides}T1,2024-01-13,x,A,1.2.3,,,\nT1,2024-01-13,x,B,,NaN,,\n`, rejects: ['2 AMOUNT_INVALID', '3 AMOUNT_INVALID'] },
		{ what: 'digits lost', content: `${sides}T1,2024-01-13,x,A,1.5E+05,,,\nT1,2024-01-13,x,B,,150000,,\n`, rejects: ['2 AMOUNT_INVALID', '3 ENTRY_REJECTED'] },
		{
			what: 'more decimals than the currency has',
			content: `${sides}T1,2024-01-13,x,A,0.1234567,,,\nT1,2024-01-13,x,B,,0.12,,\n`,
			rejects: ['2 AMOUNT_INVALID', '3 ENTRY_REJECTED'],
		},
		{
			what: 'larger than a line can hold',
			content: `${sides}T1,2024-01-13,x,A,12345678901234567890.12,,,\nT1,2024-01-13,x,B,,1,,\n`,
			rejects: ['2 AMOUNT_TOO_LARGE', '3 ENTRY_REJECTED'],
		},
		{ what: 'no date', content: `${sides}T1,2024-02-30,x,A,5,,,\nT1,,x,B,,5,,\n`, rejects: ['2 DATE_INVALID', '3 ENTRY_REJECTED'] },
		{ what: 'two dates in one entry', content: `${sides}T1,2024-01-13,x,A,5,,,\nT1,2024-01-14,x,B,,5,,\n`, rejects: ['2 ENTRY_REJECTED', '3 HEADER_DIFFERS'] },
		{
			what: 'a currency that is none',
			content: `${sides}T1,2024-01-13,x,A,5,,XXQ,\nT1,2024-01-13,x,B,,5,,\n`,
			rejects: ['2 CURRENCY_UNKNOWN', '3 ENTRY_REJECTED'],
		},
		{ what: 'no rate', content: `${sides}T1,2024-01-13,x,A,5,,USD,\nT1,2024-01-13,x,B,,5,USD,\n`, rejects: ['2 RATE_MISSING', '3 ENTRY_REJECTED'] },
		{
			what: 'base amount on the other side',
			content: `${sides}T1,2024-01-13,x,A,5,,USD,-400\nT1,2024-01-13,x,B,,400,INR,400\n`,
			rejects: ['2 BASE_AMOUNT_INVALID', '3 ENTRY_REJECTED'],
		},
		{ what: 'no account', content: `${sides}T1,2024-01-13,x,,5,,,\nT1,2024-01-13,x,B,,5,,\n`, rejects: ['2 COLUMN_MISSING', '3 ENTRY_REJECTED'] },
		{
			what: 'a control character',
			content: `${sides}T1,2024-01-13,a\u0007b,A,5,,,\nT1,2024-01-13,x,B,,5,,\n`,
			rejects: ['2 TEXT_INVALID', '3 ENTRY_REJECTED'],
		},
		{
			what: 'a delimiter too many',
			content: `${sides}T1,2024-01-13,x,A,1,234.50,,,,\nT1,2024-01-13,x,B,,5,,,more\n`,
			rejects: ['2 BOTH_SIDES', '3 COLUMNS_EXTRA'],
		},
		{
			what: 'text behind a quotation mark',
			content: `${sides}T1,2024-01-13,"x"y,A,5,,,\nT1,2024-01-13,x,B,,5,,\n`,
			rejects: ['2 QUOTING_INVALID', '3 ENTRY_REJECTED'],
		},
		{
			what: 'a number that comes back',
			content: `${sides}T1,2024-01-13,x,A,5,,,\nT1,2024-01-13,x,B,,5,,\nT2,2024-01-13,x,A,5,,,\nT2,2024-01-13,x,B,,5,,\nT1,2024-01-13,x,A,5,,,\nT1,2024-01-13,x,B,,5,,\n`,
			rejects: ['6 ENTRY_NO_REPEATED', '7 ENTRY_REJECTED'],
		},
	];
	test.each(cases)('$what', async ({ content, rejects }) => {
		expect((await read(content)).rejects.map((row) => `${row.row} ${row.code}`)).toEqual(rejects);
	});

	test('the line is the physical one, whatever stands in quotes above', async () => {
		const { rejects } = await read(`${sides}T1,2024-01-13,"two\nlines",A,5,,,\nT1,2024-01-13,x,B,,5,,\n\nT2,2024-01-13,x,A,5,,,\n`);
		expect(rejects.map((row) => row.row)).toEqual([6]);
	});
});

describe('what is asked, never guessed', () => {
	test.each<[string, string | Buffer, string, Partial<JournalFileOptions>?]>([
		['1,234', `${PLAIN}1,2024-01-02,A,"1,234"\n1,2024-01-02,B,"-1,234"\n`, 'NEEDS_ANSWER decimal'],
		['1.234 in a file that declares nothing', `${PLAIN}1,2024-01-02,A,1.234\n1,2024-01-02,B,-1.234\n`, 'NEEDS_ANSWER decimal'],
		['the order of day and month', `${PLAIN}1,01/02/2024,A,5\n1,01/02/2024,B,-5\n`, 'NEEDS_ANSWER dateFormat'],
		['both at once', `${PLAIN}1,01/02/2024,A,"1,234"\n1,01/02/2024,B,"-1,234"\n`, 'NEEDS_ANSWER decimal dateFormat'],
		['two-digit years', `${PLAIN}1,13.02.24,A,5\n1,13.02.24,B,-5\n`, 'NEEDS_ANSWER dateFormat'],
		['an encoding', Buffer.concat([Buffer.from(`${PLAIN}1,2024-01-02,M`), Buffer.of(0x81), Buffer.from('ller,5\n')]), 'NEEDS_ANSWER encoding'],
		['accounts in two spellings', `${PLAIN}1,2024-01-02,Cash,5\n1,2024-01-02,CASH ,-5\n`, 'NEEDS_ANSWER accountCase'],
		['no header', '1,2024-01-02,A,5\n1,2024-01-02,B,-5\n', 'NEEDS_ANSWER map'],
		['two columns for the amount', 'txn,date,account,amount,amount\n1,2024-01-02,A,5,6\n', 'NEEDS_ANSWER map'],
		['a mapped column that is not there', `${PLAIN}1,2024-01-02,A,5\n`, 'NEEDS_ANSWER map', { map: { amount: 'Betrag' } }],
		['a dollar of no known country', 'txn,date,account,amount,currency\n1,2024-01-02,A,5,$\n', 'NEEDS_ANSWER commodity:$'],
	])('%s', async (_what, content, expected, options) => {
		expect(await refusal(content, options)).toBe(expected);
	});
});

describe('files that are refused as a whole', () => {
	test.each<[string, string | Buffer, string, Partial<JournalFileOptions>?]>([
		['empty', '', 'FILE_EMPTY'],
		['nothing but a mark', '\ufeff', 'FILE_EMPTY'],
		['nothing but blanks', ' \n\n', 'FILE_EMPTY'],
		['a web page', '<html><body>Session expired</body></html>', 'FILE_NOT_RECOGNISED'],
		['a workbook', Buffer.from('PK\u0003\u0004xxxx'), 'FILE_NOT_RECOGNISED'],
		['prose', 'Dear bookkeeper\nplease find attached\n', 'FILE_NOT_RECOGNISED'],
		['no hledger CSV though said so', PLAIN, 'FILE_NOT_RECOGNISED', { format: 'hledger-csv' }],
		['a quotation mark that is never closed', `${PLAIN}1,2024-01-02,"A,5\n`, 'FILE_UNREADABLE'],
		['an unknown column role', PLAIN, 'INPUT_INVALID', { map: { colour: 'a' } }],
		['a bad date format', PLAIN, 'INPUT_INVALID', { dateFormat: 'tomorrow' }],
		['a bad decimal sign', PLAIN, 'INPUT_INVALID', { decimal: ';' }],
		['a bad delimiter', PLAIN, 'INPUT_INVALID', { delimiter: 'xx' }],
		['a bad rate', PLAIN, 'INPUT_INVALID', { rates: { USD: 'many' } }],
		['a bad commodity', PLAIN, 'CURRENCY_UNKNOWN', { commodities: { $: 'DOLLAR' } }],
		['cancelled', PLAIN, 'CANCELLED', { signal: AbortSignal.abort() }],
	])('%s', async (_what, content, expected, options) => {
		expect(await refusal(content, options)).toBe(expected);
	});
});

describe('what hledger print writes', () => {
	const header =
		'"txnidx","date","date2","status","code","description","comment","account","amount","commodity","credit","debit","posting-status","posting-comment"\n';
	const row = (no: number, account: string, amount: string, commodity: string) =>
		`"${no}","2024-01-02","","*","C1","x","","${account}","${amount}","${commodity}","","","","note"\n`;
	test('entries with reference, memo and their own rate', async () => {
		const { entries, summary } = await read(header + row(1, 'assets:bank', '100,00', '€') + row(1, 'assets:Bank', '-9000.00', 'INR'));
		expect(summary.format).toBe('hledger-csv');
		expect(entries).toMatchObject([
			{
				externalNo: '1',
				reference: 'C1',
				lines: [
					{ account: 'assets:bank', currency: 'EUR', debitMinor: 10_000, baseMinor: 900_000, memo: 'note' },
					{ account: 'assets:Bank', creditMinor: 900_000 },
				],
			},
		]);
	});
	test.each([
		['no commodity is the company currency', row(1, 'a', '5', '') + row(1, 'b', '-5', ''), {}, ['2024-01-02, a 500, b -500'], []],
		[
			'a commodity that is said to be a currency',
			row(1, 'a', '5', '$') + row(1, 'b', '-5', '$'),
			{ commodities: { $: 'INR' } },
			['2024-01-02, a 500, b -500'],
			[],
		],
		['a commodity that is none', row(1, 'a', '5', 'AAPL') + row(1, 'b', '-500', 'INR'), {}, [], ['2 COMMODITY_NOT_A_CURRENCY', '3 ENTRY_REJECTED']],
		['wholly foreign', row(1, 'a', '5', 'EUR') + row(1, 'b', '-5', 'EUR'), {}, [], ['2 RATE_MISSING', '3 ENTRY_REJECTED']],
		[
			'1,234 has three decimals: hledger writes no groups',
			row(1, 'a', '1,234', '£') + row(1, 'b', '-1,234', '£'),
			{},
			[],
			['2 AMOUNT_INVALID', '3 AMOUNT_INVALID'],
		],
		[
			'virtual postings left out',
			row(1, 'a', '5', '') + row(1, 'b', '-5', '') + row(1, '(c)', '9', '') + row(1, '[d]', '1', '') + row(1, '[e]', '-1', ''),
			{ virtualPostings: 'skip' },
			['2024-01-02, a 500, b -500'],
			[],
		],
		[
			'balanced virtual postings kept',
			row(1, 'a', '5', '') + row(1, 'b', '-5', '') + row(1, '(c)', '9', '') + row(1, '[d]', '1', '') + row(1, '[e]', '-1', ''),
			{ virtualPostings: 'balanced' },
			['2024-01-02, a 500, b -500, d 100, e -100'],
			[],
		],
	] as [string, string, Partial<JournalFileOptions>, string[], string[]][])('%s', async (_what, rows, options, entries, rejects) => {
		const got = await read(header + rows, options);
		expect(brief(got.entries)).toEqual(entries);
		expect(got.rejects.map((one) => `${one.row} ${one.code}`)).toEqual(rejects);
	});
	test("virtual postings and a sign that is nobody's to guess are asked about", async () => {
		expect(await refusal(header + row(1, '(a)', '5', ''))).toBe('NEEDS_ANSWER virtualPostings');
		expect(await refusal(header + row(1, 'a', '5', '$'))).toBe('NEEDS_ANSWER commodity:$');
	});
});

test('a file that needs inference late tells nothing twice', async () => {
	const plain = Array.from({ length: 5000 }, (_value, index) => `${index},2024-01-02,A,5.00\n${index},2024-01-02,${index % 100 === 0 ? '' : 'B'},-5.00\n`).join(
		'',
	);
	const { entries, rejects, summary } = await read(`${PLAIN}${plain}x,03/13/2024,A,"1,234.50"\nx,03/13/2024,B,"-1,234.50"\n`);
	expect([entries.length, rejects.length]).toEqual([4951, 100]);
	expect(entries.at(-1)).toMatchObject({ date: '2024-03-13', externalNo: 'x' });
	expect(summary).toMatchObject({ entries: 4951, rejectedRows: 100 });
});

describe('rejected rows go to a file that can be corrected and read again', () => {
	test('nothing but the reasons is added, and formulas come back as they were', async () => {
		const content = "txn;Datum;Text;Konto;Betrag\n1;13.04.2024;ok;A;5,00\n1;13.04.2024;ok;B;-5,00\n2;14.04.2024;=1+1;A;7,00\n2;14.04.2024;'=1+1;B;-6,00\n";
		const first = await read(content);
		const file = new RejectFile(first.path, first.summary.header, first.summary.delimiter);
		for (const row of first.rejects) file.add(row);
		file.close();
		expect(file.path).toMatch(/\.rejected\.csv$/);
		const written = readFileSync(file.path ?? '', 'utf8');
		expect(written.split('\n').slice(0, 3)).toEqual([
			'\ufefftxn;Datum;Text;Konto;Betrag;reject_line;reject_code;reject_reason',
			"2;14.04.2024;'=1+1;A;7,00;4;ENTRY_UNBALANCED;The debits are 1.00 INR larger than the credits. An entry must balance.",
			"2;14.04.2024;''=1+1;B;-6,00;5;ENTRY_REJECTED;Belongs to an entry that is refused because of line 4.",
		]);
		writeFileSync(file.path ?? '', written.replace('-6,00', '-7,00'));
		const second = await readPath(file.path ?? '', { encoding: 'cp1252' });
		expect(brief(second.entries)).toEqual(['2024-04-14, A 700, B -700']);
		expect(second.entries[0]).toMatchObject({ description: '=1+1', lines: [{ memo: null }, { memo: "'=1+1" }] });
	});

	test('a second refusal keeps the columns single and another file', async () => {
		const first = await read(`${PLAIN}1,2024-01-02,A,5\n`);
		const paths: (string | null)[] = [];
		for (const source of [first, await readPath(first.path)]) {
			const file = new RejectFile(source.path, [...source.summary.header, 'reject_line', 'reject_code', 'reject_reason'], ',');
			for (const row of source.rejects) file.add(row);
			file.close();
			paths.push(file.path);
			expect(readFileSync(file.path ?? '', 'utf8').split('\n')[0]).toBe('\ufefftxn,date,account,amount,reject_line,reject_code,reject_reason');
		}
		expect(new Set(paths).size).toBe(2);
	});

	test('no rejected row, no file', () => {
		const file = new RejectFile(join(folder, 'none.csv'), ['a'], ',');
		file.close();
		expect(file.path).toBeNull();
	});
});
