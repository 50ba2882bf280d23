import { createClient } from '#main/app/client.ts';
import { openApp } from '#main/app/open-app.ts';
import { userById } from '#main/access/index.ts';
import { systemClock } from '#main/platform/clock.ts';

/**
 * A process of its own that builds a package anew and prints the job. Arguments: data folder, company, period, and perhaps the file of
 * the archive at which it kills itself, as a power cut would.
 */
const [dataFolder = '', companyId = '', period = '', killAt] = process.argv.slice(2);
const app = await openApp({ dataFolder, env: { LEDGERSEAL_SECRET_STORE: 'file' }, clock: systemClock, onWarning: () => {} });
const user = app.runner.read((db) => userById(db, 1)) ?? null;
const job = await createClient(app, user).packages.regenerate(
	{ companyId, period },
	{ onProgress: ({ text }) => void (text === killAt && process.kill(process.pid, 'SIGKILL')) },
);
process.stdout.write(JSON.stringify(job));
await app.close();
