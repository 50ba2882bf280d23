import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { doubtCodes, refusalOf, rejectedRows, shownBalances, shownLines } from '#test/shown-statement.ts';
import { readMt940Statements } from './mt940-reader.ts';
import type { ParsedStatement } from './parsed-statement.ts';

const read = (text: string | Uint8Array, encoding?: string) =>
	readMt940Statements(typeof text === 'string' ? Buffer.from(text) : text, { currency: 'EUR', ...(encoding !== undefined && { encoding }) });
const fixture = (name: string) => read(readFileSync(`test/fixtures/statements/${name}`));

const page = (body: string, { opening = ':60F:C240101EUR1000,00', closing = ':62F:C240131EUR1100,00' } = {}) =>
	`:20:S1\n:25:DE89370400440532013000\n:28C:7/1\n${opening}\n${body}\n${closing}\n-\n`;
const one = (body: string, balances?: Parameters<typeof page>[1]): ParsedStatement => read(page(body, balances)).statements[0] as ParsedStatement;
const line = (entry: string, details = ':86:TEXT') => shownLines(one(`:61:${entry}\n${details}`))[0];

describe('a statement', () => {
	const whole = one(':61:2401150116C100,00NTRFINV-17//B0042\nCASH OFFICE\n:86:PAID WITH THANKS');

	test('has account, currency, number, balances and the day it reaches to', () => {
		expect(whole).toMatchObject({ accountId: 'DE89370400440532013000', currency: 'EUR', number: '7', from: null, to: '2024-01-31', pending: 0 });
		expect(whole.opening).toEqual({ amountMinor: 100_000, date: '2024-01-01' });
		expect(whole.closing).toEqual({ amountMinor: 110_000, date: '2024-01-31' });
		expect([whole.doubts, whole.rejected]).toEqual([[], []]);
	});

	test('has lines with both dates, the supplementary line, the text, the bank id after // and the reference before it', () => {
		expect(shownLines(whole)).toEqual(['2024-01-16 (value 2024-01-15) 10000 CASH OFFICE PAID WITH THANKS bank=B0042 ref=INV-17']);
		expect(whole.lines[0]?.row).toBe(5);
	});
});

describe(':61: in the ways banks write it', () => {
	test.each([
		['a credit', '2401150115C100,00NTRFNONREF', '2024-01-15 10000 TEXT'],
		['a debit', '2401150115D100,00NTRFNONREF', '2024-01-15 -10000 TEXT'],
		['the reversal of a credit takes money out', '2401150115RC100,00NTRFNONREF', '2024-01-15 -10000 TEXT'],
		['the reversal of a debit brings money in', '2401150115RD100,00NTRFNONREF', '2024-01-15 10000 TEXT'],
		['a funds code behind the mark', '2401150115CR100,00NTRFNONREF', '2024-01-15 10000 TEXT'],
		['a funds code behind a reversal', '2401150115RDR100,00NTRFNONREF', '2024-01-15 10000 TEXT'],
		['no entry date', '240115C100,00NTRFNONREF', '2024-01-15 10000 TEXT'],
		['blanks for the entry date', '240115    CD100,00NMSCNONREF//', '2024-01-15 10000 TEXT'],
		['value date in December, entry in January', '2312310102C100,00NTRFNONREF', '2024-01-02 (value 2023-12-31) 10000 TEXT'],
		['value date in January, entry in December', '2401011230C100,00NTRFNONREF', '2023-12-30 (value 2024-01-01) 10000 TEXT'],
		['a year of the last century', '9912310102C100,00NTRFNONREF', '2000-01-02 (value 1999-12-31) 10000 TEXT'],
		['no decimals behind the comma', '2401150115C100,NTRFNONREF', '2024-01-15 10000 TEXT'],
		['one decimal', '2401150115C100,5NTRFNONREF', '2024-01-15 10050 TEXT'],
		['leading zeros', '240115C000000000100,00N541NONREF', '2024-01-15 10000 TEXT'],
		['no type, no reference', '2401150115CN100,00//19239782213', '2024-01-15 10000 TEXT bank=19239782213'],
		['no type but NONREF', '2401150115C100,00NONREF', '2024-01-15 10000 TEXT'],
		['the reference that repeats the bank id is none', '2401150115C100,00NTRFB0001//B0001', '2024-01-15 10000 TEXT bank=B0001'],
		['zeros are no reference', '2401150115C100,00NTRF0000000000000000', '2024-01-15 10000 TEXT'],
		['an account is no reference', '2401150115C100,00NOVBNL47INGB9999999999', '2024-01-15 10000 TEXT'],
		['a pointer into :86: is no reference', '240115C100,00N102EREF', '2024-01-15 10000 TEXT'],
		['wrapped inside the field', '2401150115CR\n100,00NTRFINV-17', '2024-01-15 10000 TEXT ref=INV-17'],
	])('%s', (_what, entry, shown) => {
		expect(line(entry)).toBe(shown);
	});

	test.each([
		['30 February is read as the last day of the month', '2402300230C100,00NTRFNONREF', '2024-02-29', 'DATE_DOUBTFUL'],
		['31 April too', '2404310431C100,00NTRFNONREF', '2024-04-30', 'DATE_DOUBTFUL'],
		['a point before the decimals', '2401150115C100.00NTRFNONREF', '2024-01-15', 'AMOUNT_DOUBTFUL'],
		['points that group', '2401150115C1.100,00NTRFNONREF', '2024-01-15', 'AMOUNT_DOUBTFUL'],
	])('%s, and doubted', (_what, entry, date, code) => {
		const statement = one(`:61:${entry}`);
		expect(statement.lines[0]?.bookDate).toBe(date);
		expect(statement.doubts.map((doubt) => doubt.code)).toContain(code);
	});

	test.each([
		['day 32', '2401320115C100,00NTRFNONREF', 'DATE_INVALID'],
		['month 13', '2413150115C100,00NTRFNONREF', 'DATE_INVALID'],
		['three decimals in euro', '2401150115C100,005NTRFNONREF', 'AMOUNT_INVALID'],
		['a point that may be either', '2401150115C1.100NTRFNONREF', 'AMOUNT_INVALID'],
		['more than a ledger line holds', '2401150115C90071992547409,92NTRFNONREF', 'AMOUNT_TOO_LARGE'],
		['no amount', '2401150115CNTRFNONREF', 'LINE_INVALID'],
		['no mark', '2401150115100,00NTRFNONREF', 'LINE_INVALID'],
	])('%s is rejected with its row', (_what, entry, code) => {
		expect(rejectedRows(read(page(`:61:${entry}\n:86:x\n:61:2401150115C100,00NTRF`)))).toEqual([`5 ${code}`]);
	});

	test('what the bank only expects is counted and left out', () => {
		expect(one(':61:240115ED50,00NTRF\n:61:240115C100,00NTRF')).toMatchObject({ pending: 1, lines: [{ amountMinor: 10_000 }] });
	});
});

describe(':25: and :28C:', () => {
	const account = (text: string) => read(`:20:S\n:25:${text}\n:60F:C240101EUR0,\n:62F:C240101EUR0,`).statements[0]?.accountId;
	test.each([
		['IBAN', 'DE89370400440532013000', 'DE89370400440532013000'],
		['IBAN and currency', 'DE89370400440532013000EUR', 'DE89370400440532013000'],
		['IBAN, blank, currency', 'NL10BUNQ0000000000 EUR', 'NL10BUNQ0000000000'],
		['bank and account', '20090500/0006853030', '20090500/0006853030'],
		['bank, account, currency', 'UBRTHUHB/12345/EUR', 'UBRTHUHB/12345'],
		['points', '1017.490.554EUR', '1017.490.554'],
		['another currency is part of the number', '123USD', '123USD'],
		['trailing blanks', '1014365930  ', '1014365930'],
	])('%s', (_what, written, expected) => {
		expect(account(written)).toBe(expected);
	});
});

describe(':86: in the dialects', () => {
	const details = (...lines: string[]) => line('2401150115C100,00NTRFNONREF', `:86:${lines.join('\n')}`)?.replace('2024-01-15 10000 ', '');
	test.each([
		[
			'German subfields, SEPA tags',
			['166?00GUTSCHRIFT?20EREF+INV 2024/17?21SVWZ+Rechnung 17?32EXAMPLE GMBH?33BERLIN'],
			'Rechnung 17 party=EXAMPLE GMBH BERLIN ref=INV 2024/17',
		],
		['subfields wrapped by the line', ['166?00GUTSCHRIFT?20SVWZ+Rechn', 'ung 17?32EXAM', 'PLE GMBH'], 'Rechnung 17 party=EXAMPLE GMBH'],
		['a full subfield goes on in its word', ['020?20SVWZ+ABCDEFGHIJKLMNOPQRSTUV?21WXYZ'], 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
		['NOTPROVIDED is no reference', ['166?20EREF+NOTPROVIDED?21SVWZ+Gift'], 'Gift'],
		['posting text where there is no remittance', ['808?00ENTGELT?10931'], 'ENTGELT'],
		['another separator', ['000>100555555555', '>20NAME OF THE OTHER SIDE CUT I>21N TWO'], 'NAME OF THE OTHER SIDE CUT IN TWO'],
		[
			'Dutch tags',
			['/TRTP/SEPA OVERBOEKING/IBAN/NL00BANK0123456789/BIC/BANKNL2A/NAME/', 'EXAMPLE B.V./REMI/INVOICE 42/EREF/E2E-42'],
			'INVOICE 42 party=EXAMPLE B.V. ref=E2E-42',
		],
		['Dutch tags wrapped in a word', ['/BENM//NAME/Exam', 'ple B.V./REMI/Fac', 'tuur 307472/ISDT/2013-04-04'], 'Factuur 307472 party=Example B.V.'],
		['counterparty in one tag', ['/CNTP/NL00BANK0123456789/BANKNL2A/EXAMPLE BANK NV///REMI/USTD//FINAL BILL/'], 'FINAL BILL party=EXAMPLE BANK NV'],
		['label, purpose, name, IBAN', ['999DIRECT_DEBIT:RG-17: SEPT:Example GmbH:DE36110101002052879182:FEES'], 'RG-17: SEPT FEES party=Example GmbH'],
		['a field per line', ['/BENM/300000000000133', '/EXAMPLE DOOEL', '/5,6//0264', '/Mesecna provizija'], 'Mesecna provizija party=EXAMPLE DOOEL'],
		['free text, a short line ends its word', ['BETALINGSKENM. 1', 'FACTUUR 20-06-2009'], 'BETALINGSKENM. 1 FACTUUR 20-06-2009'],
		['free text, a full line does not', [`${'X'.repeat(58)} 000001`, '8503 END'], `${'X'.repeat(58)} 0000018503 END`],
		['a time of day that begins a line', ['SEEN AT 13', ':12:30 IN SHOP'], 'SEEN AT 13 :12:30 IN SHOP'],
		['a line that looks like the account', ['SEE', ':25:PARAGRAPH'], 'SEE :25:PARAGRAPH'],
		['a line that looks like a new statement', ['SEE', ':20:00 TRAIN'], 'SEE :20:00 TRAIN'],
		['a line that looks like the closing balance', ['SEE', ':62F:OLD STYLE'], 'SEE :62F:OLD STYLE'],
		['a dash by itself', ['PAID', '-', 'TWICE'], 'PAID - TWICE'],
	])('%s', (_what, lines, shown) => {
		expect(details(...lines)).toBe(shown);
	});

	test('two :86: of one line are both its text; what follows the closing balance is not', () => {
		const text = page(':61:2401150115C100,00NTRF\n:86:FIRST\n:86:SECOND').replace('\n-\n', '\n:86:GREETINGS FROM YOUR BANK\n-\n');
		expect(shownLines(read(text).statements[0] as ParsedStatement)).toEqual(['2024-01-15 10000 FIRST SECOND']);
	});

	test('text in :NS: where a bank has no :86:', () => {
		expect(line('2401150115C100,00S051NONREF', ':NS:01Rent\n02May\n15Example\n16GmbH\n17Transfer')).toBe('2024-01-15 10000 Rent May party=Example GmbH');
	});
});

describe('pages and statements', () => {
	const first = page(':61:240115C50,00NTRF\n:86:A', { closing: ':62M:C240115EUR1050,00' });
	const second = page(':61:240116C50,00NTRF\n:86:B', { opening: ':60M:C240115EUR1050,00' }).replace('7/1', '7/2');

	test('pages of one statement are brought together', () => {
		const { statements } = read(first + second);
		expect(statements.map(shownBalances)).toEqual(['100000 to 110000']);
		expect(statements.flatMap(shownLines)).toEqual(['2024-01-15 5000 A', '2024-01-16 5000 B']);
		expect(statements[0]?.doubts).toEqual([]);
	});

	test('a page that is missing is doubted', () => {
		expect(doubtCodes(read(first))).toContain('FILE_CUT_SHORT');
		expect(doubtCodes(read(second))).toContain('FILE_CUT_SHORT');
		expect(doubtCodes(read(first + second.replace('1050', '1060')))).toContain('CLOSING_DIFFERS');
	});

	test('several statements and accounts in one file', () => {
		const other = page(':61:240115C100,00NTRF').replace('DE89370400440532013000', '0112345678900');
		expect(read(page(':61:240115C100,00NTRF') + other).statements.map((statement) => statement.accountId)).toEqual(['DE89370400440532013000', '0112345678900']);
	});

	test('lines that do not lead from one balance to the other are doubted', () => {
		expect(doubtCodes(read(page(':61:240115C99,00NTRF')))).toEqual(['CLOSING_DIFFERS']);
	});

	test('no closing balance', () => {
		expect(doubtCodes(read(page(':61:240115C100,00NTRF', { closing: '' })))).toEqual(['FILE_CUT_SHORT']);
	});

	test('MT942 is no statement', () => {
		const report = ':20:R\n:25:X1\n:28C:1/1\n:34F:EUR0,\n:13D:2401151200+0100\n:61:240115C1,00NTRF\n:90C:1EUR1,00\n';
		expect([read(report).dialect, doubtCodes(read(report))]).toEqual(['MT942', ['NOT_A_STATEMENT']]);
		expect(doubtCodes(read(`{1:F01X}{2:I942BANKXN}{4:\n${page(':61:240115C100,00NTRF')}`))).toEqual(['NOT_A_STATEMENT']);
	});
});

describe('bytes', () => {
	const body = page(':61:2401150115C100,00NTRFNONREF\n:86:PAID');
	test.each([
		['LF', body],
		['CR LF', body.replaceAll('\n', '\r\n')],
		['CR CR LF', body.replaceAll('\n', '\r\r\n')],
		['CR alone', body.replaceAll('\n', '\r')],
		['no line end at the end', body.trimEnd()],
		['control bytes around it', `\u0001\n${body.trimEnd()}\u0003\n`],
		['SWIFT blocks', `{1:F01BANKDEFFXXXX0000000000}{2:I940BANKDEFFXXXXN}{4:\n${body.trimEnd()}}`],
		['blocks on lines of their own', `{1:01BANKNL2A}\n{2:I940BANKNL2AN}\n{4:\n${body.trimEnd()}}{5:{CHK:0}}`],
		['the first tag behind its block', `{1:F01X}{2:O940X}{4:${body}`],
		['the lines above of Dutch banks', `BANKNL2A\n940\nBANKNL2A\n${body}BANKNL2A\n940\n`],
		['a tag of its own above', `:940:\n\n${body}`],
		['empty lines between', body.replaceAll('\n', '\n\n')],
	])('%s', (_what, text) => {
		const { statements } = read(text);
		expect([statements.flatMap(shownLines), statements.map(shownBalances), doubtCodes(read(text))]).toEqual([
			['2024-01-15 10000 PAID'],
			['100000 to 110000'],
			[],
		]);
	});

	test('cp1252 is read as such; what may be anything is read so too, and doubted', () => {
		const bytes = (text: string) => Buffer.from(page(`:61:240115C100,00NTRF\n:86:${text}`), 'latin1');
		expect(shownLines(read(bytes('M\u00fcller \u0080')).statements[0] as ParsedStatement)).toEqual(['2024-01-15 10000 Müller €']);
		expect(doubtCodes(read(bytes('M\u00fcller \u0080')))).toEqual([]);
		expect(doubtCodes(read(bytes('Bankon bel\u0081li')))).toEqual(['ENCODING_DOUBTFUL']);
		expect(doubtCodes(read(bytes('Bankon bel\u0081li'), 'cp1250'))).toEqual([]);
	});

	test('what is no MT940 is refused', () => {
		expect(refusalOf(() => read('1\n2\n3\n'))?.code).toBe('FILE_NOT_RECOGNISED');
		expect(refusalOf(() => read(''))?.code).toBe('FILE_EMPTY');
	});
});

describe('files of banks', () => {
	test('the pages of 20 SEPA statements add up', () => {
		const { statements } = fixture('wolph-sepa.sta');
		const { length } = statements.flatMap((statement) => statement.lines);
		expect([statements.length, length, doubtCodes({ format: 'mt940', dialect: '', statements })]).toEqual([20, 97, []]);
		expect(statements[9]).toMatchObject({ opening: { amountMinor: -577_758_557 }, closing: { amountMinor: -884_442_538 } });
	});

	test('30 February', () => {
		expect(fixture('wolph-february-30.sta').statements.flatMap(shownLines)).toEqual(['2016-03-01 (value 2016-02-29) -600 Pauschalen']);
	});

	test.each([
		['wolph-mbank.sta', '40 to 43', 3, null],
		['webschik-ing.mta', '4489 to -994509', 3, null],
		['php-mt940-kbs.sta', '3512200 to 3699200', 3, 'KOMERCIJALNA BANKA AD SKOPJE-CENTRALA SKul. Orce Nikolov br.3'],
		['php-mt940-triodos.sta', '100000 to 85000', 4, null],
	])('%s', (name, balances, count, party) => {
		const file = fixture(name);
		const statement = file.statements[0] as ParsedStatement;
		expect([shownBalances(statement), statement.lines.length, statement.lines[0]?.party, doubtCodes(file)]).toEqual([balances, count, party, []]);
	});
});
