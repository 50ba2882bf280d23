import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { askedIds, doubtCodes, refusalOf, rejectedRows, shownBalances, shownLines } from '#test/shown-statement.ts';
import { readCsvStatements } from './csv-statements.ts';
import type { ParsedStatement, StatementReadOptions } from './parsed-statement.ts';

const read = (text: string | Buffer, options: Partial<StatementReadOptions> = {}) => readCsvStatements(Buffer.from(text), { currency: 'EUR', ...options });
const one = (text: string | Buffer, options: Partial<StatementReadOptions> = {}) => read(text, options).statements[0] as ParsedStatement;
const rows = (...lines: readonly string[]) => `${lines.join('\n')}\n`;
const amounts = (statement: ParsedStatement) => statement.lines.map((line) => line.amountMinor);

describe('headers of banks', () => {
	test.each([
		['English, one amount', 'Date,Narration,Amount', '31/01/2024,RENT,-700.00', '2024-01-31 -70000 RENT'],
		['two columns', 'Date,Narration,Ref,Withdrawal,Deposit,Balance', '31/01/2024,RENT,000017,700.00,,5.00', '2024-01-31 -70000 RENT ref=000017'],
		['paid out and paid in', 'Date,Details,Paid out,Paid in,Balance', '31 Jan 2024,Sale,,£500.00,£500.00', '2024-01-31 50000 Sale'],
		['posted and transaction date', 'Transaction Date,Posted Date,Description,Debit,Credit', '2024-01-29,2024-01-31,Rent,700.00,', '2024-01-31 -70000 Rent'],
		[
			'German',
			'Buchungstag;Wertstellung;Auftraggeber/Empfänger;Verwendungszweck;Betrag;Währung',
			'31.01.2024;30.01.2024;Muster GmbH;Miete;-1.700,00;EUR',
			'2024-01-31 (value 2024-01-30) -170000 Miete party=Muster GmbH',
		],
		[
			'French',
			"Date de l'opération;Libellé;Détail de l'écriture;Montant de l'opération;Devise",
			'31/01/2024;COTISATION;COTISATION JAZZ;-8,10;EUR',
			'2024-01-31 -810 COTISATION COTISATION JAZZ',
		],
		[
			'Dutch, Af Bij',
			'Datum;Naam tegenpartij;Af Bij;Bedrag;Mededelingen',
			'20240131;Voorbeeld BV;Af;136,13;Factuur 7',
			'2024-01-31 -13613 Factuur 7 party=Voorbeeld BV',
		],
		['Spanish', 'Fecha;Concepto;Importe;Saldo', '31/01/2024;ALQUILER;-700,00;5,00', '2024-01-31 -70000 ALQUILER'],
		[
			'Swiss groups',
			'Date de valeur;Description;N° de transaction;Débit;Crédit;Solde',
			"31.01.2024;Virement;A01BC;;1'240.00;11'613.94",
			'2024-01-31 124000 Virement bank=A01BC',
		],
		[
			'Indian, with Dr and Cr',
			'Txn Date,Particulars,Cheque No,Amount,Dr/Cr',
			'31-01-2024,RENT,004512,"1,07,000.00",DR',
			'2024-01-31 -10700000 RENT ref=004512',
		],
		[
			'the currency in the header',
			'Booking Date,Value Date,Partner Name,Payment Reference,Amount (EUR)',
			'2024-01-31,,Example,Gift,328.00',
			'2024-01-31 32800 Gift party=Example',
		],
		['a payee and no text', 'Date,Payee,Amount', '2024-01-31,Example Ltd,-7.00', '2024-01-31 -700 Example Ltd party=Example Ltd'],
		['a time behind the date', 'Date,Description,Amount', '2024-01-31 23:59:58,x,1.00', '2024-01-31 100 x'],
		['an OFX date', 'Date,Description,Amount', '20240131120000[0:GMT],x,1.00', '2024-01-31 100 x'],
		['tabs', 'Date\tDescription\tAmount', '2024-01-31\tRent, May\t-7.00', '2024-01-31 -700 Rent, May'],
	])('%s', (_what, header, row, shown) => {
		expect(shownLines(one(rows(header, row)))).toEqual([shown]);
	});

	test('what stands above the header and below the lines is no line', () => {
		const text = rows(
			'Account Number;0112 345;',
			'From;01.01.2024;',
			'Date;Description;Amount',
			'31.01.2024;RENT;-7,00',
			';;',
			'Total;;-7,00',
			'Thank you for banking with us;;',
		);
		const statement = one(text);
		expect([statement.accountId, shownLines(statement), statement.rejected]).toEqual(['0112345', ['2024-01-31 -700 RENT'], []]);
	});

	test('accounts and currencies of one file become statements of their own', () => {
		const text = rows('Account,Date,Description,Amount,Currency', 'A1,2024-01-31,x,1.00,EUR', 'A2,2024-01-31,y,2.00,EUR', 'A1,2024-02-01,z,500,JPY');
		expect(read(text).statements.map(({ accountId, currency, lines }) => [accountId, currency, lines.map((line) => line.amountMinor)])).toEqual([
			['A1', 'EUR', [100]],
			['A2', 'EUR', [200]],
			['A1', 'JPY', [500]],
		]);
	});
});

describe('amounts', () => {
	const amount = (...written: readonly string[]) => amounts(one(rows('Date;Text;Amount', ...written.map((text) => `2024-01-31;x;${text}`))));
	test.each([
		['parentheses', '(1,234.50)', -123_450],
		['a minus behind', '1.234,50-', -123_450],
		['a real minus sign', '−5.00', -500],
		['CR', '1,234.50 CR', 123_450],
		['DR', '1,234.50DR', -123_450],
		['H and S', '1.234,50 S', -123_450],
		['Indian groups', 'Rs. 12,34,567.00', 123_456_700],
		['Swiss groups', "-1'234'567.00", -123_456_700],
		['no-break blanks', '1\u202f234\u202f567,00', 123_456_700],
		['a currency behind', '12,50 EUR', 1250],
		['a plus', '+$327.49', 32_749],
		['zero', '-0.00', 0],
		['the largest that a ledger line holds', '90071992547409.91', 9_007_199_254_740_991],
	])('%s', (_what, written, minor) => {
		expect(amount(written)).toEqual([minor]);
	});

	test.each([
		['1.2.3', 'AMOUNT_INVALID'],
		['NaN', 'AMOUNT_INVALID'],
		['0x1F', 'AMOUNT_INVALID'],
		['1.5E+05', 'AMOUNT_INVALID'],
		['########', 'AMOUNT_INVALID'],
		['-', 'AMOUNT_INVALID'],
		['', 'AMOUNT_INVALID'],
		['0.1234567890123', 'AMOUNT_INVALID'],
		['90071992547409.92', 'AMOUNT_TOO_LARGE'],
	])('"%s" is rejected with its row, the others are read', (written, code) => {
		const file = read(rows('Date,Description,Amount', '2024-01-13,ok,10.00', `2024-01-14,x,${written}`));
		expect([rejectedRows(file), file.statements.flatMap(amounts)]).toEqual([[`3 ${code}`], [1000]]);
	});

	test('money out that carries a minus of its own, as in mobile money', () => {
		expect(amounts(one(rows('Date,Details,Paid In,Withdrawn', '2024-01-31,a,,-20.00', '2024-02-01,b,30.00,')))).toEqual([-2000, 3000]);
	});

	test('a minus among positive money out is a reversal', () => {
		expect(amounts(one(rows('Date,Details,Paid In,Withdrawn', '2024-01-31,a,,20.00', '2024-02-01,b,,-5.00')))).toEqual([-2000, 500]);
	});

	test('an amount on both sides, or on none, is rejected', () => {
		const file = read(rows('Date,Details,Debit,Credit', '2024-01-31,a,1.00,2.00', '2024-01-31,b,,', '2024-01-31,c,0,2.00'));
		expect([rejectedRows(file), file.statements.flatMap(amounts)]).toEqual([['2 AMOUNT_INVALID', '3 AMOUNT_INVALID'], [200]]);
	});

	test.each([
		['unsigned: the column decides', ['10.00,debit', '5.00,credit'], [-1000, 500]],
		['signed alike', ['-10.00,debit', '5.00,credit'], [-1000, 500]],
		['a card that writes purchases positive', ['10.00,debit', '-5.00,credit'], [-1000, 500]],
		['signed, a reversal among them: the signs decide', ['-10.00,debit', '5.00,credit', '-2.00,credit'], [-1000, 500, -200]],
		['words that say nothing: the signs decide', ['10.00,ATM', '-5.00,POS'], [1000, -500]],
	])('a Dr/Cr column, %s', (_what, lines, expected) => {
		expect(amounts(one(rows('Date,Text,Amount,Type', ...lines.map((line) => `2024-01-31,x,${line}`))))).toEqual(expected);
	});

	test('a card is turned round by preset or option', () => {
		const card = rows('Date,Merchant,Amount', '2024-01-31,Shop,30.00', '2024-02-01,Payment,-500.00');
		expect(amounts(one(card))).toEqual([3000, -50_000]);
		expect(amounts(one(card, { preset: 'card-inverted' }))).toEqual([-3000, 50_000]);
		expect(amounts(one(card, { invertSigns: true }))).toEqual([-3000, 50_000]);
		expect(amounts(one(card, { preset: 'card-inverted', invertSigns: false }))).toEqual([3000, -50_000]);
	});
});

describe('what may be read in two ways is asked, all at once', () => {
	test.each([
		['day or month first', rows('Date,Text,Amount', '02/03/2024,x,1.00'), ['dateFormat'], { dateFormat: 'DD/MM/YYYY' }],
		['a year of two digits', rows('Date,Text,Amount', '13.02.24,x,1.00'), ['dateFormat'], { dateFormat: 'DD.MM.YY' }],
		['a comma of three digits', rows('Date;Text;Amount', '2024-01-31;x;326,720'), ['decimal'], { decimal: '.' as const }],
		['both', rows('Date;Text;Amount', '02/03/2024;x;326,720'), ['dateFormat', 'decimal'], { dateFormat: 'MM/DD/YYYY', decimal: '.' as const }],
		['two columns for the amount', rows('Date,Amount,Amount', '2024-01-31,5.00,6.00'), ['map'], { map: { amount: '#2' } }],
		['no header', rows('2024-01-31,x,5.00'), ['map'], { map: { date: '#1', description: '#2', amount: '#3' } }],
		['no date', rows('Text,Amount', 'x,5.00'), ['map'], {}],
		['an encoding that cannot be told', Buffer.from('Date,Text,Amount\n2024-01-31,M\u0081ller,1.00\n', 'latin1'), ['encoding'], { encoding: 'macintosh' }],
	])('%s', (_what, text, ids, answers) => {
		expect(askedIds(() => read(text))).toEqual(ids);
		if (Object.keys(answers).length > 0) expect(one(text, answers).lines).toHaveLength(1);
	});

	test('one line that proves it decides for all', () => {
		expect(
			one(rows('Date,Text,Amount', '02/03/2024,x,1.00', '02/13/2024,x,"1,234"', '02/14/2024,x,0.50')).lines.map((line) => [line.bookDate, line.amountMinor]),
		).toEqual([
			['2024-02-03', 100],
			['2024-02-13', 123_400],
			['2024-02-14', 50],
		]);
	});

	test.each([
		['preset', { preset: 'my-bank' }],
		['field of a map', { map: { when: 'Date' } }],
		['format of a date', { dateFormat: 'soon' }],
		['encoding', { encoding: 'klingon' }],
	])('a %s that nobody knows is refused', (_what, options) => {
		expect(refusalOf(() => read(rows('Date,Text,Amount', '2024-01-31,x,1.00'), options))?.code).toBe('INPUT_INVALID');
	});
});

describe('a column map', () => {
	const table = rows('When,What,Extra,How much,Slip', '2024-01-31,Rent,May,-7.00,0042');
	test('names columns by header, several for one text', () => {
		const map = { date: 'when', description: 'What + Extra', amount: 'How much', reference: 'Slip' };
		expect(shownLines(one(table, { map }))).toEqual(['2024-01-31 -700 Rent May ref=0042']);
	});

	test('and by number, above the words of the header', () => {
		expect(shownLines(one(table, { map: { date: '#1', description: '#3', amount: '#4' } }))).toEqual(['2024-01-31 -700 May']);
	});

	test('a column that is not there is asked for', () => {
		expect(askedIds(() => read(table, { map: { date: 'When', amount: 'Sum' } }))).toEqual(['map']);
		expect(askedIds(() => read(table, { map: { date: '#1', amount: '#9' } }))).toEqual(['map']);
	});
});

describe('order and running balance', () => {
	const header = 'Date,Text,Amount,Balance';
	const oldestFirst = ['2024-01-30,a,10.00,110.00', '2024-01-31,b,-5.00,105.00', '2024-01-31,c,20.00,125.00'];
	const expected = ['10000 to 12500', ['a', 'b', 'c'], []];
	test.each([
		['oldest first', oldestFirst],
		['newest first', oldestFirst.toReversed()],
		['days newest first, lines of a day oldest first', ['2024-01-31,b,-5.00,105.00', '2024-01-31,c,20.00,125.00', '2024-01-30,a,10.00,110.00']],
		['only some balances', ['2024-01-30,a,10.00,', '2024-01-31,b,-5.00,105.00', '2024-01-31,c,20.00,']],
	])('%s', (_what, lines) => {
		const statement = one(rows(header, ...lines));
		expect([shownBalances(statement), statement.lines.map((line) => line.description), statement.doubts]).toEqual(expected);
	});

	test('balances that do not follow are doubted with the row', () => {
		const statement = one(rows(header, '2024-01-29,a,10.00,110.00', '2024-01-30,b,-5.00,105.00', '2024-01-31,c,20.00,126.00'));
		expect(statement.doubts).toEqual([{ code: 'CLOSING_DIFFERS', message: expect.any(String), row: 4 }]);
	});

	test('a card that counts what is owed upwards', () => {
		const statement = one(rows(header, '2024-01-30,Shop,30.00,130.00', '2024-01-31,Paid,-100.00,30.00'), { invertSigns: true });
		expect([amounts(statement), shownBalances(statement), statement.lines[0]?.runningBalanceMinor]).toEqual([[-3000, 10_000], '-10000 to -3000', -13_000]);
	});

	test('rows of opening and closing balance are no lines', () => {
		const statement = one(rows('Date,Text,Amount', '2024-01-01,Opening balance,100.00', '2024-01-31,Rent,-7.00', '2024-01-31,Closing balance,93.00'));
		expect([shownBalances(statement), shownLines(statement), statement.doubts]).toEqual(['10000 to 9300', ['2024-01-31 -700 Rent'], []]);
		expect(
			doubtCodes(read(rows('Date,Text,Amount', '2024-01-01,Opening balance,100.00', '2024-01-31,Rent,-7.00', '2024-01-31,Closing balance,94.00'))),
		).toEqual(['CLOSING_DIFFERS']);
	});
});

describe('M-PESA', () => {
	const header =
		'Receipt No.,Completion Time,Initiation Time,Details,Transaction Status,Paid In,Withdrawn,Balance,Balance Confirmed,Reason Type,Other Party Info';
	const statement = (...lines: readonly string[]) => one(rows('Short Code:,600000', 'Account:,Merchant Account', '', header, ...lines), { currency: 'KES' });
	const sale = 'SAC1234XYZ,31-01-2024 18:04:05,31-01-2024 18:04:00,Pay merchant,Completed,"1,500.00",,"2,500.00",TRUE,Sale,0700 EXAMPLE';
	const charge = 'SAC1234XYZ,31-01-2024 18:04:05,31-01-2024 18:04:00,Pay merchant Charge,Completed,,-7.50,"2,492.50",TRUE,Charge,0700 EXAMPLE';

	test('is recognised by its header; the receipt is the id and the reference', () => {
		const found = statement(charge, sale);
		expect(shownLines(found)).toEqual([
			'2024-01-31 150000 Pay merchant party=0700 EXAMPLE bank=SAC1234XYZ ref=SAC1234XYZ',
			'2024-01-31 -750 Pay merchant Charge party=0700 EXAMPLE bank=SAC1234XYZ ref=SAC1234XYZ',
		]);
		expect([found.accountId, shownBalances(found), found.doubts]).toEqual(['600000', '100000 to 249250', []]);
		expect(read(rows(header, sale)).dialect).toContain('M-PESA');
	});

	test('only completed lines are booked', () => {
		const found = statement(sale, sale.replace('Completed', 'Failed'), sale.replace('Completed', 'Pending'));
		expect([found.lines.length, found.pending]).toEqual([1, 2]);
	});

	test('banks say pending in words of their own', () => {
		const found = one(rows('Date,Text,Amount,Status', '2024-01-31,a,1.00,Booked', '2024-01-31,b,1.00,Vorgemerkt', '2024-01-31,c,1.00,'));
		expect([found.lines.length, found.pending]).toEqual([2, 1]);
	});
});

describe('rows and bytes', () => {
	const table = rows('Date,Text,Amount', '2024-01-31,Müller,1.00');
	test.each([
		['UTF-8', Buffer.from(table)],
		['UTF-8 with a mark', Buffer.from(`\ufeff${table}`)],
		['UTF-16LE', Buffer.from(`\ufeff${table}`, 'utf16le')],
		['UTF-16LE without a mark', Buffer.from(table, 'utf16le')],
		['UTF-16BE', Buffer.from(`\ufeff${table}`, 'utf16le').swap16()],
		['cp1252', Buffer.from(table, 'latin1')],
		['CR LF', Buffer.from(table.replaceAll('\n', '\r\n'))],
		['CR', Buffer.from(table.replaceAll('\n', '\r'))],
		['no last line end', Buffer.from(table.trimEnd())],
		['decomposed letters', Buffer.from(table.normalize('NFD'))],
	])('%s', (_what, bytes) => {
		expect(shownLines(one(bytes))).toEqual(['2024-01-31 100 Müller']);
	});

	test('text stays text: formulas, quotes, line breaks and zero bytes', () => {
		const text = rows(
			'Date,Text,Amount',
			'2024-01-31,=1+1,1',
			"2024-01-31,=cmd|' /C calc'!A0,1",
			'2024-01-31,"two\nlines ""quoted""",1',
			'2024-01-31,a\u0000b,1',
		);
		expect(one(text).lines.map((line) => line.description)).toEqual(['=1+1', "=cmd|' /C calc'!A0", 'two lines "quoted"', 'a b']);
	});

	test('rows that do not fit the header, broken quotes and unknown currencies are rejected', () => {
		const text = rows('Date,Text,Amount,Currency', '2024-01-31,Rent, May,-7.00,EUR', '2024-01-31,"a"b,1.00,EUR', '2024-01-31,x,1.00,XQX', 'soon 5,x,1.00,EUR');
		expect(rejectedRows(read(text)).toSorted()).toEqual(['2 LINE_INVALID', '3 LINE_INVALID', '4 CURRENCY_UNKNOWN', '5 DATE_INVALID']);
	});

	test('a table that ends in the middle of a row is doubted, in the middle of quotes refused', () => {
		expect(doubtCodes(read('Date,Text,Amount,Balance\n2024-01-30,x,1.00,5.00\n2024-01-31,y,1'))).toContain('FILE_CUT_SHORT');
		expect(refusalOf(() => read('Date,Text,Amount\n2024-01-31,"Ren'))?.code).toBe('FILE_UNREADABLE');
	});

	test('a month without lines is a statement; one column is no table', () => {
		expect(one('Date,Text,Amount\n')).toMatchObject({ lines: [], opening: null, closing: null });
		expect(refusalOf(() => read('just text\n'))?.code).toBe('FILE_NOT_RECOGNISED');
	});
});

describe('files of banks', () => {
	const fixture = (name: string, options: Partial<StatementReadOptions> = {}) => one(readFileSync(`test/fixtures/statements/${name}`), options);
	test.each([
		['reckon-extrato.csv', {}, 22, 80_500, '10000 to -'],
		['reckon-preamble.csv', {}, 2, 4190, '- to -'],
		['reckon-nationwide.csv', { map: { date: '#1', description: '#2', debit: '#4', credit: '#5', balance: '#6' } }, 4, 36_023, '0 to 36023'],
		['reckon-nordea.csv', { map: { date: '#1', description: '#2', value_date: '#3', amount: '#4', balance: '#5' } }, 6, -473_200, '2178245 to 2655033'],
		['csv2ofx-default.csv', {}, 6, 37_000_000, '- to -'],
	])('%s', (name, options, count, sum, balances) => {
		const statement = fixture(name, options);
		expect([statement.lines.length, amounts(statement).reduce((total, minor) => total + minor, 0), shownBalances(statement)]).toEqual([count, sum, balances]);
	});
});
