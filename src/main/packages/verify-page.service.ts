import { existsSync, readFileSync } from 'node:fs';
import { assert } from '#shared/kernel/assert.ts';
import { verifyPageFile } from '#main/platform/database/program-folder.ts';

/** The bytes of verify.html as the build made it: the same in every package of this release. */
export function verifyPage(): Uint8Array {
	const file = verifyPageFile();
	assert(existsSync(file), `${file} is not there: the build makes it, so run \`npm run build\` first, or install the program again`);
	return readFileSync(file);
}
