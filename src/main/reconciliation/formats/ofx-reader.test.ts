import { describe, expect, test } from 'vitest';
import { type AppError, isAppError } from '#shared/kernel/app-error.ts';
import { ofxAmountMinor } from './ofx-line.ts';
import { readOfxStatements } from './ofx-reader.ts';
import { MAX_STATEMENT_BYTES, type ParsedLine, type ParsedStatement, type StatementReadOptions } from './parsed-statement.ts';

const HEADER = 'OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\nCHARSET:1252\r\nCOMPRESSION:NONE\r\n\r\n';
const ACCOUNT = '<CURDEF>USD<BANKACCTFROM><BANKID>1<ACCTID>22 333<ACCTTYPE>CHECKING</BANKACCTFROM>';
const LINE = '<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20240115<TRNAMT>-12.50<FITID>F1<NAME>Rent</STMTTRN>';
const BALANCE = '<LEDGERBAL><BALAMT>100.00<DTASOF>20240131</LEDGERBAL>';

const statement = (...inside: string[]) => `<STMTTRNRS><TRNUID>0<STMTRS>${inside.join('')}</STMTRS></STMTTRNRS>`;
const bank = (...statements: string[]) => `<OFX><BANKMSGSRSV1>${statements.join('')}</BANKMSGSRSV1></OFX>`;
const ofx = (...lines: string[]) => HEADER + bank(statement(ACCOUNT, '<BANKTRANLIST><DTSTART>20240101<DTEND>20240131', ...lines, '</BANKTRANLIST>', BALANCE));

function read(text: string | Uint8Array, options: Partial<StatementReadOptions> = {}) {
	return readOfxStatements(typeof text === 'string' ? Buffer.from(text) : text, { currency: 'EUR', ...options });
}
const only = (text: string | Uint8Array): ParsedStatement => read(text).statements[0] as ParsedStatement;
const line = (fields: string): ParsedLine => only(ofx(`<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20240115<TRNAMT>-12.50${fields}</STMTTRN>`)).lines[0] as ParsedLine;
const codes = (one: ParsedStatement) => one.doubts.map((doubt) => doubt.code);

function refusal(text: string | Uint8Array): AppError {
	try {
		read(text);
	} catch (error) {
		if (isAppError(error)) return error;
		throw error;
	}
	throw new Error('it was read');
}

describe('one statement', () => {
	test('account without its blanks, currency, days, closing balance; OFX has no opening one', () => {
		expect(read(ofx(LINE))).toEqual({
			format: 'ofx',
			dialect: 'OFX 1.02 SGML',
			statements: [
				{
					accountId: '22333',
					currency: 'USD',
					number: null,
					from: '2024-01-01',
					to: '2024-01-31',
					opening: null,
					closing: { amountMinor: 100_00, date: '2024-01-31' },
					lines: [
						{
							row: 1,
							bookDate: '2024-01-15',
							valueDate: null,
							amountMinor: -12_50,
							description: 'Rent',
							party: 'Rent',
							bankId: 'F1',
							reference: null,
							runningBalanceMinor: null,
						},
					],
					pending: 0,
					doubts: [],
					rejected: [],
				},
			],
		});
	});

	test('no closing balance, an empty one, no account, no currency: nothing is made up', () => {
		expect(only(HEADER + bank(statement(ACCOUNT, '<BANKTRANLIST>', LINE, '</BANKTRANLIST>'))).closing).toBeNull();
		expect(only(ofx(LINE).replace('100.00', '')).closing).toBeNull();
		expect(only(HEADER + bank(statement('<BANKTRANLIST>', LINE, '</BANKTRANLIST>')))).toMatchObject({
			accountId: null,
			currency: null,
			lines: [{ amountMinor: -12_50 }],
		});
	});

	test('several accounts and currencies are several statements; a card is signed as it stands', () => {
		const yen = statement('<CURDEF>jpy<BANKACCTFROM><ACCTID>9</BANKACCTFROM><BANKTRANLIST>', LINE.replace('-12.50', '500'), '</BANKTRANLIST>');
		const card = '<CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS><CURDEF>USD<CCACCTFROM><ACCTID>4111</CCACCTFROM><BANKTRANLIST>';
		const text = `${HEADER}<OFX>${bank(statement(ACCOUNT, '<BANKTRANLIST>', LINE, '</BANKTRANLIST>'), yen)}${card}${LINE}</BANKTRANLIST></CCSTMTRS></OFX>`;
		expect(read(text).statements.map((one) => [one.accountId, one.currency, one.lines.map((each) => [each.row, each.amountMinor])])).toEqual([
			['22333', 'USD', [[1, -12_50]]],
			['9', 'JPY', [[2, 500]]],
			['4111', 'USD', [[3, -12_50]]],
		]);
	});

	test('a bank reuses its ids: both lines stay', () => {
		expect(only(ofx(LINE, LINE.replace('-12.50', '8.00'))).lines.map((each) => [each.bankId, each.amountMinor])).toEqual([
			['F1', -12_50],
			['F1', 8_00],
		]);
	});

	test('what is not booked yet is counted and left out', () => {
		const pending = '<BANKTRANLISTP><DTASOF>20240131<STMTTRNP><TRNTYPE>DEBIT<DTTRAN>20240130<TRNAMT>-1.00<NAME>x</STMTTRNP></BANKTRANLISTP>';
		expect(only(ofx(LINE).replace('<LEDGERBAL>', `${pending}<LEDGERBAL>`))).toMatchObject({ pending: 1, lines: [{ amountMinor: -12_50 }] });
	});
});

describe('amounts', () => {
	test.each([
		['-12.34', 'USD', -12_34],
		['+5.00', 'USD', 5_00],
		['-12,34', 'EUR', -12_34],
		['.5', 'USD', 50],
		['5.', 'USD', 5_00],
		['1250', 'USD', 1250_00],
		['8.850', 'USD', 8_85],
		['1,234.56', 'USD', 1234_56],
		['-1.234.567,8', 'EUR', -1_234_567_80],
		['1,234', 'KWD', 1_234],
		['0', 'USD', 0],
		['-0.00', 'USD', 0],
	])('%s %s', (text, currency, expected) => {
		expect(ofxAmountMinor(text, currency)).toBe(expected);
	});

	test.each([
		['5.0.0', 'USD', 'AMOUNT_INVALID'],
		['1,234', 'USD', 'AMOUNT_INVALID'],
		['1,000', 'USD', 'AMOUNT_INVALID'],
		['12.345', 'USD', 'AMOUNT_INVALID'],
		['1.50', 'JPY', 'AMOUNT_INVALID'],
		['1,23,456.00', 'INR', 'AMOUNT_INVALID'],
		['', 'USD', 'AMOUNT_INVALID'],
		['-', 'USD', 'AMOUNT_INVALID'],
		['12e3', 'USD', 'AMOUNT_INVALID'],
		['$5.00', 'USD', 'AMOUNT_INVALID'],
		['99999999999999999', 'USD', 'AMOUNT_TOO_LARGE'],
		['9'.repeat(90), 'USD', 'AMOUNT_TOO_LARGE'],
	])('%s %s is refused: %s', (text, currency, code) => {
		expect(ofxAmountMinor(text, currency)).toMatchObject({ code });
	});

	test('a line that cannot be read is rejected by its number; the others stay', () => {
		const one = only(
			ofx(
				LINE.replace('-12.50', '5.0.0'),
				LINE,
				LINE.replace('20240115', '2024'),
				LINE.replace('<NAME>', '<CURRENCY><CURRATE>1.1<CURSYM>GBP</CURRENCY><NAME>'),
			),
		);
		expect(one.lines.map((each) => each.row)).toEqual([2]);
		expect(one.rejected.map(({ row, code }) => [row, code])).toEqual([
			[1, 'AMOUNT_INVALID'],
			[3, 'DATE_INVALID'],
			[4, 'CURRENCY_MISMATCH'],
		]);
	});

	test('a closing balance that is no amount is left out with a doubt', () => {
		const one = only(ofx(LINE).replace('100.00', '100.123'));
		expect([one.closing, codes(one)]).toEqual([null, ['AMOUNT_DOUBTFUL']]);
	});
});

describe('the day is the one written', () => {
	test.each([
		['20240131', '2024-01-31'],
		['20240131233000', '2024-01-31'],
		['20240131233000.000[+5.5:IST]', '2024-01-31'],
		['20240101000000[-5:EST]', '2024-01-01'],
		['2009021100000000[-5:EST]', '2009-02-11'],
		['2024-01-31', '2024-01-31'],
	])('%s', (written, day) => {
		expect(only(ofx(LINE.replace('20240115', written))).lines[0]?.bookDate).toBe(day);
	});

	test('30 February is the last of the month, with a doubt; month 13, an empty date and no date at all are no day', () => {
		const february = only(ofx(LINE.replace('20240115', '20230230')));
		expect([february.lines[0]?.bookDate, codes(february)]).toEqual(['2023-02-28', ['DATE_DOUBTFUL']]);
		for (const written of ['20241301', '', '00000000', '20240100']) {
			expect(only(ofx(LINE.replace('20240115', written))).rejected, written).toMatchObject([{ code: 'DATE_INVALID' }]);
		}
		expect(only(ofx(LINE.replace('<DTPOSTED>20240115', ''))).rejected).toHaveLength(1);
	});

	test('empty or impossible days of the statement are simply not known', () => {
		const text = ofx(LINE).replace('<DTSTART>20240101', '<DTSTART>').replace('<DTASOF>20240131', '<DTASOF>00000000');
		expect(only(text)).toMatchObject({ from: null, to: '2024-01-31', closing: { date: null } });
		expect(only(ofx(LINE).replace('<DTSTART>20240101', '<DTSTART>20240301'))).toMatchObject({ from: null, to: null });
	});
});

describe('what the bank says it was', () => {
	test.each([
		['name and memo', '<NAME>Acme<MEMO>Invoice 7', 'Acme Invoice 7', 'Acme'],
		['memo that repeats the name', '<NAME>Acme<MEMO>ACME', 'Acme', 'Acme'],
		[
			'name that is the beginning of the memo',
			'<NAME>CARD PAYMENT 1234 AT THE CORNER<MEMO>CARD PAYMENT 1234 AT THE CORNER SHOP',
			'CARD PAYMENT 1234 AT THE CORNER SHOP',
			null,
		],
		['memo that repeats the id', '<FITID>B7<NAME>Acme<MEMO>B7', 'Acme', 'Acme'],
		['memo alone', '<MEMO>Monthly fee', 'Monthly fee', null],
		['a payee of its own', '<PAYEE><NAME>Acme Ltd<ADDR1>Road 1</PAYEE><MEMO>Invoice 7', 'Acme Ltd Invoice 7', 'Acme Ltd'],
		['an empty memo before the name', '<MEMO>\n<NAME>Acme', 'Acme', 'Acme'],
		['self-closed', '<MEMO/><NAME>Acme', 'Acme', 'Acme'],
		['a raw ampersand', '<NAME>AT&T<MEMO>Tea & biscuits', 'AT&T Tea & biscuits', 'AT&T'],
		['references', '<NAME>A &amp; Z &#233; &#xe9; &lt;b&gt; &nbsp;&bogus; &#0;', 'A & Z é é <b> &bogus; &#0;', 'A & Z é é <b> &bogus; &#0;'],
		['a sign that is no tag', '<NAME>5 < 6 <3 ok', '5 < 6 <3 ok', '5 < 6 <3 ok'],
		['CDATA and comments', '<NAME><![CDATA[A & <b>]]> c<!-- not <MEMO>this -->', 'A & <b> c', 'A & <b> c'],
		['blanks and controls', '<NAME>  A\t\tB\u0001\u0085C  ', 'A B C', 'A B C'],
		['composed letters', '<NAME>Zoe\u0308', 'Zo\u00eb', 'Zo\u00eb'],
		['nothing but the kind', '', 'DEBIT', null],
	])('%s', (_, fields, description, party) => {
		expect(line(fields)).toMatchObject({ description, party });
	});

	test.each([
		['<FITID>F1<CHECKNUM>1042', '1042'],
		['<FITID>F1<REFNUM>R-7', 'R-7'],
		['<FITID>F1<CHECKNUM>F1<REFNUM>R-7', 'R-7'],
		['<FITID>F1<CHECKNUM>000000', null],
		['<NAME>VENDOR<REFNUM>VENDOR', null],
	])('reference of %s', (fields, reference) => {
		expect(line(fields).reference).toBe(reference);
	});

	test('no id is no id', () => {
		expect(line('<FITID><NAME>x').bankId).toBeNull();
	});
});

describe('dialects', () => {
	const body = bank(statement(ACCOUNT, '<BANKTRANLIST>', LINE, '</BANKTRANLIST>', BALANCE));
	test.each([
		['lines of their own', HEADER + body, 'OFX 1.02 SGML', []],
		['all on one line', `OFXHEADER:100 DATA:OFXSGML VERSION:103 ENCODING:USASCII CHARSET:1252 ${body}`, 'OFX 1.03 SGML', []],
		['nothing between them', `OFXHEADER:100DATA:OFXSGMLVERSION:102SECURITY:NONEENCODING:USASCIICHARSET:1252COMPRESSION:NONE${body}`, 'OFX 1.02 SGML', []],
		['2.x', `<?xml version="1.0" encoding="US-ASCII"?><?OFX OFXHEADER="200" VERSION="211"?>${body}`, 'OFX 2.11 XML', []],
		['Quicken', HEADER + body.replace('<OFX>', '<OFX><SIGNONMSGSRSV1><SONRS><INTU.BID>7</SONRS></SIGNONMSGSRSV1>'), 'OFX 1.02 SGML (QFX)', []],
		['lower case', HEADER + body.toLowerCase().replaceAll('rent', 'Rent'), 'OFX 1.02 SGML', []],
		['no header', body, 'OFX SGML without a version', ['FORMAT_DOUBTFUL']],
		['end tags left out', HEADER + body.replaceAll(/<\/(?:STMTTRN|BANKTRANLIST|STMTTRNRS|BANKACCTFROM)>/g, ''), 'OFX 1.02 SGML', []],
		['an end tag too many', HEADER + body.replace('</STMTTRN>', '</STMTTRN></STMTTRN>'), 'OFX 1.02 SGML', ['FORMAT_DOUBTFUL']],
	])('%s', (_, text, dialect, doubts) => {
		const file = read(text);
		expect(file.dialect).toBe(dialect);
		expect(file.statements).toMatchObject([{ accountId: '22333', lines: [{ amountMinor: -12_50, description: 'Rent' }], closing: { amountMinor: 100_00 } }]);
		expect(codes(file.statements[0] as ParsedStatement)).toEqual(doubts);
	});

	test('a value that is given twice counts once, the first time', () => {
		expect(line('<NAME>Acme<NAME>Other').description).toBe('Acme');
	});

	test('elements that nobody knows are passed over, empty ones too, however many', () => {
		const text = ofx(`${LINE}<X.EMPTY>`.repeat(100)).replace('<LEDGERBAL>', '<X.GROUP><TRNAMT>9<X.INNER></X.GROUP><LEDGERBAL>');
		expect(only(text)).toMatchObject({ closing: { amountMinor: 100_00 }, doubts: [] });
		expect(only(text).lines).toHaveLength(100);
	});
});

describe('encodings', () => {
	const text = ofx(LINE.replace('Rent', 'Zoë'));
	const wide = (bigEndian: boolean, hasMark: boolean) => {
		const all = Buffer.from(hasMark ? `\ufeff${text}` : text, 'utf16le');
		return bigEndian ? all.swap16() : all;
	};
	const utf32 = (bigEndian: boolean) => {
		const all = Buffer.alloc((text.length + 1) * 4);
		for (const [index, character] of Array.from(`\ufeff${text}`).entries()) all.writeUInt32LE(character.charCodeAt(0), index * 4);
		return bigEndian ? all.swap32() : all;
	};
	const latin = (declared: string) => Buffer.from(text.replace('CHARSET:1252', declared), 'latin1');
	test.each([
		['UTF-8 that says cp1252', Buffer.from(text), []],
		['cp1252', latin('CHARSET:1252'), []],
		['latin-1', latin('CHARSET:8859-1'), []],
		['ISO-8859-15', latin('CHARSET:ISO-8859-15'), []],
		['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), []],
		['UTF-16LE', wide(false, true), []],
		['UTF-16BE', wide(true, true), []],
		['UTF-16LE without a mark', wide(false, false), []],
		['UTF-16BE without a mark', wide(true, false), []],
		['UTF-32LE', utf32(false), []],
		['UTF-32BE', utf32(true), []],
		['cp1252 that says UTF-8', Buffer.from(text.replace('USASCII', 'UTF-8'), 'latin1'), ['ENCODING_DOUBTFUL']],
		['cp1252 that says nothing', latin('CHARSET:NONE'), ['ENCODING_DOUBTFUL']],
		['a charset nobody knows', latin('CHARSET:KLINGON'), ['ENCODING_DOUBTFUL']],
		['a charset nobody knows over UTF-8', Buffer.from(text.replace('1252', 'KLINGON')), ['ENCODING_DOUBTFUL']],
	])('%s', (_, bytes, doubts) => {
		const one = only(bytes);
		expect([one.lines[0]?.description, codes(one)]).toEqual(['Zoë', doubts]);
	});

	test('the encoding that a person names wins; one that nobody knows is refused', () => {
		const one = read(Buffer.from(text, 'latin1'), { encoding: 'macintosh' }).statements[0] as ParsedStatement;
		expect([one.lines[0]?.description, codes(one)]).toEqual(['ZoÎ', []]);
		expect(() => read(text, { encoding: 'klingon' })).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
	});
});

describe('what is refused', () => {
	const signOn = (status: string) => `${HEADER}<OFX><SIGNONMSGSRSV1><SONRS><STATUS>${status}</STATUS></SONRS></SIGNONMSGSRSV1></OFX>`;
	const investments = '<INVSTMTMSGSRSV1><INVSTMTTRNRS><INVSTMTRS><CURDEF>USD<INVACCTFROM><BROKERID>b<ACCTID>77</INVACCTFROM><INVTRANLIST><INVBANKTRAN>';
	const wholly = `${investments}${LINE}</INVBANKTRAN></INVTRANLIST></INVSTMTRS></INVSTMTTRNRS></INVSTMTMSGSRSV1>`;
	test.each([
		['an empty file', '', 'FILE_EMPTY', undefined],
		['another format', '!Type:Bank\nD1/1/24\nT5\n^', 'FILE_NOT_RECOGNISED', undefined],
		['a failed login', signOn('<CODE>15500<SEVERITY>ERROR<MESSAGE>Signon invalid'), 'FILE_NOT_RECOGNISED', 'BANK_ERROR'],
		['an error without words', signOn('<CODE>2000<SEVERITY>ERROR'), 'FILE_NOT_RECOGNISED', 'BANK_ERROR'],
		['the frame of a statement without anything in it', HEADER + bank(statement('<CURDEF>USD')), 'FILE_NOT_RECOGNISED', 'NO_STATEMENT'],
		['no account', signOn('<CODE>0<SEVERITY>INFO'), 'FILE_NOT_RECOGNISED', 'NO_STATEMENT'],
		['investments only', `${HEADER}<OFX>${wholly}</OFX>`, 'FILE_NOT_RECOGNISED', 'NO_STATEMENT'],
		['a document type', ofx(LINE).replace('<OFX>', '<!DOCTYPE OFX SYSTEM "http://x/x.dtd"><OFX>'), 'FILE_UNREADABLE', 'DOCTYPE'],
		['an entity inside', ofx(LINE, '<!ENTITY a "b">'), 'FILE_UNREADABLE', 'DOCTYPE'],
		['elements too deep', ofx('<A>'.repeat(100)), 'FILE_UNREADABLE', 'TOO_DEEP'],
		['cut inside a line', ofx(LINE).slice(0, ofx(LINE).indexOf('<FITID>')), 'FILE_UNREADABLE', 'CUT_SHORT'],
		['cut before the first line', ofx(LINE).slice(0, ofx(LINE).indexOf('<STMTTRN>')), 'FILE_UNREADABLE', 'CUT_SHORT'],
		['a currency that is none', ofx(LINE).replace('USD', 'U$D'), 'FILE_UNREADABLE', 'CURRENCY'],
	])('%s', (_, text, code, reason) => {
		const error = refusal(text);
		expect([error.code, error.details['reason']]).toEqual([code, reason]);
	});

	test("the message holds the bank's own words, or what the file holds instead", () => {
		expect(refusal(signOn('<CODE>15500<SEVERITY>ERROR<MESSAGE>Signon invalid')).message).toContain('"Signon invalid" (error 15500)');
		expect(refusal(`${HEADER}<OFX>${wholly}</OFX>`).message).toContain('investment account 77 was left out');
	});

	test("investments beside a bank statement are left out and named; their cash lines are not taken for the bank's", () => {
		const file = read(ofx(LINE).replace('</OFX>', `${wholly}</OFX>`));
		expect(file.statements).toMatchObject([{ accountId: '22333', lines: [{ row: 1 }] }]);
		expect(file.leftOut).toEqual(['The investment account 77 was left out: it is no bank statement.']);
		const unclosed = ofx(LINE).replace(/<\/STMTRS>.*$/, `${wholly}</OFX>`);
		expect(read(unclosed).statements.map((one) => one.lines.length)).toEqual([1]);
	});

	test('an account for which the bank sent an error instead is named beside those that it sent', () => {
		const failed = '<STMTTRNRS><TRNUID>1<STATUS><CODE>2003<SEVERITY>ERROR<MESSAGE>Account not found</STATUS></STMTTRNRS>';
		const file = read(ofx(LINE).replace('</BANKMSGSRSV1>', `${failed}</BANKMSGSRSV1>`));
		expect([file.statements.length, file.leftOut]).toEqual([1, ['The bank sent an error beside the statements: "Account not found" (error 2003).']]);
	});

	test('cut after its last whole line, a file is read with a doubt', () => {
		const one = only(ofx(LINE).slice(0, ofx(LINE).indexOf('</BANKTRANLIST>')));
		expect([one.lines.length, codes(one)]).toEqual([1, ['FILE_CUT_SHORT']]);
	});

	test('a value that the cut goes through is not taken', () => {
		const second = `${ofx(LINE).replace('</BANKMSGSRSV1></OFX>', '')}<STMTTRNRS><STMTRS><BANKACCTFROM><ACCTID>9</BANKACCTFROM><CURDEF>EU`;
		expect(read(second).statements.map((one) => [one.accountId, one.currency, codes(one)])).toEqual([
			['22333', 'USD', ['FILE_CUT_SHORT']],
			['9', null, ['FILE_CUT_SHORT']],
		]);
	});

	test('more bytes than a statement has are refused before they are looked at', () => {
		expect(refusal(new Uint8Array(MAX_STATEMENT_BYTES + 1))).toMatchObject({ code: 'FILE_UNREADABLE', details: { reason: 'TOO_LARGE' } });
	});
});
