import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Client } from '#shared/contract/client.ts';
import { createClient } from '#renderer/lib/client.ts';
import { connect, type Connection } from '#renderer/lib/connection.ts';
import type { DeskState } from '#renderer/lib/program.tsx';

export interface Opened {
	readonly connection: Connection;
	readonly client: Client;
	/** As the desk answered when the connection was made. */
	readonly desk: DeskState;
}

/** RECONNECTING: the line of a browser was cut and is made again, while the page stays as it is. LOST: there is no program any more. */
type LineState = 'LIVE' | 'RECONNECTING' | 'LOST';

/** A program that lives answers at once; a machine that woke up may take a while. */
const WAITS_MS = [200, 500, 1000, 2000, 4000, 8000] as const;

/** The connection of the page, made again where its line was cut. */
export function useConnection(): { readonly opened: Opened | null; readonly error: unknown; readonly state: LineState } {
	const [opened, setOpened] = useState<Opened | null>(null);
	const [error, setError] = useState<unknown>(null);
	const [state, setState] = useState<LineState>('LIVE');
	const queries = useQueryClient();
	useEffect(() => {
		openOnce().then(setOpened, setError);
	}, []);
	const connection = opened?.connection;
	const isStale = useRef(false);
	useEffect(() => {
		if (connection === undefined) return;
		let isLeft = false;
		// What happened while the line was cut was told to nobody here.
		if (isStale.current) void queries.invalidateQueries();
		isStale.current = false;
		void connection.lost.then(async () => {
			if (isLeft) return;
			setState(connection.canReconnect ? 'RECONNECTING' : 'LOST');
			const again = connection.canReconnect ? await openAgain() : null;
			if (isLeft) return;
			isStale.current = again !== null;
			if (again !== null) setOpened(again);
			setState(again === null ? 'LOST' : 'LIVE');
		});
		return () => {
			isLeft = true;
		};
	}, [connection, queries]);
	return { opened, error, state };
}

// One connection for the page, however often the component is mounted.
let opening: Promise<Opened> | null = null;
function openOnce(): Promise<Opened> {
	opening ??= open();
	return opening;
}

async function open(): Promise<Opened> {
	const connection = await connect();
	return { connection, client: createClient(connection.wire), desk: await connection.wire.desk.show() };
}

/** null: the program did not answer for as long as is worth waiting. */
async function openAgain(tried = 0): Promise<Opened | null> {
	const wait = WAITS_MS[tried];
	if (wait === undefined) return null;
	await new Promise((resolve) => setTimeout(resolve, wait));
	return open().catch(() => openAgain(tried + 1));
}
