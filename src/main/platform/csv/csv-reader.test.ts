import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAppError } from '#shared/kernel/app-error.ts';
import { CsvReader, type CsvReaderOptions, detectDelimiter, detectNewline, MAX_FIELD_CHARACTERS, parseCsv } from './csv-reader.ts';
import { csvCell } from './csv-writer.ts';

const COMMA: CsvReaderOptions = { delimiter: ',', newline: '\n' };

interface SeenRow {
	readonly fields: string[];
	readonly line: number;
	readonly isFlawed: boolean;
}

function readInPieces(text: string, options: CsvReaderOptions, size: number): SeenRow[] {
	const rows: SeenRow[] = [];
	const reader = new CsvReader(options, (fields, line, isFlawed) => rows.push({ fields, line, isFlawed }));
	for (let at = 0; at < text.length; at += size) reader.push(text.slice(at, at + size));
	reader.end();
	return rows;
}

describe('RFC 4180', () => {
	const cases: readonly (readonly [what: string, text: string, rows: string[][], options?: CsvReaderOptions])[] = [
		[
			'plain rows',
			'a,b\n1,2\n',
			[
				['a', 'b'],
				['1', '2'],
			],
		],
		[
			'no newline at the end',
			'a,b\n1,2',
			[
				['a', 'b'],
				['1', '2'],
			],
		],
		[
			'CRLF',
			'a,b\r\n1,2\r\n',
			[
				['a', 'b'],
				['1', '2'],
			],
		],
		[
			'CR alone',
			'a,b\r1,2\r',
			[
				['a', 'b'],
				['1', '2'],
			],
			{ delimiter: ',', newline: '\r' },
		],
		[
			'empty cells',
			',\n1,\n',
			[
				['', ''],
				['1', ''],
			],
		],
		[
			'empty lines are left out',
			'a,b\n\n1,2\n\r\n',
			[
				['a', 'b'],
				['1', '2'],
			],
		],
		['delimiter in quotes', '"a,b",c\n', [['a,b', 'c']]],
		[
			'newline in quotes',
			'"a\r\nb",c\n1,2\n',
			[
				['a\r\nb', 'c'],
				['1', '2'],
			],
		],
		['doubled quotes', '"say ""yes""",""""\n', [['say "yes"', '"']]],
		['empty quotes', '"",""\r\n', [['', '']]],
		['a quote inside an unquoted cell is text', '5" pipe,2\n', [['5" pipe', '2']]],
		['blanks after a closing quote', '"a" ,b\n', [['a', 'b']]],
		['semicolons', 'a;"b;c"\n', [['a', 'b;c']], { delimiter: ';', newline: '\n' }],
		['nothing', '', []],
	];
	test.each(cases.map(([what, text, rows, options = COMMA]) => ({ what, text, rows, options })))('$what', ({ text, rows, options }) => {
		expect(parseCsv(text, options)).toEqual(rows);
		for (const size of [1, 2, 3, 7]) expect(readInPieces(text, options, size).map((row) => row.fields)).toEqual(rows);
	});

	test('rows carry the physical line on which they begin', () => {
		const rows = readInPieces('a,b\n\n"x\ny\nz",1\n2,3\n', COMMA, 4);
		expect(rows.map((row) => row.line)).toEqual([1, 3, 6]);
	});

	test('text after a closing quote is flawed, and only that row', () => {
		expect(readInPieces('"a"b,1\n"c",2\n', COMMA, 100)).toEqual([
			{ fields: ['ab', '1'], line: 1, isFlawed: true },
			{ fields: ['c', '2'], line: 2, isFlawed: false },
		]);
	});
});

describe('bounds', () => {
	test('a quote that never closes is refused with its line', () => {
		expect(refusal(() => parseCsv('a,b\n1,"2\n3,4\n', COMMA))).toMatchObject({ code: 'FILE_UNREADABLE', details: { line: 2 } });
	});
	test('a field longer than a mebibyte is refused', () => {
		const long = 'x'.repeat(MAX_FIELD_CHARACTERS + 1);
		expect(refusal(() => parseCsv(`a,b\n1,${long}\n`, COMMA))).toMatchObject({ code: 'FILE_UNREADABLE', details: { line: 2, column: 2 } });
		expect(refusal(() => parseCsv(`a,b\n1,"${long}"\n`, COMMA))).toMatchObject({ code: 'FILE_UNREADABLE', details: { line: 2, column: 2 } });
	});
	test('a row without end is refused before it fills the memory', () => {
		const reader = new CsvReader(COMMA, () => undefined);
		const pushed = refusal(() => {
			for (let index = 0; index < 100; index++) reader.push('x'.repeat(100_000));
		});
		expect(pushed).toMatchObject({ code: 'FILE_UNREADABLE', details: { line: 1 } });
	});
});

describe('what other people read', () => {
	const folder = new URL('../../../../test/fixtures/csv-spectrum/', import.meta.url);
	test.each(readdirSync(folder).filter((name) => name.endsWith('.csv')))('%s reads as csv-parse reads it', (name) => {
		const text = readFileSync(new URL(name, folder), 'utf8');
		expect(parseCsv(text, { delimiter: ',', newline: detectNewline(text) })).toEqual(parse(text, { skip_empty_lines: true, relax_quotes: true }));
	});

	const cell = fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('', '"', '""', ',', '\n', '\r\n', 'a"b', ' x ', '=1+1', 'é', '会社'));
	const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
	test('any table, in any pieces, reads as csv-parse reads it and as it was written', () => {
		fc.assert(
			fc.property(table, fc.constantFrom('\n', '\r\n'), fc.integer({ min: 1, max: 9 }), (rows, newline, size) => {
				const text = rows.map((row) => row.map((value) => csvCell(value)).join(',')).join(newline);
				const ours = readInPieces(text, COMMA, size).map((row) => row.fields);
				expect(ours).toEqual(rows);
				expect(ours).toEqual(parse(text, { skip_empty_lines: true, relax_column_count: true, record_delimiter: newline }));
			}),
		);
	});
});

describe('recognition', () => {
	test.each([
		['a,b\n1,2\n', ','],
		['a;b\n1,50;2,50\n3,50;4,50\n', ';'],
		['a\tb\n1,5\t2\n', '\t'],
		['a|b\n1|2\n', '|'],
		['Account;123\nFrom;01.01.2024\n\nDate;Text;Amount\n1;x;5,00\n2;y;6,00\n3;z;7,00\n', ';'],
		['"a,b";c\n"d,e";f\n', ';'],
		['one column\nonly\n', null],
	])('delimiter of %j is %j', (sample, delimiter) => {
		expect(detectDelimiter(sample, '\n')).toBe(delimiter);
	});
	test.each([
		['a\nb', '\n'],
		['a\r\nb', '\n'],
		['a\rb\r', '\r'],
		['"a\rb"\nc', '\n'],
		['"a\nb"\rc\r', '\r'],
		['a', '\n'],
	])('newline of %j is %j', (sample, newline) => {
		expect(detectNewline(sample)).toBe(newline);
	});
});

function refusal(run: () => unknown): unknown {
	try {
		run();
	} catch (error) {
		if (isAppError(error)) return { code: error.code, details: error.details };
		throw error;
	}
	return null;
}
