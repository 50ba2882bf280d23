import { useMemo } from 'react';
import { CorrectPage, DraftPage, NewEntryPage } from './editor-pages.tsx';
import { EntryPage } from './entry-page.tsx';
import { ImportPage } from './import-page.tsx';
import { parseJournalAddress } from './journal-address.ts';
import { JournalList } from './journal-list.tsx';

/** The journal: its list, an entry, an entry under way, or an import. */
export function JournalPlace({ rest }: { readonly rest: string }) {
	const address = useMemo(() => parseJournalAddress(rest), [rest]);
	switch (address.page) {
		case 'list':
			return <JournalList view={address.view} />;
		case 'entry':
			return <EntryPage key={address.no} no={address.no} />;
		case 'new':
			return <NewEntryPage />;
		case 'draft':
			return <DraftPage key={address.id} id={address.id} />;
		case 'correct':
			return <CorrectPage key={address.no} no={address.no} />;
		case 'import':
			return <ImportPage />;
	}
}
