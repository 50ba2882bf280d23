import { packageJob } from '#main/packages/index.ts';
import type { JobKind } from '#main/platform/jobs/job-kind.ts';

const KINDS: readonly JobKind[] = [packageJob];

/** The kind of a stored job; undefined where a later program queued it. */
export function jobKind(name: string): JobKind | undefined {
	return KINDS.find((kind) => kind.name === name);
}
