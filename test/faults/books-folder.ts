import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMALL_CHART } from '#test/books.ts';
import { present } from '#shared/kernel/assert.ts';
import { userById } from '#main/access/index.ts';
import type { Client } from '#shared/contract/client.ts';
import { createClient } from '#main/app/client.ts';
import { type App, openApp } from '#main/app/open-app.ts';
import { systemClock } from '#main/platform/clock.ts';

/** A data folder of one invented company that works may be done on, and copies of it. */
export interface BooksFolder {
	readonly root: string;
	readonly dataFolder: string;
	readonly companyId: string;
	/** A journal file that is not in the books yet; `fileEntries` entries in February to April 2024. */
	readonly file: string;
	readonly fileEntries: number;
	/** The same books in another folder, for one run. */
	copy(): string;
	/** A folder with nothing in it. */
	fresh(): string;
	remove(): void;
}

export interface OpenBooks {
	readonly app: App;
	readonly client: Client;
}

export interface BooksFolderOptions {
	/** Entries in the books, in January 2024. */
	readonly entries: number;
	/** Entries of the journal file that is not in them. */
	readonly fileEntries: number;
	/** January is closed. */
	readonly closed?: boolean;
}

/** Opens a data folder as the program would, with secrets in a file; the clock is the machine's, as it is for the child processes. */
export async function openBooks(dataFolder: string): Promise<OpenBooks> {
	const app = await openApp({ dataFolder, env: { LEDGERSEAL_SECRET_STORE: 'file' }, clock: systemClock, onWarning: () => {}, checkOutputs: true });
	return { app, client: createClient(app, app.runner.read((db) => userById(db, 1)) ?? null) };
}

/** Opens a data folder, does something with it, and closes it, whatever came of it. */
export async function withBooks<Result>(dataFolder: string, work: (books: OpenBooks) => Promise<Result>): Promise<Result> {
	const books = await openBooks(dataFolder);
	try {
		return await work(books);
	} finally {
		await books.app.close();
	}
}

/** Makes the books that a suite of faults starts from, under `parent` (the folder for temporary files unless given). */
export async function makeBooksFolder(options: BooksFolderOptions, parent: string = tmpdir()): Promise<BooksFolder> {
	const root = mkdtempSync(join(parent, 'ledgerseal-faults-'));
	const dataFolder = join(root, 'books');
	const file = join(root, 'journal.csv');
	writeFileSync(file, journalCsv('F', options.fileEntries, [2, 3, 4]));
	const standing = join(root, 'standing.csv');
	writeFileSync(standing, journalCsv('S', options.entries, [1]));
	const companyId = await withBooks(dataFolder, async ({ app }) => {
		// Nothing is reconciled here, so that a close needs nothing but itself.
		const chartRows = SMALL_CHART.map(([code, name, type, subtype = '', currency = '']) => ({
			code,
			name,
			type,
			subtype,
			currency,
			requires_reconciliation: 'no',
		}));
		const first = createClient(app, null);
		const company = await first.companies.create({ name: 'Faultless Lamps', currency: 'USD', chartRows, timezone: 'UTC' });
		const client = createClient(
			app,
			present(
				app.runner.read((db) => userById(db, 1)),
				'the first user',
			),
		);
		const { companyId: id } = company;
		await client.imports.importJournal({ companyId: id, path: standing });
		if (options.closed) await client.close.close({ companyId: id, period: '2024-01', acknowledge: ['all'], note: 'Seen.' });
		return id;
	});
	let copies = 0;
	return {
		root,
		dataFolder,
		companyId,
		file,
		fileEntries: options.fileEntries,
		copy: () => {
			const target = join(root, `run-${++copies}`);
			cpSync(dataFolder, target, { recursive: true });
			return target;
		},
		fresh: () => join(root, `run-${++copies}`),
		remove: () => rmSync(root, { recursive: true, force: true }),
	};
}

/** Sales and rents of two lines each, spread over these months of 2024. */
function journalCsv(label: string, entries: number, months: readonly number[]): string {
	const rows = ['entry_no,date,description,account,debit,credit'];
	for (let number = 1; number <= entries; number++) {
		const date = `2024-${String(months[number % months.length]).padStart(2, '0')}-${String((number % 28) + 1).padStart(2, '0')}`;
		const amount = `${100 + (number % 900)}.${String(number % 100).padStart(2, '0')}`;
		const [debit, credit] = number % 4 === 0 ? ['6000', '1100'] : ['1100', '4000'];
		rows.push(`${label}${number},${date},Item ${number},${debit},${amount},`, `${label}${number},${date},Item ${number},${credit},,${amount}`);
	}
	return `${rows.join('\n')}\n`;
}
