import { AppError } from '#shared/kernel/app-error.ts';
import type { ErrorCode } from '#shared/kernel/error-codes.ts';

interface Fault {
	readonly code: ErrorCode;
	readonly retryable: boolean;
	readonly message: string;
}

const DISK_FULL: Fault = {
	code: 'DISK_FULL',
	retryable: true,
	message: 'The disk is full. Nothing was lost and nothing was half done. Free some space on the disk and do the same again.',
};
const DISK_READ_ONLY: Fault = {
	code: 'DISK_READ_ONLY',
	retryable: false,
	message: 'The program may not write there. Nothing was changed. Allow writing to the folder, or choose another one, and do the same again.',
};
const DISK_FAILED: Fault = {
	code: 'DISK_FAILED',
	retryable: true,
	message: 'The disk reported an error. What was under way was not booked. Check that the disk is connected and sound, and do the same again.',
};
const DATABASE_BUSY: Fault = {
	code: 'DATABASE_BUSY',
	retryable: true,
	message: 'The books are being written by another window or command. Nothing was lost. Wait until it is done and do the same again.',
};
const DATABASE_DAMAGED: Fault = {
	code: 'DATABASE_DAMAGED',
	retryable: false,
	message: 'The file of the books is damaged or is no database. Nothing was written to it. Keep a copy of it and restore the latest backup.',
};

const BY_CODE: Readonly<Record<string, Fault>> = {
	ENOSPC: DISK_FULL,
	EDQUOT: DISK_FULL,
	EFBIG: DISK_FULL,
	EROFS: DISK_READ_ONLY,
	EACCES: DISK_READ_ONLY,
	EPERM: DISK_READ_ONLY,
	EIO: DISK_FAILED,
	ENXIO: DISK_FAILED,
	ENODEV: DISK_FAILED,
	ESTALE: DISK_FAILED,
	SQLITE_FULL: DISK_FULL,
	// The shared-memory file of the write-ahead log could not grow: on a full disk SQLite says this and not SQLITE_FULL.
	SQLITE_IOERR_SHMSIZE: DISK_FULL,
	SQLITE_READONLY: DISK_READ_ONLY,
	SQLITE_CANTOPEN: DISK_READ_ONLY,
	SQLITE_PERM: DISK_READ_ONLY,
	SQLITE_IOERR: DISK_FAILED,
	SQLITE_BUSY: DATABASE_BUSY,
	SQLITE_LOCKED: DATABASE_BUSY,
	SQLITE_PROTOCOL: DATABASE_BUSY,
	SQLITE_CORRUPT: DATABASE_DAMAGED,
	SQLITE_NOTADB: DATABASE_DAMAGED,
};

/**
 * What node or SQLite threw, as a refusal that says what to do next, or null where it is no known fault of the machine
 * (then it is a bug). An AppError comes back as it is. Source of the codes: errno(3), https://www.sqlite.org/rescode.html;
 * an extended SQLite code counts as its primary code unless it is named itself.
 *
 * Gives DISK_FULL, DISK_FAILED and DATABASE_BUSY (retryable), DISK_READ_ONLY and DATABASE_DAMAGED. `details.cause` is the code
 * that was mapped, `details.path` the file where node names one.
 */
export function mapFault(error: unknown): AppError | null {
	if (error instanceof AppError) return error;
	for (let current = error, depth = 0; current instanceof Error && depth < 8; current = current.cause, depth++) {
		const fault = faultOf(current);
		if (fault) return new AppError(fault.code, fault.message, detailsOf(current), { retryable: fault.retryable, cause: error });
	}
	return null;
}

/** Runs `work` and throws what it throws with faults of the machine mapped. For the outermost layer around files. */
export async function withMappedFaults<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw mapFault(error) ?? error;
	}
}

function faultOf(error: Error): Fault | null {
	const code = codeOf(error);
	if (code === null) return null;
	const exact = BY_CODE[code];
	if (exact) return exact;
	if (!code.startsWith('SQLITE_')) return null;
	return BY_CODE[code.split('_').slice(0, 2).join('_')] ?? null;
}

function detailsOf(error: Error): Record<string, unknown> {
	const path = 'path' in error && typeof error.path === 'string' ? { path: error.path } : {};
	return { cause: codeOf(error), ...path };
}

function codeOf(error: Error): string | null {
	return 'code' in error && typeof error.code === 'string' ? error.code : null;
}
