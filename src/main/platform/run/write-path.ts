import { AppError } from '#shared/kernel/app-error.ts';
import { AssertionFailure } from '#shared/kernel/assert.ts';
import type { Clock } from '../clock.ts';
import { BUSY_TIMEOUT_MS, type Connection, type ReadDb, readDbOf, type SqlValue, type WriteTx, writeTxOf } from '../database/connection.ts';

/** The clock may stand behind the last recorded instant by this much before it is worth an audit event. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

export interface WriteOptions {
	/** Runs everything, answers, and rolls back: nothing is written. */
	readonly preview?: boolean;
	/** How long to wait for another process that writes, where not the usual minute. DATABASE_BUSY after that. */
	readonly patienceMs?: number;
	/** A database file to read from inside the database transaction, by its alias. */
	readonly attach?: { readonly path: string; readonly alias: string };
	/** Functions for the statements of this database transaction; the schema never uses any. */
	readonly functions?: Readonly<Record<string, (...values: SqlValue[]) => SqlValue>>;
}

/** The one way to write. Domains never see a connection, only the WriteTx of the database transaction under way. */
export interface Runner {
	readonly db: ReadDb;
	write<Output>(work: (tx: WriteTx) => Output, options?: WriteOptions): Output;
	/** A consistent read: every query inside sees the same moment. */
	read<Output>(work: (db: ReadDb) => Output): Output;
}

export interface RunnerHooks {
	/** The last recorded instant of the data folder, or null before the first. */
	readonly lastInstant: (db: ReadDb) => string | null;
	/** Called once in a process, inside the database transaction, when the clock was set back. */
	readonly onClockSetBack: (tx: WriteTx, clockInstant: string, lastInstant: string) => void;
	/** Turns what SQLite refuses into what a person understands. */
	readonly mapFault: (error: unknown) => unknown;
}

export function createRunner(connection: Connection, clock: Clock, hooks: RunnerHooks): Runner {
	const db = readDbOf(connection);
	let clockReported = false;

	function write<Output>(work: (tx: WriteTx) => Output, options: WriteOptions = {}): Output {
		if (connection.raw.inTransaction) throw new AppError('DATABASE_BUSY', 'Another write of this program is under way.', {}, { retryable: true });
		try {
			if (options.attach) connection.raw.prepare(`ATTACH ? AS ${options.attach.alias}`).run(options.attach.path);
			for (const [name, implementation] of Object.entries(options.functions ?? {}))
				connection.raw.function(name, { directOnly: true }, implementation as never);
			begin(options.patienceMs);
			const tx = openTransaction();
			const output = work(tx);
			connection.raw.exec(options.preview ? 'ROLLBACK' : 'COMMIT');
			return output;
		} catch (error) {
			if (connection.raw.inTransaction) connection.raw.exec('ROLLBACK');
			throw hooks.mapFault(error);
		} finally {
			if (options.attach) detach(options.attach.alias);
		}
	}

	function begin(patienceMs: number | undefined): void {
		if (patienceMs === undefined) {
			connection.raw.exec('BEGIN IMMEDIATE');
			return;
		}
		connection.raw.pragma(`busy_timeout = ${patienceMs}`);
		try {
			connection.raw.exec('BEGIN IMMEDIATE');
		} finally {
			connection.raw.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
		}
	}

	function detach(alias: string): void {
		const attached = connection.raw.pragma('database_list') as { name: string }[];
		if (attached.some(({ name }) => name === alias)) connection.raw.exec(`DETACH ${alias}`);
	}

	function openTransaction(): WriteTx {
		const now = clock.now().toISOString();
		const last = hooks.lastInstant(db);
		const instant = last !== null && last > now ? last : now;
		const tx = writeTxOf(connection, instant);
		if (last !== null && !clockReported && Date.parse(last) - Date.parse(now) > CLOCK_TOLERANCE_MS) {
			hooks.onClockSetBack(tx, now, last);
			clockReported = true;
		}
		return tx;
	}

	const read = <Output>(work: (reader: ReadDb) => Output): Output => readMoment(connection, db, work, hooks.mapFault);

	return { db, write, read };
}

/** For a thread that only reads. A write there is a bug of the program. */
export function createReadRunner(connection: Connection, mapFault: RunnerHooks['mapFault']): Runner {
	const db = readDbOf(connection);
	return {
		db,
		read: (work) => readMoment(connection, db, work, mapFault),
		write: () => {
			throw new AssertionFailure('what reads writes nothing');
		},
	};
}

function readMoment<Output>(connection: Connection, db: ReadDb, work: (reader: ReadDb) => Output, mapFault: RunnerHooks['mapFault']): Output {
	if (connection.raw.inTransaction) return work(db);
	connection.raw.exec('BEGIN');
	try {
		return work(db);
	} catch (error) {
		throw mapFault(error);
	} finally {
		// A fault of the disk may have ended it already.
		if (connection.raw.inTransaction) connection.raw.exec('COMMIT');
	}
}
