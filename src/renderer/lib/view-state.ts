import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Language } from './messages.ts';

/** How a person likes to see things. Nothing of the books is ever in it. */
interface ViewState {
	readonly language: Language;
	readonly lastCompanyId: string | null;
	/** Who signed in here last: the login is written already the next time. */
	readonly lastLogin: string;
	readonly setLanguage: (language: Language) => void;
	readonly setLastCompany: (companyId: string) => void;
	readonly setLastLogin: (login: string) => void;
}

export const useViewState = create<ViewState>()(
	persist(
		(set) => ({
			language: navigator.language.toLowerCase().startsWith('mr') ? 'mr' : 'en',
			lastCompanyId: null,
			lastLogin: '',
			setLanguage: (language) => set({ language }),
			setLastLogin: (lastLogin) => set({ lastLogin }),
			setLastCompany: (lastCompanyId) => set({ lastCompanyId }),
		}),
		{ name: 'ledgerseal.view' },
	),
);
