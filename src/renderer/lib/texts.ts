import { useMemo } from 'react';
import { speaker, type Text } from './messages.ts';
import { useViewState } from './view-state.ts';

/** The texts of the language that the person chose. */
export function useText(): Text {
	const language = useViewState((state) => state.language);
	return useMemo(() => speaker(language), [language]);
}
