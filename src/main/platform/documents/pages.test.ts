import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pagesOf } from '#test/document-tools.ts';
import { documentWith, frameOf, GROUPED_ROWS, line, tableWith } from '#test/sample-document.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { writePages } from './pages.ts';
import type { DocumentFrame, DocumentRow, DocumentTable, TableDocument } from './table-document.ts';

async function drawn(document: TableDocument): Promise<{ path: string; pages: string[] }> {
	const path = join(temporaryFolder(), 'report.pdf');
	const { pages: count } = await writePages(path, document);
	const pages = pagesOf(path);
	expect(pages).toHaveLength(count);
	return { path, pages };
}

const drawnRows = (rows: readonly DocumentRow[], frame: Partial<DocumentFrame> = {}, table: Partial<DocumentTable> = {}) =>
	drawn(documentWith(rows, frame, table));
/** Words of a page, blanks made one: how far apart they stand is not what a test is about. */
const flat = (text: string | undefined): string => (text ?? '').replace(/\s+/g, ' ');
const days = (count: number): DocumentRow[] =>
	Array.from({ length: count }, (_, index) => line('2026-01-02', String(index + 1), `Voucher ${index + 1}`, '1.00', null));

describe('pages', () => {
	it('say whose figures they show, of when, how final they are, who had them printed and which page it is', async () => {
		const { pages } = await drawnRows(days(120), { mark: { kind: 'SEALED', close: '2026-01, close 1', fingerprint: '0123-4567-89AB-CDEF' } });
		expect(pages.length).toBeGreaterThan(1);
		pages.forEach((page, index) => {
			const text = flat(page);
			expect(text).toContain('Testwright & Daughters SEALED Trial balance at 31/01/2026, adjusted basis, INR Date Entry Description Debit Credit');
			expect(text).toContain(`Printed by owner at 03/02/2026 04:05 UTC Page ${index + 1} of ${pages.length}`);
			expect(text).toContain('SEALED by 2026-01, close 1: fingerprint 0123-4567-89AB-CDEF');
			expect(text).not.toContain('DRAFT');
		});
	});

	it('hold every row once, in order', async () => {
		const { pages } = await drawnRows(days(500));
		const found = pages.flatMap((page) => [...page.matchAll(/Voucher (\d+)/g)].map(([, number]) => Number(number)));
		expect(found).toEqual(Array.from({ length: 500 }, (_, index) => index + 1));
	});

	it('mark what may still change', async () => {
		const { pages } = await drawnRows(days(1));
		expect(flat(pages[0])).toContain('DRAFT: not all of these days are closed, and figures may still change');
	});

	it('begin with the balance brought forward', async () => {
		const carried = { column: 4, words: 'Brought forward', wordsColumn: 2 };
		const rows = Array.from({ length: 300 }, (_, index) => line('2026-01-02', String(index + 1), 'Sale', '1.00', `${index + 1}.00`));
		const { pages } = await drawnRows(rows, {}, { carried });
		expect(pages.length).toBeGreaterThan(3);
		pages.forEach((page, index) => {
			const balances = [...page.matchAll(/Sale +1\.00 +(\d+)\.00/g)].map(([, balance]) => Number(balance));
			const brought = /Brought forward +(\d+)\.00/.exec(page)?.[1];
			expect(brought).toBe(index === 0 ? undefined : String((balances[0] ?? 0) - 1));
		});
	});

	it('keep a heading with its lines, and list the groups as bookmarks', async () => {
		const rows = Array.from({ length: 40 }, (_, group) => [{ kind: 'heading' as const, text: `Group ${group}` }, ...days(group % 7)]).flat();
		const { path, pages } = await drawnRows([...rows, ...days(1)]);
		for (const page of pages.slice(0, -1)) expect(flat(page)).not.toMatch(/Group \d+ Printed by/);
		const outline = JSON.parse(execFileSync('qpdf', ['--json', '--json-key=outlines', path], { encoding: 'utf8', maxBuffer: 1 << 28 })) as {
			outlines: { title: string; kids: { title: string }[] }[];
		};
		expect(outline.outlines.map(({ title, kids }) => [title, kids.length, kids[39]?.title])).toEqual([['Trial balance', 40, 'Group 39']]);
	});

	it.each([
		['western', '-1234567.89', '(1,234,567.89)'],
		['indian', '-12345678.90', '(1,23,45,678.90)'],
		['indian', '123456789012345678.90', '1,23,45,67,89,01,23,45,678.90'],
		['western', '1234567', '1,234,567'],
		['western', '1234.567', '1,234.567'],
	] as const)('group digits the %s way: %s is %s', async (numberFormat, amount, shown) => {
		const { pages } = await drawnRows([line(null, null, 'x', amount, null)], { numberFormat });
		expect(flat(pages[0])).toContain(` x ${shown} `);
	});

	it.each([
		['YYYY-MM-DD', '2026-01-09'],
		['DD/MM/YYYY', '09/01/2026'],
		['MM/DD/YYYY', '01/09/2026'],
		['DD.MM.YYYY', '09.01.2026'],
	] as const)('write dates as %s', async (dateFormat, shown) => {
		const { pages } = await drawnRows([line('2026-01-09', '1', 'x', null, null)], { dateFormat });
		expect(flat(pages[0])).toContain(`${shown} 1 x`);
	});

	it.each([
		'देवनागरी व्यापार मंडळ',
		'श्री गणेश किराणा स्टोअर्स, हिन्दी',
		'विक्री पावती क्रमांक 12 (₹ 1,250)',
		'Ørsted & Søn, Łódź, Αθήνα, Београд, Đặng',
		'office, affluent, “fine” — ½ ₹ € £',
		'=cmd|calc +1 -1 @x',
	])('let %s be found and copied as it is written', async (text) => {
		const { pages } = await drawnRows([line(null, '7', text, '1.00', null)], { company: text });
		expect(flat(pages[0])).toContain(`7 ${text} 1.00`);
		expect(flat(pages[0])).toContain(`${text} DRAFT`);
	});

	it.each([
		['../../etc/passwd', '../../etc/passwd'],
		['CON', 'CON'],
		['\u202Egnp.exe\u200F', 'gnp.exe'],
		['left\tright\nbelow', 'left right below'],
	])('draw %j as %j', async (name, shown) => {
		const { pages } = await drawnRows([line(null, null, name, '1.00', null)], { company: name, title: name }, { title: name });
		expect(flat(pages[0])).toContain(`${shown} DRAFT ${shown} at 31`);
	});

	it('cut a name that no line holds, and break it in a cell so that none of it is lost', async () => {
		const name = 'n'.repeat(300);
		const { pages } = await drawnRows([line(null, null, name, '1.00', null)], { company: name });
		expect(pages[0]).toMatch(/^n{50,250}… +DRAFT/m);
		const inCell = (pages[0] ?? '').slice((pages[0] ?? '').indexOf('Description')).match(/\bn+\b/g) ?? [];
		expect(inCell.join('')).toBe(name);
	});

	it('go on with a text that is longer than a page', async () => {
		const words = Array.from({ length: 3000 }, (_, index) => `w${index}`);
		const { pages } = await drawnRows([line(null, null, words.join(' '), '1.00', null)]);
		expect(pages.length).toBeGreaterThan(1);
		expect([...pages.join(' ').matchAll(/\bw\d+/g)].map(([word]) => word)).toEqual(words);
	});

	it('set figures smaller where a page is too narrow for them, and never cut one', async () => {
		const columns = Array.from({ length: 9 }, (_, index) => ({ title: `Amount ${index}`, kind: 'amount' as const }));
		const amounts = columns.map((_, index) => `-${index + 1}23456789012.34`);
		const { pages } = await drawnRows([{ kind: 'line', cells: amounts }], {}, { columns });
		for (let index = 1; index <= 9; index++) expect(pages[0]).toContain(`(${index}23,456,789,012.34)`);
	});

	it('say once what the lines of an entry have in common, again on each page', async () => {
		const rows = Array.from({ length: 100 }, (_, index) => line('2026-01-02', index < 90 ? '1' : '2', `Line ${index}`, '1.00', null));
		const { pages } = await drawnRows(rows, {}, { parts: { key: 1, saidOnce: [0, 1] } });
		expect(pages.join('').match(/02\/01\/2026 +1 /g)).toHaveLength(pages.length);
		expect(pages.join('').match(/02\/01\/2026 +2 /g)).toHaveLength(1);
	});

	it('leave out a column of text that no row fills', async () => {
		const { pages } = await drawnRows([line('2026-01-02', '1', null, '1.00', '2.00')]);
		expect(pages[0]).not.toContain('Description');
	});

	it('can be drawn of any text', async () => {
		const path = join(temporaryFolder(), 'any.pdf');
		await fc.assert(
			fc.asyncProperty(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 30 }), async (texts) => {
				const [title = ''] = texts;
				await writePages(path, {
					frame: frameOf({ company: title, title, printedBy: title }),
					tables: [
						tableWith(
							texts.map((text) => line(null, null, text, null, null)),
							{ title },
						),
					],
				});
				execFileSync('qpdf', ['--check', path]);
			}),
			{ numRuns: 20 },
		);
	});

	it('and workbooks are the same bytes in any folder, timezone and language', () => {
		const child = fileURLToPath(new URL('../../../../test/document-child.ts', import.meta.url));
		const places = [
			{ TZ: 'UTC', LANG: 'C' },
			{ TZ: 'Pacific/Kiritimati', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' },
			{ TZ: 'America/St_Johns', LANG: 'mr_IN.UTF-8' },
		].map((env, index) => {
			const folder = join(temporaryFolder(), `place ${index}`);
			mkdirSync(folder);
			execFileSync(process.execPath, [child, folder], { env: { ...process.env, ...env } });
			return [readFileSync(join(folder, 'a.pdf')).toString('base64'), readFileSync(join(folder, 'a.xlsx')).toString('base64')];
		});
		expect(new Set(places.map(([pdf]) => pdf)).size).toBe(1);
		expect(new Set(places.map(([, xlsx]) => xlsx)).size).toBe(1);
	});

	it('leave nothing behind where a row cannot be drawn', async () => {
		const folder = temporaryFolder();
		const rows = () => {
			throw new Error('the books went away');
		};
		await expect(writePages(join(folder, 'a.pdf'), { frame: frameOf(), tables: [tableWith([], { rows })] })).rejects.toThrow('went away');
		let pass = 0;
		const later = function* (): Generator<DocumentRow> {
			yield* GROUPED_ROWS;
			if (++pass === 3) throw new Error('the books went away');
		};
		await expect(writePages(join(folder, 'a.pdf'), { frame: frameOf(), tables: [tableWith([], { rows: later })] })).rejects.toThrow('went away');
		expect(execFileSync('ls', ['-A', folder], { encoding: 'utf8' })).toBe('');
	});
});
