// node bench/match-run.ts business|shop LINES: matches so many invented lines once and says what it took, as JSON.
import { proposeMatches } from '#main/reconciliation/matching/propose-matches.rules.ts';
import { businessLines, shopLines } from './matching-lines.ts';

/** Processor time (others that keep the machine busy count less so) and peak of resident memory of one run, the making of the lines not timed. */
export interface MatchRun {
	readonly seconds: number;
	readonly peakMiB: number;
	readonly candidatesLookedAt: number;
	readonly proposals: number;
}

const SEED = 1;
const [sort, lines] = process.argv.slice(2);
const input = (sort === 'shop' ? shopLines : businessLines)(Number(lines), SEED);
const start = process.cpuUsage();
const { proposals, candidatesLookedAt } = proposeMatches({ ...input, rejected: [] });
const { user, system } = process.cpuUsage(start);
const seconds = (user + system) / 1_000_000;
const run: MatchRun = { seconds, peakMiB: process.resourceUsage().maxRSS / 1024, candidatesLookedAt, proposals: proposals.length };
process.stdout.write(`${JSON.stringify(run)}\n`);
