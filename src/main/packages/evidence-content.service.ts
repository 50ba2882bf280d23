import { createReadStream } from 'node:fs';
import { AppError } from '#shared/kernel/app-error.ts';
import { contentPath } from '#main/platform/files.ts';
import { createSha256 } from '#main/platform/signing.ts';

/**
 * Kept content as it streams into a package. Refuses FILE_UNREADABLE, naming the file as `what` does, where it is missing or is not
 * what its SHA-256 says.
 */
export async function* checkedContent(
	folder: string,
	sha256: string,
	what: string,
	place: Readonly<Record<string, unknown>>,
): AsyncGenerator<Uint8Array, void, undefined> {
	const hash = createSha256();
	try {
		for await (const chunk of createReadStream(contentPath(folder, sha256)) as AsyncIterable<Uint8Array>) {
			hash.update(chunk);
			yield chunk;
		}
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
		throw damaged(`${what} is missing`, sha256, place);
	}
	if (hash.digestHex() !== sha256) throw damaged(`${what} was changed`, sha256, place);
}

function damaged(what: string, sha256: string, place: Readonly<Record<string, unknown>>): AppError {
	return new AppError('FILE_UNREADABLE', `${what} in the data folder (${sha256}). Put the content folder of a backup back, and build the package again.`, {
		...place,
		sha256,
	});
}
