import { create } from 'zustand';
import type { WarningNotes } from './steps.ts';

interface NotesState {
	/** By period: what was written about warnings so far. It is kept while a person follows them elsewhere, and gone with the window. */
	readonly byPeriod: Readonly<Record<string, WarningNotes>>;
	readonly write: (periodId: string, code: string, note: string) => void;
	readonly acknowledge: (periodId: string, code: string, facts: string | null) => void;
}

const NONE: WarningNotes = {};

const useNotesState = create<NotesState>()((set) => ({
	byPeriod: {},
	write: (periodId, code, note) => set(({ byPeriod }) => ({ byPeriod: { ...byPeriod, [periodId]: { ...byPeriod[periodId], [code]: { note, facts: null } } } })),
	acknowledge: (periodId, code, facts) =>
		set(({ byPeriod }) => ({
			byPeriod: { ...byPeriod, [periodId]: { ...byPeriod[periodId], [code]: { note: byPeriod[periodId]?.[code]?.note ?? '', facts } } },
		})),
}));

export function useWarningNotes(periodId: string) {
	const notes = useNotesState((state) => state.byPeriod[periodId] ?? NONE);
	const { write, acknowledge } = useNotesState.getState();
	return {
		notes,
		write: (code: string, note: string) => write(periodId, code, note),
		acknowledge: (code: string, facts: string | null) => acknowledge(periodId, code, facts),
	};
}
