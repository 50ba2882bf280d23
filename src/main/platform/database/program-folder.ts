import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assert } from '#shared/kernel/assert.ts';

let found: string | null = null;

/** The folder that holds the program's own files: `drizzle/` and `resources/` lie in it, from the sources and from the build alike. */
export function programFolder(): string {
	if (found) return found;
	let folder = dirname(fileURLToPath(import.meta.url));
	while (!existsSync(join(folder, 'drizzle')) && dirname(folder) !== folder) folder = dirname(folder);
	assert(existsSync(join(folder, 'drizzle')), "the program's own files are complete");
	found = folder;
	return folder;
}

/** verify.html, which the build puts together from src/verify. It need not be there: what cannot do without it says so. */
export function verifyPageFile(): string {
	return join(programFolder(), 'out', 'verify.html');
}
