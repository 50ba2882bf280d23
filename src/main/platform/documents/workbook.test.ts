import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import exceljs from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asShown, HAS_OFFICE, recomputed, workbookOf } from '#test/document-tools.ts';
import { documentWith, frameOf, GROUPED_ROWS, line, tableWith } from '#test/sample-document.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import type { DocumentRow, TableDocument } from './table-document.ts';
import { writeWorkbook, type WorkbookOptions } from './workbook.ts';

async function written(document: TableDocument, options: WorkbookOptions = {}): Promise<{ path: string; workbook: exceljs.Workbook }> {
	const path = join(temporaryFolder(), 'book.xlsx');
	await writeWorkbook(path, document, options);
	return { path, workbook: await workbookOf(path) };
}

const first = (workbook: exceljs.Workbook): exceljs.Worksheet => workbook.worksheets[0] as exceljs.Worksheet;
/** The XML of one part, as it stands in the file. */
const part = (path: string, name: string): string => execFileSync('unzip', ['-p', path, name], { encoding: 'utf8', maxBuffer: 1 << 26 });

describe('a workbook', () => {
	it('holds numbers as numbers, dates as dates, and totals as formulas with their value', async () => {
		const sheet = first((await written(documentWith(GROUPED_ROWS))).workbook);
		const values = [8, 9, 10, 13, 14, 15, 16].map((row) => ['A', 'B', 'C', 'D', 'E'].map((column) => sheet.getCell(`${column}${row}`).value));
		expect(values).toEqual([
			[new Date('2026-01-02T00:00:00Z'), 1, 'Sale', 1250, null],
			[new Date('2026-01-31T00:00:00Z'), 2, 'विक्री पावती ₹', 98765432.1, 0.05],
			[null, null, 'Total income', { formula: 'SUM(D8:D9)', result: 98766682.1 }, { formula: 'SUM(E8:E9)', result: 0.05 }],
			[new Date('2026-01-16T00:00:00Z'), 4, 'Refund', -30, 7],
			[null, null, 'Total expenses', { formula: 'SUM(D12:D13)', result: 70 }, { formula: 'SUM(E12:E13)', result: 7 }],
			[null, null, 'Net', { formula: 'D10-D14', result: 98766612.1 }, { formula: 'E10-E14', result: -6.95 }],
			[null, null, 'All lines', { formula: 'SUM(D8:D9)+SUM(D12:D13)', result: 98766752.1 }, { formula: 'SUM(E8:E9)+SUM(E12:E13)', result: 7.05 }],
		]);
	});

	it.runIf(HAS_OFFICE)('comes out the same where LibreOffice computes it anew', async () => {
		const { path } = await written(documentWith(GROUPED_ROWS));
		const rows = recomputed(path);
		expect(
			rows
				.slice(9, 10)
				.concat(rows.slice(13, 16))
				.map((row) => row.slice(2)),
		).toEqual([
			['Total income', '98766682.1', '0.05'],
			['Total expenses', '70', '7'],
			['Net', '98766612.1', '-6.95'],
			['All lines', '98766752.1', '7.05'],
		]);
	});

	it('says whose figures it shows, freezes and prints the titles of the columns, and has a print area', async () => {
		const { path, workbook } = await written(
			documentWith([line('2026-01-02', '1', 'Sale', '1.00', null)], { mark: { kind: 'SEALED', close: '2026-01, close 1', fingerprint: '0123-4567' } }),
		);
		const sheet = first(workbook);
		expect([1, 2, 3, 4].map((row) => sheet.getCell(`A${row}`).value)).toEqual([
			'Trial balance',
			'Testwright & Daughters, at 31/01/2026, adjusted basis, INR',
			'Printed by owner at 03/02/2026 04:05 UTC',
			'SEALED by 2026-01, close 1: fingerprint 0123-4567',
		]);
		expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 6 });
		expect(sheet.autoFilter).toBe('A6:E7');
		expect(sheet.pageSetup).toMatchObject({ printArea: 'A1:E7', printTitlesRow: '6:6', orientation: 'portrait', fitToWidth: 1 });
		expect(part(path, 'xl/workbook.xml')).toContain('fullCalcOnLoad="1"');
	});

	it('filters neither groups nor the totals at the end', async () => {
		const grouped = first((await written(documentWith(GROUPED_ROWS))).workbook);
		expect(grouped.autoFilter).toBeUndefined();
		const total: DocumentRow = { kind: 'total', cells: [null, null, 'Total', '3.00', null], formulas: [null, null, null, { sum: 'all' }, null] };
		const flat = first((await written(documentWith([line(null, null, 'a', '1.00', null), line(null, null, 'b', '2.00', null), total]))).workbook);
		expect(flat.autoFilter).toBe('A6:E8');
	});

	it.each([
		['INR, western', 'western', '1234567.89', '#,##0.00_);(#,##0.00)'],
		['INR, lakh and crore', 'indian', '12345678.90', '[>=10000000]##,##,##,##0.00_);[>=100000]##,##,##0.00_);#,##0.00_)'],
		['INR, below no lakh', 'indian', '-12345.60', '#,##0.00_);(#,##0.00)'],
		['INR, below no crore', 'indian', '-123456.70', '#,##0.00_);(##,##,##0.00)'],
		['INR, below a crore', 'indian', '-12345678.90', '#,##0.00_);(##,##,##,##0.00)'],
		['JPY', 'western', '1234567', '#,##0_);(#,##0)'],
		['KWD', 'western', '-1234.567', '#,##0.000_);(#,##0.000)'],
	] as const)('shows %s with its own decimals and grouping', async (_name, numberFormat, amount, format) => {
		const sheet = first((await written(documentWith([line(null, null, 'x', amount, null)], { numberFormat }))).workbook);
		expect(sheet.getCell('D7').value).toBe(Number(amount));
		// exceljs leaves the backslashes out that keep the commas literal.
		expect(sheet.getCell('D7').numFmt).toBe(format);
	});

	it.runIf(HAS_OFFICE)('is shown by LibreOffice in lakhs and crores, and never without its sign', async () => {
		const amounts = ['12345678.90', '123456.70', '12345.60', '0.00', '-0.50', '-12345.60', '-123456.70', '-12345678.90'];
		const { path } = await written(
			documentWith(
				amounts.map((amount) => line(null, null, amount, amount, null)),
				{ numberFormat: 'indian' },
			),
		);
		const shown = asShown(path).slice(6, 6 + amounts.length);
		expect(shown.map((row) => row[3]?.trim())).toEqual([
			'1,23,45,678.90',
			'1,23,456.70',
			'12,345.60',
			'0.00',
			'(0.50)',
			'(12,345.60)',
			'(1,23,456.70)',
			'(1,23,45,678.90)',
		]);
	});

	it.runIf(HAS_OFFICE)('adds sums that are parts to their own total and to no other, draws them like lines, and filters the lines above them', async () => {
		const sum = (words: string, amount: string) => ({ kind: 'total' as const, cells: [null, null, words, amount, null], isPart: true });
		const total = (scope: 'group' | 'all'): DocumentRow => ({
			kind: 'total',
			cells: [null, null, 'Total', '12.00', null],
			formulas: [null, null, null, { sum: scope }, null],
		});
		const lines = [line('2026-01-02', '1', 'One', '5.00', null), line('2026-01-03', '2', 'Other', '7.00', null)];
		const parts: DocumentRow[] = [{ kind: 'heading', text: 'By party' }, sum('Other', '7.00'), sum('One', '5.00'), total('group')];
		const { path, workbook } = await written(documentWith([...lines, total('all'), ...parts]));
		const sheet = first(workbook);
		expect(['D9', 'D13'].map((cell) => sheet.getCell(cell).formula)).toEqual(['SUM(D7:D8)', 'SUM(D11:D12)']);
		expect(['D8', 'D11', 'D12', 'D13'].map((cell) => sheet.getCell(cell).font.bold ?? false)).toEqual([false, false, false, true]);
		expect(sheet.autoFilter).toBe('A6:E8');
		expect(recomputed(path).flatMap(([, , words, amount]) => (words === 'Total' ? [amount] : []))).toEqual(['12', '12']);
	});

	it('keeps an amount of 16 and more digits whole, as text, and computes no total over it', async () => {
		const rows: DocumentRow[] = [
			line(null, null, 'as a number', '9999999999999.99', '1.00'),
			line(null, null, 'as text', '12345678901234.56', '2.00'),
			{ kind: 'total', cells: [null, null, 'Total', '22345678901234.55', '3.00'], formulas: [null, null, null, { sum: 'all' }, { sum: 'all' }] },
		];
		const sheet = first((await written(documentWith(rows))).workbook);
		expect(['D7', 'D8', 'D9', 'E9'].map((cell) => sheet.getCell(cell).value)).toEqual([
			9999999999999.99,
			'12345678901234.56',
			'22345678901234.55',
			{ formula: 'SUM(E7:E8)', result: 3 },
		]);
	});

	const HOSTILE = ["=cmd|' /C calc'!A0", '+1+1', '-1+1', '@SUM(A1)', '=HYPERLINK("http://example.invalid","x")', '_x0041_', '<f>1</f>', '&amp;', ' blanks '];

	it.each([...HOSTILE, '\t=1+1', '\r=1+1'])('keeps %j as text', async (text) => {
		const { path, workbook } = await written(documentWith([line(null, null, text, '1.00', null)], { company: text }));
		expect(first(workbook).getCell('C7').type).toBe(exceljs.ValueType.String);
		expect(part(path, 'xl/worksheets/sheet1.xml')).not.toContain('<f>');
	});

	it.runIf(HAS_OFFICE)('keeps them as text in LibreOffice too', async () => {
		const { path } = await written(documentWith(HOSTILE.map((text) => line(null, null, text, '1.00', null))));
		const shown = recomputed(path).map(([, , cell = '']) => cell.replace(/^"(.*)"$/, '$1').replaceAll('""', '"'));
		expect(shown.slice(6, 6 + HOSTILE.length)).toEqual(HOSTILE);
	});

	it('is well-formed XML with the text as it was, whatever the text', async () => {
		const folder = temporaryFolder();
		await fc.assert(
			fc.asyncProperty(
				fc.array(
					fc.string({
						unit: fc.oneof(
							fc.constantFrom('\0', '\r', '\n', '\u000b', '\ufffe', '\ud800', '\udc00', '_x000D_', '<', '&', ']]>'),
							fc.string({ unit: 'binary', maxLength: 2 }),
						),
					}),
					{ minLength: 1, maxLength: 40 },
				),
				async (texts) => {
					const path = join(folder, 'any.xlsx');
					const title = texts.join('');
					await writeWorkbook(path, {
						frame: frameOf({ company: title, title }),
						tables: [
							tableWith(
								texts.map((text) => line(null, null, text, '1.00', null)),
								{ title },
							),
						],
					});
					const python = `import sys, zipfile, json, re, xml.dom.minidom as d
z = zipfile.ZipFile(sys.argv[1])
for n in z.namelist(): d.parseString(z.read(n))
s = d.parseString(z.read('xl/worksheets/sheet1.xml'))
cells = {c.getAttribute('r'): ''.join(t.data for t in c.getElementsByTagName('t')[0].childNodes) for c in s.getElementsByTagName('c') if c.getElementsByTagName('t')}
print(json.dumps([re.sub('_x([0-9A-F]{4})_', lambda m: chr(int(m[1], 16)), cells.get(f'C{7 + i}', '')) for i in range(int(sys.argv[2]))]))`;
					const read = JSON.parse(execFileSync('python3', ['-c', python, path, String(texts.length)], { encoding: 'utf8' })) as string[];
					expect(read).toEqual(texts.map((text) => text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')));
				},
			),
			{ numRuns: 10 },
		);
	});

	it.each([
		['../../etc/passwd', '.. .. etc passwd'],
		['CON', 'CON'],
		['History', 'History (2)'],
		["'[a]:*?/\\'", 'a'],
		['', 'Sheet'],
		['\u202Egnp.exe', 'gnp.exe'],
		['n'.repeat(300), 'n'.repeat(31)],
		['देवनागरी व्यापार मंडळ आणि इतर लोक यांचे खाते', 'देवनागरी व्यापार मंडळ आणि इतर ल'],
	])('names a sheet of %j so that a workbook takes it', async (title, name) => {
		const { workbook } = await written(documentWith([], {}, { title }));
		expect(workbook.worksheets.map((sheet) => sheet.name)).toEqual([name]);
	});

	it('names each sheet once, whatever its case', async () => {
		const tables = ['Bank', 'BANK', 'bank'].map((title) => tableWith([], { title }));
		const { workbook } = await written({ frame: frameOf(), tables });
		expect(workbook.worksheets.map((sheet) => sheet.name)).toEqual(['Bank', 'BANK (2)', 'bank (3)']);
	});

	it('goes on on further sheets where a table is longer than one, with totals as plain figures', async () => {
		const rows = [
			...Array.from({ length: 25 }, (_, index) => line('2026-01-01', String(index + 1), 'x', '1.00', null)),
			{ kind: 'total' as const, cells: [null, null, 'Total', '25.00', null], formulas: [null, null, null, { sum: 'all' as const }, null] },
		];
		const { workbook } = await written(documentWith(rows, {}, { notes: ['the end'] }), { maxRows: 10 + 106 });
		expect(workbook.worksheets.map((sheet) => [sheet.name, sheet.getCell('B7').value, sheet.rowCount])).toEqual([
			['Trial balance 1', 1, 16],
			['Trial balance 2', 11, 16],
			['Trial balance 3', 21, 13],
		]);
		const last = workbook.worksheets[2] as exceljs.Worksheet;
		expect([last.getCell('D12').value, last.getCell('A13').value]).toEqual([25, 'the end']);
		expect(last.pageSetup).toMatchObject({ printArea: 'A1:E13' });
	});

	it('cuts a text that no cell can hold, and no other', async () => {
		const sheet = first((await written(documentWith(['x'.repeat(32_767), 'y'.repeat(32_768)].map((text) => line(null, null, text, null, null))))).workbook);
		expect([sheet.getCell('C7').text.length, sheet.getCell('C8').text.length, sheet.getCell('C8').text.at(-1)]).toEqual([32_767, 32_767, '…']);
	});

	it('refuses to write an amount that is none', async () => {
		const path = join(temporaryFolder(), 'book.xlsx');
		await expect(writeWorkbook(path, documentWith([line(null, null, 'x', '1e3', null)]))).rejects.toThrow('plain number');
		expect(() => readFileSync(path)).toThrow('ENOENT');
	});
});
