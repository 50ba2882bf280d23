import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { openConnection } from './connection.ts';
import { loadMigrations, migrate } from './migrations.ts';
import { programFolder } from './program-folder.ts';
import { guardSchema } from './schema-guard.ts';

const all = loadMigrations(join(programFolder(), 'drizzle'));
const version = all.findIndex(({ name }) => name.includes('sealed_changes')) + 1;
const instant = '2026-02-01T00:00:00.000Z';

/** A month that is closed, with two sealed tables, as books of the version before hold it. */
const BOOKS = `
	INSERT INTO users (id, uuid, login, name, created_at) VALUES (1, 'u', 'clerk', 'Clerk', 'x');
	INSERT INTO companies (id, uuid, name, currency, timezone, created_at) VALUES (1, 'c', 'Blue Lantern Ltd', 'USD', 'UTC', 'x');
	INSERT INTO accounting_periods (company_id, id, uuid, kind, name, start_date, end_date, fiscal_year_start)
		VALUES (1, unixepoch('2026-01-01') / 86400, 'p', 'MONTH', '2026-01', '2026-01-01', '2026-01-31', '2026-01-01');`;

const closeOf = (id: number): string => `INSERT INTO period_closes (company_id, id, uuid, period_id, close_number, status, requested_at, closed_at, closed_by,
	reason, reopen_policy, net_profit_minor, sealed_through_seq, total_journal_count, total_debits_minor, total_credits_minor, balance_row_count, close_hash,
	content_root) VALUES (1, ${id}, 'k${id}', unixepoch('2026-01-01') / 86400, ${id}, 'CLOSED', 'x', 'x', 1, '', 'ADMIN_WITH_REASON', 0, 0, 0, 0, 0, 0,
	'${'a'.repeat(64)}', '${'b'.repeat(64)}');`;
const reopen = `UPDATE period_closes SET status = 'REOPENED', reopened_at = 'x', reopened_by = 1, reopen_reason = 'A late invoice' WHERE id = 1;`;
const table = (closeId: number, name: string, more = ''): string => `INSERT INTO sealed_tables (company_id, close_id, name, row_count, sha256,
	content${more === '' ? '' : ', base_close_id'}) VALUES (1, ${closeId}, '${name}', 0, '${'c'.repeat(64)}', CAST('{}' AS BLOB)${more});`;

it('version 5 takes sealed tables as whole ones, changes nothing of them, and its guards stand at once', () => {
	const folder = temporaryFolder();
	const connection = openConnection(join(folder, 'a.db'), 'write');
	const { raw } = connection;
	migrate(connection, all.slice(0, version - 1), { instant, backupFolder: folder });
	raw.exec(`${BOOKS} ${closeOf(1)} ${table(1, 'accounts')} ${table(1, 'open_items')}`);
	const content = () => raw.prepare('SELECT company_id, close_id, name, row_count, sha256, content FROM sealed_tables').all();
	const before = content();
	expect(migrate(connection, all.slice(0, version), { instant, backupFolder: folder })).toMatchObject({ from: version - 1, to: version });
	expect(content()).toEqual(before);
	expect(raw.prepare('SELECT DISTINCT encoding, base_close_id FROM sealed_tables').all()).toEqual([{ encoding: 'PLAIN', base_close_id: null }]);

	expect(() => raw.exec(`UPDATE sealed_tables SET encoding = 'DEFLATE'`)).toThrow(/NEVER_CHANGED/);
	expect(() => raw.exec('UPDATE sealed_tables SET base_close_id = 0')).toThrow(/NEVER_CHANGED/);
	raw.exec(`${reopen} ${closeOf(2)}`);
	expect(() => raw.exec(table(2, 'parties', ', 1'))).toThrow(/NO_BASE/);
	expect(() => raw.exec(table(2, 'open_items', ', 2'))).toThrow(/NO_BASE|CHECK/);
	raw.exec(table(2, 'open_items', ', 1'));

	const atHand = (closeId: number) => raw.exec(`INSERT INTO standing_open_items VALUES (1, ${closeId}, x'00')`);
	expect(() => atHand(1)).toThrow(/NEVER_CHANGED/);
	atHand(2);
	expect(() => atHand(2)).toThrow(/NEVER_CHANGED/);
	expect(() => raw.exec(`UPDATE standing_open_items SET content = x'01'`)).toThrow(/NEVER_CHANGED/);
	expect(() => raw.exec('DELETE FROM standing_open_items')).toThrow(/NEVER_DELETED/);
	if (all.length === version) expect(guardSchema(connection)).toBeNull();
	connection.close();
});
