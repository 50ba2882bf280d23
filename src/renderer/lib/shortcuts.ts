import type { TextKey } from './messages.ts';

/** The keys of one page or dialog, as the help lists them: `mod` is Ctrl, or Cmd on a Mac. */
export interface ShortcutSection {
	readonly title: TextKey;
	readonly keys: readonly (readonly [keys: readonly string[], text: TextKey])[];
}
