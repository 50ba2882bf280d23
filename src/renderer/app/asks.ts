import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useLocation } from 'wouter';
import type { HandedFile } from '#shared/contract/bridge.ts';
import { CURRENT_PERIOD, formatAddress, parseAddress, PLACES } from '#renderer/lib/address.ts';
import { type DeskEvent, useDeskEvents } from '#renderer/lib/events.ts';
import { useOpenedFile } from '#renderer/lib/opened-file.ts';
import { useViewState } from '#renderer/lib/view-state.ts';
import { openPalette } from './palette.tsx';

/** Does what the surroundings ask of the screens: the menu, a file of the dock, the machine that woke up. Keyboard help hears for itself. */
export function useAsks(): void {
	const queries = useQueryClient();
	const goTo = useGoFromAnywhere();
	const openFile = useOpenFile();
	const answer = useCallback(
		(event: DeskEvent): void => {
			if (event.kind !== 'ask') return;
			switch (event.what) {
				case 'go':
					return goTo(event.value ?? '');
				case 'openFile':
					return openFile(JSON.parse(event.value ?? 'null') as HandedFile | null);
				case 'palette':
					return openPalette();
				case 'print':
					return window.print();
				case 'resume':
					// Others may have written while the machine slept.
					return void queries.invalidateQueries();
				case 'keyboardHelp':
			}
		},
		[goTo, openFile, queries],
	);
	useDeskEvents(answer);
}

/** To a place of the company in hand, or of the one that was last. */
function useGoFromAnywhere(): (place: string, rest?: string) => void {
	const [path, setPath] = useLocation();
	const lastCompanyId = useViewState((state) => state.lastCompanyId);
	return useCallback(
		(wanted, rest = '') => {
			const here = parseAddress(path);
			const companyId = here?.companyId ?? lastCompanyId;
			const place = PLACES.find((name) => name === wanted);
			if (place === undefined || companyId === null) return;
			setPath(formatAddress({ companyId, period: here?.period ?? CURRENT_PERIOD, place, rest }));
		},
		[path, setPath, lastCompanyId],
	);
}

/** A package goes to the verifier, anything else to the import. */
function useOpenFile(): (file: HandedFile | null) => void {
	const goTo = useGoFromAnywhere();
	return useCallback(
		(file) => {
			if (file === null) return;
			const { verify, bringToImport } = useOpenedFile.getState();
			if (file.name.toLowerCase().endsWith('.zip')) return verify(file);
			bringToImport(file);
			goTo('journal', 'import');
		},
		[goTo],
	);
}
