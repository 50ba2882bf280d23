import { hash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type EntrySource, entryText, GENESIS_HASH, type SealedLine } from '#shared/seal/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Actor } from '#main/platform/run/actor.ts';
import { type OpenBooks, withBooks } from './books.ts';
import { completeChart, type BenchLedger, headOf, importInto } from './ledgers.ts';
import { median, type Spent, spentOn } from './measure.ts';
import { type JoinedRow, joinedChain, joinedEntries, refsOf } from './reads.queries.ts';
import type { Measured } from './targets.ts';

const MS = 1000;
const MONTHS = 24;

interface Month {
	readonly name: string;
	readonly start: string;
	readonly end: string;
}

/** T12, T13 and what T14 needs: closes every month of the books in turn, then verifies all seals. */
export interface CloseFigures {
	readonly results: Measured[];
	readonly secondCloseMs: number;
}

export function closeEveryMonth(ledger: BenchLedger, books: string): Promise<CloseFigures> {
	completeChart(books);
	return withBooks(books, async (open) => {
		await exemptAccounts(open);
		const months = await monthsOf(open);
		const closes: Spent[] = [];
		const readings: Spent[] = [];
		for (const month of months) {
			readings.push(await readAndHash(open, (db, companyId) => joinedEntries(db, companyId, month.start, month.end)));
			closes.push(await closeSpent(open, month));
		}
		const ratioOf = (time: keyof Spent): number => median(closes.map((close, index) => close[time] / (readings[index]?.[time] ?? Number.NaN)));
		const closed: Measured = {
			target: 'T12',
			size: ledger.size,
			value: median(closes.map(({ cpuSeconds }) => cpuSeconds)) * MS,
			baseline: median(readings.map(({ cpuSeconds }) => cpuSeconds)) * MS,
			ratio: ratioOf('cpuSeconds'),
			unit: 'ms',
			note: `${months.length} closes; by the clock ${ratioOf('seconds').toFixed(2)}`,
		};
		return { results: [closed, await verifyEverySeal(ledger, open)], secondCloseMs: (closes[1]?.cpuSeconds ?? Number.NaN) * MS };
	});
}

/** What reconciling costs is measured elsewhere: here no account may keep a month open. */
export async function exemptAccounts({ client, companyId }: OpenBooks): Promise<void> {
	const { accounts } = await client.ledger.listAccounts({ companyId });
	for (const { code, requiresReconciliation } of accounts) {
		if (requiresReconciliation)
			await client.ledger.setAccount({ companyId, account: code, requiresReconciliation: false, reason: 'Books without bank statements' });
	}
}

async function verifyEverySeal(ledger: BenchLedger, open: OpenBooks): Promise<Measured> {
	const baselines: Spent[] = [];
	const values: Spent[] = [];
	for (let run = 0; run < 3; run++) {
		baselines.push(await readAndHash(open, joinedChain));
		const verify = async (): Promise<void> => {
			const { result } = await open.client.close.verifyAll({ companyId: open.companyId });
			if (result !== 'VERIFIED') throw new Error('the sealed books verify');
		};
		values.push(await spentOn(verify));
	}
	const least = (spent: readonly Spent[], time: keyof Spent): number => Math.min(...spent.map((one) => one[time]));
	const [value, baseline] = [least(values, 'cpuSeconds'), least(baselines, 'cpuSeconds')];
	const note = `by the clock ${(least(values, 'seconds') / least(baselines, 'seconds')).toFixed(2)}`;
	return { target: 'T13', size: ledger.size, value: value * MS, baseline: baseline * MS, ratio: value / baseline, unit: 'ms', note };
}

/** T14: against the second close of books that hold the first tenth of the same lines, so that the months are the same. */
export async function secondCloseGrowth(ledger: BenchLedger, secondCloseMs: number, lines: number, work: string): Promise<Measured> {
	const file = join(work, 'tenth.csv');
	const books = join(work, 'tenth');
	await headOf(ledger, Math.ceil(lines / 10), file);
	importInto(books, file);
	completeChart(books);
	const baseline = await withBooks(books, async (open) => {
		const [first, second] = await monthsOf(open);
		if (!first || !second) throw new Error('a tenth of the ledger has two months');
		await exemptAccounts(open);
		await closeSpent(open, first);
		return (await closeSpent(open, second)).cpuSeconds * MS;
	});
	rmSync(books, { recursive: true });
	return { target: 'T14', size: ledger.size, value: secondCloseMs, baseline, ratio: secondCloseMs / baseline, unit: 'ms', note: '' };
}

async function monthsOf({ client, companyId }: OpenBooks): Promise<Month[]> {
	const { periods } = await client.periods.list({ companyId });
	return periods.filter((period) => period.kind === 'MONTH').slice(0, MONTHS);
}

function closeSpent({ client, companyId }: OpenBooks, month: Month): Promise<Spent> {
	return spentOn(async () => {
		const close = await client.close.close({ companyId, period: month.name, acknowledge: ['all'], note: 'Seen in the benchmark' });
		if (!close.success) throw new Error(`${month.name} closes`);
	});
}

/** The least that any seal over entries costs: one ordered read, the entry text, and its SHA-256. */
function readAndHash({ app, actor }: OpenBooks, rowsOf: (db: ReadDb, companyId: number) => IterableIterator<JoinedRow>): Promise<Spent> {
	return spentOn(() => app.runner.read((db) => hashEntries(db, actor, rowsOf(db, actor.company.id))));
}

function hashEntries(db: ReadDb, { company, user }: Actor, rows: IterableIterator<JoinedRow>): void {
	const accounts = refsOf(db, 'accounts', company.id);
	const parties = refsOf(db, 'parties', company.id);
	const postedAt = new Date(0).toISOString();
	let head: JoinedRow | null = null;
	let lines: SealedLine[] = [];
	let prev = GENESIS_HASH;
	const finish = (row: JoinedRow): void => {
		const [no, externalNo, date, source, description, reference, storedHash] = row;
		const place = { v: 1, no, seq: no, postedAt, postedBy: user.uuid, prev } as const;
		const facts = { company: company.uuid, externalNo, date, source: source as EntrySource, description, reference };
		hash('sha256', entryText({ ...place, ...facts, reverses: null, session: null, attachments: [], lines }), 'hex');
		prev = storedHash;
		lines = [];
	};
	for (const row of rows) {
		if (head !== null && row[0] !== head[0]) finish(head);
		head = row;
		lines.push({
			account: accounts.get(row[7]) ?? '',
			party: row[8] === null ? null : (parties.get(row[8]) ?? null),
			debit: row[9],
			credit: row[10],
			currency: row[11] ?? company.currency,
			baseDebit: row[12],
			baseCredit: row[13],
			dueDate: row[14],
			reference: row[15],
			memo: row[16],
		});
	}
	if (head !== null) finish(head);
}
