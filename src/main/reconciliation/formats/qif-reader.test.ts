import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { askedIds, doubtCodes, refusalOf, rejectedRows, shownBalances, shownLines } from '#test/shown-statement.ts';
import type { ParsedStatement, StatementReadOptions } from './parsed-statement.ts';
import { readQifStatements } from './qif-reader.ts';

const read = (text: string, options: Partial<StatementReadOptions> = {}) => readQifStatements(Buffer.from(text), { currency: 'USD', ...options });
const one = (text: string, options: Partial<StatementReadOptions> = {}) => read(text, options).statements[0] as ParsedStatement;
/** A bank section of these records. */
const bank = (...records: readonly string[]) => `!Type:Bank\n${records.map((record) => `${record.split(' | ').join('\n')}\n^\n`).join('')}`;

describe('a record', () => {
	test.each([
		['date, amount, payee', 'D01/31/2024 | T-120.50 | POffice shop', '2024-01-31 -12050 Office shop party=Office shop'],
		['payee and memo in the order of the file', 'D01/31/2024 | T1.00 | MInvoice 7 | PExample Ltd', '2024-01-31 100 Invoice 7 Example Ltd party=Example Ltd'],
		['the same text twice is said once', 'D01/31/2024 | T1.00 | PRent | MRent', '2024-01-31 100 Rent party=Rent'],
		['a cheque number is a reference', 'D01/31/2024 | T-1.00 | N0042 | PRent', '2024-01-31 -100 Rent party=Rent ref=0042'],
		['a kind of line is none', 'D01/31/2024 | T-1.00 | NTXFR | PRent', '2024-01-31 -100 Rent party=Rent'],
		['U instead of T', 'D01/31/2024 | U-1,234.50 | PRent', '2024-01-31 -123450 Rent party=Rent'],
		['T and U agree', 'D01/31/2024 | U5.00 | T5.00 | PRent', '2024-01-31 500 Rent party=Rent'],
		['groups of thousands', 'D01/31/2024 | T1,234,567.89 | PSale', '2024-01-31 123456789 Sale party=Sale'],
		[
			'splits: the line is the total',
			'D01/31/2024 | T-30.00 | PMarket | SFood | EBread | $-10.00 | SHousehold | $-20.00',
			'2024-01-31 -3000 Market party=Market',
		],
		['a category where nothing else is said', 'D01/31/2024 | T1.00 | LInterest', '2024-01-31 100 Interest'],
		[
			'address, cleared status and fields of other programs are passed over',
			'D01/31/2024 | T1.00 | CX | A1 Main Street | AOld Town | ~x | PRent',
			'2024-01-31 100 Rent party=Rent',
		],
		['trailing blanks', 'D01/31/2024   | T1.00  | PRent  ', '2024-01-31 100 Rent party=Rent'],
	])('%s', (_what, record, shown) => {
		expect(shownLines(one(bank(record)))).toEqual([shown]);
	});

	test.each([
		['no date', 'T1.00 | PRent', '2 DATE_INVALID'],
		['no amount', 'D01/31/2024 | PRent', '2 AMOUNT_INVALID'],
		['no number', 'D01/31/2024 | Tlots', '2 AMOUNT_INVALID'],
		['too many decimals', 'D01/31/2024 | T1.005', '2 AMOUNT_INVALID'],
		['more than a ledger line holds', 'D01/31/2024 | T90071992547409.92', '2 AMOUNT_TOO_LARGE'],
		['T and U disagree', 'D01/31/2024 | U5.00 | T6.00', '2 AMOUNT_INVALID'],
		['no day', 'D02/30/2024 | T1.00', '2 DATE_INVALID'],
		['a date that runs into text', 'D03/25/099Share Withdrawal | T1.00', '2 DATE_INVALID'],
	])('%s is rejected', (_what, record, shown) => {
		expect(rejectedRows(read(bank(record, 'D01/30/2024 | T2.50')))).toEqual([shown]);
	});
});

describe('dates', () => {
	test.each([
		['month first, by one line', ['02/03/2024', '02/13/2024'], '2024-02-03'],
		['day first, by one line', ['02/03/2024', '13/02/2024'], '2024-03-02'],
		['two-digit years', ['02/03/24', '13/02/24'], '2024-03-02'],
		['years of the last century', ['6/17/97', '8/ 1/97'], '1997-06-17'],
		['year first', ['2024-03-02'], '2024-03-02'],
		['points: the day is first', ['02.03.2024'], '2024-03-02'],
		["Quicken's apostrophe, month first", ["1/15'24"], '2024-01-15'],
		['apostrophe and padding', ["1/ 5'04"], '2004-01-05'],
		['apostrophe, padded year', ["1/ 5' 4"], '2004-01-05'],
		['apostrophe, but another line proves the day first', ["5/ 1'24", "31/ 1'24"], '2024-01-05'],
		['dashes', ['1-15-2024'], '2024-01-15'],
		['day and month are the same', ['05/05/2024'], '2024-05-05'],
	])('%s', (_what, dates, first) => {
		expect(one(bank(...dates.map((date) => `D${date} | T1.00`))).lines[0]?.bookDate).toBe(first);
	});

	test('an order that no line proves, or that two contradict, is asked', () => {
		const unclear = bank('D02/03/04 | T5.00');
		expect(askedIds(() => read(unclear))).toEqual(['dateFormat']);
		expect(one(unclear, { dateFormat: 'DD/MM/YYYY' }).lines[0]?.bookDate).toBe('2004-03-02');
		expect(one(unclear, { dateFormat: 'MM/DD/YYYY' }).lines[0]?.bookDate).toBe('2004-02-03');
		expect(askedIds(() => read(bank('D13/02/2024 | T1.00', 'D02/13/2024 | T1.00')))).toEqual(['dateFormat']);
		expect(refusalOf(() => read(unclear, { dateFormat: 'soon' }))?.code).toBe('INPUT_INVALID');
	});

	test('an amount that may be two is asked together with the dates', () => {
		const unclear = bank('D02/03/04 | T1,234');
		expect(askedIds(() => read(unclear))).toEqual(['dateFormat', 'decimal']);
		expect(one(unclear, { dateFormat: 'DD/MM/YY', decimal: '.' }).lines[0]?.amountMinor).toBe(123_400);
		expect(one(bank('D31/01/2024 | T-1.234,50')).lines[0]?.amountMinor).toBe(-123_450);
	});
});

describe('sections', () => {
	test('accounts of one file, the sections of each brought together', () => {
		const section = (name: string, payee: string) => `!Account\nN${name}\nTBank\n^\n!Type:Bank\nD01/31/2024\nT1.00\nP${payee}\n^\n`;
		const { statements } = read(section('Checking Account', 'A') + section('Savings', 'B') + section('Checking Account', 'C'));
		expect(statements.map(({ accountId, lines }) => [accountId, lines.map((line) => line.party)])).toEqual([
			['Checking Account', ['A', 'C']],
			['Savings', ['B']],
		]);
	});

	test('an account list with an option before it names the account that comes last', () => {
		const list = '!Option:AutoSwitch\n!Account\nNCash\nTCash\n^\nNSavings\nTBank\n^\n!Clear:AutoSwitch\n!Account\nNCash\nTCash\n^\n';
		expect(one(`${list}!Type:Cash\nD01/31/2024\nT1.00\n^\n`).accountId).toBe('Cash');
	});

	test.each(['Bank', 'CCard', 'Cash', 'Oth A', 'Oth L', 'bank '])('!Type:%s', (type) => {
		expect(one(`!Type:${type}\nD01/31/2024\nT1.00\n^\n`).lines).toHaveLength(1);
	});

	test('lists are passed over, with their own dates and amounts', () => {
		const lists = '!Type:Cat\nNBonus\nI\nT5.00\n^^\n!Type:Memorized\nKC\nT7.00\nPx\n^\n';
		expect(shownLines(one(`${lists}${bank('D01/31/2024 | T1.00 | PRent')}`))).toEqual(['2024-01-31 100 Rent party=Rent']);
	});

	test('an investment account is refused by name; beside a bank account it is left out', () => {
		const shares = '!Account\nNDepot\nTInvst\n^\n!Type:Invst\nD01/31/2024\nNBuy\nYShares\nT1.00\n^\n';
		const refusal = refusalOf(() => read(shares));
		expect([refusal?.code, refusal?.message]).toEqual(['FILE_NOT_RECOGNISED', expect.stringContaining('"Depot"')]);
		const mixed = read(`${shares}!Account\nNBank\nTBank\n^\n${bank('D01/31/2024 | T1.00')}`);
		expect([rejectedRows(mixed), mixed.statements.flatMap(shownLines)]).toEqual([[], ['2024-01-31 100']]);
		expect(mixed.leftOut).toEqual(['The investment account "Depot" holds shares and prices, not statement lines. It was left out.']);
	});

	test('lists alone are no statement', () => {
		expect(refusalOf(() => read('!Type:Cat\nNBonus\n^\n'))?.code).toBe('FILE_NOT_RECOGNISED');
		expect(refusalOf(() => read('D01/31/2024\nT1.00\n^\n'))?.code).toBe('FILE_NOT_RECOGNISED');
	});
});

describe('opening balance', () => {
	const opening = 'D01/01/2024 | T1,000.00 | CX | POpening Balance | L[Checking]';
	test('the first record of that payee with the account itself as category is no line', () => {
		const statement = one(bank(opening, 'D01/31/2024 | T1.00 | PRent'));
		expect([statement.accountId, shownBalances(statement), statement.opening?.date, statement.lines.length]).toEqual([
			'Checking',
			'100000 to -',
			'2024-01-01',
			1,
		]);
	});

	test('with any other category, or further down, it is a line', () => {
		expect(one(bank(opening.replace('[Checking]', 'Equity'), 'D01/31/2024 | T1.00')).lines).toHaveLength(2);
		expect(one(bank('D01/31/2024 | T1.00', opening)).lines).toHaveLength(2);
	});
});

describe('bytes', () => {
	const whole = bank('D01/31/2024 | T1.00 | PRent');
	test.each([
		['CR LF', whole.replaceAll('\n', '\r\n')],
		['CR', whole.replaceAll('\n', '\r')],
		['byte order mark', `\ufeff${whole}`],
		['empty lines', whole.replaceAll('\n', '\n\n')],
		['two carets', whole.replace('^', '^^')],
	])('%s', (_what, text) => {
		expect(shownLines(one(text))).toEqual(['2024-01-31 100 Rent party=Rent']);
	});

	test('a last record that no caret ends is taken, and doubted', () => {
		const file = read(whole.replace('\n^\n', '\n'));
		expect([file.statements.flatMap(shownLines), doubtCodes(file)]).toEqual([['2024-01-31 100 Rent party=Rent'], ['FILE_CUT_SHORT']]);
	});

	test('cp1252, and an encoding that cannot be told', () => {
		const bytes = (text: string) => Buffer.from(bank(`D01/31/2024 | T1.00 | P${text}`), 'latin1');
		expect(readQifStatements(bytes('M\u00fcller'), { currency: 'EUR' }).statements[0]?.lines[0]?.party).toBe('Müller');
		expect(askedIds(() => readQifStatements(bytes('M\u0081ller'), { currency: 'EUR' }))).toEqual(['encoding']);
		expect(readQifStatements(bytes('M\u009fller'), { currency: 'EUR', encoding: 'macintosh' }).statements[0]?.lines[0]?.party).toBe('Müller');
	});

	test('a file with splits holds the same lines as the table it was made from', () => {
		const { statements } = readQifStatements(readFileSync('test/fixtures/statements/csv2ofx-splits.qif'), { currency: 'USD' });
		expect(statements.map(({ accountId, lines }) => [accountId, lines.length, lines.reduce((sum, line) => sum + line.amountMinor, 0)])).toEqual([
			['Cash', 2, 9_500_000],
			['Checking', 6, 37_000_000],
		]);
	});
});
