import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { createQueryClient } from '#renderer/lib/queries.ts';
import { useViewState } from '#renderer/lib/view-state.ts';
import { useAskBeforeLeaving } from './ask-before-leaving.tsx';
import { useDropGuard } from './drop-guard.ts';
import { Opening } from './opening.tsx';
import { theme } from './theme.ts';

export function App() {
	useDropGuard();
	const [queries] = useState(createQueryClient);
	const language = useViewState((state) => state.language);
	useEffect(() => {
		document.documentElement.lang = language;
		window.ledgerseal?.speak(language);
	}, [language]);
	return (
		<MantineProvider theme={theme} defaultColorScheme="auto">
			<QueryClientProvider client={queries}>
				<ModalsProvider>
					<Notifications position="bottom-right" limit={4} />
					<Routed />
				</ModalsProvider>
			</QueryClientProvider>
		</MantineProvider>
	);
}

function Routed() {
	const askBeforeLeaving = useAskBeforeLeaving();
	return (
		<Router hook={useHashLocation} aroundNav={askBeforeLeaving}>
			<Opening />
		</Router>
	);
}
