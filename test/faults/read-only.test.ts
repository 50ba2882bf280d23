import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256File } from '#main/platform/files.ts';
import type { BooksFolder } from './books-folder.ts';
import { canMount, forbidWriting, mountSmallDisk, runTerminal, WITHOUT_OVERRIDE } from './disk.ts';
import { booksToWriteIn, contentsOf, WRITING_COMMANDS } from './full-disk.ts';

interface Barred {
	readonly dataFolder: string;
	/** Lets it be written again; gives the folder where that is. */
	open(): string;
}

/** A data folder whose modes forbid to write; commands run without the right to pass over modes, also as root. */
function byModes(folder: BooksFolder): Barred {
	const dataFolder = folder.copy();
	const allow = forbidWriting(dataFolder);
	return {
		dataFolder,
		open: () => {
			allow();
			return dataFolder;
		},
	};
}

/** A data folder on a disk that is mounted to be read only. */
function byMount(folder: BooksFolder): Barred {
	const disk = mountSmallDisk(join(folder.root, 'disk'), 24);
	const dataFolder = join(disk.folder, 'books');
	cpSync(folder.dataFolder, dataFolder, { recursive: true });
	disk.remountReadOnly();
	return {
		dataFolder,
		open: () => {
			const target = folder.fresh();
			cpSync(dataFolder, target, { recursive: true });
			disk.remove();
			return target;
		},
	};
}

const bars = canMount()
	? [
			{ name: 'modes', bar: byModes },
			{ name: 'its disk', bar: byMount },
		]
	: [{ name: 'modes', bar: byModes }];

describe.each(bars)('a data folder that may not be written, by $name', ({ bar }) => {
	let folder: BooksFolder;
	beforeAll(async () => {
		folder = await booksToWriteIn();
	});
	afterAll(() => folder.remove());

	it('refuses every command that writes, and is as it was', async () => {
		const before = await contentsOf(folder.dataFolder);
		const barred = bar(folder);
		expect(canBeWritten(barred.dataFolder), 'the test is about a folder that may not be written').toBe(false);
		const database = join(barred.dataFolder, 'ledgerseal.db');
		const digest = await sha256File(database);
		for (const { argv } of WRITING_COMMANDS) {
			expect(await runTerminal(barred.dataFolder, argv(folder), WITHOUT_OVERRIDE)).toMatchObject({
				status: 1,
				code: 'DISK_READ_ONLY',
				message: expect.stringMatching(/may not write|cannot be written/),
			});
		}
		expect(await sha256File(database)).toBe(digest);
		const opened = barred.open();
		expect(await contentsOf(opened)).toEqual(before);
		for (const { argv } of WRITING_COMMANDS) expect(await runTerminal(opened, argv(folder))).toMatchObject({ status: 0 });
		expect(await contentsOf(opened)).not.toEqual(before);
	});

	it('refuses to make new books there', async () => {
		const barred = bar(folder);
		const argv = ['company', 'create', '--name', 'Nowhere Goods', '--currency', 'USD'];
		expect(await runTerminal(join(barred.dataFolder, 'new'), argv, WITHOUT_OVERRIDE)).toMatchObject({ status: 1, code: 'DISK_READ_ONLY' });
		barred.open();
	});
});

function canBeWritten(dataFolder: string): boolean {
	const [program, ...others] = [...WITHOUT_OVERRIDE, 'touch', join(dataFolder, 'probe')];
	// The program itself must be there: only then its failure says something.
	execFileSync(program, [...others.slice(0, -1), '/dev/null']);
	return spawnSync(program, others).status === 0;
}
