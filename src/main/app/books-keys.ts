import { existsSync } from 'node:fs';
import { openConnection, type ReadDb, readDbOf } from '#main/platform/database/connection.ts';
import { dataPaths } from './data-paths.ts';

/** The fingerprints of all keys that the books of a data folder ever signed with. */
export function signingFingerprints(db: ReadDb): string[] {
	return db.column<string>('SELECT fingerprint FROM signing_keys');
}

/**
 * The same where no program is open on the data folder, so that a package's signer is known; none where there are no books.
 * The data folder is only read: nothing is made, migrated or recorded.
 */
export function fingerprintsOfBooks(dataFolder: string): string[] {
	const { database } = dataPaths(dataFolder);
	if (!existsSync(database)) return [];
	try {
		const connection = openConnection(database, 'read');
		try {
			return signingFingerprints(readDbOf(connection));
		} finally {
			connection.close();
		}
	} catch {
		// Books of another release, or a file that is none: they know no key, and the package is verified all the same.
		return [];
	}
}
