import { dataVersionOf } from '#main/platform/database/upkeep.ts';
import type { Log } from '#main/platform/log.ts';
import { type App, openApp } from './open-app.ts';
import { answerCalls, hear, type ThreadDesk } from './program-calls.ts';
import type { Commit } from './program-context.ts';
import { watchJobs } from './program-jobs.ts';
import { keepLogShort } from './program-log-keeping.ts';

const LOOK_ELSEWHERE_EVERY_MS = 1000;

/** The thread that writes: it opens the data folder, does all commands and all tasks that write, and runs the jobs. */
export async function serveWriter({ port, settings, clock, log, say }: ThreadDesk): Promise<void> {
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
	say({ opened: app.started });
	jobs.look();
	// What jobs need is much, and a first screen needs none of it.
	const runningJobs = import('./jobs.ts').then(({ startJobRunner }) => startJobRunner(app, { onProgress: (progress, job) => jobs.progressed(progress, job) }));
	hear(port, calls, async () => {
		await Promise.all([calls.done(), runningJobs.then((jobRunner) => jobRunner.stop())]);
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
