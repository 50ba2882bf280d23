import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TestBooks } from '#test/books.ts';
import { openFolder } from '#test/closed-books.ts';
import { confirmMatch, move, openReconciliationBooks, undoStatement, unmatch } from '#test/reconciliation-books.ts';
import { recordStatement } from '#test/statement-books.ts';
import { prepareReconciliation } from './prepare.service.ts';
import { verifyReconciliation } from './verify.service.ts';

/** January and February of the bank, both verified; what is needed to take something back. */
function verifiedBooks() {
	const books = openReconciliationBooks();
	const capital = move(books, '2026-01-02', '1100', '3000', '100.00', 'Capital');
	const rent = move(books, '2026-02-02', '6000', '1100', '30.00', 'Rent');
	const january = recordStatement(books, '1100', {
		from: '2026-01-01',
		to: '2026-01-31',
		opening: '0.00',
		lines: [['2026-01-02', '100.00', 'Capital']],
	});
	const february = recordStatement(books, '1100', {
		from: '2026-02-01',
		to: '2026-02-28',
		opening: '100.00',
		lines: [['2026-02-02', '-30.00', 'Rent']],
	});
	const march = recordStatement(books, '1100', { from: '2026-02-28', to: '2026-03-31', opening: '70.00', lines: [] });
	const matches = [
		confirmMatch(books, '1100', [january.lineIds[0] ?? 0], [[capital, 1]]),
		confirmMatch(books, '1100', [february.lineIds[0] ?? 0], [[rent, 2]]),
	];
	for (const period of ['2026-01', '2026-02']) {
		books.runner.write((tx) => verifyReconciliation(tx, books.actor, prepareReconciliation(tx, books.actor, { account: '1100', period }).uuid));
	}
	return { books, matches, march };
}

const statuses = (books: TestBooks) =>
	books.runner.db.all<{ status: string; reason: string | null }>('SELECT status, stale_reason AS reason FROM reconciliations ORDER BY end_day');

describe('a verified reconciliation becomes stale', () => {
	it.each<[string, (state: ReturnType<typeof verifiedBooks>) => unknown, string[], RegExp | null]>([
		['by an entry dated inside', ({ books }) => move(books, '2026-02-10', '1100', '4000', '1.00'), ['VERIFIED', 'STALE'], /entry 3 was posted on 2026-02-10/],
		['by an entry dated before, with every later one', ({ books }) => move(books, '2026-01-31', '1100', '4000', '1.00'), ['STALE', 'STALE'], /entry 3/],
		[
			'by an entry that nets to nil on the account',
			({ books }) =>
				books.post('2026-02-28', 'To and fro', [
					['1100', '5.00', ''],
					['1100', '', '5.00'],
				]),
			['VERIFIED', 'STALE'],
			/entry 3/,
		],
		[
			'by a line of the bank',
			({ books }) => recordStatement(books, '1100', { from: '2026-02-01', to: '2026-02-28', lines: [['2026-02-20', '-1.00', 'Charge']] }),
			['VERIFIED', 'STALE'],
			/statement brought a line/,
		],
		['by a statement that is undone', ({ books, march }) => undoStatement(books, march.id), ['VERIFIED', 'STALE'], /statement of it was undone/],
		['by a match that is undone', ({ books, matches }) => unmatch(books, matches[0] ?? 0), ['STALE', 'STALE'], /match of it was undone/],
		['not by an entry after it', ({ books }) => move(books, '2026-03-01', '1100', '4000', '1.00'), ['VERIFIED', 'VERIFIED'], null],
		['not by an entry of other accounts', ({ books }) => move(books, '2026-01-05', '1000', '4000', '1.00'), ['VERIFIED', 'VERIFIED'], null],
		[
			'not by a line of another bank',
			({ books }) => recordStatement(books, '1110', { from: '2026-01-01', to: '2026-01-31', lines: [['2026-01-20', '-1.00', 'Charge']] }),
			['VERIFIED', 'VERIFIED'],
			null,
		],
		[
			'not by a match that is made later',
			({ books }) =>
				confirmMatch(
					books,
					'1100',
					[],
					[
						[move(books, '2026-03-01', '1100', '4000', '1.00'), 1],
						[move(books, '2026-03-02', '4000', '1100', '1.00'), 2],
					],
				),
			['VERIFIED', 'VERIFIED'],
			null,
		],
	])('%s', (_what, act, expected, reason) => {
		const state = verifiedBooks();
		act(state);
		expect(statuses(state.books).map(({ status }) => status)).toEqual(expected);
		for (const row of statuses(state.books).filter(({ status }) => status === 'STALE')) expect(row.reason).toMatch(reason ?? /^$/);
		state.books.close();
	});

	it('by an import, wherever its entries are dated', async () => {
		const folder = await openFolder();
		const chartRows = [
			{ code: '1000', name: 'Cash', type: 'ASSET', subtype: 'CASH' },
			{ code: '3000', name: 'Capital', type: 'EQUITY', subtype: '' },
		];
		const { companyId } = await folder.client.companies.create({ name: 'Till Ltd', currency: 'USD', chartRows });
		const lines = [
			{ account: '1000', debit: '10.00' },
			{ account: '3000', credit: '10.00' },
		];
		await folder.client.ledger.post({ companyId, entries: [{ date: '2026-01-05', description: 'Capital', lines }] });
		const { id } = await folder.client.reconciliation.createReconciliation({ companyId, account: '1000', period: '2026-02', actual: '10.00' });
		await folder.client.reconciliation.verifyReconciliation({ companyId, id });
		const path = join(folder.folder, '..', 'more.csv');
		const importOf = async (date: string) => {
			writeFileSync(path, `entry_no,date,account_code,description,debit,credit\n${date},${date},1000,x,2.00,\n${date},${date},3000,x,,2.00\n`);
			await folder.client.imports.importJournal({ companyId, path });
			return folder.client.reconciliation.reconciliation({ companyId, id });
		};
		expect(await importOf('2026-03-01')).toMatchObject({ status: 'VERIFIED' });
		expect(await importOf('2026-02-28')).toMatchObject({ status: 'STALE', staleReason: expect.stringContaining('import') });
	});

	it('keeps its id and is verified anew in one step', () => {
		const { books } = verifiedBooks();
		const charge = move(books, '2026-02-10', '6850', '1100', '1.00', 'Charge');
		const stale = books.runner.db.value<string>(`SELECT uuid FROM reconciliations WHERE status = 'STALE'`) ?? '';
		const verify = () => books.runner.write((tx) => verifyReconciliation(tx, books.actor, stale));
		expect(verify).toThrow(expect.objectContaining({ code: 'RECONCILIATION_VARIANCE', details: expect.objectContaining({ unexplained: '-1.00' }) }));
		expect(statuses(books)[1]?.status).toBe('STALE');
		const bank = recordStatement(books, '1100', { from: '2026-02-01', to: '2026-03-31', opening: '100.00', lines: [['2026-02-10', '-1.00', 'Charge']] });
		expect(bank.lineIds).toHaveLength(1);
		books.connection.raw.exec(
			`INSERT INTO statement_page_lines (company_id, statement_id, position, page_no, line_id) SELECT company_id, ${bank.id}, 2, 1, id FROM statement_lines WHERE day = unixepoch('2026-02-02') / 86400`,
		);
		confirmMatch(books, '1100', [bank.lineIds[0] ?? 0], [[charge, 2]]);
		expect(verify()).toMatchObject({ uuid: stale, status: 'VERIFIED', expectedMinor: 6900, actualMinor: 6900, staleReason: null });
		books.close();
	});

	it('says its reason, and a plain refresh makes it a draft again', () => {
		const { books } = verifiedBooks();
		move(books, '2026-02-10', '6850', '1100', '1.00', 'Charge');
		const row = books.runner.write((tx) => prepareReconciliation(tx, books.actor, { account: '1100', period: '2026-02' }));
		expect(row).toMatchObject({ status: 'DRAFT', verifiedBy: null, staleReason: null, varianceMinor: -100 });
		books.close();
	});
});

describe('what a plain SQL shell may not do', () => {
	it.each<[string, string, RegExp]>([
		[
			'verify what the ledger does not say',
			`UPDATE reconciliations SET expected_minor = 7001, actual_minor = 7001, status = 'VERIFIED', verified_at = 'x', verified_by = 1 WHERE id = 3`,
			/RECONCILIATION_VARIANCE/,
		],
		['edit a verified balance', `UPDATE reconciliations SET actual_minor = 1 WHERE id = 1`, /RECONCILIATION_FIXED/],
		['undo an older one first', `UPDATE reconciliations SET status = 'UNDONE', undone_at = 'x', undo_reason = 'x' WHERE id = 1`, /RECONCILIATION_NOT_NEWEST/],
		['delete one', 'DELETE FROM reconciliations WHERE id = 3', /NEVER_DELETED/],
		['type an item', `INSERT INTO reconciling_items VALUES (1, 3, 1, 'BOOK', 1, 1, NULL, 99, NULL)`, /ITEM_REFUSED/],
		['add an item to a verified one', `INSERT INTO reconciling_items VALUES (1, 1, 1, 'BOOK', 1, 1, NULL, 10000, NULL)`, /RECONCILIATION_FIXED/],
		[
			'verify with an item that is matched',
			`INSERT INTO reconciling_items VALUES (1, 3, 1, 'BOOK', 1, 1, NULL, 10000, NULL);
			UPDATE reconciliations SET actual_minor = expected_minor - 10000 WHERE id = 3;
			UPDATE reconciliations SET status = 'VERIFIED', verified_at = 'x', verified_by = 1 WHERE id = 3`,
			/RECONCILIATION_VARIANCE/,
		],
		[
			'confirm a match under a wrong last day',
			`INSERT INTO statement_matches (company_id, id, uuid, account_id, kind, status, score, certain, reasons, line_ids, entry_lines, through_day, made_at)
				SELECT 1, 9, 'm', id, 'MANUAL', 'PROPOSED', 0, 0, '[]', '[]', '[]', 1, 'x' FROM accounts WHERE code = '1100';
			INSERT INTO matched_entry_lines VALUES (1, 3, 1, 9); INSERT INTO matched_entry_lines VALUES (1, 3, 2, 9);
			UPDATE statement_matches SET status = 'CONFIRMED', decided_at = 'x', decided_by = 1 WHERE id = 9`,
			/MATCH_FIXED/,
		],
	])('%s', (_what, sql, answer) => {
		const { books } = verifiedBooks();
		books.post('2026-03-05', 'To and fro', [
			['1100', '5.00', ''],
			['1100', '', '5.00'],
		]);
		books.runner.write((tx) => prepareReconciliation(tx, books.actor, { account: '1100', period: '2026-03' }));
		expect(() => books.connection.raw.transaction(() => books.connection.raw.exec(sql))()).toThrow(answer);
		books.close();
	});
});
