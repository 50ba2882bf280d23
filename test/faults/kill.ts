import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyPackageFile } from '#main/app/verify-package.ts';
import { brokenInvariants } from '#test/invariants.ts';
import { filesOf } from '#test/package-files.ts';
import { type BooksFolder, makeBooksFolder, type OpenBooks, withBooks } from './books-folder.ts';
import { type Ended, saidOf, startWork, type WorkingProcess } from './processes.ts';
import type { Work } from './work.ts';

interface Kind {
	readonly name: string;
	/** A month is closed in the books that it starts from. */
	readonly isAfterClose?: boolean;
	readonly work: (folder: BooksFolder) => Omit<Work, 'dataFolder' | 'companyId'>;
	/** What the next process does, where it is not the same again. */
	readonly again?: Pick<Work, 'task'>;
	/** What is to be seen in the books right after the kill. */
	readonly afterKill: (books: OpenBooks, folder: BooksFolder, ended: Ended) => Promise<void>;
	/** What is to be seen once the same was done again to its end. */
	readonly afterAgain: (books: OpenBooks, folder: BooksFolder, again: Ended) => Promise<void>;
}

const STANDING = 200;
const IN_FILE = 1200;

const entriesNow = (books: OpenBooks): number =>
	books.app.runner.db.value<number>(`SELECT count(*) FROM journal_entries WHERE status = 'POSTED' AND source <> 'CLOSING'`) ?? 0;

const importKind: Kind = {
	name: 'an import',
	work: ({ file }) => ({ task: 'import', path: file }),
	afterKill: async (books, folder, ended) => {
		const booked = entriesNow(books) - STANDING;
		expect([0, folder.fileEntries], 'an import is there as a whole or not at all').toContain(booked);
		if (saidOf([ended], 'imported').length > 0) expect(booked).toBe(folder.fileEntries);
	},
	afterAgain: async (books, folder, again) => {
		const [{ entries, duplicates } = { entries: 0, duplicates: 0 }] = saidOf([again], 'imported');
		expect(entries + duplicates).toBe(folder.fileEntries);
		expect(entriesNow(books)).toBe(STANDING + folder.fileEntries);
	},
};

const postKind: Kind = {
	name: 'posting',
	work: () => ({ task: 'post', date: '2024-02-10', label: 'P', count: 60 }),
	afterKill: async (books, _folder, ended) => {
		const promised = saidOf([ended], 'posted');
		const stored = new Map(
			books.app.runner.db
				.all<{ no: number; externalNo: string; hash: string }>(
					`SELECT entry_no AS no, external_no AS externalNo, entry_hash AS hash FROM journal_entries WHERE external_no LIKE 'P%'`,
				)
				.map(({ no, externalNo, hash }) => [externalNo, { no, hash }]),
		);
		for (const { externalNo, no, hash } of promised) expect(stored.get(externalNo), `entry ${externalNo} was promised`).toEqual({ no, hash });
		// One more may stand: it was booked, and the kill came before it could be said.
		expect(stored.size - promised.length).toBeLessThanOrEqual(1);
		expect(entriesNow(books)).toBe(STANDING + stored.size);
	},
	afterAgain: async (_books, _folder, again) => expect(saidOf([again], 'posted')).toHaveLength(60),
};

const closeKind: Kind = {
	name: 'a close',
	work: () => ({ task: 'close', period: '2024-01' }),
	afterKill: async ({ app }, _folder, ended) => {
		const closes = app.runner.db.value<number>(`SELECT count(*) FROM period_closes`) ?? 0;
		// The first close of the books seals the opening period with it.
		expect([0, 2]).toContain(closes);
		if (saidOf([ended], 'closed').length > 0) expect(closes).toBe(2);
	},
	afterAgain: async ({ client }, { companyId }, again) => {
		const { closes } = await client.close.closes({ companyId, period: '2024-01' });
		const [closed] = saidOf([again], 'closed');
		expect(closes).toMatchObject([{ status: 'CLOSED', closeNumber: 1, closeHash: closed?.closeHash }]);
		// The key outlives the kill: what was or is sealed is signed.
		expect(closed?.signer).not.toBeNull();
		const { signature, signer } = await client.close.verifyAll({ companyId });
		expect({ signature, known: signer?.known }).toEqual({ signature: 'good', known: true });
	},
};

const packageKind: Kind = {
	name: 'building a package',
	isAfterClose: true,
	work: () => ({ task: 'package', period: '2024-01' }),
	// A start takes up what was left, whoever asked for it.
	again: { task: 'jobs' },
	afterKill: async ({ client }, { companyId }, ended) => {
		const { jobs } = await client.packages.list({ companyId });
		const ofMonth = jobs.filter(({ period }) => period === '2024-01');
		expect(ofMonth).toMatchObject([{ status: expect.toBeOneOf(['QUEUED', 'RUNNING', 'READY']) }]);
		for (const { status, file } of jobs) expect(file !== null, 'only what is whole is listed with its file').toBe(status === 'READY');
		for (const { file } of jobs) if (file !== null) expect(await verifyPackageFile(file)).toMatchObject({ result: 'VERIFIED' });
		for (const { jobId, sha256 } of saidOf([ended], 'built')) expect(ofMonth).toMatchObject([{ jobId, sha256, status: 'READY' }]);
	},
	afterAgain: async ({ client }, { companyId }, again) => {
		expect(saidOf([again], 'worked')).toMatchObject([{ failed: 0 }]);
		const { jobs } = await client.packages.list({ companyId });
		// The job that the kill left is the one that is finished, and the opening period's with it.
		expect(jobs).toMatchObject([
			{ period: '2024-01', status: 'READY' },
			{ period: 'opening', status: 'READY' },
		]);
		for (const { file } of jobs) {
			expect(await verifyPackageFile(file ?? '')).toMatchObject({ result: 'VERIFIED' });
			const names = [...(await filesOf(file ?? '')).keys()].map((name) => name.slice(name.indexOf('/') + 1));
			expect(names).toEqual(expect.arrayContaining(['data/summary.pdf', 'data/workbook.xlsx']));
		}
	},
};

/** The first opening makes the database; there is nothing in the folder before. */
const openKind: Kind = {
	name: 'opening a new folder',
	work: () => ({ task: 'open', gate: 'before-open' }),
	afterKill: async ({ client }) => expect(await client.companies.list()).toEqual({ companies: [] }),
	afterAgain: async ({ client }) => expect(await client.companies.list()).toEqual({ companies: [] }),
};

const KINDS: readonly Kind[] = [importKind, postKind, closeKind, packageKind, openKind];

/** Fractions between 0 and 1, one at a random place in each equal part, and the same at every run: mulberry32. */
function seededFractions(seed: number, count: number): number[] {
	let state = seed;
	return Array.from({ length: count }, (_, part) => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		const random = ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
		return Math.round((1000 * (part + random)) / count) / 1000;
	});
}

/** Kills a process with SIGKILL at `moments` moments of each kind of work, and looks at what it left. */
export function describeKills(moments: number): void {
	describe.each(KINDS)('$name, killed', (kind) => {
		let folder: BooksFolder;
		/** How long the work takes when nobody disturbs it. */
		let undisturbedMs = 0;
		const isNew = kind === openKind;
		const workIn = (dataFolder: string): Work => ({ ...kind.work(folder), dataFolder, companyId: folder.companyId });

		beforeAll(async () => {
			folder = await makeBooksFolder({ entries: STANDING, fileEntries: IN_FILE, closed: kind.isAfterClose ?? false });
			undisturbedMs = await timeOf(workIn(isNew ? folder.fresh() : folder.copy()));
		});
		afterAll(() => folder.remove());

		it.each(seededFractions(20_240_131, moments))('at %f of the time that it takes', async (fraction) => {
			const dataFolder = isNew ? folder.fresh() : folder.copy();
			const ended = await killAt(workIn(dataFolder), fraction * undisturbedMs);
			await withBooks(dataFolder, async (books) => {
				expect(await brokenInvariants(books.app)).toEqual([]);
				await kind.afterKill(books, folder, ended);
			});
			const second = startWork({ ...workIn(dataFolder), ...kind.again });
			second.go();
			const again = await second.ended;
			expect(again).toMatchObject({ status: 0, stderr: '' });
			await withBooks(dataFolder, async (books) => {
				expect(await brokenInvariants(books.app)).toEqual([]);
				await kind.afterAgain(books, folder, again);
			});
			rmSync(dataFolder, { recursive: true, force: true });
		});
	});
}

/** The process when its work begins: behind its gate where it has one. */
async function begin(work: Work): Promise<WorkingProcess> {
	const process = startWork(work);
	await process.reached(work.gate ? 'ready' : 'begun');
	process.go();
	return process;
}

async function timeOf(work: Work): Promise<number> {
	const undisturbed = await begin(work);
	const begun = performance.now();
	expect(await undisturbed.ended).toMatchObject({ status: 0, stderr: '' });
	return performance.now() - begun;
}

async function killAt(work: Work, afterMs: number): Promise<Ended> {
	const killed = await begin(work);
	await delay(afterMs);
	killed.kill();
	return killed.ended;
}
