/** The candidate that was most likely meant, or null where none is near: at most a third of the letters differ. */
export function nearest(typed: string, candidates: readonly string[]): string | null {
	let best: string | null = null;
	let bestDistance = Number.POSITIVE_INFINITY;
	for (const candidate of candidates) {
		const begins = typed.length >= 3 && candidate.startsWith(typed);
		const distance = begins ? 0 : editDistance(typed, candidate);
		if (distance < bestDistance) {
			best = candidate;
			bestDistance = distance;
		}
	}
	return best !== null && bestDistance <= Math.max(1, Math.floor(Math.max(best.length, typed.length) / 3)) ? best : null;
}

// Optimal string alignment: insertions, deletions, replacements and swaps of neighbours count one each.
function editDistance(a: string, b: string): number {
	let beforeLast: number[] = [];
	let last = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const same = a[i - 1] === b[j - 1];
			let distance = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) distance = Math.min(distance, (beforeLast[j - 2] ?? 0) + 1);
			row.push(distance);
		}
		beforeLast = last;
		last = row;
	}
	return last[b.length] ?? 0;
}
