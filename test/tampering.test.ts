import { createHash } from 'node:crypto';
import { appendFileSync, copyFileSync, cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConnection } from '#main/platform/database/connection.ts';
import { contentPath } from '#main/platform/files.ts';
import { present } from '#shared/kernel/assert.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import { reconcileFolder } from './closed-books.ts';
import { confirmMatch } from './reconciliation-books.ts';
import { recordStatement, type StatementBooks } from './statement-books.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { openTerminal, type Terminal } from './terminal.ts';

/** Books as the demo makes them, with January and February closed, made once and copied for each case. */
const made = mkdtempSync(join(tmpdir(), 'ledgerseal-tampering-'));
const SAMPLE = resolve('resources/sample');
const CLOSE = ['--reason', 'Month end', '--acknowledge', 'all', '--note', 'Seen.'];

beforeAll(async () => {
	const terminal = openTerminal(undefined, {}, made);
	await terminal.json(['company', 'create', '--name', 'Mango Lane', '--currency', 'KES', '--chart', 'kenya', '--timezone', 'Africa/Nairobi']);
	await terminal.json(['opening', 'import', join(SAMPLE, 'opening.csv')]);
	await terminal.json(['journal', 'import', join(SAMPLE, 'journal.csv')]);
	writeFileSync(join(made, 'bill.pdf'), 'the bill for the rent');
	await terminal.json(['journal', 'attach', '2', 'bill.pdf']);
	await reconcileFolder(terminal.dataFolder, '2026-04-10T09:00:10Z', '2026-01', takeInStatement);
	await terminal.json(['period', 'close', '2026-01', ...CLOSE]);
	copyFileSync(join(terminal.dataFolder, 'ledgerseal.db'), join(made, 'after-january.db'));
	await reconcileFolder(terminal.dataFolder, '2026-04-10T09:00:20Z', '2026-02');
	await terminal.json(['period', 'close', '2026-02', ...CLOSE]);
});
afterAll(() => rmSync(made, { recursive: true, force: true }));

/** Of January's bank: the rent, matched with its entry, and the balance of the books. */
function takeInStatement(books: StatementBooks, contentFolder: string): void {
	const paid = books.runner.read((db) =>
		db.get<{ entry: number; line: number; amountMinor: number }>(
			`SELECT entry_id AS entry, line_no AS line, credit_minor AS amountMinor FROM journal_lines
			WHERE company_id = ? AND account_id = ? AND credit_minor > 0 ORDER BY day, entry_id LIMIT 1`,
			books.company.id,
			books.account('1100').id,
		),
	);
	const { entry, line, amountMinor } = present(paid, 'a payment from the bank');
	const amount = formatAmount(-amountMinor, 'KES');
	const { lineIds } = recordStatement(books, '1100', {
		from: '2026-01-01',
		to: '2026-01-30',
		lines: [['2026-01-30', amount, 'Rent to Baobab Yard']],
		contentFolder,
	});
	confirmMatch(books, '1100', lineIds, [[entry, line]]);
}

function copyOfBooks(): Terminal {
	const folder = temporaryFolder();
	cpSync(made, folder, { recursive: true });
	return openTerminal('2026-04-11T09:00:00Z', {}, folder);
}

/** What somebody does to the file with any SQL tool: guards away, constraints off, then plain statements. */
function alter({ dataFolder }: Terminal, sql: string, keepGuards = false): void {
	const { raw } = openConnection(join(dataFolder, 'ledgerseal.db'), 'write');
	try {
		const triggers = raw.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all() as string[];
		for (const name of keepGuards ? [] : triggers) raw.exec(`DROP TRIGGER ${name}`);
		raw.pragma('foreign_keys = OFF');
		raw.exec(sql);
	} finally {
		raw.close();
	}
}

interface Found {
	readonly code: string;
	readonly entryNo?: number;
	readonly externalNo?: string;
	readonly account?: string;
	readonly table?: string;
	readonly file?: string;
}

const account = (code: string): string => `(SELECT id FROM accounts WHERE code = '${code}')`;
const period = (name: string): string => `(SELECT id FROM accounting_periods WHERE name = '${name}')`;
/** What a careful forger does after: the balances that are kept beside the lines agree with them again. */
const BALANCES_MADE_ANEW = `DELETE FROM account_balances;
	INSERT INTO account_balances SELECT l.company_id, l.account_id, coalesce(l.currency, 'KES'), e.period_id, sum(l.debit_minor), sum(l.credit_minor),
		sum(l.base_debit_minor), sum(l.base_credit_minor), count(*)
	FROM journal_lines l JOIN journal_entries e USING (company_id) WHERE e.id = l.entry_id GROUP BY 1, 2, 3, 4;`;

const TAMPERINGS: readonly (readonly [what: string, sql: string, found: Found])[] = [
	[
		'an amount on two lines, so that totals still agree',
		`UPDATE journal_lines SET debit_minor = debit_minor + 100000, base_debit_minor = base_debit_minor + 100000 WHERE entry_id = 2 AND line_no = 1;
		UPDATE journal_lines SET credit_minor = credit_minor + 100000, base_credit_minor = base_credit_minor + 100000 WHERE entry_id = 2 AND line_no = 3;
		${BALANCES_MADE_ANEW}`,
		{ code: 'ENTRY_CHANGED', entryNo: 2, externalNo: 'S0001' },
	],
	[
		'an entry deleted',
		`DELETE FROM journal_lines WHERE entry_id = 3; DELETE FROM journal_entries WHERE id = 3; ${BALANCES_MADE_ANEW}`,
		{ code: 'ENTRY_MISSING', entryNo: 3 },
	],
	[
		'an entry of February back-dated into January',
		`UPDATE journal_lines SET day = day - 28 WHERE entry_id = 300;
		UPDATE journal_entries SET date = date(date, '-28 days'), period_id = ${period('2026-01')} WHERE id = 300; ${BALANCES_MADE_ANEW}`,
		{ code: 'ENTRY_CHANGED', entryNo: 300 },
	],
	['a description', "UPDATE journal_entries SET description = 'Gifts' WHERE id = 2", { code: 'ENTRY_CHANGED', entryNo: 2, externalNo: 'S0001' }],
	['a due date', "UPDATE journal_lines SET due_date = '2026-12-31' WHERE entry_id = 2 AND line_no = 3", { code: 'ENTRY_CHANGED', entryNo: 2 }],
	['the type of an account', "UPDATE accounts SET type = 'ASSET', subtype = NULL WHERE code = '6100'", { code: 'ACCOUNT_CHANGED', account: '6100' }],
	[
		'an audit event',
		"UPDATE audit_events SET detail = replace(detail, 'S0001', 'S0002'), user_id = NULL WHERE action = 'imports.importJournal'",
		{ code: 'AUDIT_EVENT_CHANGED', table: 'audit_events' },
	],
	[
		'a sealed table',
		"UPDATE sealed_tables SET content = CAST(replace(CAST(content AS TEXT), 'EXPENSE', 'INCOME') AS BLOB) WHERE name = 'accounts'",
		{ code: 'TABLE_CHANGED', table: 'accounts' },
	],
	[
		'the amounts of two accounts exchanged',
		`UPDATE journal_lines SET account_id = CASE account_id WHEN ${account('1000')} THEN ${account('1100')} ELSE ${account('1000')} END
			WHERE account_id IN (${account('1000')}, ${account('1100')}) AND entry_id IN (SELECT id FROM journal_entries WHERE period_id = ${period('2026-01')});
		${BALANCES_MADE_ANEW}`,
		{ code: 'ENTRY_CHANGED' },
	],
	[
		'the tail of journal and audit trail cut',
		`DELETE FROM journal_lines WHERE entry_id > 150; DELETE FROM journal_entries WHERE id > 150;
		DELETE FROM audit_events WHERE company_id = 1 AND seq > 3; ${BALANCES_MADE_ANEW}`,
		{ code: 'ENTRY_MISSING', entryNo: 151 },
	],
	[
		'the actual balance of a reconciliation',
		`UPDATE reconciliations SET expected_minor = expected_minor + 100, actual_minor = actual_minor + 100
			WHERE account_id = ${account('1100')} AND period_id = ${period('2026-01')}`,
		{ code: 'RECONCILIATION_CHANGED', account: '1100', table: 'reconciliations' },
	],
	[
		'the sealed rows of the reconciliations',
		`UPDATE sealed_tables SET content = CAST(replace(CAST(content AS TEXT), '"status":"VERIFIED"', '"status":"CHECKED"') AS BLOB)
			WHERE name = 'reconciliations'`,
		{ code: 'TABLE_CHANGED', table: 'reconciliations' },
	],
	[
		'what a line of the bank says',
		"UPDATE statement_lines SET description = 'Gifts' WHERE description = 'Rent to Baobab Yard'",
		{ code: 'RECONCILIATION_CHANGED', account: '1100', table: 'statement_lines' },
	],
	[
		'a match, as if it had never been',
		"UPDATE statement_matches SET status = 'REJECTED'; DELETE FROM matched_statement_lines; DELETE FROM matched_entry_lines",
		{ code: 'RECONCILIATION_CHANGED', account: '1100', table: 'statement_matches' },
	],
	['the tail of the audit trail cut', 'DELETE FROM audit_events WHERE company_id = 1 AND seq > 3', { code: 'AUDIT_EVENT_MISSING', table: 'audit_events' }],
];

interface Verified {
	readonly result: string;
	readonly findings: readonly Found[];
	readonly error?: unknown;
}

describe('books altered with a SQL tool', () => {
	it.each(TAMPERINGS)('%s: found and named', async (_what, sql, found) => {
		const terminal = copyOfBooks();
		alter(terminal, sql);
		const answer = await terminal.json<Verified>(['period', 'verify', '2026-01'], { status: 1 });
		expect(answer.error).toBeUndefined();
		expect(answer.result).toBe('ALTERED');
		expect(answer.findings).toContainEqual(expect.objectContaining(found));

		const people = await terminal.run(['period', 'verify', '2026-01']);
		expect(people.status).toBe(1);
		expect(people.stdout).toContain('ALTERED');
		if (found.entryNo !== undefined) expect(people.stdout).toContain(String(found.entryNo));
		if (found.account !== undefined) expect(people.stdout).toContain(found.account);
	});

	it('the guards taken away: they stand again, and it is recorded for ever', async () => {
		const terminal = copyOfBooks();
		alter(terminal, '');
		const first = await terminal.run(['period', 'list']);
		expect(first.status).toBe(0);
		expect(first.stderr).toContain('altered outside this program');
		expect((await terminal.run(['period', 'list'])).stderr).not.toContain('altered outside this program');
		expect(() => alter(terminal, 'DELETE FROM journal_entries WHERE id = 2', true)).toThrow('LEDGERSEAL:');
		expect(await terminal.json(['audit', 'list', '--action', 'SCHEMA_ALTERED'])).toMatchObject({ events: [{ action: 'SCHEMA_ALTERED' }] });
		expect(await terminal.json(['period', 'validate', '2026-03'])).toMatchObject({
			issues: expect.arrayContaining([expect.objectContaining({ code: 'SCHEMA_ALTERED', severity: 'WARNING' })]),
		});
		await reconcileFolder(terminal.dataFolder, '2026-04-11T10:00:00Z', '2026-03');
		const closed = await terminal.json<{ periodId: string }>(['period', 'close', '2026-03', ...CLOSE]);
		expect(closed).toMatchObject({ success: true });
		expect(await terminal.json(['period', 'verify', '2026-03'])).toMatchObject({ result: 'VERIFIED' });
	});

	it('an older copy of the file put back: found at the next start', async () => {
		const terminal = copyOfBooks();
		for (const file of readdirSync(terminal.dataFolder)) if (file.startsWith('ledgerseal.db')) rmSync(join(terminal.dataFolder, file));
		copyFileSync(join(terminal.folder, 'after-january.db'), join(terminal.dataFolder, 'ledgerseal.db'));
		const start = await terminal.run(['period', 'verify', '2026-01']);
		expect(start.stderr).toContain('The books of Mango Lane are older than this computer remembers');
		expect(await terminal.json(['audit', 'list', '--action', 'ROLLED_BACK'])).toMatchObject({ events: [{ action: 'ROLLED_BACK' }] });
		expect((await terminal.run(['period', 'list'])).stderr).not.toContain('older than');
	});

	it('a file of evidence changed on the disk', async () => {
		const terminal = copyOfBooks();
		appendFileSync(contentPath(join(terminal.dataFolder, 'content'), sha('the bill for the rent')), ' and another line');
		expect(await terminal.json<Verified>(['period', 'verify', '2026-01'], { status: 1 })).toMatchObject({
			result: 'ALTERED',
			findings: [{ code: 'ATTACHMENT_CHANGED', entryNo: 2, file: 'bill.pdf' }],
		});
	});
});

describe('statement files', () => {
	it.each([
		['changed on the disk', (file: string) => appendFileSync(file, ' and another line'), /is not what was taken in/],
		['gone from the disk', (file: string) => rmSync(file), /is missing/],
	])('%s: found, and no package is built without them', async (_what, damage, says) => {
		const terminal = copyOfBooks();
		damage(contentPath(join(terminal.dataFolder, 'content'), statementSha256(terminal)));
		expect(await terminal.json<Verified>(['period', 'verify', '2026-01'], { status: 1 })).toMatchObject({
			result: 'ALTERED',
			findings: [{ code: 'STATEMENT_CHANGED', account: '1100', file: 'statement.csv', message: expect.stringMatching(says) }],
		});
		expect(await terminal.json(['package', 'build', '2026-01'], { status: 1 })).toMatchObject({
			error: { code: 'FILE_UNREADABLE', message: expect.stringContaining('The statement file statement.csv of account 1100') },
		});
		expect(await terminal.json(['package', 'list'])).toMatchObject({
			jobs: expect.arrayContaining([expect.objectContaining({ period: '2026-01', status: 'FAILED', error: expect.stringContaining('statement.csv') })]),
		});
	});
});

/** Of the statement with lines, which was taken in for January. */
function statementSha256({ dataFolder }: Terminal): string {
	const { raw } = openConnection(join(dataFolder, 'ledgerseal.db'), 'read');
	try {
		return raw.prepare('SELECT file_sha256 FROM bank_statements WHERE line_count > 0').pluck().get() as string;
	} finally {
		raw.close();
	}
}

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('what is no tampering', () => {
	it('another name and code of an account, another name of a party', async () => {
		const terminal = copyOfBooks();
		await terminal.json(['account', 'set', '6100', '--name', 'Premises', '--code', '6101']);
		await terminal.json(['party', 'set', 'Baobab Yard Properties', '--name', 'Baobab Yard Ltd']);
		alter(terminal, "UPDATE accounts SET name = 'Cash box' WHERE code = '1000'; UPDATE parties SET name = 'A new name' WHERE id = 2", true);
		for (const name of ['opening', '2026-01', '2026-02']) {
			expect(await terminal.json(['period', 'verify', name])).toMatchObject({ result: 'VERIFIED', findings: [], signature: 'good' });
		}
	});
});
