/** A line as the model remembers it: signed minor units, debit positive; `foreign` in cents of USD. */
export interface ModelLine {
	readonly code: string;
	readonly base: bigint;
	readonly foreign: bigint;
}

export interface ModelEntry {
	readonly no: number;
	readonly date: string;
	readonly lines: readonly ModelLine[];
	reversed: boolean;
	/** Of a close or a reopening; such entries are reversed by neither command nor undo. */
	readonly isClosing: boolean;
}

export interface ModelClose {
	readonly period: string;
	readonly closeNumber: number;
	readonly closeHash: string;
}

/** What a company's books must hold, kept apart from the program by the simplest means. */
export interface Model {
	readonly entries: ModelEntry[];
	readonly drafts: { readonly id: string; readonly date: string; readonly lines: readonly ModelLine[] }[];
	readonly imports: { readonly id: string; readonly file: number; readonly first: number; readonly last: number; standing: boolean }[];
	readonly closes: ModelClose[];
}

export function emptyModel(): Model {
	return { entries: [], drafts: [], imports: [], closes: [] };
}

export const plain = (debit: string, credit: string, minor: number): ModelLine[] => [
	{ code: debit, base: BigInt(minor), foreign: 0n },
	{ code: credit, base: -BigInt(minor), foreign: 0n },
];

export const opposite = (lines: readonly ModelLine[]): ModelLine[] => lines.map(({ code, base, foreign }) => ({ code, base: -base, foreign: -foreign }));

export function balanceAt(model: Model, code: string, date: string): { base: bigint; foreign: bigint } {
	const sum = { base: 0n, foreign: 0n };
	for (const entry of model.entries) {
		if (entry.date > date || entry.isClosing) continue;
		for (const line of entry.lines) {
			if (line.code !== code) continue;
			sum.base += line.base;
			sum.foreign += line.foreign;
		}
	}
	return sum;
}

/** Cents of USD at a rate of up to three decimals, in minor units of the company's currency; half away from zero. */
export function atRate(foreign: bigint, rate: string): bigint {
	const [whole = '', fraction = ''] = rate.split('.');
	const scaled = foreign * BigInt(whole + fraction.padEnd(3, '0'));
	const magnitude = scaled < 0n ? -scaled : scaled;
	const rounded = (magnitude * 2n + 1000n) / 2000n;
	return scaled < 0n ? -rounded : rounded;
}
