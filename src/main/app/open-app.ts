import { join } from 'node:path';
import { lastInstant } from '#main/audit/index.ts';
import type { Clock } from '#main/platform/clock.ts';
import { type Connection, openConnection } from '#main/platform/database/connection.ts';
import { latestVersion, loadMigrations, migrate } from '#main/platform/database/migrations.ts';
import { programFolder } from '#main/platform/database/program-folder.ts';
import { guardSchema } from '#main/platform/database/schema-guard.ts';
import { mapFault } from '#main/platform/faults.ts';
import { ensureFolderSync } from '#main/platform/files/atomic-file.ts';
import { type Log, openLog } from '#main/platform/log.ts';
import type { DataPaths, Limits } from '#main/platform/run/handlers.ts';
import { createRunner, type Runner } from '#main/platform/run/write-path.ts';
import { openSecretStore, type SecretStore } from '#main/platform/secrets/index.ts';
import { uuidV7 } from '#main/platform/ids.ts';
import { type Attendance, attend } from './attendance.ts';
import { dataPaths } from './data-paths.ts';
import { limitsFrom } from './limits.ts';
import type { Commit } from './program-context.ts';
import { recordForEveryCompany, type StartReport, startChecks } from './start-checks.ts';

export interface AppOptions {
	/** Absolute. Made where it is missing. */
	readonly dataFolder: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly clock: Clock;
	/** Texts that every host shows for as long as they hold. */
	readonly onWarning: (text: string) => void;
	/** Outputs are checked against the contract as well (tests). */
	readonly checkOutputs?: boolean;
	readonly onCommitted?: (commit: Commit) => void;
}

/** An open data folder with everything that hosts and the worker need. */
export interface App {
	readonly paths: DataPaths;
	readonly clock: Clock;
	readonly limits: Limits;
	readonly log: Log;
	readonly runner: Runner;
	readonly checkOutputs: boolean;
	readonly started: StartReport;
	/** Told of every commit of a call or a job of this process, once it stands. */
	readonly onCommitted?: ((commit: Commit) => void) | undefined;
	/** Opened when a secret is first needed. */
	secrets(): Promise<SecretStore>;
	close(): Promise<void>;
}

/**
 * Opens (or makes) a data folder: identity, migrations forward with a backup before them, the schema guard, the check after an
 * unclean stop, and the heads that show an older copy put back.
 * Refuses INPUT_INVALID (a limit in the environment), DISK_READ_ONLY, DISK_FULL, DATABASE_NOT_OURS, DATABASE_TOO_NEW, DATABASE_DAMAGED.
 */
export async function openApp(options: AppOptions): Promise<App> {
	const paths = dataPaths(options.dataFolder);
	const limits = limitsFrom(options.env);
	let connection: Connection | null = null;
	let attendance: Attendance | null = null;
	try {
		ensureFolderSync(paths.root, 0o700);
		attendance = attend(paths, options.clock);
		connection = openConnection(paths.database, 'write');
		bringForward(connection, paths, options.clock);
		const schemaFinding = guardSchema(connection);
		const runner = createRunner(connection, options.clock, {
			lastInstant,
			onClockSetBack: (tx, clock, last) => recordForEveryCompany(tx, 'CLOCK_SET_BACK', { clock, last }),
			mapFault: (error) => mapFault(error) ?? error,
		});
		let store: Promise<SecretStore> | null = null;
		const secrets = () => {
			store ??= openSecretStore({ dataFolder: paths.root, env: options.env, onWarning: options.onWarning });
			return store;
		};
		const log = openLog({ dataFolder: paths.root, clock: options.clock });
		const started = await startChecks({ runner, secrets, schemaFinding, log, onWarning: options.onWarning });
		attendance.checkDatabase(log, options.onWarning);
		const app: App = {
			paths,
			clock: options.clock,
			limits,
			log,
			runner,
			checkOutputs: options.checkOutputs ?? false,
			started,
			onCommitted: options.onCommitted,
			secrets,
			close: () => closeApp(connection, attendance),
		};
		// After an unclean stop, and once a day.
		if (attendance.isCheckDue) await (await import('./sweep.ts')).sweepDataFolder(app);
		return app;
	} catch (error) {
		connection?.close();
		await attendance?.leave();
		throw mapFault(error) ?? error;
	}
}

async function closeApp(connection: Connection | null, attendance: Attendance | null): Promise<void> {
	await attendance?.leave();
	connection?.close();
}

function bringForward(connection: Connection, paths: DataPaths, clock: Clock): void {
	const folder = join(programFolder(), 'drizzle');
	if (connection.raw.pragma('user_version', { simple: true }) === latestVersion(folder)) return;
	const instant = clock.now().toISOString();
	migrate(connection, loadMigrations(folder), { instant, backupFolder: paths.backups, databaseUuid: uuidV7(clock) });
}
