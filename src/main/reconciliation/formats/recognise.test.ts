import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { refusalOf } from '#test/shown-statement.ts';
import { MAX_STATEMENT_BYTES, type StatementFormat } from './parsed-statement.ts';
import { statementReaders } from './readers.ts';
import { recogniseStatement } from './recognise.ts';

const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');

describe('a format is recognised by what is in the file', () => {
	const cases: readonly (readonly [what: string, format: StatementFormat, content: string | Buffer])[] = [
		['OFX 1, header on lines', 'ofx', 'OFXHEADER:100\nDATA:OFXSGML\n\n<OFX><SIGNONMSGSRSV1>'],
		['OFX 1, header on one line', 'ofx', 'OFXHEADER:100DATA:OFXSGML<OFX>'],
		['OFX 2', 'ofx', '<?xml version="1.0"?>\n<?OFX OFXHEADER="200"?><OFX>'],
		['OFX without a header', 'ofx', '<OFX>\n<SIGNONMSGSRSV1>'],
		['camt.053', 'camt053', '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>'],
		['camt with a prefix and no namespace that is known', 'camt053', '<?xml version="1.0"?><ns:Document xmlns:ns="x"><ns:BkToCstmrStmt>'],
		['camt.052, whose reader doubts it', 'camt053', '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.052.001.02">'],
		['camt in UTF-16', 'camt053', utf16('<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">')],
		['MT940', 'mt940', ':20:START\n:25:123\n:28C:1/1\n:60F:C240101EUR0,\n'],
		['MT940 in blocks', 'mt940', '{1:F01BANK}{2:I940BANKN}{4:\r\n:20:START'],
		['MT940 below the lines of a Dutch bank', 'mt940', 'ABNANL2A\n940\nABNANL2A\n:20:ABN AMRO BANK NV'],
		['MT940 below a control byte', 'mt940', '\u0001\n:20:START\n:25:1'],
		['QIF', 'qif', '!Type:Bank\nD01/31/2024\nT1.00\n^\n'],
		['QIF with accounts, lower case', 'qif', '\ufeff\n!account\nNCash\n^\n'],
		['CSV', 'csv', 'Date,Description,Amount\n2024-01-31,Rent,-700.00\n'],
		['CSV with semicolons in UTF-16', 'csv', utf16('Datum;Text;Betrag\n31.01.2024;Miete;-700,00\n')],
		['CSV of one row', 'csv', '2024-01-31;x;1'],
		['a table that speaks of tags', 'csv', 'Date,Text,Amount\n2024-01-31,see :20: and <OFX >,1.00\n'],
	];
	test.each(cases)('%s', (_what, format, content) => {
		expect(recogniseStatement(Buffer.from(content))).toBe(format);
	});

	test('and has its reader', () => {
		expect(Object.keys(statementReaders)).toEqual(expect.arrayContaining(['mt940', 'qif', 'csv']));
	});
});

describe('what is no statement is refused with what it is and what to do', () => {
	const cases: readonly (readonly [content: string | Buffer, said: RegExp])[] = [
		['<!DOCTYPE html><html><body>Session expired</body></html>', /web page.*sign in/is],
		['\n  <html lang="en">', /web page/],
		['%PDF-1.7\n', /PDF.*CSV/s],
		['PK\u0003\u0004\u0014\u0000xl/worksheets/sheet1.xml', /XLSX.*CSV/s],
		['PK\u0003\u0004\u0014\u0000statement.ofx', /ZIP.*unpack/is],
		[gzipSync('Date,Amount'), /gzip.*unpack/is],
		[Buffer.from('d0cf11e0a1b11ae1', 'hex'), /old workbook/],
		['SQLite format 3\u0000', /database/],
		[Buffer.from('89504e470d0a1a0a', 'hex'), /picture/],
		['{\\rtf1\\ansi', /word processor/],
		['[{"date":"2024-01-31"}]', /JSON/],
		['<?xml version="1.0"?><!-- a --><!-- b --><Invoice>', /<Invoice>/],
		[Buffer.alloc(64, 0), /not text/],
		['Dear customer\nyour statement is ready\n', /no table/],
	];
	test.each(cases)('%j', (content, said) => {
		const refusal = refusalOf(() => recogniseStatement(typeof content === 'string' ? Buffer.from(content, 'latin1') : content));
		expect([refusal?.code, refusal?.message]).toEqual(['FILE_NOT_RECOGNISED', expect.stringMatching(said)]);
	});

	test.each(['', '\ufeff', ' \r\n\t\n'])('%j is empty', (content) => {
		expect(refusalOf(() => recogniseStatement(Buffer.from(content)))?.code).toBe('FILE_EMPTY');
	});

	test('a file that is too large is refused before it is looked at', () => {
		expect(refusalOf(() => recogniseStatement(new Uint8Array(MAX_STATEMENT_BYTES + 1)))?.code).toBe('FILE_UNREADABLE');
	});
});
