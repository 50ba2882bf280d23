import type { IndexedLine } from './prepared-lines.rules.ts';

/** Lines in order of day, then id, found by place. */
export class DayIndex<Line extends IndexedLine> {
	readonly lines: readonly Line[];

	/** Takes lines in any order. */
	constructor(lines: readonly Line[]) {
		this.lines = [...lines].sort((one, other) => one.day - other.day || one.index - other.index);
	}

	/** The first place whose day is at least this one. */
	placeOf(day: number): number {
		let low = 0;
		let high = this.lines.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if ((this.lines[middle]?.day ?? 0) < day) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	/** Places from the first up to, not including, the second: the lines of these days. */
	between(firstDay: number, lastDay: number): readonly [number, number] {
		return [this.placeOf(firstDay), this.placeOf(lastDay + 1)];
	}

	/** At most `limit` lines of these places, nearest to `centre` and its day first; of two equally near the earlier one. */
	nearest([from, to]: readonly [number, number], day: number, centre: number, limit: number): Line[] {
		const chosen: Line[] = [];
		let right = Math.min(Math.max(centre, from), to);
		let left = right - 1;
		const distance = (place: number) => Math.abs((this.lines[place]?.day ?? 0) - day);
		while (chosen.length < limit && (left >= from || right < to)) {
			const isLeft =
				right >= to || (left >= from && (distance(left) < distance(right) || (distance(left) === distance(right) && centre - left <= right - centre)));
			const line = this.lines[isLeft ? left-- : right++];
			if (line) chosen.push(line);
		}
		return chosen;
	}
}

/** One index of days for each key. */
export function indexBy<Line extends IndexedLine>(lines: readonly Line[], keysOf: (line: Line) => readonly number[]): Map<number, DayIndex<Line>> {
	const byKey = new Map<number, Line[]>();
	for (const line of lines) {
		for (const key of keysOf(line)) {
			const known = byKey.get(key);
			if (known) known.push(line);
			else byKey.set(key, [line]);
		}
	}
	return new Map([...byKey].map(([key, members]) => [key, new DayIndex(members)]));
}
