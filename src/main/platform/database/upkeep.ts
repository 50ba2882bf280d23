import { BUSY_TIMEOUT_MS, type ReadDb, rawDatabaseOf } from './connection.ts';

/** Another number after any other connection committed; what this one commits itself does not move it. Source: https://www.sqlite.org/pragma.html#pragma_data_version */
export function dataVersionOf(db: ReadDb): number {
	return rawDatabaseOf(db).pragma('data_version', { simple: true }) as number;
}

/**
 * Brings the write-ahead log into the file. PASSIVE takes what nobody reads any more; TRUNCATE empties the log as well, and needs a
 * moment without readers. It waits for nobody: false where somebody was in the way, so that it is worth another try.
 */
export function checkpoint(db: ReadDb, mode: 'PASSIVE' | 'TRUNCATE'): boolean {
	const raw = rawDatabaseOf(db);
	raw.pragma('busy_timeout = 0');
	try {
		const [result] = raw.pragma(`wal_checkpoint(${mode})`) as { busy: number }[];
		return result?.busy === 0;
	} finally {
		raw.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
	}
}
