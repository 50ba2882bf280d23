import { Box } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useProgramEvents } from '#renderer/lib/events.ts';
import { ProgramContext } from '#renderer/lib/program.tsx';
import { useText } from '#renderer/lib/texts.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Waiting } from '#renderer/ui/waiting.tsx';
import { VerifyDropped } from '#renderer/features/packages/verify-dropped.tsx';
import { useAsks } from './asks.ts';
import { useJobNews } from './job-news.tsx';
import { LostProgram, Reconnecting } from './lost-program.tsx';
import { Places } from './places.tsx';
import { type Opened, useConnection } from './use-connection.ts';

/** Connects to the program, finds out who sits here, and shows the places. */
export function Opening() {
	const text = useText();
	const { opened, error, state } = useConnection();
	if (error !== null) {
		return (
			<Box p="md">
				<ErrorNotice error={error} />
			</Box>
		);
	}
	if (state === 'LOST') return <LostProgram />;
	if (opened === null) return <Waiting what={text('frame.connecting')} isPage />;
	return (
		<>
			<Inside opened={opened} />
			{state === 'RECONNECTING' && <Reconnecting />}
		</>
	);
}

function Inside({ opened }: { readonly opened: Opened }) {
	const { connection, client } = opened;
	const queries = useQueryClient();
	// The desk as it was answered last: by the connection, then by each sign-in and sign-out on it.
	const [answered, setAnswered] = useState({ connection, desk: opened.desk });
	const desk = answered.connection === connection ? answered.desk : opened.desk;
	useProgramEvents(connection, queries);
	const view = useMemo(
		() => ({ connection, client, desk, setDesk: (next: typeof desk) => setAnswered({ connection, desk: next }) }),
		[connection, client, desk],
	);
	return (
		<ProgramContext value={view}>
			<Surroundings />
			<Places />
			<VerifyDropped />
		</ProgramContext>
	);
}

/** What goes on beside the page: news of jobs, and what the menu and the machine ask. */
function Surroundings() {
	useAsks();
	useJobNews();
	return null;
}
