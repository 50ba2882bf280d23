import type { ReadDb } from '#main/platform/database/connection.ts';
import { checkpoint } from '#main/platform/database/upkeep.ts';
import type { Log } from '#main/platform/log.ts';

const IDLE_MS = 3000;
/** After these the log is long. */
const LONG_WRITES: ReadonlySet<string> = new Set(['imports.importJournal', 'imports.importOpening', 'imports.undo', 'statements.import', 'packages.ready']);

/** Keeps the write-ahead log short: brought into the file when nothing was written for a while, emptied after an import or a package. */
export interface LogKeeping {
	written(action: string): void;
	stop(): void;
}

/** For the thread that writes. SQLite's own checkpoint at every thousand pages stays on below it. */
export function keepLogShort(db: ReadDb, log: Log): LogKeeping {
	let timer: NodeJS.Timeout | undefined;
	let isLong = false;
	const arm = (afterMs: number): void => {
		clearTimeout(timer);
		timer = setTimeout(bringIn, afterMs).unref();
	};
	const bringIn = (): void => {
		try {
			// Somebody reads an earlier moment: once more when that may be over.
			if (!checkpoint(db, isLong ? 'TRUNCATE' : 'PASSIVE')) return arm(IDLE_MS);
			isLong = false;
		} catch (error) {
			// A full disk, a lock: the log stays as it is, and what is in it stands.
			log.write('warning', 'the write-ahead log could not be brought into the file', { error });
		}
	};
	return {
		written: (action) => {
			isLong ||= LONG_WRITES.has(action);
			arm(isLong ? 0 : IDLE_MS);
		},
		stop: () => clearTimeout(timer),
	};
}
