import type { Address } from '#renderer/lib/address.ts';
import { AccountsPlace } from '#renderer/features/accounts/accounts-place.tsx';
import { ClosePlace } from '#renderer/features/close/close-place.tsx';
import { JournalPlace } from '#renderer/features/journal/journal-place.tsx';
import { PackagesPlace } from '#renderer/features/packages/packages-place.tsx';

/** The screen of a place. `rest` of the address is the place's own. */
export function PlaceOf({ address }: { readonly address: Address }) {
	switch (address.place) {
		case 'journal':
			return <JournalPlace rest={address.rest} />;
		case 'packages':
			return <PackagesPlace rest={address.rest} />;
		case 'accounts':
			return <AccountsPlace rest={address.rest} />;
		case 'close':
			return <ClosePlace rest={address.rest} />;
	}
}
