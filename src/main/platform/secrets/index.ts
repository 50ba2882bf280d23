import { join } from 'node:path';
import { AppError } from '#shared/kernel/app-error.ts';
import { FILE_STORE_WARNING, openFileSecretStore } from './file-secret-store.ts';
import { type Keychain, loadKeychain, openKeychainSecretStore } from './keychain-secret-store.ts';
import { refusingSecretStore, type SecretStore } from './secret-store.ts';

export { refusingSecretStore, type SecretStore } from './secret-store.ts';

export interface SecretStoreOptions {
	readonly dataFolder: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Called with a text that every host shows for as long as this store is in use. */
	readonly onWarning: (text: string) => void;
	/** Another keychain than the operating system's. */
	readonly loadKeychain?: () => Promise<Keychain>;
}

/**
 * The place for secrets, by `LEDGERSEAL_SECRET_STORE`: `keychain` (the default), `file` (in `<data folder>/secrets`; for servers
 * and tests, with a warning), `none` (refuses everything). A machine whose keychain cannot be used gets a store of kind `none`.
 * Opening the keychain loads a native library and asks it once (up to 70 ms without one): open it when a secret is needed.
 * Refuses INPUT_INVALID for another value of the variable, KEY_UNAVAILABLE where the folder cannot be made.
 */
export async function openSecretStore(options: SecretStoreOptions): Promise<SecretStore> {
	const choice = options.env.LEDGERSEAL_SECRET_STORE || 'keychain';
	switch (choice) {
		case 'keychain':
			return openKeychainSecretStore(options.loadKeychain ?? loadKeychain);
		case 'file': {
			const store = openFileSecretStore(join(options.dataFolder, 'secrets'));
			options.onWarning(FILE_STORE_WARNING);
			return store;
		}
		case 'none':
			return refusingSecretStore('LEDGERSEAL_SECRET_STORE=none');
		default:
			throw new AppError('INPUT_INVALID', `LEDGERSEAL_SECRET_STORE is "${choice}". Set it to keychain, file or none, or remove it.`, {
				variable: 'LEDGERSEAL_SECRET_STORE',
				value: choice,
			});
	}
}
