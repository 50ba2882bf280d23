import { MantineProvider, mergeThemeOverrides } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { createQueryClient } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
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
		<MantineProvider theme={useSpokenTheme()} defaultColorScheme="auto">
			<QueryClientProvider client={queries}>
				<ModalsProvider>
					<Notifications position="bottom-right" limit={4} />
					<Routed />
				</ModalsProvider>
			</QueryClientProvider>
		</MantineProvider>
	);
}

/** The theme, with the names that parts of it have for those who hear the page. */
function useSpokenTheme() {
	const text = useText();
	return useMemo(
		() => mergeThemeOverrides(theme, { components: { Notification: { defaultProps: { closeButtonProps: { 'aria-label': text('frame.close') } } } } }),
		[text],
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
