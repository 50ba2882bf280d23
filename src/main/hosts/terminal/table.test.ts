import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFacts, formatTable, printable } from './table.ts';
import { cutText, padText, textWidth } from './text-width.ts';

describe('formatTable', () => {
	it('aligns a trial balance', () => {
		const table = formatTable(
			[{ header: 'Code' }, { header: 'Account' }, { header: 'Debit', align: 'right' }, { header: 'Credit', align: 'right' }],
			[
				['1000', 'Cash', '1250.00', ''],
				['4000', 'बिक्री', '', '99999.00'],
				['5000', '現金', '98749.00', ''],
			],
			{ totals: [['', 'Total', '99999.00', '99999.00']] },
		);
		expect(table).toBe(
			[
				'Code  Account     Debit    Credit',
				'----  -------  --------  --------',
				'1000  Cash      1250.00',
				'4000  बिक्री              99999.00',
				'5000  現金     98749.00',
				'----  -------  --------  --------',
				'      Total    99999.00  99999.00',
				'',
			].join('\n'),
		);
	});

	it('says that there is nothing by header and line alone', () => {
		expect(formatTable([{ header: 'Code' }, { header: 'Name' }], [])).toBe('Code  Name\n----  ----\n');
	});

	it('cuts long texts where told to, and never an amount', () => {
		const table = formatTable(
			[
				{ header: 'Text', maxWidth: 10 },
				{ header: 'Amount', align: 'right' },
			],
			[['A very long description', '123456789012.00']],
		);
		expect(table.split('\n')[2]).toBe('A very lo…  123456789012.00');
	});

	it('keeps every amount in its column, whatever the names', () => {
		const row = fc.tuple(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.bigInt({ min: 0n, max: 10n ** 15n }).map(String));
		fc.assert(
			fc.property(fc.array(row, { minLength: 1, maxLength: 10 }), (rows) => {
				const lines = formatTable([{ header: 'Name' }, { header: 'Amount', align: 'right' }], rows)
					.trimEnd()
					.split('\n');
				expect(lines).toHaveLength(rows.length + 2);
				expect(new Set(lines.map(textWidth)).size).toBe(1);
			}),
		);
	});

	it('wants a cell for each column', () => {
		expect(() => formatTable([{ header: 'A' }], [['1', '2']])).toThrow('a cell for each column');
	});
});

describe('formatFacts', () => {
	it('aligns the values', () => {
		expect(
			formatFacts([
				['Company', 'Demo'],
				['Currency', 'INR'],
				['Closed', ''],
			]),
		).toBe('Company   Demo\nCurrency  INR\nClosed\n');
	});
});

describe('printable', () => {
	it('takes commands to the terminal out of texts from files', () => {
		expect(printable('rent\u001b[2J\nMay\u009b')).toBe('rent [2J May ');
	});
});

describe('textWidth', () => {
	it.each([
		['', 0],
		['Cash', 4],
		['Größe', 5],
		['Gro\u0308ße', 5],
		['₹1,250', 6],
		['क', 1],
		['कि', 2],
		['कु', 1],
		['राम', 3],
		['現金', 4],
		['ｶﾅ', 2],
		['ＡＢ', 4],
		['한글', 4],
		['☂', 1],
		['❤\ufe0f', 2],
		['👩‍👩‍👧', 2],
		['🇮🇳', 2],
		['a\u200bb', 2],
	])('of %s is %i', (text, expected) => {
		expect(textWidth(text)).toBe(expected);
	});

	it('is added up by padding and kept by cutting', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.integer({ min: 0, max: 40 }), (text, columns) => {
				expect(textWidth(padText(text, columns, 'right'))).toBe(Math.max(columns, textWidth(text)));
				expect(textWidth(cutText(text, columns))).toBeLessThanOrEqual(columns);
			}),
		);
		expect(cutText('現金出納帳', 6)).toBe('現金…');
		expect(cutText('Cash', 4)).toBe('Cash');
		expect(cutText('Cash', 0)).toBe('');
	});
});

describe('a table without its empty columns', () => {
	it('keeps columns of figures and those that a row or total fills', () => {
		const columns = [{ header: 'Code' }, { header: 'Party' }, { header: 'Debit', align: 'right' as const }, { header: 'Notes' }];
		const text = formatTable(columns, [['1000', '', '', '']], { totals: [['', '', '', 'closed']], withoutEmpty: true });
		expect(text).toBe('Code  Debit  Notes\n----  -----  ------\n1000\n----  -----  ------\n             closed\n');
	});
});
