import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { Places } from './places.tsx';
import type { Client } from '#shared/contract/client.ts';
import { createClient } from '#renderer/lib/client.ts';
import { connect, type Connection } from '#renderer/lib/connection.ts';
import { type DeskState, ProgramContext } from '#renderer/lib/program.tsx';
import { useText } from '#renderer/lib/texts.ts';
import { useProgramEvents } from '#renderer/lib/events.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Waiting } from '#renderer/ui/waiting.tsx';
import { LostProgram } from './lost-program.tsx';

interface Opened {
	readonly connection: Connection;
	readonly client: Client;
}

/** Connects to the program, finds out who sits here, and shows the places. */
export function Opening() {
	const text = useText();
	const [opened, setOpened] = useState<Opened | null>(null);
	const [desk, setDesk] = useState<DeskState | null>(null);
	const [error, setError] = useState<unknown>(null);
	const [isLost, setLost] = useState(false);
	useEffect(() => {
		void open().catch(setError);
		async function open(): Promise<void> {
			const connection = await openOnce();
			void connection.lost.then(() => setLost(true));
			setOpened({ connection, client: createClient(connection.wire) });
			setDesk(await connection.wire.desk.show());
		}
	}, []);
	if (error !== null) return <ErrorNotice error={error} />;
	if (isLost) return <LostProgram />;
	if (opened === null || desk === null) return <Waiting what={text('frame.connecting')} isPage />;
	return <Inside {...opened} desk={desk} setDesk={setDesk} />;
}

// One connection for the page, however often the component is mounted.
let opening: Promise<Connection> | null = null;
function openOnce(): Promise<Connection> {
	opening ??= connect();
	return opening;
}

function Inside({ connection, client, desk, setDesk }: Opened & { readonly desk: DeskState; readonly setDesk: (desk: DeskState) => void }) {
	const queries = useQueryClient();
	useProgramEvents(connection, queries);
	const view = useMemo(() => ({ connection, client, desk, setDesk }), [connection, client, desk, setDesk]);
	return (
		<ProgramContext value={view}>
			<Places />
		</ProgramContext>
	);
}
