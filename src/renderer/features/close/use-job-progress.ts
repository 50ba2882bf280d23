import { useCallback, useState } from 'react';
import { type DeskEvent, useDeskEvents } from '#renderer/lib/events.ts';
import type { PackageJob } from './use-close-view.ts';

/** How far a job is: by its own events, and before the first of them as it is stored. */
export function useJobProgress(job: PackageJob | null): { readonly fraction: number; readonly text: string } {
	const [told, setTold] = useState<{ readonly jobId: string; readonly fraction: number; readonly text: string } | null>(null);
	const listen = useCallback((event: DeskEvent) => {
		if (event.kind === 'job') setTold({ jobId: event.jobId, fraction: event.fraction, text: event.text });
	}, []);
	useDeskEvents(listen);
	if (told !== null && told.jobId === job?.jobId) return told;
	return { fraction: job?.progress ?? 0, text: '' };
}
