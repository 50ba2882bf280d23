import { deepStrictEqual } from 'node:assert/strict';
import { ledgerReport, checkBalances, outstanding, trialBalance } from '#main/reports/index.ts';
import { type OpenBooks, withBooks } from './books.ts';
import { type BenchLedger, completeChart, lastDateOf } from './ledgers.ts';
import { median, medianSeconds, peerSeconds, type ProcessRun, runTerminal, runThroughBin } from './measure.ts';
import { busiestAccount, groupedOpenItems, lineAtDepth } from './reads.queries.ts';
import { type Measured, notMeasured, type TargetName } from './targets.ts';

const PROCESS_RUNS = 5;
const PAGE_RUNS = 51;
const MS = 1000;
const FIRST_DATE = '1970-01-01';

type Start = (dataFolder: string, args: readonly string[]) => ProcessRun;

/** T5, T6: the trial balance as a whole process against hledger and ledger. */
export function trialBalanceProcesses(ledger: BenchLedger, books: string): Measured[] {
	const asOf = lastDateOf(ledger.csv);
	const peerRuns = ledger.size === '1M' ? 1 : 3;
	const peers: Readonly<Record<string, number | null>> = {
		hledger: peerSeconds('hledger', ['-f', ledger.journal, 'bal', '--flat'], peerRuns),
		ledger: peerSeconds('ledger', ['-f', ledger.journal, 'bal', '--flat'], peerRuns),
	};
	const args = ['report', 'trial-balance', '--as-of', asOf, '--json'];
	const time = (start: Start, more: readonly string[]) => median(Array.from({ length: PROCESS_RUNS }, () => start(books, [...args, ...more]).seconds));
	const values = {
		T5: time(runTerminal, ['--recompute']),
		'T5 bin': time(runThroughBin, ['--recompute']),
		T6: time(runTerminal, []),
		'T6 bin': time(runThroughBin, []),
	};
	const against = (target: TargetName, value: number, peer: string): Measured => {
		const baseline = peers[peer] ?? null;
		if (baseline === null) return notMeasured(target, ledger.size, `${peer} is not installed`);
		return { target, size: ledger.size, value: value * MS, baseline: baseline * MS, ratio: baseline / value, unit: 'ms', note: '' };
	};
	return [
		against('T5 hledger', values.T5, 'hledger'),
		against('T5 ledger', values.T5, 'ledger'),
		against('T5 bin', values['T5 bin'], 'hledger'),
		against('T6 hledger', values.T6, 'hledger'),
		against('T6 ledger', values.T6, 'ledger'),
		against('T6 bin hledger', values['T6 bin'], 'hledger'),
		against('T6 bin ledger', values['T6 bin'], 'ledger'),
	];
}

/** T7, T7b, T9: in this process, on books that nobody closed yet. */
export function reportsInProcess(ledger: BenchLedger, books: string): Promise<Measured[]> {
	return withBooks(books, (open) => {
		const { app, actor, companyId } = open;
		const input = { companyId, asOf: lastDateOf(ledger.csv) };
		const kept = () => app.runner.read((db) => trialBalance(db, actor, input));
		const recomputed = () => app.runner.read((db) => trialBalance(db, actor, { ...input, recompute: true }));
		const check = () => app.runner.read((db) => checkBalances(db, actor.company));
		deepStrictEqual(kept(), recomputed());
		deepStrictEqual(check().agree, true);
		const times = { kept: medianSeconds(201, kept) * MS, recomputed: medianSeconds(7, recomputed) * MS, check: medianSeconds(7, check) * MS };
		return [
			{ target: 'T7', size: ledger.size, value: times.kept, baseline: times.recomputed, ratio: times.kept / times.recomputed, unit: 'ms', note: 'equal' },
			{ target: 'T7b', size: ledger.size, value: times.check, baseline: times.recomputed, ratio: times.check / times.recomputed, unit: 'ms', note: '' },
			ledgerPages(ledger, open),
		];
	});
}

function ledgerPages(ledger: BenchLedger, { app, actor, companyId }: OpenBooks): Measured {
	const busiest = app.runner.read((db) => busiestAccount(db, actor.company.id));
	const page = (depth: number) => {
		const after = app.runner.read((db) => lineAtDepth(db, actor.company.id, busiest.id, Math.floor(busiest.lines * depth)));
		const input = { companyId, account: busiest.code, from: FIRST_DATE, to: lastDateOf(ledger.csv), after, limit: 100 };
		return medianSeconds(PAGE_RUNS, () => app.runner.read((db) => ledgerReport(db, actor, input))) * MS;
	};
	const [shallow, deep] = [page(0.01), page(0.99)];
	return { target: 'T9', size: ledger.size, value: deep, baseline: shallow, ratio: deep / shallow, unit: 'ms', note: '' };
}

/** T11: all open receivables with their age, against the plainest SQL that finds out what is open. Both find as much. */
export function outstandingInProcess(ledger: BenchLedger, books: string): Promise<Measured> {
	completeChart(books);
	return withBooks(books, ({ app, actor }) => {
		const asOf = lastDateOf(ledger.csv);
		const report = () => app.runner.read((db) => outstanding(db, actor, { side: 'receivable', asOf }));
		const grouped = () => app.runner.read((db) => groupedOpenItems(db, actor.company.id, asOf));
		const answer = report();
		const items = answer.parties.reduce((sum, party) => sum + party.items.length, 0);
		deepStrictEqual([items, items > 0, answer.control.agrees], [grouped().length, true, true]);
		const [value, baseline] = [medianSeconds(7, report) * MS, medianSeconds(7, grouped) * MS];
		return { target: 'T11', size: ledger.size, value, baseline, ratio: value / baseline, unit: 'ms', note: `${items} open items` };
	});
}
