import { Spotlight, type SpotlightActionData, spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useMemo } from 'react';
import { type Address, PLACES, useGo } from '#renderer/lib/address.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useText } from '#renderer/lib/texts.ts';

export function openPalette(): void {
	spotlight.open();
}

/** Search and commands (Ctrl/Cmd-K): places, periods. */
export function Palette({ address }: { readonly address: Address }) {
	const text = useText();
	const go = useGo();
	const { periods } = useCompany();
	const actions = useMemo(
		(): SpotlightActionData[] => [
			...PLACES.map((place) => ({ id: place, label: text(`frame.place.${place}`), onClick: () => go({ place }) })),
			...periods.map(({ name }) => ({ id: name, label: `${text('frame.period')} ${name}`, onClick: () => go({ period: name, place: address.place }) })),
		],
		[text, go, periods, address.place],
	);
	return (
		<Spotlight
			actions={actions}
			shortcut={['mod + K']}
			limit={12}
			highlightQuery
			nothingFound={text('frame.search.nothing')}
			searchProps={{ leftSection: <IconSearch size={18} aria-hidden />, placeholder: text('frame.search'), 'aria-label': text('frame.search') }}
		/>
	);
}
