import type { TerminalContext } from './context.ts';
import { longWork } from './long-work.ts';

export interface VerifyFileOptions {
	/** Whose keys count as known, where there are books. */
	readonly dataFolder: string;
	readonly expectedKey?: string | undefined;
	/** Absolute path of an earlier package. */
	readonly previous?: string | undefined;
}

/** Verifies a close package from its file, with a progress bar. `file` is absolute. Refuses PACKAGE_UNREADABLE, PACKAGE_DIFFERS, INPUT_INVALID. */
export async function verifyFile(context: TerminalContext, file: string, { dataFolder, expectedKey, previous }: VerifyFileOptions) {
	const [{ verifyPackageFile }, { fingerprintsOfBooks }] = await Promise.all([import('#main/app/verify-package.ts'), import('#main/app/books-keys.ts')]);
	return longWork(context, 'verifying', ({ onProgress }) =>
		verifyPackageFile(file, {
			expectedKey,
			previous,
			knownFingerprints: fingerprintsOfBooks(dataFolder),
			onProgress,
		}),
	);
}
