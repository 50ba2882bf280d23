import { AppError } from '#shared/kernel/app-error.ts';

/**
 * Where passwords and keys live. Names are chosen by the program (`signing-key/<company uuid>`), values are texts of 1 to
 * 2048 bytes of UTF-8: the Windows keychain takes no more.
 */
export interface SecretStore {
	readonly kind: 'keychain' | 'file' | 'none';
	/** The value, or null where there is none of that name. Refuses KEY_UNAVAILABLE. */
	get(name: string): Promise<string | null>;
	/** Refuses KEY_UNAVAILABLE, and DISK_FULL where secrets are files; then nothing was stored. */
	set(name: string, value: string): Promise<void>;
	/** Nothing happens where there is none of that name. Refuses KEY_UNAVAILABLE. */
	delete(name: string): Promise<void>;
}

export const MAX_SECRET_BYTES = 2048;

const NEXT_STEP =
	'Sign in to the desktop and unlock its keychain (on Linux a Secret Service such as GNOME Keyring or KWallet), or, on a server, ' +
	'set LEDGERSEAL_SECRET_STORE=file to keep secrets in files of the data folder that only this user can read.';

/** The refusal of everything that needs a secret where there is no place for secrets. `details.reason` is what the system said. */
export function keyUnavailable(reason: string, cause?: unknown): AppError {
	return new AppError('KEY_UNAVAILABLE', `This computer's keychain cannot be used. ${NEXT_STEP}`, { reason }, { cause });
}

/** The store of a machine without a keychain: it keeps nothing and refuses everything with KEY_UNAVAILABLE. */
export function refusingSecretStore(reason: string, cause?: unknown): SecretStore {
	const refuse = async (): Promise<never> => {
		throw keyUnavailable(reason, cause);
	};
	return { kind: 'none', get: refuse, set: refuse, delete: refuse };
}
