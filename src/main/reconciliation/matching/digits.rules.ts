/** How one amount may have become another by a slip of the pen. */
export type DigitMistake = 'EXCHANGED' | 'SHIFTED' | 'NONE';

/** Of two amounts in minor units, both above zero. */
export function digitMistake(oneMinor: number, otherMinor: number): DigitMistake {
	if (oneMinor === otherMinor * 10 || otherMinor === oneMinor * 10) return 'SHIFTED';
	return isExchanged(String(oneMinor), String(otherMinor)) ? 'EXCHANGED' : 'NONE';
}

/** The same digits but for two neighbours that changed places. */
function isExchanged(one: string, other: string): boolean {
	const length = Math.max(one.length, other.length);
	const left = one.padStart(length, '0');
	const right = other.padStart(length, '0');
	const first = Array.from(left).findIndex((digit, place) => digit !== right[place]);
	if (first < 0) return false;
	return right === left.slice(0, first) + (left[first + 1] ?? '') + (left[first] ?? '') + left.slice(first + 2);
}
