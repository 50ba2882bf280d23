import { assert } from '#shared/kernel/assert.ts';
import { keyUnavailable, MAX_SECRET_BYTES, refusingSecretStore, type SecretStore } from './secret-store.ts';

export interface Keychain {
	getPassword(service: string, account: string): Promise<string | null>;
	setPassword(service: string, account: string, password: string): Promise<void>;
	deletePassword(service: string, account: string): Promise<boolean>;
}

const SERVICE = 'Ledgerseal';
const PROBE_NAME = 'probe';

/** Loads the operating system's keychain only now: its native library costs a start that needs no secret nothing. */
export async function loadKeychain(): Promise<Keychain> {
	const module: { readonly default?: Keychain } & Partial<Keychain> = await import('keytar');
	const keychain = module.default ?? (module as Keychain);
	return keychain;
}

/**
 * The keychain of the operating system (Keychain, Credential Manager, Secret Service), tried once by asking for a name that is
 * not there; where it cannot be used, a store that refuses everything.
 */
export async function openKeychainSecretStore(load: () => Promise<Keychain>): Promise<SecretStore> {
	let keychain: Keychain;
	try {
		keychain = await load();
		await keychain.getPassword(SERVICE, PROBE_NAME);
	} catch (error) {
		return refusingSecretStore(reasonOf(error), error);
	}
	return {
		kind: 'keychain',
		get: (name) => mapped(() => keychain.getPassword(SERVICE, name)),
		set: async (name, value) => {
			assert(value !== '' && Buffer.byteLength(value) <= MAX_SECRET_BYTES, 'a secret has 1 to 2048 bytes');
			await mapped(() => keychain.setPassword(SERVICE, name, value));
		},
		delete: async (name) => {
			await mapped(() => keychain.deletePassword(SERVICE, name));
		},
	};
}

// The keychain throws plain errors without codes, differently worded on each system: all of them mean the same here.
async function mapped<T>(call: () => Promise<T>): Promise<T> {
	try {
		return await call();
	} catch (error) {
		throw keyUnavailable(reasonOf(error), error);
	}
}

function reasonOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
