import Database from 'better-sqlite3';
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadMigrations } from './migrations.ts';
import { programFolder } from './program-folder.ts';
import { schemaRecord } from './schema-guard.ts';
import * as foundation from './schema.ts';
import * as allocations from './schema-allocations.ts';
import * as grants from './schema-grants.ts';
import * as reconciliation from './schema-reconciliation.ts';
import * as sealed from './schema-sealed.ts';

const schema = { ...foundation, ...reconciliation, ...allocations, ...grants, ...sealed };

function migrated() {
	const database = new Database(':memory:');
	for (const migration of loadMigrations(join(programFolder(), 'drizzle'))) database.exec(migration.sql);
	return database;
}

describe('the schema', () => {
	it('is what the typed tables say: names, column types, nullability', () => {
		const database = migrated();
		const typed = Object.fromEntries(
			Object.values(schema).map((table: SQLiteTable) => {
				const { name, columns } = getTableConfig(table);
				return [name, columns.map((column) => `${column.name} ${column.getSQLType().toUpperCase()}${column.notNull ? ' NOT NULL' : ''}`)];
			}),
		);
		const tables = database.prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'`).pluck().all() as string[];
		const actual = Object.fromEntries(
			tables.map((name) => {
				const columns = database.pragma(`table_xinfo(${name})`) as { name: string; type: string; notnull: number; pk: number }[];
				return [name, columns.map((column) => `${column.name} ${column.type}${column.notnull || (column.pk && column.type === 'INTEGER') ? ' NOT NULL' : ''}`)];
			}),
		);
		expect(typed).toEqual(actual);
	});

	it('has the hash that ships with the program', () => {
		const shipped = JSON.parse(readFileSync(join(programFolder(), 'drizzle', 'schema-hashes.json'), 'utf8')) as Record<string, unknown>;
		const newest = loadMigrations(join(programFolder(), 'drizzle')).length;
		expect(shipped[String(newest)]).toEqual(schemaRecord());
	});

	it('scopes every table of a company by company_id, first in its key', () => {
		const database = migrated();
		const instanceTables = new Set(['database_identity', 'schema_records', 'companies', 'users', 'audit_events']);
		const tables = database.prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'`).pluck().all() as string[];
		const unscoped = tables.filter((name) => {
			const columns = database.pragma(`table_info(${name})`) as { name: string; pk: number }[];
			return columns.find((column) => column.pk === 1)?.name !== 'company_id';
		});
		expect(new Set(unscoped)).toEqual(instanceTables);
	});

	it('refers across tables of a company with composite keys only', () => {
		const database = migrated();
		const tables = database.prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'`).pluck().all() as string[];
		const free = new Set(['companies', 'users', 'signing_keys']);
		for (const name of tables) {
			const keys = database.pragma(`foreign_key_list(${name})`) as { id: number; table: string; from: string }[];
			for (const key of keys.filter((candidate) => !free.has(candidate.table))) {
				const columns = keys.filter((other) => other.id === key.id).map((other) => other.from);
				expect(columns, `${name} to ${key.table}`).toContain('company_id');
			}
		}
	});

	it('uses no function that another SQLite would not have', () => {
		const database = migrated();
		const sql = (database.prepare('SELECT sql FROM sqlite_master WHERE sql IS NOT NULL').pluck().all() as string[]).join('\n');
		expect(sql).not.toMatch(/ledgerseal_place/);
	});
});
