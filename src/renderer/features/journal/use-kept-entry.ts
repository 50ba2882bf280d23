import { useState } from 'react';
import type { Entry } from './entry-form.ts';

/** The entry as it was first answered. */
export function useKeptEntry(answered: Entry | undefined): Entry | undefined {
	const [kept, setKept] = useState(answered);
	if (kept === undefined && answered !== undefined) setKept(answered);
	return kept ?? answered;
}
