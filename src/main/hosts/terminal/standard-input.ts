import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#shared/kernel/app-error.ts';

const NOTHING_COMES = 'Standard input is the keyboard. Give a file, or pipe the content in.';

/** All of standard input as text. Refuses FILE_UNREADABLE where it is a keyboard or no UTF-8. */
export async function readStandardInput(stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean }): Promise<string> {
	if (stdin.isTTY) throw new AppError('FILE_UNREADABLE', NOTHING_COMES, { path: '-' });
	const chunks: Buffer[] = [];
	for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
	return utf8Text(Buffer.concat(chunks), 'Standard input');
}

/** Text of UTF-8 bytes without a byte order mark. Refuses FILE_UNREADABLE. */
export function utf8Text(bytes: Uint8Array, what: string): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch (error) {
		throw new AppError('FILE_UNREADABLE', `${what} is no UTF-8 text. Save it as UTF-8 and try again.`, { path: what }, { cause: error });
	}
}

/** Standard input as a file of a temporary folder, for readers that go over a file more than once. Gone when `use` has ended. */
export async function withStandardInputFile<Output>(
	stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean },
	name: string,
	use: (path: string) => Promise<Output>,
): Promise<Output> {
	if (stdin.isTTY) throw new AppError('FILE_UNREADABLE', NOTHING_COMES, { path: '-' });
	const folder = await mkdtemp(join(tmpdir(), 'ledgerseal-input-'));
	try {
		const path = join(folder, name);
		await pipeline(stdin, createWriteStream(path, { mode: 0o600 }));
		return await use(path);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
