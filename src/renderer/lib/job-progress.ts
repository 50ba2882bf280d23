import { useCallback, useState } from 'react';
import { type DeskEvent, useDeskEvents } from '#renderer/lib/events.ts';

export interface JobProgress {
	/** 0 to 1. */
	readonly fraction: number;
	readonly text: string;
}

/** How far the jobs under way are, as the program tells it. */
export function useJobsProgress(): ReadonlyMap<string, JobProgress> {
	const [progress, setProgress] = useState<ReadonlyMap<string, JobProgress>>(new Map());
	const listen = useCallback((event: DeskEvent) => {
		if (event.kind === 'job') setProgress((known) => new Map(known).set(event.jobId, { fraction: event.fraction, text: event.text }));
	}, []);
	useDeskEvents(listen);
	return progress;
}
