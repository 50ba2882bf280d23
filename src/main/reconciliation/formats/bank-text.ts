// Control characters of both sets, and the no-break space and line separators that banks pad with.
const BLANKS = /[\u0000-\u0020\u007f-\u00a0\u2028\u2029]+/g;

/** Text of a bank as a statement keeps it: NFC, trimmed, controls and runs of blanks as one blank; null where nothing is left. */
export function bankText(raw: string | null | undefined): string | null {
	if (raw === null || raw === undefined) return null;
	const text = raw.toWellFormed().replace(BLANKS, ' ').trim().normalize('NFC');
	return text === '' ? null : text;
}

/** Number of an account without the blanks that people read it by; null where nothing is left. */
export function accountNumber(raw: string | null | undefined): string | null {
	return bankText(raw)?.replaceAll(' ', '') ?? null;
}

// A line has a handful of pieces; looking back further would only cost time on a file made to cost it.
const LOOKED_BACK = 16;

const folded = (text: string) => text.replaceAll(' ', '').toLowerCase();

/** Pieces joined by one blank, in order; a piece that another one begins with (the same, or its cut-off) is said once, in full. */
export function joinedText(pieces: readonly (string | null)[]): string {
	const kept: { text: string; key: string }[] = [];
	for (const text of pieces) {
		if (text === null) continue;
		const key = folded(text);
		const same = kept.slice(-LOOKED_BACK).find((other) => other.key.startsWith(key) || key.startsWith(other.key));
		if (same === undefined) kept.push({ text, key });
		else if (key.length > same.key.length) Object.assign(same, { text, key });
	}
	return kept.map((piece) => piece.text).join(' ');
}
