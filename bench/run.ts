// npm run bench [-- --sizes 10k,100k,1M --only T1,T3 --data DIR --out FILE]
// Measures each target beside its baseline in the same run, prints them as a table and writes them as JSON.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { documentFigures } from './document-figures.ts';
import { closeEveryMonth, secondCloseGrowth } from './close-targets.ts';
import { databaseSize, importAgainstPeer, importMemory, importMemoryGrowth, importRate, importRuns } from './import-targets.ts';
import { type BenchLedger, ledgerOf, SIZES } from './ledgers.ts';
import { matchingGrowth } from './match-targets.ts';
import { PROGRAM_FOLDER, waitForQuiet, withTemporaryFolderAsync } from './measure.ts';
import { packageFigures } from './package-targets.ts';
import { postRate } from './post-targets.ts';
import { outstandingInProcess, reportsInProcess, trialBalanceProcesses } from './report-targets.ts';
import { responsiveness } from './responsiveness.ts';
import { isMet, type Measured, tableOf, TARGETS } from './targets.ts';

const { values: options } = parseArgs({
	options: {
		sizes: { type: 'string', default: '10k,100k,1M' },
		only: { type: 'string' },
		data: { type: 'string', default: process.env.LEDGERSEAL_BENCH_DATA },
		out: { type: 'string' },
	},
});

const QUIET_SECONDS = 20;
/** These make their own lines. */
const OWN_LINES = ['T20', 'T21'];
const only = options.only?.split(',');
const results: Measured[] = [];

/** Are these targets asked for? T5 asks for everything whose name begins so. */
function isWanted(...names: readonly string[]): boolean {
	return only === undefined || names.some((name) => only.includes(name));
}

function note(...measured: readonly Measured[]): void {
	for (const result of measured) {
		if (only !== undefined && !only.includes(result.target.split(' ')[0] ?? '')) continue;
		results.push(result);
		process.stderr.write(`${tableOf([result]).split('\n')[1]}\n`);
	}
}

function say(text: string): void {
	process.stderr.write(`${text}${waitForQuiet(QUIET_SECONDS) ? '' : ' (others keep this machine busy)'}\n`);
}

async function measureSize(ledger: BenchLedger, work: string): Promise<void> {
	const books = join(work, 'books');
	say(`${ledger.size}: importing`);
	const imports = importRuns(ledger, books, isWanted('T1', 'T2', 'T16', 'T17') ? (ledger.size === '1M' ? 2 : 3) : 1);
	const lines = imports[0]?.lines ?? 0;
	if (isWanted('T1')) note(importRate(ledger, imports));
	if (isWanted('T2')) note(importAgainstPeer(ledger, books, imports));
	note(importMemory(ledger, imports));
	if (isWanted('T17')) note(await importMemoryGrowth(ledger, imports, work));
	if (isWanted('T3')) {
		say(`${ledger.size}: posting`);
		note(await postRate(ledger, books, work));
	}
	if (isWanted('T5', 'T6')) {
		say(`${ledger.size}: reports as processes`);
		note(...trialBalanceProcesses(ledger, books));
	}
	if (isWanted('T7', 'T7b', 'T9')) note(...(await reportsInProcess(ledger, books)));
	if (isWanted('T11')) note(await outstandingInProcess(ledger, books));
	if (isWanted('documents')) for (const line of await documentFigures(ledger, books, work)) say(line);
	if (isWanted('T15', 'T16', 'T17')) {
		say(`${ledger.size}: package of a year`);
		note(...(await packageFigures(ledger.size, SIZES[ledger.size] ?? 0, work, isWanted('T15'))));
	}
	if (!isWanted('T12', 'T13', 'T14', 'T19')) return;
	say(`${ledger.size}: closing`);
	const closed = await closeEveryMonth(ledger, books);
	note(...closed.results);
	note(databaseSize(ledger, books, lines));
	if (isWanted('T14')) note(await secondCloseGrowth(ledger, closed.secondCloseMs, lines, work));
}

const sizes = options.sizes.split(',');
const unknown = sizes.find((size) => !(size in SIZES));
if (unknown !== undefined) {
	process.stderr.write(`There is no size "${unknown}". Name some of ${Object.keys(SIZES).join(', ')}.\n`);
	process.exit(2);
}
if (isWanted('T20')) {
	say('matching');
	note(...matchingGrowth());
}
if (isWanted('T21')) {
	say('responsiveness');
	await withTemporaryFolderAsync(async (work) => note(...(await responsiveness(work))));
}
const needsLedger = only === undefined || only.some((name) => !OWN_LINES.includes(name));
for (const size of needsLedger ? sizes : []) await withTemporaryFolderAsync((work) => measureSize(ledgerOf(size, options.data), work));

process.stdout.write(`${tableOf(results)}\n`);
const file = options.out ?? join(PROGRAM_FOLDER, 'bench', 'results', `${new Date().toISOString().slice(0, 10)}.json`);
mkdirSync(dirname(file), { recursive: true });
const judged = results.map((result) => {
	const { title, bound } = TARGETS[result.target];
	return { ...result, title, gate: bound.gate, stretch: bound.stretch, met: isMet(bound.gate, result), stretchMet: isMet(bound.stretch, result) };
});
writeFileSync(file, `${JSON.stringify({ node: process.version, platform: process.platform, results: judged }, null, '\t')}\n`);
process.stdout.write(`${file}\n`);
