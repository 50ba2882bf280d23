import type { QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { z } from 'zod';
import type { deskEvent } from '#shared/contract/desk.contract.ts';
import type { Connection } from './connection.ts';
import { forget } from './queries.ts';

export type DeskEvent = z.output<typeof deskEvent>;
type Listener = (event: DeskEvent) => void;

const listeners = new Set<Listener>();

/** Hears every event of the program while the component is shown (progress of jobs, what the menu asks). */
export function useDeskEvents(listener: Listener): void {
	useEffect(() => {
		listeners.add(listener);
		return () => {
			listeners.delete(listener);
		};
	}, [listener]);
}

/** Follows the program's events for as long as the page lives: what changed is asked again, the rest is passed on. */
export function useProgramEvents(connection: Connection, queries: QueryClient): void {
	useEffect(() => {
		const leaving = new AbortController();
		void follow(connection, queries, leaving.signal).catch(() => undefined);
		return () => leaving.abort();
	}, [connection, queries]);
}

async function follow(connection: Connection, queries: QueryClient, signal: AbortSignal): Promise<void> {
	for await (const event of await connection.wire.desk.events(undefined, { signal })) {
		if (event.kind === 'change') await forget(queries, event.companyId);
		if (event.kind === 'job') await queries.invalidateQueries({ queryKey: [event.companyId, 'packages'] });
		for (const listener of listeners) listener(event);
	}
}
