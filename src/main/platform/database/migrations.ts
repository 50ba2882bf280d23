import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '#shared/kernel/app-error.ts';
import { assert } from '#shared/kernel/assert.ts';
import type { Connection } from './connection.ts';

/** "LSEA": marks the file as ours in its header, for `file` and for a person with a hex editor. */
export const APPLICATION_ID = 0x4c534541;

export interface Migration {
	readonly version: number;
	readonly name: string;
	readonly sql: string;
}

const FILE_NAME = /^(\d{4})_([a-z0-9_]+)\.sql$/;

/** The number of the newest migration in a folder, without reading any. */
export function latestVersion(folder: string): number {
	return Math.max(0, ...readdirSync(folder).map((file) => Number(FILE_NAME.exec(file)?.[1] ?? 0)));
}

/** The hand-written migrations of a folder, in order. Numbers start at 1 and have no gap. */
export function loadMigrations(folder: string): Migration[] {
	const migrations = readdirSync(folder)
		.filter((file) => FILE_NAME.test(file))
		.sort()
		.map((file) => {
			const parts = FILE_NAME.exec(file);
			assert(parts?.[1] && parts[2], `migration file name ${file}`);
			return { version: Number(parts[1]), name: parts[2], sql: readFileSync(join(folder, file), 'utf8') };
		});
	migrations.forEach((migration, index) => {
		assert(migration.version === index + 1, `migration ${migration.version} stands where ${index + 1} is expected`);
	});
	return migrations;
}

/** Names of the indexes that the migrations declare; other indexes are somebody's reading aid and no part of the schema. */
export function declaredIndexes(migrations: readonly Migration[]): ReadonlySet<string> {
	return new Set(migrations.flatMap((migration) => [...migration.sql.matchAll(/CREATE (?:UNIQUE )?INDEX (\w+)/g)].map((match) => match[1] ?? '')));
}

export interface SchemaObject {
	readonly type: string;
	readonly name: string;
	/** The statement that made it, with white space brought to single blanks. */
	readonly sql: string;
}

/** What guards the books: every table, trigger, view and declared index, in order of type and name; without the engine's own tables. */
export function schemaObjects(connection: Connection, indexes: ReadonlySet<string>): SchemaObject[] {
	return connection.raw
		.prepare<[], SchemaObject>(`SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name`)
		.all()
		.filter((object) => object.type !== 'index' || indexes.has(object.name))
		.map((object) => ({ ...object, sql: object.sql.replace(/\s+/g, ' ').trim() }));
}

/** SHA-256 over the schema objects. */
export function schemaHash(objects: readonly SchemaObject[]): string {
	return createHash('sha256')
		.update(objects.map((object) => `${object.type}\u001f${object.name}\u001f${object.sql}\n`).join(''))
		.digest('hex');
}

export interface MigrationOutcome {
	readonly from: number;
	readonly to: number;
	readonly backup: string | null;
}

/**
 * Brings a database forward to the newest migration, never back. Before the first change of a database that holds anything, the
 * whole file is copied beside it. Refuses DATABASE_NOT_OURS for a file of another program and DATABASE_TOO_NEW for a newer schema.
 * A database that has no identity yet gets `databaseUuid` with its tables, so that a crash never leaves it without.
 * `verify` runs inside the database transaction, after all statements and before the commit; if it throws, nothing has happened.
 */
export function migrate(
	connection: Connection,
	migrations: readonly Migration[],
	options: { readonly instant: string; readonly backupFolder: string; readonly databaseUuid?: string; readonly verify?: () => void },
): MigrationOutcome {
	const { raw } = connection;
	const version = ownVersion(connection);
	const newest = migrations.length;
	if (version > newest) {
		throw new AppError('DATABASE_TOO_NEW', 'These books were written by a newer Ledgerseal. Install the newest version to open them; nothing was changed.', {
			version,
			newest,
		});
	}
	if (version === newest) return { from: version, to: version, backup: null };
	const backup = version === 0 ? null : backUpBefore(connection, version, options);
	raw.exec('BEGIN IMMEDIATE');
	try {
		// Another process may have migrated while this one waited for the lock.
		const standing = raw.pragma('user_version', { simple: true }) as number;
		for (const migration of migrations.slice(standing)) raw.exec(migration.sql);
		if (standing < newest) {
			raw.pragma(`user_version = ${newest}`);
			raw.pragma(`application_id = ${APPLICATION_ID}`);
			const hash = schemaHash(schemaObjects(connection, declaredIndexes(migrations)));
			raw.prepare('INSERT INTO schema_records (version, schema_hash, applied_at) VALUES (?, ?, ?)').run(newest, hash, options.instant);
			if (options.databaseUuid !== undefined) {
				raw.prepare('INSERT OR IGNORE INTO database_identity (id, uuid, created_at) VALUES (1, ?, ?)').run(options.databaseUuid, options.instant);
			}
			const broken = raw.pragma('foreign_key_check') as unknown[];
			assert(broken.length === 0, 'a migration leaves every reference whole');
			options.verify?.();
		}
		raw.exec('COMMIT');
	} catch (error) {
		if (raw.inTransaction) raw.exec('ROLLBACK');
		throw error;
	}
	return { from: version, to: newest, backup };
}

/** The schema version of a file of ours, or of an empty one. All is read at one moment: another process may be making the tables. */
function ownVersion({ raw }: Connection): number {
	return raw.transaction(() => {
		const version = raw.pragma('user_version', { simple: true }) as number;
		const applicationId = raw.pragma('application_id', { simple: true }) as number;
		const tables = raw.prepare('SELECT count(*) FROM sqlite_master').pluck().get() as number;
		if (applicationId === APPLICATION_ID || (applicationId === 0 && version === 0 && tables === 0)) return version;
		throw new AppError('DATABASE_NOT_OURS', 'The file ledgerseal.db in the data folder belongs to another program. Choose another data folder.', {
			applicationId,
		});
	})();
}

function backUpBefore(connection: Connection, version: number, options: { readonly instant: string; readonly backupFolder: string }): string {
	const stamp = options.instant.replaceAll(':', '').replaceAll('.', '');
	const target = join(options.backupFolder, `before-migration-${String(version).padStart(4, '0')}-${stamp}.db`);
	if (!existsSync(dirname(target))) mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
	// A copy that a crash cut off must not bear the name of a backup.
	const unfinished = `${target}.${process.pid}.part`;
	rmSync(unfinished, { force: true });
	connection.raw.prepare('VACUUM INTO ?').run(unfinished);
	renameSync(unfinished, target);
	return target;
}
