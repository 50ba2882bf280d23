import Database from 'better-sqlite3';
import { assert } from '#shared/kernel/assert.ts';

/** What SQLite can bind: amounts are numbers or bigints, flags are 0 and 1. */
export type SqlValue = string | number | bigint | null | Uint8Array;

declare const readBrand: unique symbol;
declare const writeBrand: unique symbol;

/**
 * A connection to read with. What holds a ReadDb cannot write.
 * `…Big` variants answer every integer as bigint: use them for sums, which may pass 2^53.
 */
export interface ReadDb {
	readonly [readBrand]: true;
	get<Row>(sql: string, ...values: SqlValue[]): Row | undefined;
	all<Row>(sql: string, ...values: SqlValue[]): Row[];
	/** The first column of the first row. */
	value<Value>(sql: string, ...values: SqlValue[]): Value | undefined;
	/** The first column of every row. */
	column<Value>(sql: string, ...values: SqlValue[]): Value[];
	iterate<Row>(sql: string, ...values: SqlValue[]): IterableIterator<Row>;
	/** Rows as arrays, for large reads. Do not use the same SQL again before the iteration has ended. */
	iterateRaw<Row extends readonly unknown[]>(sql: string, ...values: SqlValue[]): IterableIterator<Row>;
	getBig<Row>(sql: string, ...values: SqlValue[]): Row | undefined;
	allBig<Row>(sql: string, ...values: SqlValue[]): Row[];
	iterateRawBig<Row extends readonly unknown[]>(sql: string, ...values: SqlValue[]): IterableIterator<Row>;
}

/** A database transaction under way. Everything written through it is committed together, or not at all. */
export interface WriteTx extends ReadDb {
	readonly [writeBrand]: true;
	/** The instant of this database transaction, UTC ISO 8601 with ms and Z; never below the last recorded one. */
	readonly instant: string;
	run(sql: string, ...values: SqlValue[]): { readonly changes: number };
}

type Statement = Database.Statement<SqlValue[]>;

/** One SQLite connection with its prepared statements. The only place that talks to better-sqlite3. */
export class Connection {
	readonly raw: Database.Database;
	readonly #plain = new Map<string, Statement>();
	readonly #big = new Map<string, Statement>();

	constructor(raw: Database.Database) {
		this.raw = raw;
	}

	statement(sql: string): Statement {
		return cached(this.#plain, sql, () => this.raw.prepare<SqlValue[]>(sql));
	}

	bigStatement(sql: string): Statement {
		return cached(this.#big, sql, () => this.raw.prepare<SqlValue[]>(sql).safeIntegers(true));
	}

	close(): void {
		this.#plain.clear();
		this.#big.clear();
		this.raw.close();
	}
}

function cached(statements: Map<string, Statement>, sql: string, prepare: () => Statement): Statement {
	let statement = statements.get(sql);
	if (!statement) {
		statement = prepare();
		statements.set(sql, statement);
	}
	return statement;
}

class Reader {
	readonly connection: Connection;

	constructor(connection: Connection) {
		this.connection = connection;
	}

	get<Row>(sql: string, ...values: SqlValue[]): Row | undefined {
		return this.connection
			.statement(sql)
			.raw(false)
			.get(...values) as Row | undefined;
	}
	all<Row>(sql: string, ...values: SqlValue[]): Row[] {
		return this.connection
			.statement(sql)
			.raw(false)
			.all(...values) as Row[];
	}
	value<Value>(sql: string, ...values: SqlValue[]): Value | undefined {
		const row = this.connection
			.statement(sql)
			.raw(true)
			.get(...values) as unknown[] | undefined;
		return row?.[0] as Value | undefined;
	}
	column<Value>(sql: string, ...values: SqlValue[]): Value[] {
		return (
			this.connection
				.statement(sql)
				.raw(true)
				.all(...values) as unknown[][]
		).map((row) => row[0] as Value);
	}
	iterate<Row>(sql: string, ...values: SqlValue[]): IterableIterator<Row> {
		return this.connection.raw.prepare<SqlValue[]>(sql).iterate(...values) as IterableIterator<Row>;
	}
	iterateRaw<Row extends readonly unknown[]>(sql: string, ...values: SqlValue[]): IterableIterator<Row> {
		return this.connection.raw
			.prepare<SqlValue[]>(sql)
			.raw(true)
			.iterate(...values) as unknown as IterableIterator<Row>;
	}
	getBig<Row>(sql: string, ...values: SqlValue[]): Row | undefined {
		return this.connection.bigStatement(sql).get(...values) as Row | undefined;
	}
	allBig<Row>(sql: string, ...values: SqlValue[]): Row[] {
		return this.connection.bigStatement(sql).all(...values) as Row[];
	}
	iterateRawBig<Row extends readonly unknown[]>(sql: string, ...values: SqlValue[]): IterableIterator<Row> {
		return this.connection.raw
			.prepare<SqlValue[]>(sql)
			.safeIntegers(true)
			.raw(true)
			.iterate(...values) as unknown as IterableIterator<Row>;
	}
}

class Writer extends Reader {
	readonly instant: string;

	constructor(connection: Connection, instant: string) {
		super(connection);
		this.instant = instant;
	}

	run(sql: string, ...values: SqlValue[]): { readonly changes: number } {
		assert(this.connection.raw.inTransaction, 'a write happens inside a database transaction');
		return this.connection.statement(sql).run(...values);
	}
}

export function readDbOf(connection: Connection): ReadDb {
	return new Reader(connection) as unknown as ReadDb;
}

/** Only platform/run and migrations make one. */
export function writeTxOf(connection: Connection, instant: string): WriteTx {
	return new Writer(connection, instant) as unknown as WriteTx;
}

/** The better-sqlite3 handle behind a ReadDb, for platform code and for tests that go around the services. */
export function rawDatabaseOf(db: ReadDb): Database.Database {
	return (db as unknown as Reader).connection.raw;
}

/** How long a connection waits for another that writes. */
export const BUSY_TIMEOUT_MS = 60_000;

/**
 * Opens a SQLite file with the settings that the books need: WAL, foreign keys, FULL synchronous for writes, 60 s of patience
 * with another process, and delete guards that also hold for REPLACE.
 */
export function openConnection(path: string, mode: 'read' | 'write'): Connection {
	const raw = new Database(path, { readonly: mode === 'read', fileMustExist: mode === 'read', timeout: BUSY_TIMEOUT_MS });
	try {
		if (mode === 'write') {
			raw.pragma('journal_mode = WAL');
			raw.pragma('synchronous = FULL');
		}
		raw.pragma('foreign_keys = ON');
		raw.pragma('recursive_triggers = ON');
		raw.pragma('trusted_schema = OFF');
		raw.pragma('cell_size_check = ON');
		raw.pragma('temp_store = MEMORY');
		raw.pragma('cache_size = -8192');
		return new Connection(raw);
	} catch (error) {
		raw.close();
		throw error;
	}
}

/** A new file for staging: nothing of it outlives the work, so it is written without any care for a crash. */
export function openStagingConnection(path: string): Connection {
	const raw = new Database(path, { timeout: BUSY_TIMEOUT_MS });
	raw.pragma('journal_mode = OFF');
	raw.pragma('synchronous = OFF');
	raw.pragma('locking_mode = EXCLUSIVE');
	raw.pragma('cache_size = -2048');
	return new Connection(raw);
}
