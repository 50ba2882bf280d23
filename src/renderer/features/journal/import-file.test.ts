import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editableFile, fileText, rowCells, withRows, wrongCells } from './import-file.ts';

const file = (text: string) => editableFile('x.csv', new TextEncoder().encode(text));

describe('a file that is corrected in place', () => {
	it('changes the rows that were corrected and no other sign', () => {
		const opened = file('date;account;text\r\n1/2;6000;"a;b ""c"""\r\n2/2;9999;x\r\n');
		if (!opened) throw new Error('it can be taken apart');
		expect(opened.header).toEqual(['date', 'account', 'text']);
		expect(rowCells(opened, 2)).toEqual(['1/2', '6000', 'a;b "c"']);
		expect(fileText(withRows(opened, new Map([[3, ['2/2', '6100', 'y;z']]])))).toBe('date;account;text\n1/2;6000;"a;b ""c"""\n2/2;6100;"y;z"\n');
	});

	it('gives back any cell as it was written', () => {
		fc.assert(
			fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', '"', ',', ' ', 'क', '1') }), { minLength: 2, maxLength: 5 }), (cells) => {
				const opened = file(`${cells.map((_, index) => `c${index}`).join(',')}\nx`);
				if (!opened) throw new Error('it can be taken apart');
				expect(rowCells(withRows(opened, new Map([[2, cells]])), 2)).toEqual(cells);
			}),
		);
	});

	it('leaves alone what it might spoil', () => {
		expect(editableFile('x.csv', new Uint8Array([0x61, 0xff, 0xfe]))).toBeNull();
		expect(file('a,b\n"first\nsecond",2\n')).toBeNull();
	});

	it('shows a short row with all its columns', () => {
		const opened = file('a,b,c\n1\n');
		expect(opened && rowCells(opened, 2)).toEqual(['1', '', '']);
	});

	it('marks the cell that a refusal names, in whichever row of the entry it stands', () => {
		const opened = file('entry,account,debit\n1,6000,5\n1,9999,-5\n2,6000,\n');
		if (!opened) throw new Error('it can be taken apart');
		const rejected = [
			{ row: 2, code: 'ACCOUNT_UNKNOWN', message: 'There is no account "9999".' },
			{ row: 3, code: 'ENTRY_REJECTED', message: 'Belongs to an entry that is refused because of line 2.' },
			{ row: 4, code: 'NO_AMOUNT', message: 'The row has no amount.' },
		];
		const marks = [2, 3, 4].map((row) => [0, 1, 2].map((column) => wrongCells(opened, rejected, row)(column)));
		expect(marks).toEqual([
			[false, false, false],
			[false, true, false],
			[true, true, true],
		]);
	});
});
