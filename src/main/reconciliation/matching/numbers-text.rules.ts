/** `12-40, 44`: ascending numbers, those that follow each other as a span. */
export function numbersText(numbers: readonly number[]): string {
	const spans: [number, number][] = [];
	for (const number of numbers) {
		const last = spans.at(-1);
		if (last && last[1] === number - 1) last[1] = number;
		else spans.push([number, number]);
	}
	return spans.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
}
