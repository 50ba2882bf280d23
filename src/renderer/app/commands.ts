import { useMantineColorScheme } from '@mantine/core';
import type { SpotlightActionData } from '@mantine/spotlight';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { useGo } from '#renderer/lib/address.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { LANGUAGES } from '#renderer/lib/messages.ts';
import { useOpenedFile } from '#renderer/lib/opened-file.ts';
import { useText } from '#renderer/lib/texts.ts';
import { useViewState } from '#renderer/lib/view-state.ts';
import { useSignOut } from '#renderer/ui/sign-out.ts';
import { LANGUAGE_NAMES, SCHEMES } from '#renderer/ui/view-choices.ts';

/** What the search offers to do. What this person's role would refuse is not among it. */
export function useCommands(): readonly SpotlightActionData[] {
	const books = useBookCommands();
	const view = useViewCommands();
	return useMemo(() => [...books, ...view], [books, view]);
}

function useBookCommands(): readonly SpotlightActionData[] {
	const text = useText();
	const go = useGo();
	const { may, period } = useCompany();
	const verify = useOpenedFile((state) => state.verify);
	return useMemo(() => {
		const posting = [
			{ id: 'newEntry', label: text('frame.do.newEntry'), onClick: () => go({ place: 'journal', rest: 'new' }) },
			{ id: 'import', label: text('frame.do.import'), onClick: () => go({ place: 'journal', rest: 'import' }) },
		];
		const closing = { id: 'closePeriod', label: text('frame.do.close', { name: period?.name ?? '' }), onClick: () => go({ place: 'close' }) };
		return [
			...(may('PostJournal') ? posting : []),
			...(may('CloseAccountingPeriod') && period !== null && period.status !== 'CLOSED' ? [closing] : []),
			{ id: 'verify', label: text('packages.verify'), onClick: () => verify(null) },
		];
	}, [text, go, may, period, verify]);
}

function useViewCommands(): readonly SpotlightActionData[] {
	const text = useText();
	const [, setPath] = useLocation();
	const { language, setLanguage } = useViewState();
	const { colorScheme, setColorScheme } = useMantineColorScheme();
	const signOut = useSignOut();
	return useMemo(
		() => [
			{ id: 'companies', label: text('frame.company.all'), onClick: () => setPath('/companies') },
			{ id: 'newCompany', label: text('frame.company.new'), onClick: () => setPath('/new') },
			...LANGUAGES.filter((other) => other !== language).map((other) => ({
				id: `language ${other}`,
				label: `${text('frame.language')}: ${LANGUAGE_NAMES[other]}`,
				onClick: () => setLanguage(other),
			})),
			...SCHEMES.filter(({ scheme }) => scheme !== colorScheme).map(({ scheme, label }) => ({
				id: `scheme ${scheme}`,
				label: text('frame.theme', { now: text(label) }),
				onClick: () => setColorScheme(scheme),
			})),
			{ id: 'signOut', label: text('desk.signOut'), onClick: signOut },
		],
		[text, setPath, language, setLanguage, colorScheme, setColorScheme, signOut],
	);
}
