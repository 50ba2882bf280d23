import { fileURLToPath } from 'node:url';
import type { MatchRun } from './match-run.ts';
import { median, runProcess } from './measure.ts';
import type { Measured } from './targets.ts';

const MATCH_RUN = fileURLToPath(new URL('./match-run.ts', import.meta.url));
const SMALL = 10_000;
const LARGE = 100_000;
const RUNS = 3;
const MS = 1000;

const SORTS = [
	{ sort: 'business', time: 'T20', memory: 'T21' },
	{ sort: 'shop', time: 'T20 shop', memory: 'T21 shop' },
] as const;

/** T20, T21: 100 000 statement lines against as many ledger lines of one account, against a tenth of both. Each run is a process of its own. */
export function matchingGrowth(): Measured[] {
	return SORTS.flatMap(({ sort, time, memory }): Measured[] => {
		const small = runsOf(sort, SMALL);
		const large = runsOf(sort, LARGE);
		const [seconds, smallSeconds] = [Math.min(...large.map((run) => run.seconds)), Math.min(...small.map((run) => run.seconds))];
		const [peak, smallPeak] = [median(large.map((run) => run.peakMiB)), median(small.map((run) => run.peakMiB))];
		const looks = `${large[0]?.candidatesLookedAt} candidates looked at (${small[0]?.candidatesLookedAt} of a tenth)`;
		return [
			{ target: time, size: '100k', value: seconds * MS, baseline: smallSeconds * MS, ratio: seconds / smallSeconds, unit: 'ms', note: looks },
			{ target: memory, size: '100k', value: peak, baseline: smallPeak, ratio: peak / smallPeak, unit: 'MiB', note: '' },
		];
	});
}

function runsOf(sort: string, lines: number): MatchRun[] {
	return Array.from({ length: RUNS }, () => {
		const run = JSON.parse(runProcess(process.execPath, [MATCH_RUN, sort, String(lines)]).output) as MatchRun;
		process.stderr.write(
			`${sort} ${lines}: ${Math.round(run.seconds * MS)} ms, ${Math.round(run.peakMiB)} MiB, ${run.candidatesLookedAt} candidates looked at\n`,
		);
		return run;
	});
}
