// Loaded before the built program (`node --import e2e/standin/register.ts out/main/index.js`) where the Electron runtime is not to be
// had: from here on `electron` is the stand-in beside this file. It may touch nobody's books, so it starts in tests only.
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = process.env.LEDGERSEAL_DATA_DIR;
if (process.env.LEDGERSEAL_TEST !== '1' || !folder || !resolve(folder).startsWith(resolve(tmpdir()) + sep)) {
	process.stderr.write('The stand-in for Electron is for tests: LEDGERSEAL_TEST=1, and LEDGERSEAL_DATA_DIR below the temporary folder.\n');
	process.exit(64);
}

const STAND_IN = pathToFileURL(resolve(import.meta.dirname, 'electron.ts')).href;
registerHooks({
	resolve: (specifier, context, next) => (specifier === 'electron' ? { url: STAND_IN, shortCircuit: true } : next(specifier, context)),
});
