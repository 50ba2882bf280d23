import type { MessagePort } from 'node:worker_threads';
import { present } from '#shared/kernel/assert.ts';
import { serveWork } from '#main/platform/jobs/serve-work.ts';
import type { WorkOrder } from '#main/platform/jobs/work-messages.ts';
import { jobKind } from './job-kinds.ts';

/** What domains have done in a thread of their own. */
export { serveStaging, type StagingThreadData } from '#main/imports/index.ts';
export type { WorkOrder } from '#main/platform/jobs/work-messages.ts';

/** Does the work of a job of any kind. */
export function serveJob(port: MessagePort, order: WorkOrder): Promise<void> {
	return serveWork(port, order, present(jobKind(order.kind), 'the kind of a job'));
}
