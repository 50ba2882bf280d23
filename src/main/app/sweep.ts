import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { listCompanies } from '#main/companies/index.ts';
import { expirePackages } from '#main/packages/index.ts';
import { systemClock } from '#main/platform/clock.ts';
import { sweepTemporaryFiles } from '#main/platform/files.ts';
import type { Log } from '#main/platform/log.ts';
import { type Program, programDesk } from './program-context.ts';

/**
 * Puts a data folder in order: packages whose time is over expire and their files go; temporary files that a kill left in packages,
 * content and secrets go once they are a day old. Seals and signatures are in the books and never expire.
 * It never stops a start: what cannot be removed is in the log and is tried again the next time.
 */
export async function sweepDataFolder(app: Program & { readonly log: Log }): Promise<void> {
	try {
		for (const company of app.runner.read((db) => listCompanies(db))) await expirePackages(programDesk(app, company), company);
		for (const folder of [app.paths.packages, app.paths.content, app.paths.secrets]) await sweepBelow(folder);
	} catch (error) {
		app.log.write('warning', 'the data folder could not be put in order', { error: error instanceof Error ? error.message : String(error) });
	}
}

async function sweepBelow(folder: string): Promise<void> {
	const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
		throw error;
	});
	if (entries === null) return;
	// The age of a file is told by the machine's own clock, as the file system does.
	await sweepTemporaryFiles(folder, systemClock);
	for (const entry of entries) if (entry.isDirectory()) await sweepBelow(join(folder, entry.name));
}
