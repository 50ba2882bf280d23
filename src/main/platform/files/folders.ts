import { access, constants, statfs, unlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, posix, win32 } from 'node:path';
import { AppError } from '#shared/kernel/app-error.ts';
import { mapFault } from '../faults.ts';
import { ensureFolder } from './atomic-file.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where the books lie unless the user says otherwise: `%APPDATA%\Ledgerseal` on Windows, `~/Library/Application Support/Ledgerseal`
 * on macOS, `$XDG_DATA_HOME/ledgerseal` or `~/.local/share/ledgerseal` elsewhere (XDG Base Directory Specification 0.8, which
 * tells to ignore a relative XDG_DATA_HOME).
 */
export function defaultDataFolder(env: Environment, platform: NodeJS.Platform): string {
	if (platform === 'win32') {
		const roaming = env.APPDATA || win32.join(env.USERPROFILE || homedir(), 'AppData', 'Roaming');
		return win32.join(roaming, 'Ledgerseal');
	}
	const home = env.HOME || homedir();
	if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Ledgerseal');
	const data = env.XDG_DATA_HOME;
	return posix.join(data && posix.isAbsolute(data) ? data : posix.join(home, '.local', 'share'), 'ledgerseal');
}

/**
 * Makes sure that a folder is there, can be written, and has room for `neededBytes` more.
 * Refuses DISK_READ_ONLY (details.path) or DISK_FULL (details.path, freeBytes, neededBytes).
 */
export async function requireWritableFolder(path: string, neededBytes = 0): Promise<void> {
	try {
		await ensureFolder(path);
		await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
		await tryToWrite(path);
	} catch (error) {
		throw folderRefusal(error, path);
	}
	const { bavail, bsize } = await statfs(path);
	const freeBytes = bavail * bsize;
	if (freeBytes < neededBytes) {
		throw new AppError(
			'DISK_FULL',
			`The disk of ${path} has ${megabytes(freeBytes)} free and ${megabytes(neededBytes)} are needed. Free some space, or choose a folder on another disk.`,
			{ path, freeBytes, neededBytes },
			{ retryable: true },
		);
	}
}

// The permission bits alone don't know of a disk mounted read-only by an access list, nor of quotas: only writing tells.
async function tryToWrite(folder: string): Promise<void> {
	const probe = join(folder, `.ledgerseal-${process.pid}-${Math.random().toString(36).slice(2)}.probe`);
	await writeFile(probe, 'probe', { flag: 'wx' });
	await unlink(probe);
}

function folderRefusal(error: unknown, path: string): unknown {
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	if (code === 'ENOTDIR' || code === 'EEXIST') {
		return new AppError('DISK_READ_ONLY', `${path} is or lies below a file, so it cannot be a folder. Choose another folder.`, { path }, { cause: error });
	}
	const fault = mapFault(error);
	if (fault?.code !== 'DISK_READ_ONLY') return fault ?? error;
	return new AppError('DISK_READ_ONLY', `The folder ${path} cannot be written. Allow writing to it, or choose another folder.`, { path }, { cause: error });
}

function megabytes(bytes: number): string {
	return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
}
