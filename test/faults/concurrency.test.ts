import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { brokenInvariants } from '#test/invariants.ts';
import { type BooksFolder, makeBooksFolder, type OpenBooks, withBooks } from './books-folder.ts';
import { type Ended, runTogether, saidOf } from './processes.ts';

const STANDING = 200;
/** Two lines each. */
const IN_FILE = 10_000;
const POSTS = 60;

let folder: BooksFolder;
let closedFolder: BooksFolder;

beforeAll(async () => {
	folder = await makeBooksFolder({ entries: STANDING, fileEntries: IN_FILE });
	closedFolder = await makeBooksFolder({ entries: STANDING, fileEntries: 1, closed: true });
});
afterAll(() => {
	folder.remove();
	closedFolder.remove();
});

/** Every process came to its end, and none was told that the books are busy. */
function expectNoRefusal(ended: readonly Ended[]): void {
	expect(saidOf(ended, 'failed')).toEqual([]);
	for (const each of ended) expect(each).toMatchObject({ status: 0, signal: null, stderr: '' });
}

async function expectSound({ app }: OpenBooks): Promise<void> {
	expect(await brokenInvariants(app)).toEqual([]);
}

/** Each entry that was promised stands in the books, once, as it was promised. */
function expectPosted({ app }: OpenBooks, ended: readonly Ended[]): void {
	const stored = app.runner.db.all<{ externalNo: string; no: number; hash: string }>(
		`SELECT external_no AS externalNo, entry_no AS no, entry_hash AS hash FROM journal_entries WHERE source = 'MANUAL' ORDER BY entry_no`,
	);
	const promised = saidOf(ended, 'posted').map(({ externalNo, no, hash }) => ({ externalNo, no, hash }));
	expect(stored).toEqual(promised.sort((left, right) => left.no - right.no));
}

describe('two processes on one data folder', () => {
	it.each([1, 2, 3])('make it new at once: one database, one identity (%i)', async () => {
		const dataFolder = folder.fresh();
		const works = Array.from({ length: 4 }, () => ({ task: 'open', gate: 'before-open', dataFolder, companyId: '' }) as const);
		expectNoRefusal(await runTogether(works));
		await withBooks(dataFolder, expectSound);
	});

	it('close the same month at once: one close, which both answer', async () => {
		const dataFolder = folder.copy();
		const work = { task: 'close', period: '2024-01', dataFolder, companyId: folder.companyId } as const;
		const ended = await runTogether([work, work]);
		expectNoRefusal(ended);
		const closed = saidOf(ended, 'closed');
		expect(closed.map(({ alreadyClosed }) => alreadyClosed)).toEqual(expect.arrayContaining([false, true]));
		expect(closed).toHaveLength(2);
		expect(new Set(closed.map(({ closeHash, signer }) => `${closeHash} ${signer}`)).size).toBe(1);
		await withBooks(dataFolder, async (books) => {
			await expectSound(books);
			const { closes } = await books.client.close.closes({ companyId: folder.companyId, period: '2024-01' });
			expect(closes).toMatchObject([{ closeNumber: 1, status: 'CLOSED', closeHash: closed[0]?.closeHash }]);
		});
	});

	it('one posts while the other closes: what was promised is sealed, what comes after is refused', async () => {
		const dataFolder = folder.copy();
		const { companyId } = folder;
		const ended = await runTogether([
			{ task: 'post', date: '2024-01-20', label: 'P', count: POSTS, dataFolder, companyId },
			{ task: 'close', period: '2024-01', dataFolder, companyId },
		]);
		expectNoRefusal(ended);
		const posted = saidOf(ended, 'posted');
		const refused = saidOf(ended, 'refused');
		expect(posted.length + refused.length).toBe(POSTS);
		expect(refused.every(({ code }) => code === 'PERIOD_CLOSED')).toBe(true);
		await withBooks(dataFolder, async (books) => {
			await expectSound(books);
			expectPosted(books, ended);
			const sealed = books.app.runner.db.value<number>(
				`SELECT c.total_journal_count FROM period_closes c JOIN accounting_periods p ON p.company_id = c.company_id AND p.id = c.period_id WHERE p.name = '2024-01'`,
			);
			const closing = books.app.runner.db.value<number>(`SELECT count(*) FROM journal_entries WHERE source = 'CLOSING'`) ?? 0;
			expect(sealed).toBe(STANDING + posted.length + closing);
			expect(await books.client.close.verify({ companyId, period: '2024-01' })).toMatchObject({ result: 'VERIFIED', signature: 'good' });
		});
	});

	it('one imports while others post and report: reports balance, no post is lost', async () => {
		const dataFolder = folder.copy();
		const { companyId } = folder;
		const ended = await runTogether([
			{ task: 'import', path: folder.file, dataFolder, companyId },
			{ task: 'post', date: '2024-01-20', label: 'P', count: POSTS, dataFolder, companyId },
			{ task: 'report', date: '2024-12-31', count: POSTS, dataFolder, companyId },
		]);
		expectNoRefusal(ended);
		expect(saidOf(ended, 'imported')).toEqual([{ event: 'imported', entries: IN_FILE, duplicates: 0 }]);
		expect(saidOf(ended, 'posted')).toHaveLength(POSTS);
		expect(saidOf(ended, 'reported')).toEqual(Array.from({ length: POSTS }, () => ({ event: 'reported', isBalanced: true })));
		await withBooks(dataFolder, async (books) => {
			await expectSound(books);
			expectPosted(books, ended);
		});
	});

	it('import the same file at once: its entries come in once', async () => {
		const dataFolder = folder.copy();
		const work = { task: 'import', path: folder.file, dataFolder, companyId: folder.companyId } as const;
		const ended = await runTogether([work, work]);
		expectNoRefusal(ended);
		const imported = saidOf(ended, 'imported');
		expect(imported.map(({ entries }) => entries).sort((left, right) => left - right)).toEqual([0, IN_FILE]);
		expect(imported.map(({ duplicates }) => duplicates).sort((left, right) => left - right)).toEqual([0, IN_FILE]);
		await withBooks(dataFolder, async (books) => {
			await expectSound(books);
			expect(books.app.runner.db.value(`SELECT count(*) FROM journal_entries WHERE status = 'POSTED'`)).toBe(STANDING + IN_FILE);
		});
	});

	it('build the package of one close at once: one job, one file', async () => {
		const dataFolder = closedFolder.copy();
		const work = { task: 'package', period: '2024-01', dataFolder, companyId: closedFolder.companyId } as const;
		const ended = await runTogether([work, work]);
		expectNoRefusal(ended);
		const built = saidOf(ended, 'built');
		expect(built).toHaveLength(2);
		expect(built[0]).toMatchObject({ status: 'READY', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
		expect(built[1]).toEqual(built[0]);
		await withBooks(dataFolder, expectSound);
	});
});
