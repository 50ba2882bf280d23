import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCsv } from './csv-reader.ts';
import { type CsvColumn, CsvWriter, csvPieces, neutralised } from './csv-writer.ts';

const COLUMNS: readonly CsvColumn[] = [
	{ name: 'text', kind: 'text' },
	{ name: 'amount', kind: 'number' },
];

describe('formulas stay text', () => {
	test.each([
		['=1+1', "'=1+1"],
		['+1+1', "'+1+1"],
		['-2+3', "'-2+3"],
		['@SUM(A1)', "'@SUM(A1)"],
		['\t=1', "'\t=1"],
		['\r=1', "'\r=1"],
		['Rent = 5', 'Rent = 5'],
		['', ''],
	])('%j is written as %j', (text, written) => {
		expect(neutralised(text)).toBe(written);
	});
	test('numbers are not text', () => {
		expect([...csvPieces(COLUMNS, [['-5', '-5.00']])].join('')).toBe("text,amount\n'-5,-5.00\n");
	});
	test('a number column that holds a formula is a bug of the caller', () => {
		expect(() => [...csvPieces(COLUMNS, [['x', '=1']])]).toThrow('amount');
	});
});

test('quoting, empty cells and the byte order mark', () => {
	const rows = [
		['a,b', 1],
		['say "yes"', null],
		['two\nlines', 2n],
		[' edge ', undefined],
	];
	expect([...csvPieces(COLUMNS, rows, { withMark: true })].join('')).toBe('\ufefftext,amount\n"a,b",1\n"say ""yes""",\n"two\nlines",2\n" edge ",\n');
});

test('what is written is read back, in pieces that end with a row', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.string({ minLength: 1 }), fc.integer()), { maxLength: 20 }), fc.constantFrom(',', ';', '\t'), (rows, delimiter) => {
			const pieces: string[] = [];
			const writer = new CsvWriter(COLUMNS, (text) => pieces.push(text), { delimiter });
			for (const row of rows) writer.row(row);
			writer.end();
			const read = parseCsv(pieces.join(''), { delimiter, newline: '\n' });
			expect(read).toEqual([['text', 'amount'], ...rows.map(([text, amount]) => [neutralised(text), String(amount)])]);
		}),
	);
	const long = [
		...csvPieces(
			COLUMNS,
			Array.from({ length: 20_000 }, (_, index) => [`row ${index}`, index]),
		),
	];
	expect(long.length).toBeGreaterThan(2);
	expect(long.every((piece) => piece.endsWith('\n'))).toBe(true);
});
