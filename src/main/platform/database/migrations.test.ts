import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { openConnection } from './connection.ts';
import { APPLICATION_ID, loadMigrations, type Migration, migrate } from './migrations.ts';
import { programFolder } from './program-folder.ts';
import { guardSchema } from './schema-guard.ts';

const real = loadMigrations(join(programFolder(), 'drizzle'));
const next: Migration = {
	version: real.length + 1,
	name: 'colours',
	sql: `CREATE TABLE colours (company_id INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (company_id, id)) STRICT;
		INSERT INTO colours SELECT 1, value FROM json_each('[1, 2]');`,
};
const instant = '2026-01-01T00:00:00.000Z';

describe('migrations', () => {
	it('make an empty file ours, with its version', () => {
		const folder = temporaryFolder();
		const connection = openConnection(join(folder, 'a.db'), 'write');
		expect(migrate(connection, real, { instant, backupFolder: folder })).toEqual({ from: 0, to: real.length, backup: null });
		expect(connection.raw.pragma('application_id', { simple: true })).toBe(APPLICATION_ID);
		expect(connection.raw.pragma('integrity_check', { simple: true })).toBe('ok');
		expect(migrate(connection, real, { instant, backupFolder: folder }).backup).toBeNull();
		connection.close();
	});

	it('give an empty file its identity with its tables, or neither, and leave the one it has', () => {
		const folder = temporaryFolder();
		const connection = openConnection(join(folder, 'a.db'), 'write');
		const failing = () => migrate(connection, real, { instant, backupFolder: folder, databaseUuid: 'first', verify: () => expect.fail('cut off') });
		expect(failing).toThrow(/cut off/);
		expect(connection.raw.prepare('SELECT count(*) FROM sqlite_master').pluck().get()).toBe(0);
		migrate(connection, real, { instant, backupFolder: folder, databaseUuid: 'second' });
		migrate(connection, [...real, next], { instant, backupFolder: folder, databaseUuid: 'third' });
		expect(connection.raw.prepare('SELECT id, uuid FROM database_identity').all()).toEqual([{ id: 1, uuid: 'second' }]);
		connection.close();
	});

	it('copy the whole file before they change it, and keep every row', () => {
		const folder = temporaryFolder();
		const connection = openConnection(join(folder, 'a.db'), 'write');
		migrate(connection, real, { instant, backupFolder: folder });
		connection.raw.exec(`INSERT INTO users (uuid, login, name, created_at) VALUES ('u', 'a', 'A', 'x')`);
		const outcome = migrate(connection, [...real, next], { instant, backupFolder: join(folder, 'backups') });
		expect(outcome).toMatchObject({ from: real.length, to: real.length + 1 });
		expect(connection.raw.prepare('SELECT count(*) FROM colours').pluck().get()).toBe(2);
		expect(connection.raw.prepare('SELECT count(*) FROM users').pluck().get()).toBe(1);
		const backup = openConnection(outcome.backup ?? '', 'read');
		expect(backup.raw.pragma('user_version', { simple: true })).toBe(real.length);
		expect(backup.raw.prepare('SELECT login FROM users').pluck().get()).toBe('a');
		backup.close();
		connection.close();
	});

	it.each([
		['a statement that fails', { ...next, sql: `${next.sql} INSERT INTO nowhere VALUES (1);` }, undefined],
		['a verification that fails', next, () => expect.fail('seals differ')],
	])('leave everything as it was after %s', (what, migration, verify) => {
		const folder = temporaryFolder();
		const connection = openConnection(join(folder, 'a.db'), 'write');
		migrate(connection, real, { instant, backupFolder: folder });
		expect(() => migrate(connection, [...real, migration], { instant, backupFolder: folder, ...(verify ? { verify } : {}) })).toThrow(
			what === 'a statement that fails' ? /nowhere/ : /seals differ/,
		);
		expect(connection.raw.pragma('user_version', { simple: true })).toBe(real.length);
		expect(connection.raw.prepare(`SELECT count(*) FROM sqlite_master WHERE name = 'colours'`).pluck().get()).toBe(0);
		expect(readdirSync(folder).filter((name) => name.startsWith('before-migration')).length).toBe(1);
		connection.close();
	});

	it('refuse a file of another program and one of a newer program', () => {
		const folder = temporaryFolder();
		const other = openConnection(join(folder, 'other.db'), 'write');
		other.raw.exec('CREATE TABLE things (id INTEGER)');
		expect(() => migrate(other, real, { instant, backupFolder: folder })).toThrow(expect.objectContaining({ code: 'DATABASE_NOT_OURS' }));
		other.close();
		const newer = openConnection(join(folder, 'newer.db'), 'write');
		migrate(newer, [...real, next], { instant, backupFolder: folder });
		expect(() => migrate(newer, real, { instant, backupFolder: folder })).toThrow(expect.objectContaining({ code: 'DATABASE_TOO_NEW' }));
		newer.close();
	});
});

describe('the schema guard', () => {
	const migrated = () => {
		const folder = temporaryFolder();
		const connection = openConnection(join(folder, 'a.db'), 'write');
		migrate(connection, real, { instant, backupFolder: folder });
		expect(existsSync(join(folder, 'a.db'))).toBe(true);
		return connection;
	};

	it('refuses books that lack a table, and leaves them as they are', () => {
		const connection = migrated();
		connection.raw.exec('PRAGMA foreign_keys = OFF; DROP TABLE revaluations');
		const before = connection.raw.prepare('SELECT count(*) FROM sqlite_master').pluck().get();
		expect(() => guardSchema(connection)).toThrow(expect.objectContaining({ code: 'DATABASE_DAMAGED', details: { tables: ['revaluations'] } }));
		expect(connection.raw.prepare('SELECT count(*) FROM sqlite_master').pluck().get()).toBe(before);
		connection.close();
	});

	it('finds nothing in a schema that nobody touched, with an index of somebody else in it', () => {
		const connection = migrated();
		connection.raw.exec('CREATE INDEX my_own ON parties (name)');
		expect(guardSchema(connection)).toBeNull();
		connection.close();
	});

	it.each([
		['a dropped guard', 'DROP TRIGGER journal_lines_never_changed', { recreated: ['journal_lines_never_changed'], altered: [], foreign: [] }],
		[
			'a guard that lets everything through',
			`DROP TRIGGER journal_entries_never_deleted; CREATE TRIGGER journal_entries_never_deleted BEFORE DELETE ON journal_entries BEGIN SELECT 1; END`,
			{ recreated: ['journal_entries_never_deleted'], altered: [], foreign: [] },
		],
		['a dropped index', 'DROP INDEX accounts_one_result_account', { recreated: ['accounts_one_result_account'], altered: [], foreign: [] }],
		[
			'a trigger of somebody else',
			'CREATE TRIGGER mine AFTER INSERT ON parties BEGIN SELECT 1; END',
			{ recreated: [], altered: [], foreign: ['trigger mine'] },
		],
		['a column of somebody else', 'ALTER TABLE parties ADD COLUMN secret TEXT', { recreated: [], altered: ['parties'], foreign: [] }],
	])('names %s and makes the guards stand again', (_what, sql, finding) => {
		const connection = migrated();
		connection.raw.exec(sql);
		expect(guardSchema(connection)).toEqual(finding);
		if (finding.recreated.length > 0) expect(guardSchema(connection)).toBeNull();
		connection.close();
	});
});
