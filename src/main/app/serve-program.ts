import type { MessagePort } from 'node:worker_threads';
import { type Clock, fixedClock, systemClock } from '#main/platform/clock.ts';
import { openConnection } from '#main/platform/database/connection.ts';
import { dataVersionOf } from '#main/platform/database/upkeep.ts';
import { failureOf } from '#main/platform/failure.ts';
import { mapFault } from '#main/platform/faults.ts';
import { type Log, openLog } from '#main/platform/log.ts';
import { createReadRunner } from '#main/platform/run/write-path.ts';
import { refusingSecretStore } from '#main/platform/secrets/index.ts';
import { dataPaths } from './data-paths.ts';
import type { Served } from './dispatch.ts';
import { startJobRunner } from './jobs.ts';
import { limitsFrom } from './limits.ts';
import { type App, type Commit, openApp } from './open-app.ts';
import { answerCalls, type Calls } from './program-calls.ts';
import { watchJobs } from './program-jobs.ts';
import { keepLogShort } from './program-log-keeping.ts';
import type { FromThread, ProgramThreadData, ThreadSettings, ToThread } from './program-messages.ts';

const LOOK_ELSEWHERE_EVERY_MS = 1000;

/** One thread of a program that stays open: see `openProgram`, which is its other end. */
export async function serveProgram(port: MessagePort, { place, settings }: ProgramThreadData): Promise<void> {
	const say = (message: FromThread): void => port.postMessage(message);
	const clock = settings.clock ? fixedClock(settings.clock.instant, settings.clock.stepMs) : systemClock;
	const log = openLog({ dataFolder: settings.dataFolder, clock });
	if (place !== 'writer') return serveReader(port, settings, clock, log, say);
	try {
		await serveWriter(port, settings, clock, log, say);
	} catch (error) {
		say({ refused: failureOf(error, (bug) => log.logFault(bug)) });
		port.close();
	}
}

async function serveWriter(port: MessagePort, settings: ThreadSettings, clock: Clock, log: Log, say: (message: FromThread) => void): Promise<void> {
	let onCommitted: ((commit: Commit) => void) | null = null;
	const app = await openApp({
		dataFolder: settings.dataFolder,
		env: settings.env,
		clock,
		checkOutputs: settings.checkOutputs,
		onWarning: (warning) => say({ warning }),
		onCommitted: (commit) => onCommitted?.(commit),
	});
	const { runner } = app;
	const jobs = watchJobs(
		() => runner.db,
		(job) => say({ job }),
	);
	const keeping = keepLogShort(runner.db, log);
	onCommitted = ({ companyId, action, isRecorded }) => {
		if (isRecorded) say({ change: { companyId, action, origin: 'here' } });
		jobs.look();
		keeping.written(action);
	};
	const elsewhere = watchOthers(app, log, () => {
		say({ change: { companyId: null, action: null, origin: 'elsewhere' } });
		jobs.look();
	});
	const calls = answerCalls(() => app, log, say);
	const jobRunner = startJobRunner(app, { onProgress: jobs.progressed });
	say({ opened: app.started });
	jobs.look();
	hear(port, calls, async () => {
		await Promise.all([calls.done(), jobRunner.stop()]);
		clearInterval(elsewhere);
		keeping.stop();
		await app.close();
	});
}

/** Only this thread writes in this process, so what its connection did not commit came from another one. */
function watchOthers({ runner }: App, log: Log, onChange: () => void): NodeJS.Timeout {
	let seen = dataVersionOf(runner.db);
	const look = (): void => {
		try {
			const version = dataVersionOf(runner.db);
			if (version === seen) return;
			seen = version;
			onChange();
		} catch (error) {
			log.write('warning', 'it could not be seen whether another process wrote', { error });
		}
	};
	return setInterval(look, LOOK_ELSEWHERE_EVERY_MS).unref();
}

/** A reader opens the books with its first call: by then the writer has made or migrated them. */
function serveReader(port: MessagePort, settings: ThreadSettings, clock: Clock, log: Log, say: (message: FromThread) => void): void {
	let opened: { readonly served: Served; close(): void } | null = null;
	const open = () => {
		const paths = dataPaths(settings.dataFolder);
		const limits = limitsFrom(settings.env);
		const connection = openConnection(paths.database, 'read');
		const served: Served = {
			paths,
			clock,
			limits,
			runner: createReadRunner(connection, (error) => mapFault(error) ?? error),
			checkOutputs: settings.checkOutputs,
			// What only reads needs no secret; a keychain is not asked for nothing.
			secrets: async () => refusingSecretStore('a thread that reads'),
			onCommitted: undefined,
		};
		return { served, close: () => connection.close() };
	};
	const calls = answerCalls(
		() => {
			opened ??= open();
			return opened.served;
		},
		log,
		say,
	);
	hear(port, calls, async () => {
		await calls.done();
		opened?.close();
	});
}

function hear(port: MessagePort, calls: Calls, close: () => Promise<void>): void {
	port.on('message', (message: ToThread) => {
		if ('call' in message) calls.take(message);
		else if ('cancel' in message) calls.cancel(message.cancel, message.reason);
		else void close().finally(() => port.close());
	});
}
