import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';

/** Held by one holder on this machine at a time. The operating system lets go of it when the process ends, however it ends. */
export interface ProcessLock {
	release(): void;
}

/** Takes the lock of a file (made where it is missing, and left there); null where somebody else holds it, in this process or another. */
export function tryLock(path: string): ProcessLock | null {
	mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
	const raw = new Database(path, { timeout: 0 });
	try {
		raw.pragma('journal_mode = MEMORY');
		raw.exec('BEGIN EXCLUSIVE');
	} catch (error) {
		raw.close();
		if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
		throw error;
	}
	return { release: () => raw.close() };
}
