import { create } from 'zustand';
import type { HandedFile } from '#shared/contract/bridge.ts';

/** A package on its way to the verifier: as the page has it, or as the program was handed it. */
export type PackageFile = File | HandedFile;

interface OpenedFile {
	/** null: the verifier is not shown. */
	readonly verifying: { readonly file: PackageFile | null } | null;
	/** A file of entries that was opened from outside (the dock, a second start), until the import takes it. */
	readonly toImport: HandedFile | null;
	readonly verify: (file: PackageFile | null) => void;
	readonly endVerifying: () => void;
	readonly bringToImport: (file: HandedFile) => void;
	readonly takeToImport: () => void;
}

/** Files that came from outside of the place in hand. */
export const useOpenedFile = create<OpenedFile>((set) => ({
	verifying: null,
	toImport: null,
	verify: (file) => set({ verifying: { file } }),
	endVerifying: () => set({ verifying: null }),
	bringToImport: (toImport) => set({ toImport }),
	takeToImport: () => set({ toImport: null }),
}));
