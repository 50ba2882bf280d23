/** What is promised of a value: how it compares with its baseline, and what is hoped for. */
export interface Bound {
	readonly gate: number;
	readonly stretch: number;
	/** Whether larger values are the better ones. */
	readonly more: boolean;
	readonly text: (bound: number) => string;
}

const atLeast = (gate: number, stretch: number): Bound => ({ gate, stretch, more: true, text: (bound) => `>= ${bound}` });
const atMost = (gate: number, stretch: number): Bound => ({ gate, stretch, more: false, text: (bound) => `<= ${bound}` });
const faster = (gate: number, stretch: number): Bound => ({ gate, stretch, more: true, text: (bound) => `>= ${bound}x` });
const fraction = (gate: number, stretch: number): Bound => ({
	gate: 1 / gate,
	stretch: 1 / stretch,
	more: false,
	text: (bound) => `<= 1/${Math.round(1 / bound)}`,
});

/** The ledger that the bounds are meant for where a target names no other; smaller ones are printed for comparison. */
const JUDGED_SIZE = '1M';

interface Target {
	readonly title: string;
	readonly bound: Bound;
	/** Of targets that do not come from a ledger. */
	readonly judgedSize?: string;
}

/** The targets of the program. */
export const TARGETS = {
	T1: { title: 'import, whole process : raw prepared insert rate', bound: atLeast(0.35, 0.5) },
	T2: { title: 'import and first trial balance : hledger reading the books once', bound: faster(3, 5) },
	T3: { title: 'post one entry through the service : bare durable commit', bound: atLeast(0.5, 0.8) },
	'T5 hledger': { title: 'trial balance from lines, own Node : hledger', bound: faster(100, 150) },
	'T5 ledger': { title: 'trial balance from lines, own Node : ledger', bound: faster(20, 27) },
	'T5 bin': { title: 'trial balance from lines, through bin : hledger', bound: faster(100, 150) },
	'T6 hledger': { title: 'trial balance from balances, own Node : hledger', bound: faster(200, 600) },
	'T6 ledger': { title: 'trial balance from balances, own Node : ledger', bound: faster(40, 110) },
	'T6 bin hledger': { title: 'trial balance from balances, through bin : hledger', bound: faster(100, 600) },
	'T6 bin ledger': { title: 'trial balance from balances, through bin : ledger', bound: faster(20, 110) },
	T7: { title: 'trial balance from balances : from lines, in process', bound: fraction(200, 400) },
	T7b: { title: 'every balance rebuilt and compared : trial balance from lines', bound: atMost(2, 1.3) },
	T9: { title: 'ledger page of 100 at 99 % : at 1 % of the depth', bound: atMost(3, 2) },
	T11: { title: 'outstanding with ageing : one bare GROUP BY of the open items', bound: atMost(1.3, 0.15) },
	T12: { title: 'close of a month : read + entry text + SHA-256 of its entries', bound: atMost(2, 1.6) },
	T13: { title: 'verify all seals : read + entry text + SHA-256 of all entries', bound: atMost(1.6, 1.3) },
	T14: { title: 'second close : that of an equal month in a ledger of a tenth', bound: atMost(1.3, 1.1) },
	T15: { title: 'package of a year : its members alone, processor time', bound: atMost(1.3, 1.05) },
	'T16 package': { title: 'peak memory of the package of a year', bound: atMost(250, 220) },
	T16: { title: 'peak memory of the import', bound: atMost(200, 130) },
	T17: { title: 'peak memory of the import : of one of a tenth of the lines', bound: atMost(1.3, 1.1) },
	'T17 package': { title: 'peak memory of the package of a year : of one of a tenth of the lines', bound: atMost(1.3, 1.1) },
	T19: { title: 'database bytes a line, sealed : CSV bytes a line', bound: atMost(1.3, 1) },
	T20: { title: 'matching of a business, processor time : that of a tenth of the lines', bound: atMost(15, 12), judgedSize: '100k' },
	'T20 shop': { title: 'matching of one price, processor time : that of a tenth of the lines', bound: atMost(15, 12), judgedSize: '100k' },
	'T20 memory': { title: 'matching, peak memory : that of a tenth of the lines', bound: atMost(10, 5), judgedSize: '100k' },
	'T20 shop memory': { title: 'matching of one price, peak memory : that of a tenth', bound: atMost(10, 5), judgedSize: '100k' },
	'T21 import': { title: 'event-loop delay while an import runs, p99 : idle', bound: atMost(10, 3), judgedSize: '100k' },
	'T21 import reads': { title: 'a page of entries asked for while an import runs, p99 : idle', bound: atMost(10, 3), judgedSize: '100k' },
	'T21 import longest': { title: 'longest of both while an import runs, ms', bound: atMost(50, 20), judgedSize: '100k' },
	'T21 package': { title: 'event-loop delay while a package is built, p99 : idle', bound: atMost(10, 3), judgedSize: '100k' },
	'T21 package reads': { title: 'a page of entries asked for while a package is built, p99 : idle', bound: atMost(10, 3), judgedSize: '100k' },
	'T21 package longest': { title: 'longest of both while a package is built, ms', bound: atMost(50, 20), judgedSize: '100k' },
	'T21 pdf': { title: 'event-loop delay while a long ledger is drawn, p99 : idle', bound: atMost(10, 3), judgedSize: '100k' },
	'T21 pdf reads': { title: 'a page of entries asked for while a long ledger is drawn, p99 : idle', bound: atMost(10, 3), judgedSize: '100k' },
	'T21 pdf longest': { title: 'longest of both while a long ledger is drawn, ms', bound: atMost(50, 20), judgedSize: '100k' },
	'T21 verify': { title: 'event-loop delay while a package and all seals are verified, p99 : idle', bound: atMost(10, 3), judgedSize: '100k' },
	'T21 verify reads': { title: 'a page of entries asked for while a package and all seals are verified, p99 : idle', bound: atMost(10, 3), judgedSize: '100k' },
	'T21 verify longest': { title: 'longest of both while a package and all seals are verified, ms', bound: atMost(50, 20), judgedSize: '100k' },
} as const satisfies Record<string, Target>;

export type TargetName = keyof typeof TARGETS;

/** One measured target. `value` and `baseline` are in `unit`; a rate counts up, a duration down. */
export interface Measured {
	readonly target: TargetName;
	readonly size: string;
	readonly value: number;
	readonly baseline: number;
	/** null: nothing to compare it with is there. */
	readonly ratio: number | null;
	readonly unit: string;
	/** Why there is no ratio, or what else was seen. */
	readonly note: string;
}

/** A target whose baseline is another program that is not here. */
export function notMeasured(target: TargetName, size: string, why: string): Measured {
	return { target, size, value: Number.NaN, baseline: Number.NaN, ratio: null, unit: '', note: `not measured: ${why}` };
}

/** null where the bound is not meant for this ledger, or nothing was measured. */
export function isMet(bound: number, { target, ratio, size }: Measured): boolean | null {
	if (ratio === null || size !== judgedSizeOf(target)) return null;
	return TARGETS[target].bound.more ? ratio >= bound : ratio <= bound;
}

function judgedSizeOf(target: TargetName): string {
	const { judgedSize }: Target = TARGETS[target];
	return judgedSize ?? JUDGED_SIZE;
}

const HEADINGS = ['target', 'lines', 'what', 'value', 'baseline', 'ratio', 'gate', 'stretch', 'met'] as const;

/** The table that a person reads: a column per heading, no line wrapped. */
export function tableOf(results: readonly Measured[]): string {
	const rows = results.map((result) => {
		const { title, bound } = TARGETS[result.target];
		const met =
			result.ratio === null || result.size !== judgedSizeOf(result.target)
				? '-'
				: isMet(bound.stretch, result)
					? 'stretch'
					: isMet(bound.gate, result)
						? 'yes'
						: 'NO';
		const figure = (value: number) => (Number.isNaN(value) ? '-' : `${Number(value.toPrecision(4))} ${result.unit}`);
		const ratio = result.ratio === null ? result.note : String(Number(result.ratio.toPrecision(3)));
		return [result.target, result.size, title, figure(result.value), figure(result.baseline), ratio, bound.text(bound.gate), bound.text(bound.stretch), met];
	});
	const widths = HEADINGS.map((heading, column) => Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)));
	return [HEADINGS, ...rows]
		.map((row) =>
			row
				.map((cell, column) => cell.padEnd(widths[column] ?? 0))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}
