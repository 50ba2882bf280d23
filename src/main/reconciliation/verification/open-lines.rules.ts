interface ReversibleLine {
	readonly entryId: number;
	readonly lineNo: number;
	readonly amountMinor: number;
	readonly reversesId: number | null;
}

/**
 * Leaves out lines that cancel: a line and its reversal, where both are open. A reversal that was itself reversed cancels with the
 * first, so that the third stays.
 */
export function withoutCancelled<Line extends ReversibleLine>(lines: readonly Line[]): Line[] {
	const open = new Map(lines.map((line) => [keyOf(line.entryId, line.lineNo), line]));
	const inPostingOrder = [...lines].sort((one, other) => one.entryId - other.entryId || one.lineNo - other.lineNo);
	for (const line of inPostingOrder) {
		if (line.reversesId === null || !open.has(keyOf(line.entryId, line.lineNo))) continue;
		const original = open.get(keyOf(line.reversesId, line.lineNo));
		if (original?.amountMinor !== -line.amountMinor) continue;
		open.delete(keyOf(original.entryId, original.lineNo));
		open.delete(keyOf(line.entryId, line.lineNo));
	}
	return lines.filter((line) => open.has(keyOf(line.entryId, line.lineNo)));
}

function keyOf(entryId: number, lineNo: number): string {
	return `${entryId}:${lineNo}`;
}
