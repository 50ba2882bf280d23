import Database from 'better-sqlite3';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#shared/kernel/app-error.ts';
import { Connection } from './connection.ts';
import { declaredIndexes, loadMigrations, schemaHash, type SchemaObject, schemaObjects } from './migrations.ts';
import { programFolder } from './program-folder.ts';

/** What differs between the schema that the migrations make and the one in the file. */
export interface SchemaFinding {
	/** Triggers and indexes that were missing or other, and stand again. */
	readonly recreated: readonly string[];
	/** Tables that are other than they were made; they are left alone and named. */
	readonly altered: readonly string[];
	/** Triggers, tables and views that nobody of ours made. */
	readonly foreign: readonly string[];
}

/**
 * Compares the schema with what the migrations make (by a hash that ships with the program, so that a start costs next to nothing).
 * Missing or changed guards are made again; the finding must then be recorded for ever. null: all is as it should be.
 * Refuses DATABASE_DAMAGED where whole tables are gone.
 */
export function guardSchema(connection: Connection): SchemaFinding | null {
	const shipped = JSON.parse(readFileSync(join(programFolder(), 'drizzle', 'schema-hashes.json'), 'utf8')) as Record<string, SchemaRecord>;
	const version = String(connection.raw.pragma('user_version', { simple: true }));
	const expected = shipped[version];
	if (expected && schemaHash(schemaObjects(connection, new Set(expected.indexes))) === expected.hash) return null;
	return repair(connection);
}

export interface SchemaRecord {
	readonly hash: string;
	readonly indexes: readonly string[];
}

/** The record of a schema version, as `drizzle/schema-hashes.json` holds it. A test keeps that file true. */
export function schemaRecord(): SchemaRecord {
	const { objects, indexes } = expectedSchema();
	return { hash: schemaHash(objects), indexes: [...indexes].sort() };
}

function expectedSchema(): { objects: SchemaObject[]; indexes: ReadonlySet<string>; statements: ReadonlyMap<string, string> } {
	const migrations = loadMigrations(join(programFolder(), 'drizzle'));
	const indexes = declaredIndexes(migrations);
	const model = new Connection(new Database(':memory:'));
	try {
		for (const migration of migrations) model.raw.exec(migration.sql);
		const statements = new Map(
			model.raw
				.prepare<[], { name: string; sql: string }>('SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL')
				.all()
				.map(({ name, sql }) => [name, sql]),
		);
		return { objects: schemaObjects(model, indexes), indexes, statements };
	} finally {
		model.close();
	}
}

function repair(connection: Connection): SchemaFinding | null {
	const expected = expectedSchema();
	const actual = new Map(schemaObjects(connection, expected.indexes).map((object) => [object.name, object]));
	const differs = (object: SchemaObject) => actual.get(object.name)?.sql !== object.sql;
	const lost = expected.objects.filter((object) => object.type === 'table' && !actual.has(object.name)).map((object) => object.name);
	if (lost.length > 0) {
		throw new AppError(
			'DATABASE_DAMAGED',
			`The books lack ${lost.join(', ')}: whole tables were removed. Nothing was written. Keep a copy of the file and restore the latest backup.`,
			{
				tables: lost,
			},
		);
	}
	const guards = expected.objects.filter((object) => object.type !== 'table' && differs(object));
	const altered = expected.objects.filter((object) => object.type === 'table' && differs(object)).map((object) => object.name);
	const known = new Set(expected.objects.map((object) => object.name));
	const foreign = [...actual.values()].filter((object) => !known.has(object.name)).map((object) => `${object.type} ${object.name}`);
	if (guards.length + altered.length + foreign.length === 0) return null;
	connection.raw.transaction(() => {
		for (const guard of guards) {
			connection.raw.exec(`DROP ${guard.type.toUpperCase()} IF EXISTS "${guard.name}"`);
			connection.raw.exec(expected.statements.get(guard.name) ?? guard.sql);
		}
	})();
	return { recreated: guards.map((guard) => guard.name), altered, foreign };
}
