import { join } from 'node:path';
import { dayNumber } from '#shared/kernel/civil-date.ts';
import { type Connection, openConnection, readDbOf } from '#main/platform/database/connection.ts';
import { type OpenBooks, withBooks } from './books.ts';
import { type BenchLedger, copyBooks } from './ledgers.ts';
import { median } from './measure.ts';
import { BARE_ENTRY, BARE_LINE, lastEntry } from './reads.queries.ts';
import type { Measured } from './targets.ts';

const ROUNDS = 15;
const POSTS_A_ROUND = 20;
const MINOR = 12_500;

/** Posts one more entry, durably. */
type Post = () => Promise<void> | void;

/**
 * T3: posts a second through the service, and of the same rows written bare into the same schema; each one durable. The two take turns, so that a
 * disk that is busy for a while is so for both.
 */
export async function postRate(ledger: BenchLedger, books: string, work: string): Promise<Measured> {
	const bareConnection = openConnection(join(copyBooks(books, join(work, 'bare')), 'ledgerseal.db'), 'write');
	try {
		const bare = barePost(bareConnection);
		const times = await withBooks(copyBooks(books, join(work, 'posted')), async (open) => takeTurns(await servicePost(open), bare));
		const [value, baseline] = [1 / median(times.service), 1 / median(times.bare)];
		return { target: 'T3', size: ledger.size, value, baseline, ratio: value / baseline, unit: 'posts/s', note: '' };
	} finally {
		bareConnection.close();
	}
}

async function takeTurns(service: Post, bare: Post): Promise<{ readonly service: number[]; readonly bare: number[] }> {
	const times = { service: [] as number[], bare: [] as number[] };
	for (let round = 0; round < ROUNDS; round++) {
		await timePosts(service, times.service);
		await timePosts(bare, times.bare);
	}
	return times;
}

async function timePosts(post: Post, seconds: number[]): Promise<void> {
	for (let count = 0; count < POSTS_A_ROUND; count++) {
		const start = performance.now();
		await post();
		seconds.push((performance.now() - start) / 1000);
	}
}

async function servicePost({ app, client, companyId, actor }: OpenBooks): Promise<Post> {
	const { date } = app.runner.read((db) => lastEntry(db, actor.company.id));
	const { accounts } = await client.ledger.listAccounts({ companyId });
	const [debited, credited] = accounts.filter((account) => account.type === 'EXPENSE').map((account) => account.code);
	if (debited === undefined || credited === undefined) throw new Error('the books have two expense accounts');
	const lines = [
		{ account: debited, debit: '125.00' },
		{ account: credited, credit: '125.00' },
	];
	let number = 0;
	return async () => {
		await client.ledger.post({ companyId, entries: [{ date, description: 'Benchmark', reference: `B-${++number}`, lines }] });
	};
}

function barePost(connection: Connection): Post {
	const db = readDbOf(connection);
	const companyId = db.value<number>('SELECT id FROM companies') ?? 0;
	const userId = db.value<number>('SELECT id FROM users') ?? 0;
	const [debited, credited] = db.column<number>(`SELECT id FROM accounts WHERE company_id = ? AND type = 'EXPENSE' ORDER BY code`, companyId);
	const last = lastEntry(db, companyId);
	const { raw } = connection;
	const line = raw.prepare(BARE_LINE);
	const entry = raw.prepare(BARE_ENTRY);
	const day = dayNumber(last.date);
	const hash = Buffer.alloc(32, 1);
	let no = last.no;
	return () => {
		no++;
		raw.exec('BEGIN IMMEDIATE');
		line.run(companyId, no, 1, debited, day, MINOR, 0, MINOR, 0);
		line.run(companyId, no, 2, credited, day, 0, MINOR, 0, MINOR);
		entry.run(companyId, no, no, last.date, last.periodId, 'Benchmark', `B-${no}`, Date.now(), userId, hash);
		raw.exec('COMMIT');
	};
}
