import type { Text } from './messages.ts';

/** The name that the program gives to what stood before the first month. */
const OPENING = 'opening';

/** A period as a person calls it: the opening has a word, the others are named by their dates. */
export function shownPeriod(name: string, text: Text): string {
	return name === OPENING ? text('frame.period.opening') : name;
}
