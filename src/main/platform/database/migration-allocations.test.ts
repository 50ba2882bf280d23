import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { openConnection } from './connection.ts';
import { loadMigrations, migrate } from './migrations.ts';
import { programFolder } from './program-folder.ts';
import { guardSchema } from './schema-guard.ts';

const all = loadMigrations(join(programFolder(), 'drizzle'));
const instant = '2026-01-31T00:00:00.000Z';

/** A bill, a payment and a reversal of another bill, written with plain SQL as books of the version before hold them. */
const BOOKS = `
	INSERT INTO users (id, uuid, login, name, created_at) VALUES (1, 'u', 'clerk', 'Clerk', 'x');
	INSERT INTO companies (id, uuid, name, currency, timezone, created_at) VALUES (1, 'c', 'Blue Lantern Ltd', 'USD', 'UTC', 'x');
	INSERT INTO accounts (company_id, id, ref, code, name, type, subtype, currency, created_at) VALUES
		(1, 1, '1100', '1100', 'Bank', 'ASSET', 'BANK', 'USD', 'x'), (1, 2, '1200', '1200', 'Receivables', 'ASSET', 'RECEIVABLE', NULL, 'x'),
		(1, 3, '4000', '4000', 'Sales', 'INCOME', NULL, NULL, 'x');
	INSERT INTO accounting_periods (company_id, id, uuid, kind, name, start_date, end_date, fiscal_year_start)
		VALUES (1, unixepoch('2026-01-01') / 86400, 'p', 'MONTH', '2026-01', '2026-01-01', '2026-01-31', '2026-01-01');`;

function entry(no: number, debit: number, credit: number, reverses: number | null = null): string {
	const day = `unixepoch('2026-01-0${no}') / 86400`;
	const line = (lineNo: number, account: number, sides: string) => `INSERT INTO journal_lines (company_id, entry_id, line_no, account_id, day, debit_minor,
		credit_minor, base_debit_minor, base_credit_minor) VALUES (1, ${no}, ${lineNo}, ${account}, ${day}, ${sides}, ${sides});`;
	return `BEGIN; ${line(1, debit, '500, 0')} ${line(2, credit, '0, 500')}
		INSERT INTO journal_entries (company_id, id, entry_no, date, period_id, description, source, status, posted_at_ms, posted_by, hash, reverses_id)
		VALUES (1, ${no}, ${no}, '2026-01-0${no}', unixepoch('2026-01-01') / 86400, 'x', '${reverses === null ? 'MANUAL' : 'REVERSAL'}', 'POSTED', 1, 1,
			zeroblob(32), ${reverses}); COMMIT;`;
}

it('version 3 adds allocations to books that have entries, changes nothing of them, and its guards stand at once', () => {
	const folder = temporaryFolder();
	const connection = openConnection(join(folder, 'a.db'), 'write');
	const { raw } = connection;
	migrate(connection, all.slice(0, 2), { instant, backupFolder: folder });
	raw.exec(`${BOOKS} ${entry(1, 2, 3)} ${entry(2, 1, 2)} ${entry(3, 2, 3)}`);
	const content = () => ['journal_entries', 'journal_lines', 'account_balances', 'accounts'].map((table) => raw.prepare(`SELECT * FROM ${table}`).all());
	const before = content();
	expect(migrate(connection, all.slice(0, 3), { instant, backupFolder: folder })).toMatchObject({ from: 2, to: 3 });
	expect(content()).toEqual(before);
	expect(raw.prepare('SELECT count(*) FROM allocations').pluck().get()).toBe(0);
	const allocate = (id: number, debitNo: number, amount: number) =>
		raw.exec(`INSERT INTO allocations (company_id, id, uuid, debit_entry_id, debit_line_no, credit_entry_id, credit_line_no, amount_minor, effective_day,
			rule, made_at, made_by) VALUES (1, ${id}, '${id}', ${debitNo}, 1, 2, 2, ${amount}, unixepoch('2026-01-03') / 86400, 'EXPLICIT', 'x', 1)`);
	allocate(1, 1, 300);
	expect(() => allocate(2, 3, 201)).toThrow(/ALLOCATION_REFUSED/);
	allocate(2, 3, 200);
	raw.exec(entry(4, 3, 2, 3));
	expect(raw.prepare('SELECT id, undone_day IS NULL AS stands, undo_reason AS reason FROM allocations').all()).toEqual([
		{ id: 1, stands: 1, reason: null },
		{ id: 2, stands: 0, reason: 'entry 3 was reversed by entry 4' },
	]);
	if (all.length === 3) expect(guardSchema(connection)).toBeNull();
	connection.close();
});
