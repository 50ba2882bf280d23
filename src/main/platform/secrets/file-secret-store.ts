import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { assert } from '#shared/kernel/assert.ts';
import { mapFault } from '../faults.ts';
import { syncFolder, writeFileAtomic } from '../files.ts';
import { sha256Hex } from '../signing.ts';
import { keyUnavailable, MAX_SECRET_BYTES, type SecretStore } from './secret-store.ts';

/** What every host shows while secrets are kept in files. */
export const FILE_STORE_WARNING =
	'Secrets are kept in files of the data folder, not in the keychain (LEDGERSEAL_SECRET_STORE=file). ' +
	'Whoever can read that folder can sign closes in your name. Use it on servers and in tests only.';

/**
 * Secrets as files: one per name, named by the SHA-256 of the name, mode 0600 in a folder of mode 0700, each written whole or
 * not at all.
 */
export function openFileSecretStore(folder: string): SecretStore {
	try {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		// mkdir leaves the mode of a folder that was there.
		chmodSync(folder, 0o700);
	} catch (error) {
		throw keyUnavailable('the folder of the secrets cannot be made', error);
	}
	const pathOf = (name: string): string => join(folder, `${sha256Hex(name)}.secret`);
	return {
		kind: 'file',
		// Read synchronously: a start reads one secret, and the detour over the thread pool costs more than the reading.
		get: async (name) => {
			try {
				return readFileSync(pathOf(name), 'utf8');
			} catch (error) {
				if (isMissing(error)) return null;
				throw keyUnavailable('the file of the secret cannot be read', error);
			}
		},
		set: async (name, value) => {
			assert(value !== '' && Buffer.byteLength(value) <= MAX_SECRET_BYTES, 'a secret has 1 to 2048 bytes');
			try {
				await writeFileAtomic(pathOf(name), value, { mode: 0o600 });
			} catch (error) {
				// A full disk is no missing keychain: what is sealed without a key because of it would stay unsigned for ever.
				const fault = mapFault(error);
				throw fault?.code === 'DISK_FULL' ? fault : keyUnavailable('the file of the secret cannot be written', error);
			}
		},
		delete: async (name) => {
			try {
				await rm(pathOf(name), { force: true });
				await syncFolder(folder);
			} catch (error) {
				throw keyUnavailable('the file of the secret cannot be removed', error);
			}
		},
	};
}

function isMissing(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
