import { readFile } from 'node:fs/promises';
import { AppError } from '#shared/kernel/app-error.ts';

/** A fingerprint as typed, PEM text as typed, or the content of a PEM file. Refuses FILE_UNREADABLE. */
export async function readExpectedKey(path: (typed: string) => string, typed: string): Promise<string> {
	if (typed.includes('-----BEGIN') || !/[./\\]/.test(typed)) return typed;
	try {
		return await readFile(path(typed), 'utf8');
	} catch (error) {
		throw new AppError(
			'FILE_UNREADABLE',
			`The key file ${path(typed)} cannot be read. Give a PEM file or a fingerprint.`,
			{ path: path(typed) },
			{ cause: error },
		);
	}
}
