import { expect, it } from 'vitest';
import { parseCsv, plainCell } from '#shared/seal/csv.ts';
import { REOPEN_DIFFERENCE_COLUMNS } from '#shared/seal/index.ts';
import { listCloseRows, reopenDifference, reopenDifferenceTable } from '#main/close/index.ts';
import { findPeriod } from '#main/periods/index.ts';
import { closeDesk } from '#test/close-books.ts';
import { openTestBooks, type TestBooks } from '#test/books.ts';
import { type Material, readMaterial } from './material.service.ts';
import { hasReopenDifference, reopenDifferenceCsv, reopenDifferenceSection } from './reopen-difference-file.service.ts';

const DESCRIPTION = '=1+1, "late"';

/** January closed, reopened for a sale that came late, and closed again. */
async function closedTwice(): Promise<{ books: TestBooks; materials: Material[] }> {
	const books = openTestBooks({ now: '2026-06-01T08:00:00.000Z' });
	const sale = (date: string, description: string, amount: string) =>
		books.post(date, description, [
			['1100', amount, ''],
			['4000', '', amount],
		]);
	sale('2026-01-15', 'Sales', '500.00');
	const desk = closeDesk(books);
	await desk.close('2026-01');
	await desk.reopen('2026-01', { reason: 'An invoice came late' });
	sale('2026-01-31', DESCRIPTION, '40.00');
	await desk.close('2026-01');
	const { db } = books.runner;
	const closes = listCloseRows(db, books.company.id, findPeriod(db, books.company, '2026-01').id);
	return { books, materials: closes.map(({ id }) => readMaterial(db, books.company, id)) };
}

it('has for pages and sheets the rows of the report, and nothing for a first close', async () => {
	const { books, materials } = await closedTwice();
	const report = reopenDifferenceTable(reopenDifference(books.runner.db, books.actor, { period: '2026-01' }));
	expect(materials.map(hasReopenDifference)).toEqual([false, true]);
	const [first, second] = materials.map(reopenDifferenceSection);
	expect(first).toBeNull();
	expect([...(second?.body() ?? [])]).toEqual([...report.body()]);
	expect(second).toMatchObject({ title: report.title, columns: report.columns, notes: report.notes, groupedBy: 'account' });
});

it('has in its CSV the same entries, with texts that no spreadsheet computes', async () => {
	const { books, materials } = await closedTwice();
	const { entries } = reopenDifference(books.runner.db, books.actor, { period: '2026-01' });
	const [header, ...records] = parseCsv([...(materials[1] ? reopenDifferenceCsv(materials[1]) : [])].join('')) ?? [];
	expect(header).toEqual(REOPEN_DIFFERENCE_COLUMNS);
	const at = (name: (typeof REOPEN_DIFFERENCE_COLUMNS)[number]) => REOPEN_DIFFERENCE_COLUMNS.indexOf(name);
	const lines = records.filter((cells) => cells[at('row')] === 'entry');
	expect(lines.map((cells) => [Number(cells[at('entry_no')]), plainCell(cells[at('description')] ?? ''), cells[at('code')]])).toEqual(
		entries.flatMap(({ no, description, lines: own }) => own.map(({ code }) => [no, description, code])),
	);
	expect(lines.map((cells) => cells[at('description')])).toContain(`'${DESCRIPTION}`);
});
