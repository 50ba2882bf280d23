import { parentPort, workerData } from 'node:worker_threads';
import { present, unreachable } from '#shared/kernel/assert.ts';
import { openConnection } from './platform/database/connection.ts';

import type { ProgramThreadData, StagingThreadData } from './app/worker-tasks.ts';

/** What a host may have a worker thread do. */
export type WorkerTask =
	| {
			readonly task: 'quick-check';
			/** Absolute path of the database. */
			readonly database: string;
	  }
	| ({ readonly task: 'stage' } & StagingThreadData)
	| { readonly task: 'jobs' }
	| ({ readonly task: 'program' } & ProgramThreadData);

/** SQLite's own check of pages and indexes; answers what it found, nothing where all is well. */
function quickCheck(database: string): string[] {
	const connection = openConnection(database, 'read');
	try {
		const rows = connection.raw.pragma('quick_check') as { quick_check: string }[];
		return rows.map((row) => row.quick_check).filter((text) => text !== 'ok');
	} finally {
		connection.close();
	}
}

const port = present(parentPort, 'the thread that asked');
const asked = workerData as WorkerTask;
switch (asked.task) {
	case 'quick-check':
		port.postMessage(quickCheck(asked.database));
		break;
	case 'stage': {
		const { serveStaging } = await import('./app/worker-tasks.ts');
		serveStaging(port, asked);
		break;
	}
	case 'jobs': {
		const { serveJobs } = await import('./app/worker-tasks.ts');
		serveJobs(port);
		break;
	}
	case 'program': {
		const { serveProgram } = await import('./app/serve-program.ts');
		await serveProgram(port, asked);
		break;
	}
	default:
		unreachable(asked);
}
