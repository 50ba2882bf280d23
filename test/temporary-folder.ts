import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whenFinished } from './when-finished.ts';

/** A new folder for the running test, or for those that share it; it is removed when they end. */
export function temporaryFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'ledgerseal-test-'));
	whenFinished(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}
