import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dayNumber } from '#shared/kernel/civil-date.ts';
import { uuidV7 } from '#main/platform/ids.ts';
import { makeCompany, openFolder } from '#test/closed-books.ts';

const HEADER = 'Date,Description,Amount\n';
const JANUARY = '2026-01-05,Sale,100.00\n2026-01-12,Fee,-2.50\n';
const FEBRUARY = '2026-02-03,Rent,-90.00\n';

async function newBank() {
	const books = await openFolder();
	const companyId = await makeCompany(books);
	const { client, app } = books;
	await client.ledger.post({
		companyId,
		entries: [
			{
				date: '2026-01-05',
				description: 'Sale',
				externalNo: 'V-9',
				lines: [
					{ account: '1100', debit: '100.00' },
					{ account: '4000', credit: '100.00' },
				],
			},
		],
	});
	let files = 0;
	const take = async (rows: string) => {
		const path = join(books.folder, '..', `statement-${++files}.csv`);
		writeFileSync(path, HEADER + rows);
		return client.statements.import({ companyId, path, account: '1100' });
	};
	const { company, user } = books.actor(companyId);
	const accountId = app.runner.read((db) => db.value<number>(`SELECT id FROM accounts WHERE company_id = ? AND code = '1100'`, company.id) ?? 0);
	/** A proposal for the first line with an amount and the entry's line on the account; confirmed where that is wanted. */
	const match = (amountMinor: number, isConfirmed: boolean, score = 75): string => {
		const uuid = uuidV7({ now: () => new Date('2026-07-01T09:00:00Z') });
		app.runner.write((tx) => {
			const lineId = tx.value<number>('SELECT id FROM statement_lines WHERE company_id = ? AND amount_minor = ? AND undone = 0', company.id, amountMinor) ?? 0;
			const id = tx.value<number>('SELECT coalesce(max(id), 0) + 1 FROM statement_matches WHERE company_id = ?', company.id) ?? 1;
			const insert = `INSERT INTO statement_matches (company_id, id, uuid, account_id, kind, status, score, certain, reasons, line_ids, entry_lines, through_day, made_at)
				VALUES (?, ?, ?, ?, 'SINGLE', 'PROPOSED', ?, 1, '["AMOUNT"]', ?, '[[1,1]]', ?, ?)`;
			tx.run(insert, company.id, id, uuid, accountId, score, JSON.stringify([lineId]), dayNumber('2026-01-05'), tx.instant);
			tx.run('REPLACE INTO proposed_statement_lines VALUES (?, ?, ?)', company.id, lineId, id);
			if (!isConfirmed) return;
			tx.run('INSERT INTO matched_statement_lines VALUES (?, ?, ?)', company.id, lineId, id);
			tx.run('INSERT INTO matched_entry_lines VALUES (?, 1, 1, ?)', company.id, id);
			const confirm = `UPDATE statement_matches SET status = 'CONFIRMED', decided_at = ?, decided_by = ? WHERE company_id = ? AND id = ?`;
			tx.run(confirm, tx.instant, user.id, company.id, id);
		});
		return uuid;
	};
	/** January as a reconciliation that agrees, signed off. */
	const verifyJanuary = (status: 'DRAFT' | 'VERIFIED'): number =>
		app.runner.write((tx) => {
			const period = tx.value<number>(`SELECT id FROM accounting_periods WHERE company_id = ? AND name = '2026-01'`, company.id) ?? 0;
			const insert = `INSERT INTO reconciliations (company_id, id, uuid, account_id, period_id, end_day, currency, strategy, status, expected_minor, actual_minor,
				prepared_at, prepared_by) VALUES (?, 1, ?, ?, ?, ?, 'INR', 'statement', 'DRAFT', 10000, 10000, ?, ?)`;
			tx.run(insert, company.id, uuidV7({ now: () => new Date() }), accountId, period, dayNumber('2026-01-31'), tx.instant, user.id);
			if (status === 'DRAFT') return 1;
			const verify = `UPDATE reconciliations SET status = 'VERIFIED', verified_at = ?, verified_by = ? WHERE company_id = ? AND id = 1`;
			return tx.run(verify, tx.instant, user.id, company.id).changes;
		});
	return {
		books,
		client,
		companyId,
		company,
		take,
		match,
		verifyJanuary,
		show: (statementId: string) => client.statements.show({ companyId, statementId }),
		undo: (statementId: string, reason = 'Wrong account') => client.statements.undo({ companyId, statementId, reason }),
		standing: () =>
			app.runner.read((db) => db.column<number>('SELECT amount_minor FROM statement_lines WHERE company_id = ? AND undone = 0 ORDER BY day', company.id)),
		run: (sql: string, ...values: (string | number)[]) => app.runner.write((tx) => tx.run(sql, ...values)),
	};
}

describe('a statement that is undone', () => {
	it('takes its lines with it, stays in the list with the reason, and can be taken in again', async () => {
		const { client, companyId, take, undo, show, standing } = await newBank();
		const { statementId } = await take(JANUARY);
		expect(await undo(statementId)).toEqual({ statementId, lines: 2, passed: 0, proposals: 0 });
		expect(standing()).toEqual([]);
		expect(await show(statementId)).toMatchObject({ status: 'UNDONE', undoReason: 'Wrong account', lines: [{ isUndone: true }, { isUndone: true }] });
		expect(await client.audit.list({ companyId, action: 'statements.undo' })).toMatchObject({
			events: [{ detail: { statementId, reason: 'Wrong account', lines: 2 } }],
		});
		const again = await take(JANUARY);
		expect(again).toMatchObject({ lines: 2, duplicates: 0 });
		expect(again.statementId).not.toBe(statementId);
		expect(standing()).toEqual([10_000, -250]);
	});

	it('leaves the lines that another statement holds as well with that', async () => {
		const { take, undo, show, standing } = await newBank();
		const first = await take(JANUARY);
		const second = await take(JANUARY + FEBRUARY);
		expect(second).toMatchObject({ lines: 1, duplicates: 2 });
		expect(await undo(first.statementId)).toMatchObject({ lines: 0, passed: 2 });
		expect(standing()).toEqual([10_000, -250, -9000]);
		expect((await show(second.statementId)).lines.map(({ isUndone }) => isUndone)).toEqual([false, false, false]);
		expect(await undo(second.statementId)).toMatchObject({ lines: 3, passed: 0 });
		expect(standing()).toEqual([]);
		expect(await take(JANUARY)).toMatchObject({ lines: 2 });
	});

	it('takes the proposals of its lines with it', async () => {
		const { take, undo, match, company, books } = await newBank();
		const first = await take(JANUARY);
		await take(FEBRUARY);
		match(10_000, false);
		match(-9000, false);
		expect(await undo(first.statementId)).toMatchObject({ proposals: 1 });
		expect(books.app.runner.read((db) => db.value('SELECT count(*) FROM statement_matches WHERE company_id = ?', company.id))).toBe(1);
	});
});

describe('a statement is not undone', () => {
	it('while a line of it is matched; one that passes to another statement may be', async () => {
		const { take, undo, match, standing } = await newBank();
		const { statementId } = await take(JANUARY);
		const matchId = match(10_000, true);
		await expect(undo(statementId)).rejects.toMatchObject({
			code: 'STATEMENT_NOT_UNDOABLE',
			details: { matches: [{ matchId, date: '2026-01-05', amount: '100.00' }] },
			message: expect.stringContaining('Unmatch'),
		});
		expect(standing()).toEqual([10_000, -250]);
		await take(JANUARY + FEBRUARY);
		expect(await undo(statementId)).toMatchObject({ lines: 0, passed: 2 });
	});

	it('once a line of it is verified', async () => {
		const { take, undo, verifyJanuary } = await newBank();
		const january = await take(JANUARY);
		const february = await take(FEBRUARY);
		expect(verifyJanuary('VERIFIED')).toBe(1);
		await expect(undo(january.statementId)).rejects.toMatchObject({
			code: 'STATEMENT_NOT_UNDOABLE',
			details: { verified: [{ date: '2026-01-05' }, { date: '2026-01-12' }] },
		});
		expect(await undo(february.statementId)).toMatchObject({ lines: 1 });
	});

	it('while a reconciliation lists a line of it', async () => {
		const { take, undo, verifyJanuary, run, company } = await newBank();
		const { statementId } = await take(JANUARY);
		verifyJanuary('DRAFT');
		run(`INSERT INTO reconciling_items (company_id, reconciliation_id, item_no, kind, line_id, amount_minor) VALUES (?, 1, 1, 'BANK', 2, 250)`, company.id);
		await expect(undo(statementId)).rejects.toMatchObject({ code: 'STATEMENT_NOT_UNDOABLE', details: { reconciliations: [expect.any(String)] } });
	});

	it('twice, without a reason, or where it is not there', async () => {
		const { take, undo } = await newBank();
		const { statementId } = await take(JANUARY);
		await expect(undo(statementId, '  ')).rejects.toMatchObject({ code: 'REASON_TOO_SHORT' });
		await expect(undo('99')).rejects.toMatchObject({ code: 'NOT_FOUND' });
		await undo(statementId);
		await expect(undo(statementId)).rejects.toMatchObject({ code: 'STATEMENT_NOT_UNDOABLE', details: { status: 'UNDONE' } });
	});

	it('by a shell either, while a line of it is matched or verified', async () => {
		const { take, match, verifyJanuary, run, company } = await newBank();
		await take(JANUARY);
		match(10_000, true);
		const undone = `UPDATE bank_statements SET status = 'UNDONE', undone_at = 'now', undo_reason = 'x' WHERE company_id = ? AND id = 1`;
		expect(() => run('UPDATE statement_lines SET undone = 1 WHERE company_id = ?', company.id)).toThrow('STATEMENT_LINE_MATCHED');
		verifyJanuary('VERIFIED');
		expect(() => run(undone, company.id)).toThrow('STATEMENT_VERIFIED');
	});
});

describe('a statement shows its lines', () => {
	it('with the proposal that each is in, or the match that was confirmed', async () => {
		const { take, show, match } = await newBank();
		const { statementId } = await take(JANUARY);
		const best = match(10_000, false, 80);
		const entries = [{ no: 1, externalNo: 'V-9' }];
		expect(await show(statementId)).toMatchObject({
			matched: 0,
			suggested: 1,
			unmatched: 2,
			lines: [
				{ status: 'SUGGESTED', match: { matchId: best, kind: 'SINGLE', score: 80, certain: true, reasons: ['AMOUNT'], entries } },
				{ status: 'UNMATCHED', match: null },
			],
		});
		const confirmed = match(10_000, true, 10);
		expect(await show(statementId)).toMatchObject({
			matched: 1,
			suggested: 0,
			unmatched: 1,
			lines: [{ status: 'MATCHED', match: { matchId: confirmed, entries } }, {}],
		});
	});
});
