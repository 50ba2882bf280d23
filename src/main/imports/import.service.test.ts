import { hash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { TaskContext } from '#main/platform/run/handlers.ts';
import { closeDesk } from '#test/close-books.ts';
import { openTestBooks, type TestBooks, type TestBooksOptions } from '#test/books.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { readEntryTexts } from '#main/ledger/index.ts';
import { importFile } from './import.service.ts';
import type { ImportInput, ImportResult } from './import-result.ts';
import { undoImport } from './undo.service.ts';

interface ImportDesk {
	readonly books: TestBooks;
	readonly folder: string;
	/** Writes a file and imports it. */
	import(rows: readonly string[], input?: ImportInput, name?: string): Promise<ImportResult>;
	importAt(path: string, input?: ImportInput): Promise<ImportResult>;
	importOpening(rows: readonly string[], input?: ImportInput): Promise<ImportResult>;
	undo(importId: string | null): { reversed: number };
}

const HEADER = 'entry_no,date,account_code,party,description,debit,credit,currency,reference';

function openDesk(options: TestBooksOptions = {}): ImportDesk {
	const books = openTestBooks(options);
	onTestFinished(() => books.close());
	const folder = temporaryFolder();
	const { context: closing } = closeDesk(books);
	const context: TaskContext = { ...closing, paths: { ...closing.paths, work: folder } };
	let files = 0;
	const write = (rows: readonly string[], name?: string) => {
		const path = join(folder, name ?? `file-${++files}.csv`);
		writeFileSync(path, `${[HEADER, ...rows].join('\n')}\n`);
		return path;
	};
	return {
		books,
		folder,
		import: (rows, input = {}, name) => importFile(context, books.actor, write(rows, name), 'JOURNAL', input),
		importAt: (path, input = {}) => importFile(context, books.actor, path, 'JOURNAL', input),
		importOpening: (rows, input = {}) => importFile(context, books.actor, write(rows), 'OPENING', input),
		undo: (importId) => books.runner.write((tx) => undoImport(tx, books.actor, importId ?? '')),
	};
}

/** An entry as two rows: bank against sales. */
function sale(no: number | string, date: string, amount: string, description = `Sale ${no}`): string[] {
	return [`${no},${date},1100,,${description},${amount},,USD,R-${no}`, `${no},${date},4000,,${description},,${amount},USD,R-${no}`];
}

function counts({ books }: ImportDesk): Record<string, number> {
	const tables = ['journal_entries', 'journal_lines', 'account_balances', 'imports', 'accounts', 'parties', 'accounting_periods', 'audit_events'];
	return Object.fromEntries(tables.map((table) => [table, books.runner.db.value<number>(`SELECT count(*) FROM ${table}`) ?? 0]));
}

/** Every hash of the chain, worked out anew from what the books hold, and every kept balance against the sum of the lines. */
function expectSoundBooks({ books }: ImportDesk): void {
	const { db } = books.runner;
	const last = db.value<number>('SELECT coalesce(max(id), 0) FROM journal_entries') ?? 0;
	const readings = [...readEntryTexts(db, books.company, { by: 'number', from: 1, through: last })];
	expect(readings).toHaveLength(last);
	for (const { text, storedHash } of readings) expect(hash('sha256', text ?? '', 'hex')).toBe(storedHash);
	const kept = db.all(
		'SELECT account_id, currency, period_id, debit_minor, credit_minor, base_debit_minor, base_credit_minor, line_count FROM account_balances ORDER BY 1, 2, 3',
	);
	const summed = db.all(
		`SELECT l.account_id, coalesce(l.currency, ?) AS currency, e.period_id, sum(l.debit_minor) AS debit_minor, sum(l.credit_minor) AS credit_minor,
			sum(l.base_debit_minor) AS base_debit_minor, sum(l.base_credit_minor) AS base_credit_minor, count(*) AS line_count
		FROM journal_lines l JOIN journal_entries e ON e.company_id = l.company_id AND e.id = l.entry_id GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
		books.company.currency,
	);
	expect(kept).toEqual(summed);
}

function balance({ books }: ImportDesk, code: string): number {
	const { id } = books.account(code);
	return books.runner.db.value<number>('SELECT coalesce(sum(base_debit_minor - base_credit_minor), 0) FROM account_balances WHERE account_id = ?', id) ?? 0;
}

describe('booking a file', () => {
	it('books every entry in the order of the file, sound to the last hash', async () => {
		const desk = openDesk();
		desk.books.post('2026-01-05', 'Before', [
			['1000', '5.00', ''],
			['3000', '', '5.00'],
		]);
		const result = await desk.import([...sale(7, '2026-02-01', '10.00'), ...sale(3, '2026-01-31', '2.50')]);
		expect(result).toMatchObject({ entries: 2, lines: 4, duplicates: 0, rejectedCount: 0, accountsCreated: 0, partiesCreated: 0, dryRun: false });
		const entries = desk.books.runner.db.all(
			'SELECT id, external_no AS no, date, description, reference, source FROM journal_entries WHERE id > 1 ORDER BY id',
		);
		expect(entries).toEqual([
			{ id: 2, no: '7', date: '2026-02-01', description: 'Sale 7', reference: 'R-7', source: 'IMPORT' },
			{ id: 3, no: '3', date: '2026-01-31', description: 'Sale 3', reference: 'R-3', source: 'IMPORT' },
		]);
		expect(balance(desk, '4000')).toBe(-1250);
		expectSoundBooks(desk);
	});

	it('is all or nothing: one bad row, and nothing is written', async () => {
		const desk = openDesk();
		const before = counts(desk);
		const rows = [...sale(1, '2026-01-01', '1.00'), '2,2026-01-02,1100,,Half,9.00,,USD,', '2,2026-01-02,4000,,Half,,8.00,USD,'];
		await expect(desk.import(rows)).rejects.toMatchObject({
			code: 'IMPORT_REJECTED',
			details: {
				rejectedCount: 2,
				rejected: [
					{ row: 4, code: 'ENTRY_UNBALANCED' },
					{ row: 5, code: 'ENTRY_REJECTED' },
				],
			},
		});
		expect(counts(desk)).toEqual(before);
		expect(readdirSync(desk.folder)).toEqual(['file-1.csv']);
	});

	it('keeps going where told, and books the corrected reject file later', async () => {
		const desk = openDesk();
		const rows = [
			...sale(1, '2026-01-01', '1.00'),
			'2,2026-01-02,1100,,Half,9.00,,USD,',
			'2,2026-01-02,4000,,Half,,8.00,USD,',
			...sale(3, '2026-01-03', '3.00'),
		];
		const first = await desk.import(rows, { keepGoing: true });
		expect(first).toMatchObject({ entries: 2, lines: 4, rejectedCount: 2 });
		const path = first.rejectFile ?? '';
		writeFileSync(path, readFileSync(path, 'utf8').replace('8.00', '9.00'));
		expect(await desk.importAt(path)).toMatchObject({ entries: 1, lines: 2, duplicates: 0, rejectedCount: 0 });
		expect(balance(desk, '1100')).toBe(1300);
		expectSoundBooks(desk);
	});

	it('writes nothing on trial, and answers what it would do', async () => {
		const desk = openDesk();
		const before = counts(desk);
		const rows = ['1,2026-01-01,Assets:Till,Anna,Sale,1.00,,USD,', '1,2026-01-01,4000,,Sale,,1.00,USD,'];
		const result = await desk.import(rows, { dryRun: true, createAccounts: true });
		expect(result).toMatchObject({ entries: 1, lines: 2, accountsCreated: 1, partiesCreated: 1, dryRun: true });
		expect(counts(desk)).toEqual(before);
		expect((await desk.import(rows, { createAccounts: true })).entries).toBe(1);
	});

	it('refuses what is dated in a closed period', async () => {
		const desk = openDesk();
		await desk.import(sale(1, '2026-01-15', '1.00'));
		await closeDesk(desk.books).close('2026-01');
		await expect(desk.import(sale(2, '2026-01-20', '2.00'))).rejects.toMatchObject({
			code: 'IMPORT_REJECTED',
			details: { rejected: [{ code: 'PERIOD_CLOSED' }, {}] },
		});
		expect((await desk.import(sale(2, '2026-02-01', '2.00'))).entries).toBe(1);
		expectSoundBooks(desk);
	});

	it('lets the books begin earlier where a file is older than they are', async () => {
		const desk = openDesk();
		await desk.import(sale(1, '2026-03-15', '1.00'));
		expect(desk.books.company.booksFrom).toBe('2026-03-01');
		await desk.import(sale(2, '2025-11-30', '2.00'));
		expect(desk.books.company.booksFrom).toBe('2025-11-01');
		expectSoundBooks(desk);
	});

	it('books foreign lines at the rate given, each rounded in base', async () => {
		const desk = openDesk();
		const rows = ['1,2026-01-01,1200,Anna,Export,10.01,,EUR,', '1,2026-01-01,4000,,Export,,3.33,EUR,', '1,2026-01-01,4000,,Export,,6.68,EUR,'];
		await desk.import(rows, { rates: { EUR: '1.105' } });
		expect(
			desk.books.runner.db.all('SELECT currency, debit_minor - credit_minor AS minor, base_debit_minor - base_credit_minor AS base FROM journal_lines'),
		).toEqual([
			{ currency: 'EUR', minor: 1001, base: 1106 },
			{ currency: 'EUR', minor: -333, base: -368 },
			{ currency: 'EUR', minor: -668, base: -738 },
		]);
		expectSoundBooks(desk);
	});
});

describe('accounts and parties that the books do not know', () => {
	const rows = [
		'1,2026-01-01,Assets:Bank:Current,,Capital,10.00,,USD,',
		'1,2026-01-01,Equity:Capital,,Capital,,10.00,USD,',
		'2,2026-01-02,1200,Anna,Sale,4.00,,USD,',
		'2,2026-01-02,Income:Sales,,Sale,,4.00,USD,',
	];

	it('are refused row by row unless they may be made', async () => {
		await expect(openDesk().import(rows)).rejects.toMatchObject({
			code: 'IMPORT_REJECTED',
			details: { rejected: expect.arrayContaining([expect.objectContaining({ code: 'ACCOUNT_UNKNOWN' })]) },
		});
	});

	it('are made, paths under generated codes and with the type that their first word says', async () => {
		const desk = openDesk();
		expect(await desk.import(rows, { createAccounts: true })).toMatchObject({ entries: 2, accountsCreated: 3, partiesCreated: 1 });
		expect(desk.books.runner.db.all(`SELECT code, name, type FROM accounts WHERE code LIKE 'A-%' ORDER BY code`)).toEqual([
			{ code: 'A-0001', name: 'Assets:Bank:Current', type: 'ASSET' },
			{ code: 'A-0002', name: 'Equity:Capital', type: 'EQUITY' },
			{ code: 'A-0003', name: 'Income:Sales', type: 'INCOME' },
		]);
		expect(desk.books.runner.db.all('SELECT ref, name FROM parties')).toEqual([{ ref: 'P000001', name: 'Anna' }]);
		expectSoundBooks(desk);
	});
});

describe('a file that was imported before', () => {
	const january = [...sale(1, '2026-01-01', '1.00'), ...sale(2, '2026-01-02', '2.00')];

	it('is known by its bytes', async () => {
		const desk = openDesk();
		await desk.import(january);
		const before = counts(desk);
		expect(await desk.import(january, {}, 'another-name.csv')).toMatchObject({ importId: null, entries: 0, duplicates: 2 });
		expect(counts(desk)).toEqual(before);
	});

	it('is known by its entries where files overlap', async () => {
		const desk = openDesk();
		await desk.import(january);
		const result = await desk.import([
			...sale(2, '2026-01-02', '2.00'),
			...sale(3, '2026-01-03', '3.00'),
			...january.slice(0, 2),
			...sale(4, '2026-01-04', '4.00'),
		]);
		expect(result).toMatchObject({ entries: 2, lines: 4, duplicates: 2 });
		expect(desk.books.runner.db.column('SELECT external_no FROM journal_entries ORDER BY id')).toEqual(['1', '2', '3', '4']);
		expect(balance(desk, '1100')).toBe(1000);
		expectSoundBooks(desk);
	});

	it('keeps true twins, as many as there are', async () => {
		const desk = openDesk();
		const coffee = ['2026-01-05,6000,Coffee,3.00,', '2026-01-05,1000,Coffee,,3.00'];
		const importCups = (cups: number) => {
			const path = join(desk.folder, `${cups}-cups.csv`);
			writeFileSync(path, ['date,account_code,description,debit,credit', ...Array.from({ length: cups }, () => coffee).flat(), ''].join('\n'));
			return desk.importAt(path);
		};
		expect(await importCups(2)).toMatchObject({ entries: 2, duplicates: 0 });
		expect(await importCups(3)).toMatchObject({ entries: 1, duplicates: 2 });
		expect(balance(desk, '6000')).toBe(900);
		expectSoundBooks(desk);
	});

	it('is booked again after it was undone', async () => {
		const desk = openDesk();
		const { importId } = await desk.import(january);
		expect(desk.undo(importId)).toMatchObject({ reversed: 2 });
		expect(balance(desk, '1100')).toBe(0);
		expect(() => desk.undo(importId)).toThrow(expect.objectContaining({ code: 'IMPORT_NOT_UNDOABLE' }));
		expect(await desk.import(january)).toMatchObject({ entries: 2, duplicates: 0 });
		expect(balance(desk, '1100')).toBe(300);
		expectSoundBooks(desk);
	});
});

describe('opening balances', () => {
	it('stand on the day before the books begin, and what they lack goes to the opening account', async () => {
		const desk = openDesk();
		const result = await desk.importOpening(['1,2025-12-31,1100,,Opening,900.00,,USD,', '1,2025-12-31,2000,,Opening,,250.00,USD,']);
		expect(result).toMatchObject({ entries: 1, lines: 3 });
		expect(desk.books.company.booksFrom).toBe('2026-01-01');
		expect(desk.books.runner.db.all('SELECT date, source FROM journal_entries')).toEqual([{ date: '2025-12-31', source: 'OPENING' }]);
		expect([balance(desk, '1100'), balance(desk, '2000'), balance(desk, '3900')]).toEqual([90000, -25000, -65000]);
		expectSoundBooks(desk);
	});

	it('of another day are refused', async () => {
		const desk = openDesk();
		desk.books.post('2026-01-05', 'Before', [
			['1000', '5.00', ''],
			['3000', '', '5.00'],
		]);
		await expect(desk.importOpening(['1,2026-01-05,1100,,Opening,1.00,,USD,', '1,2026-01-05,3000,,Opening,,1.00,USD,'])).rejects.toMatchObject({
			details: { rejected: [{ code: 'PERIOD_NOT_REACHED' }, {}] },
		});
	});
});

describe('whatever a file holds', () => {
	const amounts = fc.array(fc.integer({ min: 1, max: 99_999 }), { minLength: 1, maxLength: 4 });
	const entry = fc.record({
		day: fc.integer({ min: 1, max: 28 }),
		month: fc.integer({ min: 1, max: 3 }),
		amounts,
		text: fc.stringMatching(/^[a-zé,"\\ ]{0,12}$/),
	});

	it('the books are sound afterwards and hold what it says', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 12 }), async (entries) => {
				const desk = openDesk();
				const rows = entries.flatMap(({ day, month, amounts: parts, text }, index) => {
					const date = `2026-0${month}-${String(day).padStart(2, '0')}`;
					const total = parts.reduce((sum, part) => sum + part, 0);
					const row = (account: string, debit: string, credit: string) =>
						`${index + 1},${date},${account},,"${text.replaceAll('"', '""')}",${debit},${credit},USD,`;
					return [row('1100', (total / 100).toFixed(2), ''), ...parts.map((part) => row('4000', '', (part / 100).toFixed(2)))];
				});
				const result = await desk.import(rows);
				expect(result).toMatchObject({ entries: entries.length, lines: rows.length });
				expect(balance(desk, '1100')).toBe(entries.flatMap(({ amounts: parts }) => parts).reduce((sum, part) => sum + part, 0));
				expectSoundBooks(desk);
			}),
			{ numRuns: 25 },
		);
	});

	it('a file large enough for a thread of its own is booked as a small one is', async () => {
		const desk = openDesk();
		const padding = 'x'.repeat(1000);
		const rows = Array.from({ length: 2500 }, (_, index) => sale(index + 1, '2026-01-15', '1.00', `${padding} ${index}`)).flat();
		await desk.import(rows.slice(200, 210));
		expect(await desk.import(rows)).toMatchObject({ entries: 2495, lines: 4990, duplicates: 5 });
		expect(balance(desk, '1100')).toBe(250_000);
		expectSoundBooks(desk);
		expect(readdirSync(desk.folder)).toEqual(['file-1.csv', 'file-2.csv']);
	});
});
