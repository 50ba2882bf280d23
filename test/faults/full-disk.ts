import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { brokenInvariants } from '#test/invariants.ts';
import { type BooksFolder, makeBooksFolder, withBooks } from './books-folder.ts';
import { canMount, mountSmallDisk, runTerminal, type SmallDisk, type TerminalAnswer } from './disk.ts';

const MEGABYTES = 24;
const STANDING = 200;
const IN_FILE = 1200;

interface WritingCommand {
	readonly name: string;
	readonly argv: (folder: BooksFolder) => string[];
	/** What it needs in the books first. */
	readonly before?: (dataFolder: string, companyId: string) => Promise<unknown>;
	/** What its answer says once it succeeds. */
	readonly answer: Readonly<Record<string, unknown>>;
}

const closeJanuary = (dataFolder: string, companyId: string) =>
	withBooks(dataFolder, ({ client }) => client.close.close({ companyId, period: '2024-01', acknowledge: ['all'], note: 'Seen.' }));

/** Commands that write, in an order in which they can follow each other. */
export const WRITING_COMMANDS: readonly WritingCommand[] = [
	{ name: 'journal import', argv: ({ file }) => ['journal', 'import', file], answer: { entries: IN_FILE } },
	{ name: 'journal post', argv: ({ root }) => ['journal', 'post', join(root, 'rent.json')], answer: { entries: [{ date: '2024-02-05' }] } },
	{
		// The first one: the signing key is made as well, and a disk without room for it is no reason to seal without.
		name: 'period close',
		argv: () => ['period', 'close', '2024-01', '--acknowledge', 'all', '--note', 'Seen.'],
		answer: { closeNumber: 1, signer: expect.any(String) },
	},
	{ name: 'package build', argv: () => ['package', 'build', '2024-01'], before: closeJanuary, answer: { status: 'READY' } },
];

/** Books for them, in `parent`. */
export async function booksToWriteIn(parent?: string): Promise<BooksFolder> {
	const folder = await makeBooksFolder({ entries: STANDING, fileEntries: IN_FILE }, parent);
	const lines = [
		{ account: '6000', debit: '12.34' },
		{ account: '1100', credit: '12.34' },
	];
	writeFileSync(join(folder.root, 'rent.json'), JSON.stringify({ date: '2024-02-05', description: 'Rent', lines }));
	return folder;
}

/** What is in the books: the numbers of entries, closes, and packages that are ready. */
export function contentsOf(dataFolder: string): Promise<unknown> {
	return withBooks(dataFolder, async ({ app }) => {
		expect(await brokenInvariants(app)).toEqual([]);
		const count = (table: string, where: string): number => app.runner.db.value<number>(`SELECT count(*) FROM ${table} WHERE ${where}`) ?? 0;
		return { entries: count('journal_entries', "status = 'POSTED'"), closes: count('period_closes', 'true'), ready: count('export_jobs', "status = 'READY'") };
	});
}

/** The mark of a process that is gone: then the database is checked beside the command, and that writes as well. */
function leaveUncleanStop(dataFolder: string): void {
	const beyondEveryProcess = 2 ** 22 + 1;
	writeFileSync(join(dataFolder, 'work', `running-${beyondEveryProcess}`), '');
}

/** A way to have too little room. */
interface Squeeze {
	readonly name: string;
	/** What a command may be refused with. */
	readonly codes: readonly string[];
	parent(): string | undefined;
	run(dataFolder: string, argv: readonly string[], bytes: number): Promise<TerminalAnswer>;
	begin(): void;
	end(): void;
}

function squeezes(): Squeeze[] {
	let disk: SmallDisk | null = null;
	const place = join(tmpdir(), `ledgerseal-full-${process.pid}`);
	const fullDisk: Squeeze = {
		name: 'a disk',
		codes: ['DISK_FULL'],
		parent: () => place,
		begin: () => (disk = mountSmallDisk(place, MEGABYTES)),
		end: () => disk?.remove(),
		run: async (dataFolder, argv, bytes) => {
			disk?.leaveBytes(bytes);
			const answer = await runTerminal(dataFolder, argv);
			disk?.makeRoom();
			return answer;
		},
	};
	const limitedFiles: Squeeze = {
		// SQLite tells of a file that may not grow as of any failed write.
		name: 'a limit of the length of files',
		codes: ['DISK_FULL', 'DISK_FAILED'],
		parent: () => undefined,
		begin: () => {},
		end: () => {},
		run: (dataFolder, argv, bytes) => runTerminal(dataFolder, argv, ['prlimit', `--fsize=${bytes}`, '--']),
	};
	// Without the right to mount, the limit alone stands for a full disk: then too every write beyond it fails.
	return canMount() ? [fullDisk, limitedFiles] : [limitedFiles];
}

/** Runs each command with ever more room, until it succeeds; in between it is refused, and nothing is half done. */
export function describeFullDisk(stepsBytes: readonly number[]): void {
	describe.each(squeezes())('$name that leaves no room', (squeeze) => {
		let folder: BooksFolder;
		beforeAll(async () => {
			squeeze.begin();
			folder = await booksToWriteIn(squeeze.parent());
		});
		afterAll(() => {
			try {
				folder.remove();
			} finally {
				squeeze.end();
			}
		});

		it.each(WRITING_COMMANDS)('$name', async ({ argv, before: prepare, answer: expected }) => {
			const dataFolder = folder.copy();
			await prepare?.(dataFolder, folder.companyId);
			leaveUncleanStop(dataFolder);
			const before = await contentsOf(dataFolder);
			let refused = 0;
			let done: TerminalAnswer | null = null;
			for (const bytes of stepsBytes) {
				const answer = await squeeze.run(dataFolder, argv(folder), bytes);
				if (answer.status === 0) {
					done = answer;
					break;
				}
				refused++;
				expect({ ...answer, bytes }).toMatchObject({ status: 1, code: expect.toBeOneOf([...squeeze.codes]), message: expect.stringMatching(/disk/i) });
				expect(await contentsOf(dataFolder)).toEqual(before);
				leaveUncleanStop(dataFolder);
			}
			expect(refused, 'without any room a command is refused').toBeGreaterThan(0);
			done ??= await runTerminal(dataFolder, argv(folder));
			expect(done).toMatchObject({ status: 0, stderr: expect.not.stringContaining('Error') });
			expect(JSON.parse(done.stdout)).toMatchObject(expected);
			expect(await contentsOf(dataFolder)).not.toEqual(before);
		});
	});
}
