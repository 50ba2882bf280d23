import { present } from '#shared/kernel/assert.ts';
import { addUser } from '#main/access/index.ts';
import { type AccountChange, setAccount } from '#main/ledger/names.service.ts';
import { uuidV7 } from '#main/platform/ids.ts';
import type { Actor } from '#main/platform/run/actor.ts';
import { type ChartLine, openTestBooks, SMALL_CHART, type TestBooks, type TestBooksOptions } from './books.ts';
import type { StatementBooks } from './statement-books.ts';

/** The small shop with a till, a bank, a second bank, a card, a wallet to be cleared, stock and an account for cash differences. */
export const MONEY_CHART: readonly ChartLine[] = [
	...SMALL_CHART,
	['1110', 'Second bank', 'ASSET', 'BANK'],
	['1190', 'Card clearing', 'ASSET', 'CLEARING'],
	['2200', 'Credit card', 'LIABILITY', 'CREDIT_CARD'],
	['6800', 'Cash over and short', 'EXPENSE', 'CASH_OVER_SHORT'],
	['6850', 'Bank charges', 'EXPENSE'],
];

/** Books that begin on 2026-01-01, with the periods of that year, and are looked at in June. */
export function openReconciliationBooks(options: TestBooksOptions = {}): TestBooks {
	const books = openTestBooks({ chart: MONEY_CHART, booksFrom: '2026-01-01', now: '2026-06-30T10:00:00.000Z', ...options });
	books.openPeriods('2026-12-31');
	return books;
}

/** A member of the company beside the Admin. */
export function memberOf(books: TestBooks, login: string, role: 'ADMIN' | 'ACCOUNTANT' | 'VIEWER' = 'ACCOUNTANT'): Actor {
	books.runner.write((tx) => addUser(tx, books.actor, { login, role }));
	const user = books.runner.db.get<Actor['user']>('SELECT id, uuid, login, name FROM users WHERE login = ?', login);
	return { user: present(user, 'the member'), company: books.company };
}

/** Changes an account, as the ledger does. */
export function changeAccount(books: TestBooks, change: AccountChange): void {
	books.runner.write((tx) => setAccount(tx, books.actor, change));
}

/** Debit and credit of two accounts; the number of the entry. */
export function move(books: TestBooks, date: string, debit: string, credit: string, amount: string, description = 'Moved'): number {
	return books.post(date, description, [
		[debit, amount, ''],
		[credit, '', amount],
	]).no;
}

/** Confirms a match of statement lines with ledger lines ([entry, line]) straight in the tables, as the matching would; its id. */
export function confirmMatch(
	books: StatementBooks,
	accountCode: string,
	lineIds: readonly number[],
	entryLines: readonly (readonly [number, number])[],
): number {
	const { company } = books;
	return books.runner.write((tx) => {
		const days = [
			...lineIds.map((id) => tx.value<number>('SELECT day FROM statement_lines WHERE company_id = ? AND id = ?', company.id, id) ?? 0),
			...entryLines.map(
				([entry, line]) =>
					tx.value<number>('SELECT day FROM journal_lines WHERE company_id = ? AND entry_id = ? AND line_no = ?', company.id, entry, line) ?? 0,
			),
		];
		const id = (tx.value<number>('SELECT max(id) FROM statement_matches WHERE company_id = ?', company.id) ?? 0) + 1;
		tx.run(
			`INSERT INTO statement_matches (company_id, id, uuid, account_id, kind, status, score, certain, reasons, line_ids, entry_lines, through_day, made_at)
			VALUES (?, ?, ?, ?, 'MANUAL', 'PROPOSED', 100, 0, '[]', ?, ?, ?, ?)`,
			company.id,
			id,
			uuidV7(books.clock),
			books.account(accountCode).id,
			JSON.stringify(lineIds),
			JSON.stringify(entryLines),
			Math.max(...days),
			tx.instant,
		);
		for (const line of lineIds) tx.run('INSERT INTO matched_statement_lines VALUES (?, ?, ?)', company.id, line, id);
		for (const [entry, line] of entryLines) tx.run('INSERT INTO matched_entry_lines VALUES (?, ?, ?, ?)', company.id, entry, line, id);
		tx.run(
			`UPDATE statement_matches SET status = 'CONFIRMED', decided_at = ?, decided_by = ? WHERE company_id = ? AND id = ?`,
			tx.instant,
			books.actor.user.id,
			company.id,
			id,
		);
		return id;
	});
}

/** Takes a confirmed match back. */
export function unmatch(books: TestBooks, matchId: number): void {
	const { company } = books;
	books.runner.write((tx) => {
		tx.run(
			`UPDATE statement_matches SET status = 'UNMATCHED', undone_at = ?, undone_by = ?, undo_reason = 'not the same' WHERE company_id = ? AND id = ?`,
			tx.instant,
			books.actor.user.id,
			company.id,
			matchId,
		);
		tx.run('DELETE FROM matched_statement_lines WHERE company_id = ? AND match_id = ?', company.id, matchId);
		tx.run('DELETE FROM matched_entry_lines WHERE company_id = ? AND match_id = ?', company.id, matchId);
	});
}

/** Takes a statement back, with the lines that no other file holds. */
export function undoStatement(books: TestBooks, statementId: number): void {
	const { company } = books;
	books.runner.write((tx) => {
		tx.run(
			`UPDATE bank_statements SET status = 'UNDONE', undone_at = ?, undone_by = ?, undo_reason = 'wrong file' WHERE company_id = ? AND id = ?`,
			tx.instant,
			books.actor.user.id,
			company.id,
			statementId,
		);
		tx.run('UPDATE statement_lines SET undone = 1 WHERE company_id = ? AND statement_id = ? AND undone = 0', company.id, statementId);
	});
}
