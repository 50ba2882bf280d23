import { describe, expect, it } from 'vitest';
import { openTestBooks, type TestBooks } from '#test/books.ts';

/** Two entries in January and February, a draft, and a closed December made by hand through the guards' own order. */
function books(): TestBooks {
	const opened = openTestBooks({ currency: 'INR', now: '2026-02-20T10:00:00.000Z' });
	opened.post('2026-01-05', 'Sale', [
		['1000', '500.00', ''],
		['4000', '', '500.00'],
	]);
	opened.post('2026-02-03', 'Rent', [
		['6000', '120.00', ''],
		['1000', '', '120.00'],
	]);
	opened.party('Paper Giraffe');
	return opened;
}

const JANUARY = `(SELECT id FROM accounting_periods WHERE name = '2026-01')`;
const day = (date: string) => `unixepoch('${date}') / 86400`;

const FEBRUARY = `(SELECT id FROM accounting_periods WHERE name = '2026-02')`;
const STRICT = `INSERT INTO settings (company_id, key, value) VALUES (1, 'strict_opening', 'true')`;

function line(
	entry: number,
	no: number,
	account: number,
	debit: number,
	credit: number,
	extra: { date?: string; currency?: string; base?: [number, number]; company?: number } = {},
) {
	const [baseDebit, baseCredit] = extra.base ?? [debit, credit];
	return `INSERT INTO journal_lines (company_id, entry_id, line_no, account_id, day, currency, debit_minor, credit_minor, base_debit_minor, base_credit_minor)
		VALUES (${extra.company ?? 1}, ${entry}, ${no}, ${account}, ${day(extra.date ?? '2026-01-09')}, ${extra.currency ? `'${extra.currency}'` : 'NULL'}, ${debit}, ${credit}, ${baseDebit}, ${baseCredit})`;
}

function insertEntry(no: number, options: { date?: string; period?: string; source?: string; extra?: string; values?: string; verb?: string } = {}) {
	return `${options.verb ?? 'INSERT'} INTO journal_entries (company_id, id, entry_no, date, period_id, description, source, status, posted_at_ms, posted_by, hash${options.extra ?? ''})
		VALUES (1, ${no}, ${no}, '${options.date ?? '2026-01-09'}', ${options.period ?? JANUARY}, 'by plain SQL', '${options.source ?? 'MANUAL'}', 'POSTED', 1, 1, zeroblob(32)${options.values ?? ''})`;
}

const good = [line(3, 1, 1, 100, 0), line(3, 2, 10, 0, 100)];

// What somebody with plain SQL may try, and what the database answers.
type Attempt = readonly [what: string, answer: RegExp, ...statements: string[]];
const attempts: readonly Attempt[] = [
	['an entry that does not balance', /ENTRY_UNBALANCED/, line(3, 1, 1, 100, 0), line(3, 2, 10, 0, 99), insertEntry(3)],
	['an entry of one line', /ENTRY_TOO_SHORT/, line(3, 1, 1, 100, 0), insertEntry(3)],
	['an entry without lines', /ENTRY_TOO_SHORT/, insertEntry(3)],
	['lines that no entry claims', /FOREIGN KEY/, ...good],
	['a gap in the numbers', /ENTRY_NO_GAP/, line(4, 1, 1, 100, 0), line(4, 2, 10, 0, 100), insertEntry(4)],
	['a number that stands', /ENTRY_POSTED|ENTRY_NO_GAP/, insertEntry(2)],
	['replacing an entry', /ENTRY_NO_GAP|ENTRY_POSTED/, insertEntry(1, { verb: 'INSERT OR REPLACE' })],
	['a line added to a posted entry', /ENTRY_POSTED/, line(1, 3, 1, 5, 0)],
	['replacing a posted line', /ENTRY_POSTED/, line(1, 1, 1, 900, 0).replace('INSERT', 'INSERT OR REPLACE')],
	['lines numbered with a gap', /LINE_INVALID/, line(3, 1, 1, 100, 0), line(3, 3, 10, 0, 100), insertEntry(3)],
	['a line of another day than its entry', /LINE_INVALID/, line(3, 1, 1, 100, 0), line(3, 2, 10, 0, 100, { date: '2026-01-10' }), insertEntry(3)],
	['a line with both sides', /CHECK/, line(3, 1, 1, 100, 100), line(3, 2, 10, 0, 0)],
	['a line without any amount', /CHECK/, line(3, 1, 1, 0, 0)],
	['a negative amount', /CHECK/, line(3, 1, 1, -100, 0)],
	['an amount beyond 2^53 - 1', /CHECK/, line(3, 1, 1, 9007199254740992, 0)],
	['an amount that is no integer', /cannot store REAL/, line(3, 1, 1, 100.5, 0)],
	['a base amount on the other side', /CHECK/, line(3, 1, 1, 100, 0, { currency: 'USD', base: [0, 8000] })],
	['own currency with two amounts', /CHECK/, line(3, 1, 1, 100, 0, { base: [101, 0] })],
	['own currency written out', /CURRENCY_MISMATCH/, line(3, 1, 1, 100, 0, { currency: 'INR' })],
	['a currency of two letters', /CURRENCY_UNKNOWN/, line(3, 1, 1, 100, 0, { currency: 'US' })],
	[
		'a manual entry with a line of base amount only',
		/LINE_INVALID/,
		line(3, 1, 1, 0, 0, { currency: 'USD', base: [50, 0] }),
		line(3, 2, 10, 0, 50),
		insertEntry(3),
	],
	[
		'an entry in another period than its date',
		/PERIOD_NOT_FOUND/,
		...good,
		insertEntry(3, { period: `(SELECT id FROM accounting_periods WHERE name = '2026-02')` }),
	],
	['an entry in a year', /PERIOD_NOT_FOUND/, ...good, insertEntry(3, { period: `(SELECT id FROM accounting_periods WHERE kind = 'YEAR')` })],
	['an entry in no period', /FOREIGN KEY|NOT NULL/, ...good, insertEntry(3, { period: '999999' })],
	['a date that is none', /CHECK|LINE_INVALID/, ...good, insertEntry(3, { date: '2026-02-30' })],
	['changing a description', /ENTRY_POSTED/, `UPDATE journal_entries SET description = 'x' WHERE id = 1`],
	['changing an amount', /ENTRY_POSTED/, 'UPDATE journal_lines SET debit_minor = 1, base_debit_minor = 1 WHERE entry_id = 1 AND line_no = 1'],
	['changing a due date', /ENTRY_POSTED/, `UPDATE journal_lines SET due_date = '2026-03-01' WHERE entry_id = 1`],
	['deleting an entry', /ENTRY_POSTED/, 'DELETE FROM journal_entries WHERE id = 2'],
	['deleting a line', /ENTRY_POSTED/, 'DELETE FROM journal_lines WHERE entry_id = 2'],
	['making a posted entry a draft', /ENTRY_POSTED/, `UPDATE journal_entries SET status = 'DRAFT' WHERE id = 1`],
	['a claim on a close by an entry that is no closing entry', /CLOSE_FIXED/, 'INSERT INTO closing_entries VALUES (1, 1, 1)'],
	['a closing entry without a close', /CHECK|FOREIGN KEY/, ...good, insertEntry(3, { source: 'CLOSING' })],
	['a closing entry of a close that does not come', /FOREIGN KEY/, ...good, insertEntry(3, { source: 'CLOSING', extra: ', close_id', values: ', 1' })],
	['a reversal of nothing', /CHECK/, ...good, insertEntry(3, { source: 'REVERSAL' })],
	[
		'an entry of an import that is not booking',
		/FOREIGN KEY|IMPORT_NOT_BOOKING/,
		...good,
		insertEntry(3, { source: 'IMPORT', extra: ', import_id', values: ', 1' }),
	],
	['an account of another company', /FOREIGN KEY/, line(3, 1, 1, 100, 0), line(3, 2, 99, 0, 100), insertEntry(3)],
	['a line in another company', /FOREIGN KEY/, line(3, 1, 1, 100, 0, { company: 2 })],
	['deleting an account', /NEVER_DELETED/, 'DELETE FROM accounts WHERE id = 1'],
	['changing the ref of an account', /REF_FIXED/, `UPDATE accounts SET ref = 'X' WHERE id = 1`],
	['a second result account', /UNIQUE/, `UPDATE accounts SET subtype = 'RETAINED_EARNINGS' WHERE code = '3000'`],
	['a payment-method account without a currency', /CHECK/, `UPDATE accounts SET currency = NULL WHERE code = '1000'`],
	['deleting a party', /NEVER_DELETED/, 'DELETE FROM parties'],
	['deleting a period', /NEVER_DELETED/, `DELETE FROM accounting_periods WHERE name = '2026-12'`],
	['moving a period', /PERIOD_FIXED/, `UPDATE accounting_periods SET end_date = '2026-12-30' WHERE name = '2026-12'`],
	[
		'a period that overlaps',
		/PERIOD_OVERLAP/,
		`INSERT INTO accounting_periods (company_id, id, uuid, kind, name, start_date, end_date, fiscal_year_start)
			VALUES (1, ${day('2026-01-10')}, 'u', 'MONTH', 'n', '2026-01-10', '2026-01-20', '2026-01-01')`,
	],
	['closing a period without a close', /CHECK|CLOSE_MISSING/, `UPDATE accounting_periods SET status = 'CLOSED' WHERE name = '2026-01'`],
	[
		'closing a period with made-up figures',
		/CLOSE_MISSING/,
		`UPDATE accounting_periods SET status = 'CLOSED', closed_at = 'x', closed_by = 1, close_reason = '', close_hash = 'y' WHERE name = '2026-01'`,
	],
	['changing the currency of the company', /COMPANY_FIXED/, `UPDATE companies SET currency = 'USD'`],
	['deleting the company', /NEVER_DELETED/, 'DELETE FROM companies'],
	['deleting a user', /NEVER_DELETED/, 'DELETE FROM users'],
	[
		'an entry before the month before it is closed, where opening is strict',
		/PERIOD_NOT_REACHED/,
		STRICT,
		line(3, 1, 1, 100, 0, { date: '2026-02-09' }),
		line(3, 2, 10, 0, 100, { date: '2026-02-09' }),
		insertEntry(3, { date: '2026-02-09', period: FEBRUARY }),
	],
	[
		'two active sessions of one period',
		/SESSION_REFUSED/,
		...[1, 2].map(
			(id) =>
				`INSERT INTO reconciliation_sessions (company_id, id, uuid, period_id, status, started_at, started_by) VALUES (1, ${id}, 'u${id}', ${JANUARY}, 'ACTIVE', 'x', 1)`,
		),
	],
];

describe('the database defends itself against plain SQL', () => {
	it.each(attempts.map(([what, answer, ...statements]) => [what, { answer, statements }] as const))('refuses %s', (_what, { answer, statements }) => {
		const opened = books();
		const before = opened.runner.db.all('SELECT * FROM journal_lines UNION ALL SELECT 0, 0, 0, 0, 0, 0, 0, count(*), 0, 0, 0, 0, 0, 0 FROM journal_entries');
		expect(() => opened.connection.raw.transaction(() => statements.forEach((statement) => opened.connection.raw.exec(statement)))()).toThrow(answer);
		const after = opened.runner.db.all('SELECT * FROM journal_lines UNION ALL SELECT 0, 0, 0, 0, 0, 0, 0, count(*), 0, 0, 0, 0, 0, 0 FROM journal_entries');
		expect(after).toEqual(before);
		opened.close();
	});

	it('lets the same statements in when they are right, so the table above tests what it says', () => {
		const opened = books();
		opened.connection.raw.transaction(() => [...good, insertEntry(3)].forEach((statement) => opened.connection.raw.exec(statement)))();
		expect(opened.runner.db.value('SELECT count(*) FROM journal_entries')).toBe(3);
		expect(opened.runner.db.value('SELECT sum(base_debit_minor) FROM account_balances')).toBe(62_100);
		opened.close();
	});

	it('takes entries of the first month where opening is strict', () => {
		const opened = books();
		opened.connection.raw.transaction(() => [STRICT, ...good, insertEntry(3)].forEach((statement) => opened.connection.raw.exec(statement)))();
		expect(opened.runner.db.value('SELECT count(*) FROM journal_entries')).toBe(3);
		opened.close();
	});

	it.each([
		['MANUAL', false],
		['REVERSAL', false],
		['IMPORT', false],
		['TRANSFER', true],
		['ADJUSTING', true],
	] as const)('lets %s into a soft-closed period only in an active session', (source, possible) => {
		for (const active of [true, false]) {
			const opened = books();
			const { raw } = opened.connection;
			raw.exec(`UPDATE accounting_periods SET status = 'CLOSING' WHERE name = '2026-01'`);
			raw.exec(
				`INSERT INTO reconciliation_sessions (company_id, id, uuid, period_id, status, started_at, started_by) VALUES (1, 1, 's', ${JANUARY}, 'ACTIVE', 'x', 1)`,
			);
			if (!active) raw.exec(`UPDATE reconciliation_sessions SET status = 'CLOSED', closed_at = 'x', closed_by = 1`);
			const reversal = source === 'REVERSAL' ? { extra: ', session_id, reverses_id', values: ', 1, 1' } : { extra: ', session_id', values: ', 1' };
			const post = () => raw.transaction(() => [...good, insertEntry(3, { source, ...reversal })].forEach((statement) => raw.exec(statement)))();
			if (possible && active) expect(post).not.toThrow();
			else expect(post).toThrow(/PERIOD_CLOSING/);
			opened.close();
		}
	});

	it('chains audit events without a gap and never changes one', () => {
		const opened = books();
		const { raw } = opened.connection;
		const event = (seq: number) =>
			`INSERT INTO audit_events (company_id, seq, at, action, detail, hash) VALUES (1, ${seq}, 'x', 'a', '{}', '${'0'.repeat(64)}')`;
		raw.exec(event(1));
		expect(() => raw.exec(event(3))).toThrow(/AUDIT_GAP/);
		expect(() => raw.exec(event(1).replace('INSERT', 'INSERT OR REPLACE'))).toThrow(/NEVER_CHANGED/);
		expect(() => raw.exec(`UPDATE audit_events SET detail = '{"a":1}'`)).toThrow(/NEVER_CHANGED/);
		expect(() => raw.exec('DELETE FROM audit_events')).toThrow(/NEVER_DELETED/);
		opened.close();
	});
});
