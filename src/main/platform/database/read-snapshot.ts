import { openConnection, type ReadDb, readDbOf } from './connection.ts';

/** The database as it was at one moment, on a connection of its own, so that long reading and writing go on beside each other. */
export interface ReadSnapshot {
	readonly db: ReadDb;
	close(): void;
}

/** Opens one; SQLite keeps the moment for as long as it is open (WAL). */
export function openReadSnapshot(databasePath: string): ReadSnapshot {
	const connection = openConnection(databasePath, 'read');
	try {
		connection.raw.exec('BEGIN');
		const db = readDbOf(connection);
		// The moment is that of the first read.
		db.value('SELECT count(*) FROM database_identity');
		return { db, close: () => connection.close() };
	} catch (error) {
		connection.close();
		throw error;
	}
}
