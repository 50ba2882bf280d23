import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseCsv, plainCell } from './csv.ts';

it.each([
	['', []],
	['a,b\n', [['a', 'b']]],
	[
		'\ufeffa,b\r\nc,',
		[
			['a', 'b'],
			['c', ''],
		],
	],
	['"a ""b"", c","d\ne"\n', [['a "b", c', 'd\ne']]],
	[',\n\n', [['', ''], ['']]],
	['"open', null],
	['a"b\n', null],
	['"a"b\n', null],
])('reads %j', (text, records) => {
	expect(parseCsv(text)).toEqual(records);
});

it('agrees with an independent reader', () => {
	const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', '₹', "'") });
	fc.assert(
		fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 }), (records) => {
			const text = records.map((record) => `${record.map((value) => `"${value.replaceAll('"', '""')}"`).join()}\n`).join('');
			expect(parseCsv(text)).toEqual(records);
			expect(parseCsv(text)).toEqual(parse(text, { relax_column_count: true }));
		}),
	);
});

it.each([
	["'=1+1", '=1+1'],
	["'-5", '-5'],
	["'tis", "'tis"],
	['plain', 'plain'],
])('shows the cell %j as %j', (cell, plain) => {
	expect(plainCell(cell)).toBe(plain);
});
