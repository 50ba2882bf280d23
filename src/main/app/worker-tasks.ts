import type { MessagePort } from 'node:worker_threads';
import { present } from '#shared/kernel/assert.ts';
import { serveWork } from '#main/platform/jobs/serve-work.ts';
import { jobKind } from './job-kinds.ts';

/** What domains have done in a thread of their own. */
export type { ProgramThreadData } from './program-messages.ts';
export { serveStaging, type StagingThreadData } from '#main/imports/index.ts';

/** Does the work of jobs of every kind, one after the other. */
export function serveJobs(port: MessagePort): void {
	serveWork(port, (name) => present(jobKind(name), 'the kind of a job'));
}
