/** Lines of a scale that holds every amount and nil, lowest first: steps of 1, 2 or 5 times a power of ten. */
export interface BarScale {
	/** Plain decimal texts of whole units. */
	readonly lines: readonly string[];
	/** Where an amount stands between the lowest line (0) and the highest (1). */
	readonly place: (amount: string) => number;
}

const MOST_STEPS = 6n;
/** A share is worked out in so many parts: it is a length on paper, never an amount. */
const PARTS = 1_000_000n;

/** The scale of some plain decimal texts with one number of decimals. */
export function barScale(amounts: readonly string[]): BarScale {
	const decimals = Math.max(0, ...amounts.map((amount) => amount.split('.')[1]?.length ?? 0));
	const unit = 10n ** BigInt(decimals);
	const exact = (amount: string): bigint => {
		const [whole = '0', fraction = ''] = amount.split('.');
		return BigInt(whole + fraction.padEnd(decimals, '0'));
	};
	const values = amounts.map(exact);
	const highest = values.reduce((most, value) => (value > most ? value : most), 0n);
	const lowest = values.reduce((least, value) => (value < least ? value : least), 0n);
	const step = niceStep((highest - lowest) / unit) * unit;
	const from = -roundedUp(-lowest, step);
	const to = highest === 0n && lowest === 0n ? step : roundedUp(highest, step);
	const lines: string[] = [];
	for (let line = from; line <= to; line += step) lines.push(String(line / unit));
	return { lines, place: (amount) => Number(((exact(amount) - from) * PARTS) / (to - from)) / Number(PARTS) };
}

function niceStep(span: bigint): bigint {
	for (let power = 1n; ; power *= 10n) {
		for (const factor of [1n, 2n, 5n]) if (span <= factor * power * (MOST_STEPS - 1n)) return factor * power;
	}
}

function roundedUp(value: bigint, step: bigint): bigint {
	return ((value + step - 1n) / step) * step;
}
