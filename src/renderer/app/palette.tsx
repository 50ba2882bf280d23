import { Spotlight, spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { type Address, PLACES, useGo } from '#renderer/lib/address.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useAsk } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { useCommands } from './commands.ts';
import { entryNumber } from './typed-number.ts';

export function openPalette(): void {
	spotlight.open();
}

/** Search and commands (Ctrl/Cmd-K): what can be done here, places, periods, accounts, parties, and an entry by its number. */
export function Palette({ address }: { readonly address: Address }) {
	const text = useText();
	const [typed, setTyped] = useState('');
	const commands = useCommands();
	// Names are asked for when the search is first opened: most of the time nobody searches.
	const [isOpened, setOpened] = useState(false);
	const found = useFound(address, typed, isOpened);
	const actions = useMemo(
		(): SpotlightActionGroupData[] => [
			...found.entry,
			{ group: text('frame.commands'), actions: [...commands] },
			{ group: text('frame.places'), actions: found.places },
			{ group: text('frame.place.accounts'), actions: typed === '' ? [] : found.names },
			{ group: text('frame.period'), actions: found.periods },
		],
		[text, commands, found, typed],
	);
	return (
		<Spotlight
			actions={actions}
			shortcut={['mod + K']}
			// From within a field too.
			tagsToIgnore={[]}
			onSpotlightOpen={() => setOpened(true)}
			query={typed}
			onQueryChange={setTyped}
			limit={typed === '' ? 16 : 30}
			scrollable
			maxHeight={460}
			attributes={{ content: { 'aria-label': text('frame.search') } }}
			highlightQuery
			nothingFound={text('frame.search.nothing')}
			searchProps={{ leftSection: <IconSearch size={18} aria-hidden />, placeholder: text('frame.search'), 'aria-label': text('frame.search') }}
			transitionProps={{ duration: 0 }}
			overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
		/>
	);
}

function useFound(address: Address, typed: string, isAsked: boolean) {
	const text = useText();
	const go = useGo();
	const { companyId, periods } = useCompany();
	const accounts = useAsk('ledger', 'listAccounts', { companyId }, { enabled: isAsked }).data?.accounts;
	const parties = useAsk('ledger', 'listParties', { companyId }, { enabled: isAsked }).data?.parties;
	return useMemo(() => {
		const no = entryNumber(typed);
		const entry = {
			id: 'entry',
			label: text('frame.goTo.entry', { no: String(no) }),
			keywords: typed,
			onClick: () => go({ place: 'journal', rest: `entry/${no}` }),
		};
		return {
			entry: no === null ? [] : [{ group: text('frame.place.journal'), actions: [entry] }],
			places: PLACES.map((place) => ({ id: place, label: text(`frame.place.${place}`), onClick: () => go({ place }) })),
			names: [
				...(accounts ?? []).map(({ code, name }) => ({
					id: `account ${code}`,
					label: `${code} ${name}`,
					onClick: () => go({ place: 'accounts', rest: `chart/${encodeURIComponent(code)}` }),
				})),
				...(parties ?? []).map(({ ref, name, aliases }) => ({
					id: `party ${ref}`,
					label: name,
					keywords: aliases.slice(),
					onClick: () => go({ place: 'accounts', rest: `parties/${encodeURIComponent(ref)}` }),
				})),
			],
			periods: periods
				.filter(({ kind }) => kind !== 'OPENING')
				.map(({ name }) => ({ id: `period ${name}`, label: text('frame.goTo.period', { name }), onClick: () => go({ period: name, place: address.place }) })),
		};
	}, [text, go, periods, accounts, parties, typed, address.place]);
}
