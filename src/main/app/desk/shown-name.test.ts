import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shownName } from './shown-name.ts';

describe('the name of a file', () => {
	it.each([
		['journal.csv', 'journal.csv'],
		['जानेवारी 2026.csv', 'जानेवारी 2026.csv'],
		["Müller & Söhne's (copy), +1=2@x.pdf", "Müller & Söhne's (copy), +1=2@x.pdf"],
		['../../etc/passwd', 'passwd'],
		['..\\..\\Windows\\system.ini', 'system.ini'],
		['C:\\books.csv', 'books.csv'],
		['C:books.csv', 'C-books.csv'],
		['/', 'file'],
		['..', 'file'],
		['.', 'file'],
		['', 'file'],
		['.htaccess', 'htaccess'],
		['a.csv. . ', 'a.csv'],
		['a\u0000.csv', 'a-.csv'],
		['a\r\nset-cookie: x', 'a--set-cookie- x'],
		['invoice\u202Efdp.exe', 'invoice-fdp.exe'],
		['a"b<c>d|e?f*g', 'a-b-c-d-e-f-g'],
		['CON', 'file-CON'],
		['nul.csv', 'file-nul.csv'],
		['console.csv', 'console.csv'],
		[`${'x'.repeat(300)}.csv`, `${'x'.repeat(176)}.csv`],
		[`${'आ'.repeat(100)}.xlsx`, `${'आ'.repeat(58)}.xlsx`],
	])('%j becomes %j', (given, shown) => {
		expect(shownName(given)).toBe(shown);
	});

	it('is always one that every file system takes, and stays as it is the second time', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (given) => {
				const name = shownName(given);
				expect(Buffer.byteLength(name)).toBeLessThanOrEqual(180);
				expect(name).not.toMatch(/[/\\:\p{C}]|^\.|[. ]$|^$/u);
				expect(shownName(name)).toBe(name);
			}),
		);
	});
});
