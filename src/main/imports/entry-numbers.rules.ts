import type { CivilDate } from '#shared/kernel/civil-date.ts';

/**
 * Which entry numbers of a file have been seen, by date: numbers that start again every year or every day are no repetition.
 * Numbers that follow each other take one pair of integers for a whole run, so a million of them cost next to nothing.
 */
export class EntryNumbers {
	/** By date and prefix: starts and ends of runs in ascending order, flat: [start, end, start, end, ...]. */
	readonly #runs = new Map<string, number[]>();
	readonly #others = new Set<string>();

	/** False where the number has been seen on that date. */
	add(date: CivilDate, entryNo: string): boolean {
		const digits = trailingDigits(entryNo);
		if (digits === 0) return this.#addOther(`${date} ${entryNo}`);
		const prefix = entryNo.slice(0, entryNo.length - digits);
		// 007 and 7 are two numbers: those with leading zeros run by themselves, by length.
		const hasLeadingZero = digits > 1 && entryNo.charCodeAt(entryNo.length - digits) === 48;
		const key = `${date} ${hasLeadingZero ? digits : ''} ${prefix}`;
		const number = Number(entryNo.slice(entryNo.length - digits));
		const runs = this.#runs.get(key);
		if (runs !== undefined) return addToRuns(runs, number);
		this.#runs.set(key, [number, number]);
		return true;
	}

	#addOther(key: string): boolean {
		if (this.#others.has(key)) return false;
		this.#others.add(key);
		return true;
	}
}

/** How many digits end the text, at most fifteen, so that their number is exact. */
function trailingDigits(text: string): number {
	let count = 0;
	while (count < 15 && count < text.length) {
		const code = text.charCodeAt(text.length - 1 - count);
		if (code < 48 || code > 57) break;
		count++;
	}
	return count;
}

function addToRuns(runs: number[], number: number): boolean {
	const last = runs.length - 1;
	if (number === (runs[last] as number) + 1) {
		runs[last] = number;
		return true;
	}
	if (number > (runs[last] as number)) {
		runs.push(number, number);
		return true;
	}
	let low = 0;
	let high = runs.length / 2;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((runs[middle * 2 + 1] as number) < number) low = middle + 1;
		else high = middle;
	}
	if ((runs[low * 2] as number) <= number) return false;
	if ((runs[low * 2] as number) === number + 1) runs[low * 2] = number;
	else runs.splice(low * 2, 0, number, number);
	return true;
}
