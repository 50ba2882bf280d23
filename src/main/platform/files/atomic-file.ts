import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { assert } from '#shared/kernel/assert.ts';
import type { Clock } from '../clock.ts';

const TEMPORARY_NAME = /^\.[^/]*\.[0-9a-f]{16}\.part$/;
const STALE_AFTER_MS = 24 * 60 * 60 * 1000;
const MAX_BASE_LENGTH = 180;
const RENAME_ATTEMPTS = 6;
const RENAME_FIRST_DELAY_MS = 20;
// What Windows answers while a virus scanner or an indexer still holds the file.
const HELD_BY_ANOTHER: ReadonlySet<string> = new Set(['EACCES', 'EBUSY', 'EPERM']);

interface AtomicFile {
	write(bytes: Uint8Array): Promise<void>;
	/** Brings the whole file to the disk and puts it in its place; until then nobody sees it. */
	commit(): Promise<void>;
	/** Removes what was written. Harmless after `commit`. */
	abort(): Promise<void>;
}

/**
 * A file that appears at `path` whole or not at all: written under a temporary name in the same folder (which must exist),
 * brought to the disk, renamed, and the folder brought to the disk. It replaces a file of that name.
 */
export async function createAtomicFile(path: string, options: { mode?: number } = {}): Promise<AtomicFile> {
	const temporary = join(dirname(path), `.${basename(path).slice(0, MAX_BASE_LENGTH)}.${randomBytes(8).toString('hex')}.part`);
	const handle = await open(temporary, 'wx', options.mode ?? 0o666);
	let state: 'open' | 'committed' | 'aborted' = 'open';
	const abort = async (): Promise<void> => {
		if (state !== 'open') return;
		state = 'aborted';
		await handle.close();
		await rm(temporary, { force: true });
	};
	return {
		abort,
		write: async (bytes) => {
			assert(state === 'open', 'an atomic file is written before it is placed');
			await writeWhole(handle, bytes);
		},
		commit: async () => {
			assert(state === 'open', 'an atomic file is placed once');
			try {
				await handle.sync();
			} catch (error) {
				await abort();
				throw error;
			}
			state = 'committed';
			await handle.close();
			try {
				await renameOver(temporary, path);
			} catch (error) {
				await rm(temporary, { force: true });
				throw error;
			}
			await syncFolder(dirname(path));
		},
	};
}

/** Writes a whole file or none: see createAtomicFile. `mode` is that of a new file before the umask (default 0666). */
export async function writeFileAtomic(path: string, bytes: Uint8Array | string, options: { mode?: number } = {}): Promise<void> {
	const file = await createAtomicFile(path, options);
	try {
		await file.write(typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes);
		await file.commit();
	} finally {
		await file.abort();
	}
}

/** Makes a folder and those above it where they are missing. `mode` is that of new ones before the umask (default 0777). */
export async function ensureFolder(path: string, mode = 0o777): Promise<void> {
	try {
		await mkdir(path, { recursive: true, mode });
	} catch (error) {
		if (!isMissing(error)) throw error;
		ensureFolderSync(path, mode);
	}
}

/** The same at once, for what opens a data folder. */
export function ensureFolderSync(path: string, mode = 0o777): void {
	try {
		mkdirSync(path, { recursive: true, mode });
	} catch (error) {
		if (!isMissing(error)) throw error;
		// On a disk that may not be written node answers that the folder above is missing; making the highest missing one says why.
		let highest = path;
		while (!existsSync(dirname(highest)) && dirname(highest) !== highest) highest = dirname(highest);
		mkdirSync(highest, { mode });
		mkdirSync(path, { recursive: true, mode });
	}
}

function isMissing(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** Brings the names in a folder to the disk. Windows cannot and needs not: there a rename is journalled by the file system. */
export async function syncFolder(path: string): Promise<void> {
	if (process.platform === 'win32') return;
	const handle = await open(path, 'r');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

/**
 * Removes the temporary files that a killed process left in a folder: those of our naming that are older than a day, so that one
 * which another process is writing stays. Gives the names removed.
 */
export async function sweepTemporaryFiles(folder: string, clock: Clock): Promise<string[]> {
	const removed: string[] = [];
	for (const name of await readdir(folder)) {
		if (!TEMPORARY_NAME.test(name)) continue;
		const path = join(folder, name);
		const ageMs = clock.now().getTime() - (await stat(path)).mtimeMs;
		if (ageMs < STALE_AFTER_MS) continue;
		await rm(path, { force: true });
		removed.push(name);
	}
	return removed;
}

async function writeWhole(handle: FileHandle, bytes: Uint8Array): Promise<void> {
	let written = 0;
	while (written < bytes.length) {
		const { bytesWritten } = await handle.write(bytes, written, bytes.length - written);
		written += bytesWritten;
	}
}

async function renameOver(from: string, to: string): Promise<void> {
	for (let attempt = 1; ; attempt++) {
		try {
			await rename(from, to);
			return;
		} catch (error) {
			const code = error instanceof Error && 'code' in error ? String(error.code) : '';
			if (process.platform !== 'win32' || attempt === RENAME_ATTEMPTS || !HELD_BY_ANOTHER.has(code)) throw error;
			await delay(RENAME_FIRST_DELAY_MS * 2 ** attempt);
		}
	}
}
