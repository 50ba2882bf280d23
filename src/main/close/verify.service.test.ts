import { hash } from 'node:crypto';
import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { entryText } from '#shared/seal/index.ts';
import { readEntryTexts } from '#main/ledger/index.ts';
import { contentPath, storeContent } from '#main/platform/files.ts';
import { openTestBooks, type TestBooks, type TestLine } from '#test/books.ts';
import { type CloseDesk, closeDesk } from '#test/close-books.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const sale = (amount: string): TestLine[] => [
	['1100', amount, ''],
	['4000', '', amount],
];

interface Case {
	readonly books: TestBooks;
	readonly desk: CloseDesk;
	/** Path of the evidence of entry 2. */
	readonly evidence: string;
}

/** Two closed months. Entry 1 capital, 2 and 3 January, 4 and 5 February, 6 after both; 7 and 8 the closing entries. */
async function closedBooks(): Promise<Case> {
	const content = join(temporaryFolder(), 'content');
	const books = openTestBooks();
	const desk = closeDesk(books, { contentFolder: content });
	books.post('2026-01-02', 'Capital paid in', [
		['1100', '1000.00', ''],
		['3000', '', '1000.00'],
	]);
	books.post(
		'2026-01-15',
		'Invoice to a customer',
		[
			['1200', '500.00', '', { party: 'Brightwater Tools', dueDate: '2026-02-15' }],
			['4000', '', '500.00'],
		],
		{ externalNo: 'INV-7' },
	);
	books.post('2026-01-20', 'Rent', [
		['6000', '120.00', ''],
		['1100', '', '120.00'],
	]);
	books.post('2026-02-10', 'Sales', sale('300.00'));
	books.post('2026-02-11', 'More sales', sale('300.00'));
	books.post('2026-03-03', 'Sales of an open month', sale('70.00'));
	const stored = await storeContent(content, Buffer.from('a scanned invoice'));
	books.runner.write((tx) =>
		tx.run(
			`INSERT INTO attachments (company_id, id, entry_id, sha256, name, bytes, with_posting, added_at, added_by) VALUES (1, 1, 2, ?, 'invoice.pdf', ?, 0, ?, 1)`,
			stored.sha256,
			stored.bytes,
			tx.instant,
		),
	);
	await desk.close('2026-01');
	await desk.close('2026-02');
	return { books, desk, evidence: contentPath(content, stored.sha256) };
}

/** What somebody does with the file and a SQL tool: guards dropped, constraints off. */
function tamper({ books }: Case, ...statements: string[]): void {
	const { raw } = books.connection;
	for (const name of raw.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all() as string[]) raw.exec(`DROP TRIGGER ${name}`);
	raw.pragma('foreign_keys = OFF');
	raw.pragma('ignore_check_constraints = ON');
	for (const statement of statements) raw.exec(statement);
}

/** The same with skill: the entry and those after it get the hashes of their new texts. */
function rehash({ books }: Case, from: number, through: number): void {
	for (let no = from; no <= through; no++) {
		const [read] = [...readEntryTexts(books.runner.db, books.company, { by: 'number', from: no, through: no })];
		if (!read) continue;
		books.connection.raw.prepare('UPDATE journal_entries SET hash = ? WHERE id = ?').run(hash('sha256', read.text ?? entryText(read.entry), 'buffer'), no);
	}
}

const JANUARY = "period_id = (SELECT id FROM accounting_periods WHERE name = '2026-01')";
const JANUARY_CLOSE = `(SELECT id FROM period_closes WHERE ${JANUARY})`;

type Expected = Readonly<Record<string, unknown>>;
const TAMPERINGS: readonly (readonly [what: string, how: string | ((books: Case) => void), found: Expected])[] = [
	[
		'an amount',
		'UPDATE journal_lines SET debit_minor = 60000, base_debit_minor = 60000 WHERE entry_id = 2 AND line_no = 1',
		{ code: 'ENTRY_CHANGED', entryNo: 2, externalNo: 'INV-7' },
	],
	['a description', "UPDATE journal_entries SET description = 'Gift' WHERE id = 2", { code: 'ENTRY_CHANGED', entryNo: 2 }],
	['a due date', "UPDATE journal_lines SET due_date = '2026-12-31' WHERE entry_id = 2 AND line_no = 1", { code: 'ENTRY_CHANGED', entryNo: 2 }],
	['the date', "UPDATE journal_entries SET date = '2026-01-16' WHERE id = 2", { code: 'ENTRY_CHANGED', entryNo: 2 }],
	['the day of a line, which reports add up', 'UPDATE journal_lines SET day = day + 31 WHERE entry_id = 2', { code: 'ENTRY_CHANGED', entryNo: 2 }],
	[
		'the period of an entry',
		"UPDATE journal_entries SET period_id = (SELECT id FROM accounting_periods WHERE name = '2026-03') WHERE id = 2",
		{ code: 'ENTRY_CHANGED', entryNo: 2 },
	],
	[
		'the account of a line',
		"UPDATE journal_lines SET account_id = (SELECT id FROM accounts WHERE code = '1000') WHERE entry_id = 3 AND line_no = 2",
		{ code: 'ENTRY_CHANGED', entryNo: 3 },
	],
	['the party of a line', 'UPDATE journal_lines SET party_id = NULL WHERE entry_id = 2', { code: 'ENTRY_CHANGED', entryNo: 2 }],
	['a negative amount', 'UPDATE journal_lines SET credit_minor = -1 WHERE entry_id = 3 AND line_no = 1', { code: 'ENTRY_CHANGED', entryNo: 3 }],
	['the state of a posted entry', "UPDATE journal_entries SET status = 'DRAFT' WHERE id = 3", { code: 'ENTRY_CHANGED', entryNo: 3 }],
	['a deleted entry', 'DELETE FROM journal_entries WHERE id = 3', { code: 'ENTRY_MISSING', entryNo: 3 }],
	['lines without their entry', 'DELETE FROM journal_entries WHERE id = 3', { code: 'ENTRY_MISSING', entryNo: 3, table: 'journal_lines' }],
	['a missing tail', 'DELETE FROM journal_lines WHERE entry_id >= 7; DELETE FROM journal_entries WHERE id >= 7', { code: 'ENTRY_MISSING', entryNo: 7 }],
	[
		'a changed entry with a new hash',
		(books) => {
			tamper(books, "UPDATE journal_entries SET description = 'Gift' WHERE id = 2");
			rehash(books, 2, 2);
		},
		{ code: 'ENTRY_CHANGED', entryNo: 2 },
	],
	[
		'a changed entry with new hashes to the end',
		(books) => {
			tamper(books, "UPDATE journal_entries SET description = 'Gift' WHERE id = 2");
			rehash(books, 2, 8);
		},
		{ code: 'CONTENT_ROOT_DIFFERS' },
	],
	[
		'equal amounts exchanged between two accounts, kept balances with them, and new hashes to the end',
		(books) => {
			const capital = books.books.account('3000').id;
			const sales = books.books.account('4000').id;
			tamper(
				books,
				`UPDATE journal_lines SET account_id = CASE account_id WHEN ${capital} THEN ${sales} ELSE ${capital} END WHERE entry_id IN (1, 2) AND account_id IN (${capital}, ${sales})`,
			);
			rehash(books, 1, 8);
		},
		{ code: 'BALANCES_DIFFER', account: '3000' },
	],
	['a name of an evidence', "UPDATE attachments SET name = 'other.pdf'", { code: 'ATTACHMENT_CHANGED', entryNo: 2, file: 'invoice.pdf' }],
	['an evidence file that was changed', ({ evidence }) => appendFileSync(evidence, '!'), { code: 'ATTACHMENT_CHANGED', entryNo: 2, file: 'invoice.pdf' }],
	['an evidence file that is gone', ({ evidence }) => rmSync(evidence), { code: 'ATTACHMENT_CHANGED', entryNo: 2, file: 'invoice.pdf' }],
	['the type of an account', "UPDATE accounts SET type = 'ASSET' WHERE code = '6000'", { code: 'ACCOUNT_CHANGED', account: '6000' }],
	['the currency of an account', "UPDATE accounts SET currency = 'EUR' WHERE code = '1100'", { code: 'ACCOUNT_CHANGED', account: '1100' }],
	[
		'a snapshot',
		`UPDATE period_balance_snapshots SET closing_minor = closing_minor + 1 WHERE ${JANUARY} AND account_id = (SELECT id FROM accounts WHERE code = '1100')`,
		{ code: 'BALANCES_DIFFER', account: '1100' },
	],
	[
		'a deleted snapshot',
		`DELETE FROM period_balance_snapshots WHERE ${JANUARY} AND account_id = (SELECT id FROM accounts WHERE code = '1100')`,
		{ code: 'BALANCES_DIFFER', account: '1100' },
	],
	['a summary', `UPDATE period_summary_snapshots SET line_count = 99 WHERE ${JANUARY}`, { code: 'TOTALS_DIFFER', table: 'period_summary_snapshots' }],
	[
		'a sealed table',
		`UPDATE sealed_tables SET content = CAST('{}' || char(10) AS BLOB) WHERE name = 'parties' AND close_id = ${JANUARY_CLOSE}`,
		{ code: 'TABLE_CHANGED', table: 'parties' },
	],
	[
		'a sealed table that is gone',
		`DELETE FROM sealed_tables WHERE name = 'validations' AND close_id = ${JANUARY_CLOSE}`,
		{ code: 'TABLE_CHANGED', table: 'validations' },
	],
	['the profit of a close', `UPDATE period_closes SET net_profit_minor = 1 WHERE ${JANUARY}`, { code: 'NET_PROFIT_DIFFERS', table: 'period_closes' }],
	['the reason of a close', `UPDATE period_closes SET reason = 'Another' WHERE ${JANUARY}`, { code: 'CLOSE_CHANGED', table: 'period_closes' }],
	['the policy of a close', `UPDATE period_closes SET reopen_policy = 'NEVER' WHERE ${JANUARY}`, { code: 'CLOSE_CHANGED', table: 'period_closes' }],
	['a period set open', "UPDATE accounting_periods SET status = 'OPEN' WHERE name = '2026-01'", { code: 'PERIOD_CHANGED', table: 'accounting_periods' }],
	[
		'a period and its close set open',
		`UPDATE period_closes SET status = 'REOPENED' WHERE ${JANUARY}; UPDATE accounting_periods SET status = 'OPEN' WHERE name = '2026-01'`,
		{ code: 'CLOSE_CHANGED' },
	],
	[
		'the text of a seal',
		"UPDATE seals SET document = replace(document, '2026-01-31', '2026-01-30') WHERE seal_no = 2",
		{ code: 'SEAL_CHANGED', table: 'seals' },
	],
	['a signature', 'UPDATE seals SET signature = zeroblob(64) WHERE seal_no = 2', { code: 'SEAL_SIGNATURE_BAD', table: 'seals' }],
	['a signature taken away', 'UPDATE seals SET signature = NULL, key_id = NULL WHERE seal_no = 2', { code: 'SIGNATURE_MISSING', table: 'seals' }],
	['another key in the place of the signer', "UPDATE signing_keys SET key_id = 'x'", { code: 'SIGNER_CHANGED', table: 'signing_keys' }],
	[
		'the seal before',
		"UPDATE seals SET document = replace(document, 'opening', 'beginning') WHERE seal_no = 1",
		{ code: 'PREVIOUS_SEAL_DIFFERS', table: 'seals' },
	],
	['a deleted seal', 'DELETE FROM seals WHERE seal_no = 2', { code: 'SEAL_MISSING', table: 'seals' }],
	[
		'an audit event',
		"UPDATE audit_events SET detail = replace(detail, '2026-01', '2026-09') WHERE action = 'close.close'",
		{ code: 'AUDIT_EVENT_CHANGED', table: 'audit_events' },
	],
	['a deleted audit event', "DELETE FROM audit_events WHERE action = 'close.close'", { code: 'AUDIT_EVENT_MISSING', table: 'audit_events' }],
];

describe('what was altered in the file is named', () => {
	it.each(TAMPERINGS)('%s', async (_what, how, found) => {
		const books = await closedBooks();
		expect(books.desk.verify('2026-01')).toMatchObject({ result: 'VERIFIED', findings: [], signature: 'good' });
		if (typeof how === 'string') tamper(books, how);
		else how(books);
		const one = books.desk.verify('2026-01');
		expect(one).toMatchObject({ result: 'ALTERED', statement: 'ALTERED: the books are not what was sealed' });
		expect(one.findings).toContainEqual(expect.objectContaining(found));
		const all = books.desk.verifyAll();
		expect(all.findings).toContainEqual(expect.objectContaining(found));
	});

	it('an entry slipped into a closed month after its close', async () => {
		const books = await closedBooks();
		tamper(books);
		const { raw } = books.books.connection;
		raw.exec(
			'CREATE TEMP TABLE lines AS SELECT * FROM journal_lines WHERE entry_id = 3; UPDATE lines SET entry_id = 9; INSERT INTO journal_lines SELECT * FROM lines',
		);
		raw.exec(
			`INSERT INTO journal_entries (company_id, id, entry_no, date, period_id, description, source, status, posted_at_ms, posted_by, hash)
			SELECT company_id, 9, 9, date, period_id, description, source, status, posted_at_ms, posted_by, hash FROM journal_entries WHERE id = 3`,
		);
		rehash(books, 9, 9);
		for (const verification of [books.desk.verify('2026-01'), books.desk.verifyAll()]) {
			expect(verification.findings).toContainEqual(expect.objectContaining({ code: 'ENTRY_EXTRA', entryNo: 9 }));
		}
		expect(books.desk.verify('2026-02')).toMatchObject({ result: 'VERIFIED' });
	});

	it('in the open month: by the verification of the books, and by the next close', async () => {
		const books = await closedBooks();
		tamper(books, "UPDATE journal_entries SET description = 'Gift' WHERE id = 6");
		expect(books.desk.verifyAll().findings).toMatchObject([{ code: 'ENTRY_CHANGED', entryNo: 6 }]);
		expect(books.desk.codes('2026-03', 'ERROR')).toEqual(['CHAIN_BROKEN']);
	});

	it('kept balances, by the verification of the books', async () => {
		const books = await closedBooks();
		tamper(books, "UPDATE account_balances SET debit_minor = debit_minor + 1 WHERE account_id = (SELECT id FROM accounts WHERE code = '6000')");
		expect(books.desk.verifyAll().findings).toMatchObject([{ code: 'BALANCES_DIFFER', account: '6000', table: 'account_balances' }]);
	});
});

describe('what is no alteration', () => {
	it('a renamed account and party, another code, a later setting', async () => {
		const { books, desk } = await closedBooks();
		books.connection.raw.exec("UPDATE accounts SET name = 'Premises', code = '6001' WHERE code = '6000'; UPDATE parties SET name = 'Brightwater Ltd'");
		expect(desk.verify('2026-01')).toMatchObject({ result: 'VERIFIED', findings: [] });
		expect(desk.verifyAll()).toMatchObject({ result: 'VERIFIED', findings: [], seals: 3 });
	});

	it('books without a seal', () => {
		const books = openTestBooks();
		books.post('2026-01-02', 'Sales', sale('1.00'));
		expect(closeDesk(books).verifyAll()).toMatchObject({
			result: 'VERIFIED',
			seals: 0,
			signature: 'absent',
			statement: 'nothing is sealed yet; the entries agree with their hashes',
		});
	});
});

describe('whose key it was', () => {
	it('is known to these books, and to who expects it', async () => {
		const { desk } = await closedBooks();
		const { signer } = desk.verify('2026-01');
		expect(signer).toMatchObject({ known: true });
		expect(desk.verify('2026-01', { expectedKey: signer?.fingerprint })).toMatchObject({ result: 'VERIFIED', signer: { known: true } });
		const another = '0000-1111-2222-3333-4444-5555-6666-7777';
		expect(desk.verify('2026-01', { expectedKey: another })).toMatchObject({
			result: 'ALTERED',
			signer: { known: false },
			findings: [{ code: 'SIGNER_CHANGED' }],
		});
	});

	it('a close that never was is refused', async () => {
		const { desk } = await closedBooks();
		expect(() => desk.verify('2026-03')).toThrow(expect.objectContaining({ code: 'PERIOD_NOT_CLOSED' }));
		expect(() => desk.verify('2026-01', { closeNumber: 2 })).toThrow(expect.objectContaining({ code: 'PERIOD_NOT_CLOSED' }));
		expect(() => desk.verify('2031-01')).toThrow(expect.objectContaining({ code: 'PERIOD_NOT_FOUND' }));
	});
});
